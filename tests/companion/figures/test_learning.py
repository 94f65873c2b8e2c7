"""The pictures of learning show the runs that they are given."""

import numpy as np
import pytest

from companion.figures import (
    draw_hidden_sizes,
    draw_perceptron,
    draw_settling,
    draw_updates,
    draw_weight_paths,
)
from companion.learning import hebb, margin, oja, perceptron_rule
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

RNG = np.random.default_rng(5)
POINTS = RNG.uniform(-1, 1, (40, 2)) + np.repeat([[1.2, 0.0], [-1.2, 0.0]], 20, axis=0)
SIDE = np.repeat([1, -1], 20)
RUN, WIDEST = perceptron_rule(POINTS, SIDE), margin(POINTS, SIDE)
RUNS = {"Hebb": hebb(POINTS, 0.01), "Oja": oja(POINTS, 0.01)}
LENGTHS = {name: run.lengths for name, run in RUNS.items()}
ANGLES = {name: run.angles_deg([1.0, 0.0]) for name, run in RUNS.items()}
SCORES = {"plain": [[0.5, 0.6], [0.2, 0.4]], "penalty": [[0.5, 0.7], [0.8, 0.9]]}
CALLS = {
    "perceptron": lambda: draw_perceptron(POINTS, SIDE, RUN, WIDEST.direction),
    "updates": lambda: draw_updates([10, 100, 1000], [3, 8, 40]),
    "paths": lambda: draw_weight_paths(POINTS, RUNS, [1.0, 0.0]),
    "settling": lambda: draw_settling(LENGTHS, ANGLES),
    "sizes": lambda: draw_hidden_sizes([10, 100], SCORES, {"other": 0.9}),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


@pytest.mark.parametrize(
    ("label", "weights"),
    [("perceptron, at last", RUN.history[-1]), ("widest margin", WIDEST.direction)],
)
def test_a_boundary_is_where_the_sum_is_zero(label, weights):
    x, y = curve(CALLS["perceptron"](), label)
    np.testing.assert_allclose(weights[0] * x + weights[1] * y + weights[2], 0, atol=1e-9)


def test_weights_without_a_direction_draw_no_line():
    flat = perceptron_rule([[0.0, 0.0], [1.0, 0.0]], [1, 1])
    assert not flat.weights.any()
    labels = [line.get_label() for line in draw_perceptron([[0, 0], [1, 0]], [1, 1], flat).lines]
    assert "perceptron, at last" not in labels


def test_paths_and_lengths_are_the_records():
    ax = CALLS["paths"]()
    np.testing.assert_array_equal(np.transpose(curve(ax, "Oja")), RUNS["Oja"].history)
    above, below = CALLS["settling"]()
    np.testing.assert_array_equal(curve(above, "Hebb")[1], LENGTHS["Hebb"])
    np.testing.assert_array_equal(curve(below, "Hebb")[1], ANGLES["Hebb"])


def test_hidden_sizes_are_means_in_per_cent():
    np.testing.assert_allclose(curve(CALLS["sizes"](), "plain")[1], [55, 30])
