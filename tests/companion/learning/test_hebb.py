"""Hebb's and Oja's rules against their formulas, and Oja's limit against an eigenvector."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.linalg import eigh

from companion.learning import hebb, oja

numbers = st.floats(-1, 1)
clouds = arrays(np.float64, (5, 3), elements=numbers)
weights = arrays(np.float64, 3, elements=numbers)


@given(clouds, weights)
def test_hebb_is_a_product_of_matrices(patterns, start):
    run = hebb(patterns, 0.1, start=start, passes=2)
    expected = start
    for x in np.vstack([patterns, patterns]):
        expected = (np.eye(3) + 0.1 * np.outer(x, x)) @ expected
    np.testing.assert_allclose(run.weights, expected, atol=1e-12)
    assert (np.diff(run.lengths) >= -1e-12).all()  # Hebb's weights never shrink


@given(clouds, weights)
def test_oja_step_by_step(patterns, start):
    run = oja(patterns, 0.1, start=start)
    for x, before, after in zip(patterns, run.history, run.history[1:], strict=False):
        y = before @ x
        np.testing.assert_allclose(after, before + 0.1 * (y * x - y * y * before), atol=1e-14)


@pytest.mark.parametrize("seed", range(5))
def test_oja_finds_the_first_principal_axis(seed):
    rng = np.random.default_rng(seed)
    mixing = np.diag([2.0, 1.0, 0.5, 0.25]) @ np.linalg.qr(rng.normal(size=(4, 4)))[0]
    patterns = rng.normal(size=(4000, 4)) @ mixing
    axis = eigh(patterns.T @ patterns)[1][:, -1]
    rate = 1 / (100 + np.arange(20_000))
    run = oja(patterns, rate, start=rng.normal(size=4), passes=5)
    assert run.angles_deg(axis)[-1] < 2
    assert run.lengths[-1] == pytest.approx(1, abs=0.02)


def test_rates_for_each_step():
    run = oja([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.5], start=[1.0, 1.0])
    np.testing.assert_array_equal(run.history[1], [1.0, 1.0])
    np.testing.assert_array_equal(run.history[2], [0.5, 1.0])


def test_angles_do_not_lose_small_ones():
    run = hebb([[1.0, 0.0]], 0.0, start=[1.0, 1e-12])
    assert run.angles_deg([-5.0, 0.0])[0] == pytest.approx(np.degrees(1e-12), rel=1e-9)


def test_starts_from_equal_weights_of_length_one():
    np.testing.assert_allclose(hebb(np.eye(4), 0.0).history[0], 0.5)


def test_hebb_outgrows_every_number():
    with pytest.raises(OverflowError, match="outgrew float64 at step"):
        hebb([[1.0, 1.0]], 1.0, passes=2000)
    with pytest.raises(OverflowError, match="rate below 5"):
        oja([[3.0, 1.0]], 5.0, passes=50)


@pytest.mark.parametrize("learn", [hebb, oja])
@pytest.mark.parametrize(
    ("arguments", "keywords", "error", "says"),
    [
        (([], 0.1), {}, ValueError, "inputs must have shape"),
        ((np.zeros((0, 3)), 0.1), {}, ValueError, "at least one pattern"),
        (([[1.0, np.nan]], 0.1), {}, ValueError, "inputs must be finite"),
        (([["a", "b"]], 0.1), {}, TypeError, "inputs must hold real"),
        (([[1.0, 2.0]], -0.1), {}, ValueError, "rate must be at least 0"),
        (([[1.0, 2.0]], [0.1, 0.2]), {}, ValueError, r"rate must be one number or have shape"),
        (([[1.0, 2.0]], np.inf), {}, ValueError, "rate must be finite"),
        (([[1.0, 2.0]], 0.1), {"start": [1.0]}, ValueError, r"start must have shape \(2,\)"),
        (([[1.0, 2.0]], 0.1), {"passes": 0}, ValueError, "passes must be at least 1"),
        (([[1.0, 2.0]], 0.1), {"passes": True}, TypeError, "passes must be a whole number"),
    ],
)
def test_bad_input_is_refused_by_name(learn, arguments, keywords, error, says):
    with pytest.raises(error, match=says):
        learn(*arguments, **keywords)


def test_an_axis_must_fit():
    run = hebb([[1.0, 2.0]], 0.1)
    for axis in ([0.0, 0.0], [1.0, 2.0, 3.0]):
        with pytest.raises(ValueError, match="axis must be a vector"):
            run.angles_deg(axis)
