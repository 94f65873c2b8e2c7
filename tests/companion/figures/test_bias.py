"""The pictures of biases show the numbers that they are given."""

import numpy as np
import pytest

from companion.figures import (
    draw_bias_by_hour,
    draw_bias_shifts,
    draw_first_losses,
    draw_first_predictions,
    draw_prior_start,
    draw_pulls,
    draw_tunings,
)
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

RNG = np.random.default_rng(5)
RUNS = {name: RNG.random((7, 12)) for name in ("zero", "prior")}
STEPS = np.arange(12) * 10
SUMS = RNG.normal(size=300)
PULLS = {"bias 0": (0.025, 0.475), "prior": (0.0475, 0.0475)}
BOXES = {"anchor": (12.0, 8.0), "moved": (15.0, 8.0)}
TUNED = {name: {"cross": RNG.random(9), "moved": RNG.random(9)} for name in ("biases", "all")}
HOURS = np.arange(25.0)
MADE = {"number": np.full((4, 25), -2.0), "network": RNG.normal(size=(4, 25))}
CALLS = {
    "losses": lambda: draw_first_losses({"bias 0": ([0.05, 0.5], [0.69, 0.69])}),
    "predictions": lambda: draw_first_predictions({"a": SUMS**2 / 9, "b": [0.05, 0.05]}, 0.05),
    "pulls": lambda: draw_pulls(PULLS),
    "starts": lambda: draw_prior_start(STEPS, RUNS, RUNS, 0.2),
    "shifts": lambda: draw_bias_shifts(
        {"logistic": 1 / (1 + np.exp(-SUMS)), "tanh": np.tanh(SUMS)},
        {"50 %": 0.0, "5 %": 1.5},
        np.eye(8, 24),
        BOXES,
    ),
    "tunings": lambda: draw_tunings(TUNED, {"cross": 0.4, "moved": 0.5}),
    "hours": lambda: draw_bias_by_hour(HOURS, np.sin(HOURS), MADE),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_the_entropy_meets_log_2_at_a_half():
    share, entropy = curve(CALLS["losses"](), "entropy of the share")
    assert share[-1] == 0.5
    np.testing.assert_allclose(entropy[-1], np.log(2))
    np.testing.assert_allclose(np.interp(0.05, share, entropy), 0.1985, atol=2e-4)


def test_pulls_point_up_and_down():
    heights = [bar.get_height() for bar in CALLS["pulls"]().patches]
    np.testing.assert_allclose(heights, [0.025, 0.0475, -0.475, -0.0475])


def test_starts_are_medians():
    above, _ = CALLS["starts"]()
    np.testing.assert_allclose(curve(above, "zero")[1], np.median(RUNS["zero"], axis=0))


def test_boxes_stand_where_they_should():
    *_, below = CALLS["shifts"]()
    found = {box.get_label(): (box.get_x(), box.get_width()) for box in below.patches}
    assert found == {"anchor": (8.0, 8.0), "moved": (11.0, 8.0)}


def test_tunings_are_medians_with_the_accuracy_before():
    ax = CALLS["tunings"]()
    np.testing.assert_allclose(curve(ax, "biases")[0], np.median(TUNED["biases"]["cross"]))
    np.testing.assert_allclose(curve(ax, "before")[0], 0.4)


def test_a_bias_by_hour_is_the_median_of_its_runs():
    np.testing.assert_allclose(curve(CALLS["hours"](), "network")[1], np.median(MADE["network"], 0))
