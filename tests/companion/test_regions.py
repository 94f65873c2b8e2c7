"""Bends and slopes agree with the network itself, looked at point by point."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.regions import activity_patterns, bends, most_regions, piece_slopes, relu_sum

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


def test_a_piece_is_a_straight_function():
    rng = np.random.default_rng(4)
    layers = [(rng.normal(size=(5, 2)), rng.normal(size=5)), (rng.normal(size=(4, 5)), np.ones(4))]
    (w1, b1), (w2, b2) = layers

    def outputs(x):
        return np.maximum(np.maximum(x @ w1.T + b1, 0) @ w2.T + b2, 0)

    a, b = rng.uniform(-3, 3, (2, 2000, 2))
    b = a + 0.1 * (b - a)
    alike = (activity_patterns(a, layers) == activity_patterns(b, layers)).all(axis=1)
    off = np.abs((outputs(a) + outputs(b)) / 2 - outputs((a + b) / 2)).max(axis=1)
    assert alike.sum() > 100
    assert off[alike].max() < 1e-12
    assert off[~alike].max() > 1e-3


def test_most_regions_is_the_number_of_pieces_on_a_line_and_of_a_plane_cut_by_lines():
    assert [most_regions(n, 1) for n in range(4)] == [1, 2, 3, 4]
    # The k-th line adds k pieces.
    assert [most_regions(n, 2) for n in range(5)] == [1, 2, 4, 7, 11]
    assert most_regions(6, 9) == 2**6
    # Three lines in general position, all crossings near 0.
    ticks = np.linspace(-4, 4, 161)
    plane = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    lines = np.array([[1, 0.1], [0, 1], [1, 1]]), np.array([0.33, -0.41, 0.52])
    assert len(np.unique(activity_patterns(plane, [lines]), axis=0)) == most_regions(3, 2) == 7


@pytest.mark.parametrize(
    ("x", "layers", "message"),
    [
        ([1, 2], [([[1, 1]], [0])], r"x must have shape \(n, inputs\), got \(2,\)"),
        ([[1, 2]], [], "one layer at least"),
        ([[1, 2]], [([[1]], [0])], r"layer 1 gets 2 numbers, and has weights \(1, 1\)"),
        ([[1]], [([[1]], [0]), ([[1, 1]], [0])], "layer 2 gets 1 numbers"),
        ([[1]], [([[1]], [0, 0])], r"biases \(2,\)"),
    ],
)
def test_layers_that_do_not_chain(x, layers, message):
    with pytest.raises(ValueError, match=message):
        activity_patterns(x, layers)


@pytest.mark.parametrize(
    ("units", "inputs", "error"), [(-1, 2, ValueError), (3, 0, ValueError), (2.5, 1, TypeError)]
)
def test_no_count_of_nothing(units, inputs, error):
    with pytest.raises(error, match="must be"):
        most_regions(units, inputs)
