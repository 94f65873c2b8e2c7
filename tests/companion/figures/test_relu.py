"""The pictures of ReLU show what their captions say."""

import matplotlib as mpl
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import relu
from companion.figures import (
    draw_activity,
    draw_bent_line,
    draw_depth,
    draw_mirrors,
    draw_regions,
    draw_relu_kink,
    draw_shares_by_recipe,
)
from companion.mirrors import MIRRORS

BEFORE = [[0.05, 0.5, 0.95], [0.2, 0.8]]
AFTER = [[0.9, 0.95, 1.0], [0.1, 0.2]]
UNITS, PATHS = [0.5, 0.49, 0.51, 0.5], [0.5, 0.24, 0.12, 0.06]
RECIPES = {"start": [[0.5, 0.4], [0.6, 0.5]], "small": [[0.7, 0.6], [0.8, 0.7]]}

FIRST, SECOND = ([[1, 0.5], [-1, 1]], [0.2, 0.3]), ([[1, -1]], [-0.1])

CALLS = {
    "kink": draw_relu_kink,
    "bends": lambda: draw_bent_line([2, -1], [3, 2], [1, 0.5], target=("line", [0, 1])),
    "activity": lambda: draw_activity(BEFORE, AFTER),
    "recipes": lambda: draw_shares_by_recipe(RECIPES),
    "mirrors": draw_mirrors,
    "regions": lambda: draw_regions({"one": [FIRST], "two": [FIRST, SECOND]}),
    "depth": lambda: np.array([draw_depth(UNITS, PATHS)]),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_renders_without_a_warning_and_leaves_the_settings_alone(draw):
    draw()
    before = dict(mpl.rcParams)
    draw().flat[0].figure.canvas.draw()
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_every_figure_says_what_its_axes_are(draw):
    axes = draw()
    figure = axes.flat[0].figure
    across = [ax.get_xlabel() for ax in axes.flat] + [figure.get_supxlabel()]
    assert any(across)
    up = [ax.get_ylabel() for ax in axes.flat] + [figure.get_supylabel()]
    assert any(up) or axes.flat[0].get_yticklabels()


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_no_text_leaves_the_figure_or_covers_another(draw):
    axes = draw()
    figure = axes.flat[0].figure
    figure.canvas.draw()
    boxes = [t.get_window_extent() for ax in axes.flat for t in ax.texts if t.get_text()]
    for box in boxes:
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
    overlaps = [a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i]]
    assert not any(overlaps)


def test_kink_lines_touch_relu_and_stay_below_it():
    value, slope = draw_relu_kink()
    drawn = [line.get_data() for line in value.lines]
    bent = [y for x, y in drawn if np.array_equal(y, relu(x))]
    assert len(bent) == 1
    assert all((y <= relu(x)).all() and y[1] == 0 for x, y in drawn)
    [chosen] = [
        line for line in slope.lines if line.get_marker() == "o" and line.get_ydata()[0] == 0
    ]
    assert chosen.get_ydata()[0] == relu.derivative(0.0)


def test_bent_line_is_the_sum_and_its_dots_are_the_bends():
    units, total = draw_bent_line([2, -1], [3, 2], [1, 0.5], constant=1, span=(-3, 3))
    assert [line.get_label() for line in units.lines][:2] == ["unit 1", "unit 2"]
    dots = total.lines[-1]
    assert_array_equal(dots.get_xdata(), [-1.5, 2])
    assert_allclose(dots.get_ydata(), [1 + 0.5 * 3.5, 1 + 7])
    [network] = [line for line in total.lines if line.get_label() == "network"]
    x, y = network.get_data()
    assert_allclose(y, 1 + relu(2 * x + 3) + 0.5 * relu(2 - x))


def test_bends_out_of_view_are_no_corners():
    _, total = draw_bent_line([1], [-9], [1], span=(-1, 1))
    [network] = [line for line in total.lines if line.get_label() == "network"]
    assert_array_equal(network.get_xdata(), [-1, 1])


def test_activity_counts_every_unit_and_marks_the_mean():
    axes = draw_activity(BEFORE, AFTER)
    assert axes.shape == (2, 2)
    for row, pair in zip(axes, zip(BEFORE, AFTER, strict=True), strict=True):
        for ax, shares in zip(row, pair, strict=True):
            assert sum(bar.get_height() for bar in ax.patches) == len(shares)
            assert_allclose(ax.lines[0].get_xdata(), np.mean(shares))
            assert ax.texts[0].get_text() == f"mean {np.mean(shares):.2f}"


def test_recipes_have_a_dot_for_every_seed():
    first, second = draw_shares_by_recipe(RECIPES)
    assert [label.get_text() for label in first.get_yticklabels()] == ["start", "small"]
    dots = [line.get_xdata() for line in second.lines if line.get_marker() == "o"]
    assert_allclose(dots, [[0.4, 0.5], [0.6, 0.7]])


def test_mirrors_are_drawn_under_their_names():
    for ax, (name, mirror) in zip(draw_mirrors().flat, MIRRORS.items(), strict=True):
        assert ax.get_title(loc="left") == name
        x, y = ax.lines[1].get_data()
        assert_array_equal(y, mirror(x))


def test_depth_shows_what_stays_and_what_halves():
    ax = draw_depth(UNITS, PATHS)
    halving, units, paths = ax.lines
    assert_allclose(halving.get_ydata(), [0.5, 0.25, 0.125, 0.0625])
    assert_array_equal(units.get_ydata(), UNITS)
    assert_array_equal(paths.get_ydata(), PATHS)
    assert units.get_marker() != paths.get_marker(), "not by colour alone"
    assert ax.get_ylim()[0] < min(PATHS)


@pytest.mark.parametrize(
    ("units", "paths", "fault"),
    [
        ([0.5, 0.5], [0.5], "paths must be one share for each layer"),
        ([], [], "units must be one share for each layer"),
        ([[0.5]], [[0.5]], "units must be one share for each layer"),
        ([0.5, 0.5], [0.5, 0.0], "paths must be greater than 0"),
        ([0.5, np.nan], [0.5, 0.2], "units must be greater than 0"),
    ],
)
def test_depth_refuses_what_it_cannot_draw(units, paths, fault):
    with pytest.raises(ValueError, match=fault):
        draw_depth(units, paths)


def test_a_unit_of_the_second_layer_switches_along_a_line_that_bends():
    one, two = draw_regions({"one": [FIRST], "two": [FIRST, SECOND]})
    assert [len(ax.collections) for ax in (one, two)] == [2, 3]
    for collection, straight in zip(two.collections, (True, True, False), strict=True):
        (path,) = collection.get_paths()
        away = np.linalg.svd(path.vertices - path.vertices.mean(axis=0))[1][1]
        assert (away < 1e-6) == straight
