import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion.figures import draw_alarm, draw_reliability, draw_squash
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
)

RNG = np.random.default_rng(0)
CHANCES = RNG.random(300)
OUTCOMES = RNG.random(300) < CHANCES
EDGES = [0, 0.25, 0.5, 0.75, 1]


@pytest.fixture(autouse=True)
def _close_figures():
    mpl.use("Agg")
    yield
    plt.close("all")


@pytest.mark.parametrize(
    "draw",
    [
        lambda: draw_reliability(CHANCES, OUTCOMES, EDGES),
        lambda: draw_alarm(5 * CHANCES, OUTCOMES, 3.0, 0.4),
        lambda: draw_squash([-2, 0, 2]),
    ],
)
def test_rules_of_every_drawing(draw):
    comes_back_labelled_and_leaves_settings(draw)


def test_every_case_is_counted_once_and_dots_are_the_shares():
    ax = draw_reliability(CHANCES, OUTCOMES, EDGES)
    assert sum(int(text.get_text()) for text in ax.texts) == 300
    dots = [line.get_xydata()[0] for line in ax.lines if line.get_marker() == "o"]
    third = (CHANCES >= 0.5) & (CHANCES < 0.75)
    np.testing.assert_allclose(dots[2], [CHANCES[third].mean(), OUTCOMES[third].mean()])


def test_the_score_is_one_half_at_the_alarm():
    counts, score = draw_alarm(5 * CHANCES, OUTCOMES, 3.0, 0.4)
    curve = score.lines[0]
    assert np.interp(3.0, curve.get_xdata(), curve.get_ydata()) == pytest.approx(0.5, abs=1e-3)
    assert sum(bar.get_height() for bar in counts.patches) == 300


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"one shape \(n,\), got \(2,\), \(1,\)"):
        draw_reliability([0.1, 0.2], [1], EDGES)
    with pytest.raises(ValueError, match="edges must ascend"):
        draw_reliability([0.1], [1], [0, 1, 1])


def test_each_score_ends_at_its_chance():
    _, ends = curve(draw_squash([-2.0, 0.0, 2.0]), "chances")
    np.testing.assert_allclose(ends, 1 / (1 + np.exp([2.0, 0.0, -2.0])))
