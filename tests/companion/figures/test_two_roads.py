"""The pictures of gated units and maxout show what was computed."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from numpy.testing import assert_allclose

from companion.figures import (
    draw_completed,
    draw_convex_parts,
    draw_intervals,
    draw_maxout,
    draw_pairs,
    draw_tangents,
    draw_unit_maps,
)
from companion.training import MedianInterval
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

X = np.linspace(-3, 3, 61)
FOUND = {"ReLU": MedianInterval(2.0, 1.0, 4.0, 20), "ReGLU": MedianInterval(3.0, 2.5, 3.5, 20)}
ERRORS = {"x²": ([1, 2, 4], [1, 0.25, 0.0625], [1, 0.25, 0.0625])}

DRAWINGS = {
    "unit maps": lambda: draw_unit_maps({"a": np.multiply, "b": np.add, "c": np.maximum}),
    "intervals": lambda: draw_intervals({"one": FOUND, "two": FOUND}, "loss", ["ReGLU"], zero=True),
    "maxout": lambda: draw_maxout([-1.0, 0.5, 2.0], [0.0, 1.0, -2.0], (-2.0, 2.0)),
    "pairs": lambda: draw_pairs(
        [0, 1], {"ReGLU": "ReLU"}, {n: [f, f] for n, f in FOUND.items()}, ("decay", "loss")
    ),
    "tangents": lambda: draw_tangents(np.square, lambda x: 2 * x, [-0.5, 0.5], ERRORS),
    "completed": lambda: draw_completed({"true": np.eye(4), "drawn": np.ones((4, 4))}, (2, 2)),
    "difference": lambda: draw_convex_parts(
        X, np.maximum(X, 0), np.maximum(2 * X - 2, 0), ([-3, 0, 1, 3], [0, 0, 1, -1])
    ),
}


@pytest.fixture(autouse=True)
def _close_figures():
    mpl.use("agg")
    yield
    plt.close("all")


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_keep_the_rules(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_maps_share_one_scale_and_leave_spare_panels_empty():
    axes = draw_unit_maps({"a": np.multiply, "b": np.add, "c": np.maximum})
    assert [ax.get_title(loc="left") for ax in axes] == ["a", "b", "c"]
    levels = [ax.collections[0].levels for ax in axes]
    assert all(np.array_equal(levels[0], other) for other in levels)
    # The product reaches 4 in the corners, and that is the largest of all.
    assert_allclose([levels[0][0], levels[0][-1]], [-4, 4])
    # 0 lies inside a band, so that a flat side at 0 is one colour without lines.
    assert 0 not in levels[0]
    assert not axes[0].figure.axes[3].axison


def test_intervals_reach_from_low_to_high_and_mark_the_gated():
    one, two = draw_intervals({"one": FOUND, "two": FOUND}, "loss", ["ReGLU"])
    assert [label.get_text() for label in one.get_yticklabels()] == ["ReLU", "ReGLU"]
    bar, dot, gated_bar, gated_dot = two.lines
    assert_allclose(bar.get_xdata(), [1, 4])
    assert_allclose(dot.get_xdata(), [2])
    assert_allclose(gated_bar.get_xdata(), [2.5, 3.5])
    assert dot.get_marker() != gated_dot.get_marker()
    low, high = two.get_ylim()
    assert low > high  # the first contender on top


def test_a_line_at_zero_only_where_asked():
    without, with_line = (
        draw_intervals({"one": FOUND}, "difference", zero=zero)[0] for zero in (False, True)
    )
    assert len(with_line.lines) == len(without.lines) + 1


def test_the_maximum_is_the_largest_line_and_the_chord_ends_on_it():
    slopes, offsets = np.array([-1.0, 0.5, 2.0]), np.array([0.0, 1.0, -2.0])
    ax = draw_maxout(slopes, offsets, (-2.0, 2.0))
    x, top = curve(ax, "their maximum")
    assert_allclose(top, (np.outer(x, slopes) + offsets).max(axis=1))
    ends, heights = curve(ax, "a chord")
    assert_allclose(heights, np.interp(ends, x, top))


def test_tangents_touch_and_stay_below():
    above, below = draw_tangents(np.square, lambda x: 2 * x, [-0.5, 0.5], ERRORS)
    x, largest = curve(above, "the largest of them")
    assert (largest <= x**2 + 1e-12).all()
    assert_allclose(np.interp([-0.5, 0.5], x, largest), 0.25, atol=1e-12)
    k, distance = curve(below, "x²")
    assert_allclose(distance, 1 / k**2)


def test_the_difference_goes_through_the_corners():
    _, below = DRAWINGS["difference"]()
    x, y = curve(below, "g − h")
    at, heights = curve(below, "corners that were asked for")
    assert_allclose(np.interp(at, x, y), heights, atol=1e-12)


def test_completed_pictures_are_those_given():
    axes = draw_completed({"true": np.eye(6), "drawn": np.zeros((6, 6))}, (2, 3))
    assert [ax.get_ylabel() for ax in axes[:, 0]] == ["true", "drawn"]
    assert_allclose(axes[0, 4].images[0].get_array(), [[0, 0, 0], [0, 1, 0]])
    # The line runs between the upper and the lower row of pixels.
    assert_allclose(axes[0, 0].lines[0].get_ydata(), 0.5)


def test_a_pair_shows_both_with_their_intervals():
    (ax,) = draw_pairs(
        [0, 0.3], {"ReGLU": "ReLU"}, {n: [f, f] for n, f in FOUND.items()}, ("decay", "loss"), 5
    )
    plain, gated = ax.containers
    assert_allclose(plain.lines[0].get_ydata(), [2, 2])
    assert_allclose(gated.lines[0].get_ydata(), [3, 3])
    low_to_high = plain.lines[2][0].get_segments()[0][:, 1]
    assert_allclose(low_to_high, [1, 4])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["0", "0.3"]
    assert ax.get_ylim()[1] == 5
