import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from companion.figures import draw_branch_costs, draw_layer_shares
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

WAYS = {"maximum": {"random": 0.26, "sorted": 0.18}, "mask": {"random": 12.3, "sorted": 0.7}}
WIDTHS = [2**k for k in range(4, 16)]
SHARES = {"relu": [1 / (k + 1) for k in range(12)], "gelu": [1 / (k + 2) for k in range(12)]}


@pytest.fixture(autouse=True)
def _close_figures():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.mark.parametrize(
    "draw", [lambda: draw_branch_costs(WAYS), lambda: draw_layer_shares(WIDTHS, SHARES)]
)
def test_rules_of_every_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_bars_are_as_long_as_the_times():
    ax = draw_branch_costs(WAYS)
    assert sorted(bar.get_width() for bar in ax.patches) == [0.18, 0.26, 0.7, 12.3]
    assert len({bar.get_hatch() for bar in ax.patches}) == 2


def test_shares_are_drawn_in_per_cent():
    widths, shares = curve(draw_layer_shares(WIDTHS, SHARES), "gelu")
    assert widths.tolist() == WIDTHS
    assert shares == pytest.approx([100 * s for s in SHARES["gelu"]])


def test_what_is_refused():
    for times in ({}, {"maximum": {"random": 1.0}}):
        with pytest.raises(ValueError, match="'random' and 'sorted'"):
            draw_branch_costs(times)
    with pytest.raises(ValueError, match="1 to 6 activations, got 0"):
        draw_layer_shares([1], {})
    with pytest.raises(ValueError, match="must hold 2 for relu, got 1"):
        draw_layer_shares([1, 2], {"relu": [0.5]})
