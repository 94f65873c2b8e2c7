"""The pictures of energy budgets show what was computed."""

import numpy as np
import pytest

from companion.biology import EnergyBudget, bits_per_cost, efficient_share
from companion.figures import draw_active_share, draw_bits_per_cost, draw_budgets
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

RAT = EnergyBudget([4e9, 5e9, 6e9], 1e9, 7e8)
HUMAN = EnergyBudget([2e9, 3e9, 4e9], 1.5e9, 2e9)
POSTS = {"then": {"spikes": 60, "rest": 40}, "now": {"spikes": 30, "rest": 70}}
CALLS = {
    "budgets": lambda: draw_budgets(POSTS),
    "share": lambda: draw_active_share({"rat": RAT, "human": HUMAN}),
    "bits": lambda: draw_bits_per_cost([1.0, 7.4, 65.0]),
}


@pytest.mark.parametrize("draw", CALLS.values(), ids=CALLS)
def test_rules_of_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_a_bar_for_each_post():
    widths = [[bar.get_width() for bar in bars] for bars in draw_budgets(POSTS).containers]
    assert widths == [[30, 60], [70, 40]]  # the first budget is drawn on top, hence last


def test_shares_are_medians_of_the_draws():
    rates, shares = curve(CALLS["share"](), "human")
    np.testing.assert_allclose(shares, 100 * HUMAN.active_share(rates[:, np.newaxis])[:, 1])


def test_dots_sit_on_the_best_share():
    ax = CALLS["bits"]()
    for line, dot, ratio in zip(ax.lines[::2], ax.lines[1::2], (1.0, 7.4, 65.0), strict=True):
        np.testing.assert_allclose(line.get_ydata(), bits_per_cost(line.get_xdata() / 100, ratio))
        assert dot.get_xdata()[0] == pytest.approx(100 * efficient_share(ratio))
        assert dot.get_ydata()[0] >= line.get_ydata().max() - 1e-9
