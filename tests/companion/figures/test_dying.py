"""The pictures of dying units show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.figures import (
    draw_deaths_by_step,
    draw_elu_corners,
    draw_left_slopes,
    draw_saved,
    draw_soft_corners,
    draw_sum_ranges,
)
from companion.training import MedianInterval
from tests.companion.figures.drawing_rules import comes_back_labelled_and_leaves_settings, curve

LOW, HALF, HIGH = (MedianInterval(m, m / 2, m, 20) for m in (0.0, 0.5, 1.0))
RANGES = {"dies": ([-1, -3, -3], [2, -1, -1]), "lives": ([-1, -1, -2], [1, 2, 1])}
STEPS = [1, 4, 10]
DEAD = {"ReLU": [LOW, HALF, HIGH], "PReLU": [LOW, None, None], "ELU": [LOW, LOW, HALF]}
RIGHT = {"ReLU": [HIGH, HALF, LOW], "PReLU": [HIGH, LOW, LOW], "ELU": [HIGH, HIGH, HALF]}
SAVED = {"ReLU": LOW, "leaky ReLU": HALF}

CALLS = {
    "ranges": lambda: draw_sum_ranges(RANGES),
    "slopes": draw_left_slopes,
    "saved": lambda: draw_saved(SAVED, SAVED, 0.4),
    "elu": draw_elu_corners,
    "softplus": draw_soft_corners,
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_comes_back_labelled_and_leaves_settings(draw):
    draw()  # the first drawing of all loads a backend
    axes = np.atleast_1d(draw())
    if axes[0].figure.get_supylabel():
        axes[0].set_ylabel(axes[0].figure.get_supylabel())
    comes_back_labelled_and_leaves_settings(lambda: axes)


def test_the_update_of_death_is_marked_and_only_that():
    dies, lives = draw_sum_ranges(RANGES)
    assert [ax.get_title(loc="left") for ax in (dies, lives)] == ["dies", "lives"]
    assert_array_equal(dies.lines[1].get_xdata(), [0.5, 0.5])  # between the start and update 1
    assert len(lives.lines) == 1


def test_what_is_on_lies_above_zero_and_what_is_off_below():
    for ax in draw_sum_ranges(RANGES):
        on, off = (band.get_paths()[0].vertices[:, 1] for band in ax.collections)
        assert on.min() >= 0 >= off.max()


def test_slopes_are_those_of_the_activations():
    ax = draw_left_slopes()
    z, slope = curve(ax, "ELU")
    assert_allclose(slope, np.exp(z))
    _, leak = curve(ax, "leaky ReLU")
    assert_allclose(leak, 0.01)
    _, soft = curve(ax, "softplus")
    assert_allclose(soft, 1 / (1 + np.exp(-z)))


def test_every_contender_has_a_panel_with_both_shares():
    axes = draw_deaths_by_step(STEPS, DEAD, RIGHT)
    figure = axes[0].figure
    assert figure.get_supxlabel()
    assert figure.get_supylabel()
    assert [ax.get_title(loc="left") for ax in axes] == list(DEAD)
    right, dead = (bars.lines[0] for bars in axes[0].containers)
    assert_array_equal(right.get_ydata(), [1, 0.5, 0])
    assert_array_equal(dead.get_ydata(), [0, 0.5, 1])
    assert (right.get_linestyle(), right.get_marker()) != (dead.get_linestyle(), dead.get_marker())
    figure.canvas.draw()


def test_counts_of_runs_that_diverged_are_left_out():
    _, dead = (bars.lines[0] for bars in draw_deaths_by_step(STEPS, DEAD, RIGHT)[1].containers)
    assert_array_equal(dead.get_xdata(), [1])


def test_an_even_number_of_contenders_leaves_no_panel_empty():
    pair = {name: DEAD[name] for name in ("ReLU", "ELU")}
    axes = draw_deaths_by_step(STEPS, pair, RIGHT)
    assert len(axes) == 2
    axes[0].figure.canvas.draw()


def test_saved_shows_median_and_interval_in_the_order_given():
    back, right = draw_saved(SAVED, SAVED, 0.4)
    assert [label.get_text() for label in back.get_yticklabels()] == list(SAVED)
    line, dot = back.lines[2:4]
    assert_array_equal(line.get_xdata(), [0.25, 0.5])
    assert_array_equal([dot.get_xdata(), dot.get_ydata()], [[0.5], [1]])
    assert_array_equal(right.lines[-1].get_xdata(), [0.4, 0.4])


def test_the_axis_of_what_is_read_holds_all_that_is_drawn():
    high = {"ReLU": HIGH, "leaky ReLU": MedianInterval(0.9, 0.8, 0.95, 20)}
    _, right = draw_saved(SAVED, high, 0.6)
    drawn = [x for line in right.lines for x in line.get_xdata()]
    assert right.get_xlim()[0] < min(drawn)
    assert max(drawn) < right.get_xlim()[1]
    assert [label.get_text() for label in right.get_xticklabels()] == ["50 %", "75 %", "100 %"]


def test_elu_has_a_corner_where_its_slopes_end_apart():
    value, slope = draw_elu_corners([0.5, 1.0])
    ends = [line.get_ydata()[-1] for line in slope.lines if len(line.get_xdata()) == 121]
    assert_allclose(ends, [0.5, 1.0])
    for line in value.lines:
        x, y = line.get_data()
        assert_allclose(y[x >= 0], x[x >= 0])


def test_softplus_is_highest_above_relu_at_0():
    value, gap = draw_soft_corners([1.0, 4.0])
    assert {"ReLU", "β = 4"} <= {line.get_label() for line in value.lines}
    for line, beta in zip([g for g in gap.lines if len(g.get_xdata()) > 1], (1, 4), strict=True):
        assert_allclose(line.get_ydata().max(), np.log(2) / beta)
