"""The pictures of memory show the numbers that they are given."""

import numpy as np
import pytest

from companion.figures import (
    draw_carried,
    draw_gradients_in_time,
    draw_half_life,
    draw_kept_numbers,
)
from companion.recurrent import half_life
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

RNG = np.random.default_rng(4)
DECAY = 0.9 ** np.arange(30.0)
CARRIED = {"slow": DECAY, "fast": DECAY**3}
NETWORKS = {"tanh": DECAY ** RNG.uniform(2, 3, (5, 1)), "LSTM": DECAY ** RNG.uniform(0, 1, (5, 1))}
ERRORS = {
    f"{lag} steps": {name: RNG.uniform(0.03, 1.1, 20) for name in ("tanh", "LSTM", "GRU")}
    for lag in (10, 30)
}
CALLS = {
    "carried": lambda: draw_carried(CARRIED, CARRIED),
    "in time": lambda: draw_gradients_in_time({"plain": NETWORKS, "gated": NETWORKS}),
    "one panel": lambda: draw_gradients_in_time({"plain": NETWORKS}),
    "half-life": draw_half_life,
    "kept": lambda: draw_kept_numbers(ERRORS, 0.05),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_values_above_gradients_below():
    value, gradient = draw_carried(CARRIED, {name: rows / 2 for name, rows in CARRIED.items()})
    np.testing.assert_array_equal(curve(value, "fast")[1], DECAY**3)
    np.testing.assert_array_equal(curve(gradient, "fast")[1], DECAY**3 / 2)
    assert (value.get_yscale(), gradient.get_yscale()) == ("linear", "log")


def test_curves_are_medians_of_networks():
    plain, gated = CALLS["in time"]()
    assert [ax.get_title(loc="left") for ax in (plain, gated)] == ["plain", "gated"]
    np.testing.assert_allclose(curve(gated, "LSTM")[1], np.median(NETWORKS["LSTM"], axis=0))


def test_half_lives_are_marked():
    ax = draw_half_life(marked=(0, 5))
    bias, steps = curve(ax, "half-life")
    np.testing.assert_allclose(steps, half_life(bias))
    assert [text.get_text() for text in ax.texts] == ["1", "103"]


def test_every_run_is_a_dot():
    for ax, contenders in zip(CALLS["kept"](), ERRORS.values(), strict=True):
        dots = [line.get_xdata() for line in ax.lines if len(line.get_xdata()) == 20]
        for found, values in zip(dots, contenders.values(), strict=True):
            np.testing.assert_array_equal(found, values)
