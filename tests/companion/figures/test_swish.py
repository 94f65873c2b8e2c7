"""The pictures of swish show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import relu, swish
from companion.figures import (
    draw_differences,
    draw_self_gate,
    draw_sharpnesses,
    draw_swish_limits,
    draw_swish_slopes,
)
from companion.training import MedianInterval
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

CURVES = {"gate": draw_self_gate, "limits": draw_swish_limits, "slopes": draw_swish_slopes}
GAINS = {"ReLU": [0.5, -0.5, 0.5, 0.0], "a line": [-1.0, -2.0, -1.0, 0.0]}
SPREAD = {"ReLU": MedianInterval(0.25, -0.5, 0.5, 4), "a line": MedianInterval(-1, -2, 0, 4)}


@pytest.mark.parametrize("draw", CURVES.values(), ids=CURVES)
def test_comes_back_labelled_and_leaves_settings(draw):
    draw()  # the first drawing of all loads a backend
    comes_back_labelled_and_leaves_settings(draw)


def test_differences_come_back_labelled_and_leave_settings():
    ax = draw_differences(GAINS, SPREAD, "more, %")
    ax.set_ylabel("rows")  # they name themselves
    comes_back_labelled_and_leaves_settings(lambda: ax)


@pytest.mark.parametrize("draw", CURVES.values(), ids=CURVES)
def test_curves_with_a_name_differ_in_more_than_colour(draw):
    tells_its_curves_apart_without_colour(draw)


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
def test_the_output_is_the_gate_times_the_input(beta):
    gate, through = draw_self_gate()
    x, share = curve(gate, f"β = {beta:g}")
    _, output = curve(through, f"β = {beta:g}")
    assert_allclose(share, 1 / (1 + np.exp(-beta * x)), rtol=1e-12)
    assert_allclose(output, x * share, rtol=1e-12)


def test_the_marked_peaks_are_the_largest_distances():
    _, distance = draw_swish_limits((0.5, 2.0))
    for line, marks in zip(distance.lines[::2], distance.lines[1::2], strict=True):
        x, y = line.get_data()
        for side in (x < 0, x > 0):
            highest = np.argmax(np.where(side, y, 0))
            nearest = np.argmin(np.abs(marks.get_xdata() - x[highest]))
            assert_allclose(marks.get_xdata()[nearest], x[highest], atol=0.01)
            assert_allclose(marks.get_ydata()[nearest], y[highest], atol=1e-4)


def test_the_distance_is_that_between_the_curves():
    curves, distance = draw_swish_limits((1.0,))
    x, y = curve(curves, "β = 1")
    assert_allclose(y, swish(x), rtol=1e-12)
    assert_allclose(distance.lines[0].get_ydata(), np.abs(swish(x) - relu(x)), rtol=1e-12)


def test_slopes_are_those_of_the_curve_and_the_marks_their_extremes():
    slope, bend = draw_swish_slopes((1.0, 2.0))
    for beta, marks in zip((1.0, 2.0), slope.lines[2::2], strict=True):
        x, y = curve(slope, f"β = {beta:g}")
        assert_allclose(y, np.gradient(swish(x, beta=beta), x), atol=1e-2)
        assert_allclose(sorted(marks.get_ydata()), [y.min(), y.max()], atol=1e-4)
        assert_allclose(curve(bend, f"β = {beta:g}")[1], np.gradient(y, x), atol=2e-2)


def test_sharpnesses_are_shares_of_the_units_of_a_layer():
    first = {"from 0": [0.0, 0.1, 0.1, -0.2], "from 1": [1.0, 1.0]}
    axes = draw_sharpnesses([first, {"from 0": [0.3], "from 1": [0.9, 1.1]}])
    assert [ax.get_title(loc="left") for ax in axes] == ["hidden layer 1", "hidden layer 2"]
    for ax in axes:
        # Every start is drawn twice: a pale area, and its outline.
        tops = [patch.get_xy()[:, 1].max() for patch in ax.patches]
        assert_array_equal(tops[::2], tops[1::2])
        looks = {patch.get_linestyle() for patch in ax.patches[1::2]}
        assert len(looks) == 2
    assert axes[0].patches[0].get_xy()[:, 1].max() == 50  # two of four units at 0.1
    assert axes[0].figure.get_supylabel()
    axes[0].figure.canvas.draw()


def test_every_run_is_a_dot_of_its_own():
    ax = draw_differences(GAINS, SPREAD, "more, %")
    assert [label.get_text() for label in ax.get_yticklabels()] == list(GAINS)
    runs, bar, middle = ax.lines[1:4]
    assert_array_equal(np.sort(runs.get_xdata()), np.sort(GAINS["ReLU"]))
    assert len({*zip(*runs.get_data(), strict=True)}) == 4
    assert_array_equal(bar.get_xdata(), [-0.5, 0.5])
    assert_array_equal(middle.get_xdata(), [0.25])
