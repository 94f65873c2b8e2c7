"""The portraits of the atlas show what the functions return, and say so in words."""

import matplotlib as mpl
import numpy as np
import pytest

from companion.activations import ACTIVATIONS, Heaviside, elu, gelu, heaviside, relu, relu6, tanh
from companion.figures._atlas import describe_activation, draw_activation, number, span

each = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)


@each
def test_curves_are_the_function_and_its_derivatives(activation):
    before = dict(mpl.rcParams)
    axes = draw_activation(activation)
    axes[0].figure.canvas.draw()
    assert dict(mpl.rcParams) == before
    lower, upper = span(activation)
    functions = (activation, activation.derivative, activation.second_derivative)
    for ax, evaluate in zip(axes, functions, strict=True):
        curves = [line for line in ax.lines if len(line.get_xdata()) > 2]
        for curve in curves:
            np.testing.assert_array_equal(evaluate(curve.get_xdata()), curve.get_ydata())
        assert curves[0].get_xdata()[0] == lower
        assert curves[-1].get_xdata()[-1] == upper
    assert axes[-1].get_xlabel() == "input x"
    assert all(ax.get_title(loc="left") for ax in axes)


@each
def test_words_are_enough_and_name_every_kink(activation):
    words = describe_activation(activation)
    assert words.startswith(f"Three plots of {activation.name} ")
    assert 150 < len(words) < 800
    assert "nan" not in words
    assert "\n" not in words
    for kink in activation.kinks:
        assert f"at {number(kink)}" in words


def points(ax, face):
    """Return the places of the marks of one kind: dots are filled, rings are white."""
    lines = [line for line in ax.lines if line.get_marker() == "o"]
    chosen = [line for line in lines if (line.get_markerfacecolor() == "white") == (face == "ring")]
    found = set()
    for line in chosen:
        xs, ys = np.atleast_1d(line.get_xdata()), np.atleast_1d(line.get_ydata())
        found |= {(float(x), float(y)) for x, y in zip(xs, ys, strict=True)}
    return found


def test_jumps_have_rings_for_the_sides_and_a_dot_for_the_convention():
    value, slope, curvature = draw_activation(relu)
    assert points(value, "dot") == {(0, 0)}
    assert points(slope, "ring") == {(0, 0), (0, 1)}
    assert points(slope, "dot") == {(0, 0)}
    assert points(curvature, "dot") == set()

    value, slope, _ = draw_activation(Heaviside(at_zero=0.5))
    assert points(value, "ring") == {(0, 0), (0, 1)}
    assert points(value, "dot") == {(0, 0.5)}
    assert points(slope, "dot") == set()

    _, slope, curvature = draw_activation(elu)
    assert points(slope, "dot") == set()
    assert points(curvature, "dot") == {(0, 1)}


def test_no_line_bridges_a_jump():
    value = draw_activation(heaviside)[0]
    curves = [line.get_ydata() for line in value.lines if len(line.get_xdata()) > 2]
    assert [set(curve.tolist()) for curve in curves] == [{0.0}, {1.0}]


def test_levels_are_dashed():
    value = draw_activation(tanh)[0]
    assert {line.get_ydata()[0] for line in value.lines if line.get_linestyle() == "--"} == {-1, 1}
    assert not [line for line in draw_activation(gelu)[0].lines if line.get_linestyle() == "--"]


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        (relu, "So inputs far to the left get no gradient; those far to the right do."),
        (gelu, "it falls on (−∞, −0.7518) and turns at −0.17 at −0.7518."),
        (gelu, "So inputs far to the left get hardly any gradient"),
        (relu6, "So inputs far out on either side get no gradient."),
        (tanh, "So inputs far out on either side get hardly any gradient."),
        (heaviside, "with a step at 0 from 0 to 1; it never falls."),
        (heaviside, "So no input gets a gradient, though the output steps."),
        (elu, "and jumps at 0."),
    ],
    ids=lambda given: getattr(given, "name", None),
)
def test_meaning(activation, words):
    assert words in describe_activation(activation)
