"""The pictures of shifted means show what their captions say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import relu
from companion.figures import (
    draw_beta_effect,
    draw_eigenvalues,
    draw_gradient_signs,
    draw_learning_times,
    draw_moment_map,
    draw_output_means,
    draw_pushed_sums,
    draw_shift_by_layer,
    draw_size_by_layer,
    draw_steps_needed,
    draw_weight_walks,
)
from companion.training import median_interval
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

PATH = np.array([[-1.0, 1.0], [0.0, 0.5], [1.0, -1.0]])
SUMS = {"pushed": np.arange(40.0).reshape(20, 2), "centred": np.zeros((20, 2))}
GRADIENTS = {"one sign": [[1.0, 2.0], [-1.0, -3.0]], "both": [[1.0, -2.0], [-1.0, 3.0]]}
SPECTRA = {"raw": np.arange(1.0, 13.0), "centred": np.arange(2.0, 14.0)}
STEPS = [0.25, 0.5, 1.0]
RUNS = {"short": [[30, 40, 50], [20, 22, np.inf], [np.inf, np.inf, 90]]}
GRID = np.linspace(0, 2, 21)
TIMES = {"slow": [90.0, 80.0, 99.0], "fast": [9.0, 8.0, 8.0]}

CALLS = {
    "walks": lambda: draw_weight_walks({"a": (np.eye(2), PATH)}, goal=[1, -1]),
    "sums": lambda: draw_pushed_sums(SUMS)[:1],
    "signs": lambda: draw_gradient_signs(GRADIENTS)[-1:],
    "eigenvalues": lambda: draw_eigenvalues(SPECTRA),
    "steps": lambda: draw_steps_needed(STEPS, RUNS),
    "shifts": lambda: draw_shift_by_layer({"a": np.linspace(0, 1, 20), "b": np.ones(20)}),
    "map": lambda: draw_moment_map(GRID, {"a": GRID / 2, "b": GRID}, [[2.0, 1.0, 0.5]]),
    "sizes": lambda: draw_size_by_layer({"net": [np.ones(20), np.full(20, 2.0)]}),
    "beta": lambda: draw_beta_effect([-1.0, 1.0], [0.2, 0.8], [0.3, 0.8], [0.1]),
}


@pytest.mark.parametrize("draw", [c for n, c in CALLS.items() if n != "sums"])
def test_axes_come_back_labelled_and_settings_stay(draw):
    comes_back_labelled_and_leaves_settings(draw)


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_curves_differ_without_colour(draw):
    tells_its_curves_apart_without_colour(draw)


def test_a_walk_goes_from_its_first_weights_over_a_bowl_around_the_goal():
    [ax] = draw_weight_walks({"round": (np.eye(2), PATH)}, goal=[1, -1])
    walk, begin, star = ax.lines
    assert_array_equal(np.transpose(walk.get_data()), PATH)
    assert_array_equal(np.ravel(begin.get_data()), PATH[0])
    assert_array_equal(np.ravel(star.get_data()), [1, -1])
    level = ax.collections[0].get_paths()[0].vertices
    assert_allclose(
        np.hypot(*(level - [1, -1]).T).std(), 0, atol=0.01
    )  # circles for the unit matrix


def test_sums_have_their_median_as_a_dot():
    pushed, centred = draw_pushed_sums(SUMS)
    assert pushed.figure.get_supxlabel() == "weighted sum z"
    assert pushed.get_ylabel()
    assert_array_equal(pushed.lines[1].get_xdata(), np.median(SUMS["pushed"], axis=0))
    assert_array_equal(centred.lines[1].get_xdata(), [0, 0])


def test_signs_are_those_of_the_step_not_of_the_gradient():
    one, both = draw_gradient_signs(GRADIENTS)
    assert_array_equal(one.images[0].get_array(), [[0, 0], [1, 1]])
    assert_array_equal(both.images[0].get_array(), [[0, 1], [1, 0]])
    assert len(one.figure.legends) == 1


def test_eigenvalues_fall():
    ax = draw_eigenvalues(SPECTRA)
    assert_array_equal(curve(ax, "raw")[1], np.arange(12.0, 0, -1))


def test_steps_needed_leaves_out_what_never_arrived():
    ax = draw_steps_needed(STEPS, RUNS)
    assert_array_equal(curve(ax, "short")[1], [40, 22, np.nan])
    assert_array_equal([t.get_text() for t in ax.get_xticklabels()], ["1/4", "1/2", "1"])


def test_learning_times_mark_the_median_and_its_interval():
    ax = draw_learning_times(TIMES, "steps")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["slow", "fast"]
    medians = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "|"]
    assert medians == [90, 8]
    found = median_interval(TIMES["slow"])
    ends = ax.collections[0].get_segments()[0][:, 0]
    assert_allclose(ends, [found.low, found.high])
    assert ax.get_xlabel() == "steps"


def test_output_means_are_those_of_normal_sums():
    panels = draw_output_means({"ReLU": relu, "−ReLU": lambda z: -relu(z), "a": relu, "b": relu})
    titles = [ax.get_title(loc="left") for ax in panels.flat]
    assert titles[:2] == ["ReLU\nmean 0.40", "−ReLU\nmean −0.40"]
    assert panels[0, 0].figure.get_supxlabel() == "weighted sum z"
    dashed = panels[0, 0].lines[-1]
    assert_allclose(dashed.get_ydata(), 1 / np.sqrt(2 * np.pi), atol=0.005)


def test_stairs_go_from_curve_to_diagonal():
    ax = draw_moment_map(GRID, {"halves": GRID / 2}, [[2.0, 1.0, 0.5]])
    stairs = ax.lines[-2]
    assert_array_equal(stairs.get_xdata(), [2, 2, 1, 1])
    assert_array_equal(stairs.get_ydata(), [2, 1, 1, 0.5])


def test_beta_moves_share_and_shift():
    ax = draw_beta_effect([-2.0, 0.0, 2.0], [0.0, 0.5, 1.0], [0.1, 0.56, 0.9])
    beta, active = curve(ax, "share active")
    _, shift = curve(ax, "mean shift")
    assert_allclose(active[100], 0.5)
    assert_allclose(shift[100], 1 / np.sqrt(np.pi))
    assert (np.diff(active) > 0).all()
    assert (np.diff(shift) > 0).all()
    assert_array_equal(beta[[0, -1]], [-2, 2])
