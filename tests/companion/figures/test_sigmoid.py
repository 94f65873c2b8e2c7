import numpy as np
import pytest

from companion.activations import logistic, tanh
from companion.figures import (
    draw_convergence,
    draw_hard_errors,
    draw_slopes,
    draw_tangent,
    draw_taylor_band,
    draw_two_classes,
)
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

DRAWINGS = {
    "tangent": draw_tangent,
    "two classes": lambda: draw_two_classes((150.0, 180.0), 20.0, 0.3),
    "band": draw_taylor_band,
    "band of tanh": lambda: draw_taylor_band("tanh", 3, 2.0),
    "convergence": draw_convergence,
    "hard errors": draw_hard_errors,
    "slopes": lambda: draw_slopes(0.177065),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize(
    "rule", [comes_back_labelled_and_leaves_settings, tells_its_curves_apart_without_colour]
)
def test_a_drawing_obeys_the_rules(draw, rule):
    rule(draw)


def test_two_classes_counts_what_bayes_says():
    _, chances = draw_two_classes((150.0, 180.0), 20.0, 0.3, draws=200_000, seed=1)
    x, theory = curve(chances, "σ(wx + b)")
    places, counted = curve(chances, "share of the second kind, counted")
    dense = (places > 110) & (places < 220)
    np.testing.assert_allclose(
        counted[dense], np.interp(places[dense], x, theory), rtol=0, atol=0.03
    )
    second, first = 0.3 * np.exp(-((x - 180) ** 2) / 800), 0.7 * np.exp(-((x - 150) ** 2) / 800)
    np.testing.assert_allclose(theory, second / (first + second), rtol=1e-9)


@pytest.mark.parametrize(("name", "function"), [("logistic", logistic), ("tanh", tanh)])
def test_the_band_holds_the_curve(name, function):
    above, below = draw_taylor_band(name, 1, 3.0)
    (band,) = above.collections
    lower_and_upper = band.get_paths()[0].vertices
    x, y = curve(above, name)
    np.testing.assert_allclose(y, function(x))
    for place in (-2.4, -0.6, 0.9, 2.7):
        edge = lower_and_upper[np.isclose(lower_and_upper[:, 0], place, atol=0.008), 1]
        assert edge.min() <= function(place) <= edge.max()
    (_, bound), (_, error) = curve(below, "bound"), curve(below, "error")
    assert (error <= bound + 1e-15).all()


def test_convergence_falls_inside_and_grows_outside():
    above, _ = draw_convergence((2.0, 4.0), highest=15)
    inside, outside = (np.array(line.get_ydata()) for line in above.lines)
    assert (np.diff(inside) < 0).all()
    assert (np.diff(outside) > 0).all()


def test_slopes_have_their_lowest_point_at_the_best():
    _, worst = draw_slopes(0.177065)
    x, y = max(((line.get_xdata(), line.get_ydata()) for line in worst.lines[:3]), key=_last)
    assert x[np.argmin(y)] == pytest.approx(0.177, abs=1e-3)


def _last(line):
    return line[1][-1] + line[1][0]
