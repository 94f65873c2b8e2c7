"""The pictures of chapter 5 show what their captions say."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.special import ndtr

from companion.activations import gelu, relu, swish
from companion.figures import (
    draw_gelu_errors,
    draw_left_tail,
    draw_log_odds,
    draw_random_masks,
    draw_self_gate,
    draw_swish_limits,
)

DRAWINGS = [
    draw_gelu_errors,
    draw_left_tail,
    draw_log_odds,
    draw_random_masks,
    draw_self_gate,
    draw_swish_limits,
]


@pytest.fixture(autouse=True)
def _close_figures():
    mpl.use("agg")
    yield
    plt.close("all")


def _curve(ax, label):
    [line] = [line for line in ax.lines if line.get_label() == label]
    return line.get_data()


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_axis_is_labelled(draw):
    axes = np.atleast_1d(draw())
    assert all(ax.get_ylabel() for ax in axes)
    assert axes[-1].get_xlabel() == "input x"


@pytest.mark.parametrize("draw", DRAWINGS)
def test_curves_with_a_name_differ_in_more_than_colour(draw):
    for ax in np.atleast_1d(draw()):
        looks = [
            (line.get_linestyle(), line.get_marker())
            for line in ax.lines
            if not line.get_label().startswith("_")
        ]
        assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_the_style_does_not_leak(draw):
    before = dict(mpl.rcParams)
    draw()
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_the_output_is_the_gate_times_the_input(beta):
    gate, through = draw_self_gate()
    x, share = _curve(gate, f"β = {beta:g}")
    _, output = _curve(through, f"β = {beta:g}")
    assert_allclose(share, 1 / (1 + np.exp(-beta * x)), rtol=1e-12)
    assert_allclose(output, x * share, rtol=1e-12)


def test_the_marked_peaks_are_the_largest_distances():
    _, distance = draw_swish_limits((0.5, 2.0))
    for curve, marks in zip(distance.lines[::2], distance.lines[1::2], strict=True):
        x, y = curve.get_data()
        for side in (x < 0, x > 0):
            highest = np.argmax(np.where(side, y, 0))
            nearest = np.argmin(np.abs(marks.get_xdata() - x[highest]))
            assert_allclose(marks.get_xdata()[nearest], x[highest], atol=0.01)
            assert_allclose(marks.get_ydata()[nearest], y[highest], atol=1e-4)


def test_the_distance_is_that_between_the_curves():
    curves, distance = draw_swish_limits((1.0,))
    x, y = _curve(curves, "β = 1")
    assert_allclose(y, swish(x), rtol=1e-12)
    assert_allclose(distance.lines[0].get_ydata(), np.abs(swish(x) - relu(x)), rtol=1e-12)


def test_masked_outputs_are_the_input_or_zero_and_follow_gelu():
    ax = draw_random_masks(masks=30_000, seed=1)
    kept, kept_output = _curve(ax, "kept: the output is x")
    dropped, dropped_output = _curve(ax, "dropped: the output is 0")
    assert_allclose(kept, kept_output)
    assert not dropped_output.any()
    assert len(kept) + len(dropped) == 30_000
    x, mean = _curve(ax, "mean of 2000 neighbours")
    # A mean of 2000 outputs, each at most 3 in size, scatters by less than 3·½/√2000 = 0.034.
    assert_allclose(mean, gelu(x), atol=0.1)


def test_masks_depend_on_the_seed_alone():
    first, again, other = (draw_random_masks(seed=seed).lines[0].get_xdata() for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_log_odds_of_the_exact_gate():
    x, v = _curve(draw_log_odds(), "Φ: bends like ±x²/2")
    near = np.abs(x) < 3
    assert_allclose(v[near], np.log(ndtr(x[near]) / ndtr(-x[near])), rtol=1e-12, atol=1e-12)


def test_errors_have_the_magnitude_that_is_told():
    tanh_form, sigmoid_form = draw_gelu_errors((0.044715,), (1.702,))
    assert_allclose(np.abs(_curve(tanh_form, "c = 0.044715")[1]).max(), 4.73, atol=0.01)
    assert_allclose(np.abs(_curve(sigmoid_form, "k = 1.702")[1]).max(), 2.03, atol=0.01)


def test_tails_fall_apart_in_the_order_told():
    ax = draw_left_tail()
    far = [_curve(ax, label)[1][0] for label in ("tanh form", "GELU", "sigmoid form")]
    assert far[0] < 1e-6 * far[1]
    assert far[1] < 1e-6 * far[2]
