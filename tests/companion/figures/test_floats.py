import numpy as np
import pytest

from companion.figures import draw_descents, draw_float_gaps, draw_lost_slope, draw_ulp_errors
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

X = np.linspace(-3, 3, 31)
PANELS = {
    "f": {"textbook": (X, np.exp(9 * X)), "companion": (X, np.full(31, 0.4))},
    "g": {"textbook": (X, np.where(X < 0, np.nan, 2.0)), "companion": (X, np.zeros(31))},
    "h": {"companion": (X, np.ones(31)), "JAX": (X, np.full(31, np.inf))},
}
PATHS = {
    "stuck": [40.0] * 20,
    "stuck as well": [40.0] * 20,
    "lost": [40.0] + [np.nan] * 19,
    "down": np.arange(40.0, 20.0, -1.0),
}
DRAWINGS = {
    "gaps": draw_float_gaps,
    "lost slope": draw_lost_slope,
    "errors": lambda: draw_ulp_errors(PANELS),
    "one panel": lambda: draw_ulp_errors({"f": PANELS["f"]}, promised=None),
    "descents": lambda: draw_descents(PATHS),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize(
    "rule", [comes_back_labelled_and_leaves_settings, tells_its_curves_apart_without_colour]
)
def test_a_drawing_obeys_the_rules(draw, rule):
    rule(draw)


def test_the_toy_format_has_every_number_of_three_digits():
    line, gaps = draw_float_gaps()
    normal, subnormal = (np.array(part.get_xdata()) for part in line.lines[:2])
    np.testing.assert_array_equal(subnormal, [0, 1 / 16, 1 / 8, 3 / 16])
    assert normal.min() == 1 / 4
    assert normal.max() == 7
    assert len(normal) == 4 * 5
    # Each is a whole number below 8 times a power of 2: three binary digits.
    assert all(m * 8 == int(m * 8) for m, _ in map(np.frexp, normal))
    drawn = {float(line.get_ydata()[0]) for line in gaps.lines if len(set(line.get_ydata())) == 1}
    assert drawn == {1 / 16, 1 / 8, 1 / 4, 1 / 2, 1}


def test_the_lost_slope_ends_in_steps_of_the_gap_below_one():
    whole, end = draw_lost_slope()
    x, right = curve(whole, "z/(1 + z)²")
    np.testing.assert_allclose(right, 1 / (4 * np.cosh(x / 2) ** 2), rtol=1e-12)
    x, _ = curve(whole, "y(1 − y)")
    assert x.min() == -60
    assert 36.6 < x.max() < 36.8
    x, steps = curve(end, "y(1 − y)")
    gaps = steps * 1e-16 / 2**-53
    np.testing.assert_allclose(gaps, np.round(gaps), atol=1e-6)
    assert steps[x > 37].max() == 0


def test_errors_are_drawn_as_given_and_lost_ones_at_the_edge():
    f, g, h = draw_ulp_errors(PANELS)
    np.testing.assert_allclose(curve(f, "textbook")[1], np.maximum(np.exp(9 * X), 0.1))
    assert (curve(g, "companion")[1] == 0.1).all()
    top = g.get_ylim()[1]
    crosses = [
        line for line in g.lines if line.get_marker() == "x" and line.get_label().startswith("_")
    ]
    assert sum(len(line.get_xdata()) for line in crosses) == (X < 0).sum()
    assert all((np.array(line.get_ydata()) > top / 10).all() for line in crosses)
    # A method looks the same in every panel.
    looks = [
        (line.get_color(), line.get_linestyle())
        for ax in (f, g, h)
        for line in ax.lines
        if line.get_label() == "companion"
    ]
    assert len(set(looks)) == 1
    legend = f.figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["textbook", "companion", "JAX"]


def test_a_path_ends_at_its_first_nan():
    ax = draw_descents(PATHS)
    assert [text.get_text() for text in ax.texts] == ["NaN"]
    (cross,) = [line for line in ax.lines if line.get_marker() == "X"]
    assert (cross.get_xdata()[0], cross.get_ydata()[0]) == (1, 40)


def test_too_much_is_refused():
    with pytest.raises(ValueError, match="one panel at least"):
        draw_ulp_errors({})
    with pytest.raises(ValueError, match=r"at most 4 methods.*'f'"):
        draw_ulp_errors({"f": {str(i): (X, X) for i in range(5)}})
    with pytest.raises(ValueError, match="at most 4 paths"):
        draw_descents({str(i): [1.0] for i in range(5)})
