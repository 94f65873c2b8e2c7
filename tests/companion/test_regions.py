"""Bends and slopes agree with the network itself, looked at point by point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.regions import bends, piece_slopes, relu_sum

QUARTERS = st.integers(-20, 20).map(lambda n: n / 4)
UNITS = st.lists(st.tuples(QUARTERS, QUARTERS, QUARTERS), min_size=1, max_size=6).map(
    lambda rows: np.array(rows).T
)


@given(UNITS)
def test_slopes_are_those_of_the_network(units):
    w, b, v = units
    places = bends(w, b)
    ends = np.concatenate([places[:1] - 8, places, places[-1:] + 8]) if places.size else [-8, 8]
    for left, right, slope in zip(ends[:-1], ends[1:], piece_slopes(w, b, v), strict=True):
        x = np.linspace(left, right, 5)
        expected = relu_sum(left, w, b, v) + slope * (x - left)
        assert_allclose(relu_sum(x, w, b, v), expected, atol=1e-9)


@given(UNITS)
def test_no_more_bends_than_units_and_each_is_a_zero_of_one(units):
    w, b, _ = units
    places = bends(w, b)
    assert len(places) <= len(w)
    assert (np.diff(places) > 0).all()
    inputs = np.abs(np.multiply.outer(places, w) + b) + np.where(w == 0, np.inf, 0)
    assert_allclose(inputs.min(axis=1, initial=np.inf), 0, atol=1e-12)


def test_relu_sum_is_the_formula():
    x = np.array([[-1.0, 0.5], [2.0, 7.0]])
    by_hand = 3 * np.maximum(2 * x - 1, 0) - np.maximum(-x + 4, 0) + 0.25
    assert_array_equal(relu_sum(x, [2, -1], [-1, 4], [3, -1], 0.25), by_hand)


def test_units_without_a_bend():
    assert bends([0, 0], [1, -1]).size == 0
    assert_array_equal(piece_slopes([0, 0], [1, -1], [5, 5]), [0])


def test_bends_that_differ_by_rounding_are_one():
    assert_allclose(bends([1, 3, 10], [0.1, 0.3, 1.0]), [-0.1])


def test_no_negative_zero():
    assert not np.signbit(bends([1], [0])).any()


@pytest.mark.parametrize("far", [1e-300, 1e12])
def test_far_and_near(far):
    assert_array_equal(bends([1, 1], [-far, -3 * far]), [far, 3 * far] if far > 1 else [far])
    assert_allclose(piece_slopes([1, 1], [-far, -3 * far], [1, 1])[[0, -1]], [0, 2])


@pytest.mark.parametrize(
    ("vectors", "message"),
    [
        (([1, 2], [1]), "one length"),
        ((1.0, 2.0), "one length"),
        (([np.nan], [1]), "weights must be finite"),
        (([1], [np.inf]), "biases must be finite"),
    ],
)
def test_refusals(vectors, message):
    with pytest.raises(ValueError, match=message):
        bends(*vectors)
