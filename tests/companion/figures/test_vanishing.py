"""The pictures of vanishing gradients show the numbers that they are given."""

import numpy as np
import pytest

from companion.activations import logistic
from companion.figures import (
    draw_depth_limits,
    draw_gradient_bound,
    draw_slope_ceilings,
    draw_starts,
    draw_swapped_starts,
)
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

RNG = np.random.default_rng(4)
SHARES = np.cumprod(RNG.uniform(0.2, 0.3, (6, 12)), axis=1)
STARTS = {
    "tanh": {"Xavier": SHARES * 2, "He": SHARES * 9},
    "relu": {"0.01": SHARES / 99, "He": SHARES * 99},
}
RUNS = {"tanh, told": RNG.uniform(0.4, 0.6, 20), "relu, told": RNG.uniform(0.7, 0.9, 20)}
INTERVALS = {"tanh": [(0.9, 0.85, 0.92), (0.5, 0.3, 0.7)], "relu": [(0.8, 0.8, 0.8)] * 2}
CALLS = {
    "ceilings": draw_slope_ceilings,
    "bound": lambda: draw_gradient_bound(SHARES, SHARES * 3),
    "starts": lambda: draw_starts(STARTS),
    "one panel": lambda: draw_starts({"relu": STARTS["relu"]}),
    "swapped": lambda: draw_swapped_starts(RUNS),
    "depth": lambda: draw_depth_limits([2, 20], INTERVALS),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_the_logistic_slope_stays_below_its_ceiling():
    z, slope = curve(draw_slope_ceilings(), "logistic")
    np.testing.assert_array_equal(slope, logistic.derivative(z))
    assert slope.max() == 0.25


def test_curves_begin_with_the_whole_gradient():
    ax = CALLS["bound"]()
    passed, left = curve(ax, "measured")
    np.testing.assert_array_equal(passed, range(13))
    np.testing.assert_array_equal(left, [1, *SHARES[0]])
    np.testing.assert_allclose(curve(ax, "0.25 a layer")[1], 0.25 ** np.arange(13.0))


def test_starts_are_medians_in_their_panel():
    tanh, relu = CALLS["starts"]()
    assert [ax.get_title(loc="left") for ax in (tanh, relu)] == ["tanh", "relu"]
    np.testing.assert_allclose(curve(relu, "He")[1][1:], np.median(STARTS["relu"]["He"], axis=0))


def test_names_stay_inside_and_apart():
    low, high = 1e-16, 1e13
    for ax in draw_starts(STARTS, ends=(low, high)):
        heights = sorted(np.log10(text.xy[1]) for text in ax.texts)
        assert np.log10(low) < heights[0]
        assert heights[-1] < np.log10(high)
        assert min(np.diff(heights)) > 2


def test_every_run_is_a_dot_in_per_cent():
    dots = [line for line in CALLS["swapped"]().lines if len(line.get_xdata()) == 20]
    for line, values in zip(dots, RUNS.values(), strict=True):
        np.testing.assert_allclose(line.get_xdata(), 100 * values)


def test_depth_limits_draw_the_intervals():
    bars = CALLS["depth"]().containers[0]
    np.testing.assert_allclose(bars.lines[0].get_ydata(), [90, 50])
    ends = [segment[:, 1] for segment in bars.lines[2][0].get_segments()]
    np.testing.assert_allclose(ends, [[85, 92], [30, 70]])
