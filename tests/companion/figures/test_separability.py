"""The drawings of what a threshold splits show what was computed."""

import matplotlib as mpl
import numpy as np
import pytest

from companion.activations import ACTIVATIONS, heaviside, logistic, swish
from companion.figures import (
    draw_collapse,
    draw_cover,
    draw_crossing,
    draw_dip,
    draw_folding,
    draw_level_lines,
    draw_wishlist,
)
from companion.neurons import LogicNetwork, binary_inputs, cover_count, separate
from companion.wishlist import WISHES, scores

ROWS, XOR = binary_inputs(2), [0, 1, 1, 0]
FOLD = LogicNetwork([[1, 1], [-1, -1]], [-0.5, 1.5], [1, 1], -1.5)
T = np.linspace(-2, 2, 50)

DRAWINGS = {
    "crossing": lambda: draw_crossing(ROWS, XOR, [0.5] * 4),
    "folding": lambda: draw_folding(FOLD),
    "cover": lambda: draw_cover([2, 10], {3: 8, 4: 14}, 2),
    "levels": lambda: draw_level_lines([heaviside, logistic, swish], [1, -1], 0.5),
    "collapse": lambda: draw_collapse({"line": T, "curve": np.tanh(T)}, T),
    "dip": lambda: draw_dip(swish, {"low": -4.0, "in": -1.3, "high": 1.4}, -0.15),
    "wishes": lambda: draw_wishlist(scores()),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_are_labelled_fit_a_phone_and_leave_the_settings_alone(draw):
    before = dict(mpl.rcParams)
    axes = np.atleast_1d(draw()).ravel()
    axes[0].figure.canvas.draw()
    assert dict(mpl.rcParams) == before
    assert any(ax.get_xlabel() for ax in axes)
    assert any(ax.get_ylabel() for ax in axes)
    assert axes[0].figure.get_figwidth() <= 4.5


def test_the_segments_meet_where_the_certificate_says():
    ax = draw_crossing(ROWS, XOR, separate(ROWS, XOR).certificate)
    ones, zeros, meeting = ax.lines
    assert ones.get_linestyle() != zeros.get_linestyle()
    np.testing.assert_allclose(meeting.get_xydata(), [[0.5, 0.5]])
    np.testing.assert_array_equal(ones.get_xydata(), [[0, 1], [1, 0]])


def test_folding_shows_rows_left_and_hidden_bits_right():
    left, right = draw_folding(FOLD)
    fires, silent = left.collections[-2:]
    np.testing.assert_array_equal(fires.get_offsets(), [[0, 1], [1, 0]])
    np.testing.assert_array_equal(silent.get_offsets(), [[0, 0], [1, 1]])
    fires, silent = right.collections[-2:]
    np.testing.assert_array_equal(fires.get_offsets(), [[1, 1], [1, 1]])
    np.testing.assert_array_equal(silent.get_offsets(), [[0, 1], [1, 0]])


def test_cover_draws_the_formula_and_the_counts():
    ax = draw_cover([2, 10], {3: 8, 4: 14}, 2)
    curve = ax.lines[0]
    for x, share in curve.get_xydata():
        n = round(3 * x)
        assert share == cover_count(n, 2) / 2**n
    np.testing.assert_allclose(ax.lines[2].get_xydata(), [[1, 1], [4 / 3, 14 / 16]])
    looks = {(line.get_linestyle(), line.get_marker()) for line in ax.lines[:3]}
    assert len(looks) == 3


def test_dip_marks_sums_on_the_curve_filled_below_the_level():
    ax = draw_dip(swish, {"low": -4.0, "in": -1.3}, -0.15)
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    for mark in marks:
        ((z, a),) = mark.get_xydata()
        assert a == swish(z)
        assert (mark.get_markerfacecolor() == "white") == (a > -0.15)


def test_wishlist_has_a_mark_for_each_wish_of_each_activation():
    table = scores()
    granted, broken = draw_wishlist(table).lines
    assert len(granted.get_xdata()) + len(broken.get_xdata()) == len(ACTIVATIONS) * len(WISHES)
    assert len(broken.get_xdata()) == sum(len(one.broken) for one in table.values())
    assert granted.get_marker() != broken.get_marker()


def test_level_lines_mark_where_the_sum_is_zero():
    ax = draw_level_lines([logistic], [1, -1], 0.5)[0]
    line = ax.collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(line @ [1, -1] + 0.5, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_crossing(ROWS, [0, 0, 0, 1], [1] * 4), "two points of each class"),
        (lambda: draw_folding(LogicNetwork([[1]], [0], [1], 0)), "two inputs and two hidden"),
        (lambda: draw_wishlist({}), "scores must hold one activation"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
