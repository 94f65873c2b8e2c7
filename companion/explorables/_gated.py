"""Gates with sliders: how sharp swish is, and how far GELU's stand-ins stray."""

import math

import altair as alt
from scipy.special import lambertw

from companion.explorables._explorable import Explorable
from companion.explorables._parts import curves, dot, inputs, menu, once, readouts, says, slider
from companion.explorables._style import BLUE, DASHES, GREEN, GREY, INK, PURPLE, VERMILLION

# Each repeats a formula of companion.activations; a test holds the two against each other.
GATE = "(1 / (1 + exp(-beta * {x})))"
SWISH = "({x} / (1 + exp(-beta * {x})))"
GELU = "(datum.x * cumulativeNormal(datum.x))"
TANH_FORM = "(datum.x / (1 + exp(-2 * {factor} * datum.x * (1 + c * datum.x * datum.x))))"
SIGMOID_FORM = "(datum.x / (1 + exp(-k * datum.x)))"

# The factor of GELU's tanh form as it should be, then three misprints.
FACTORS = {
    "√(2/π)": math.sqrt(2 / math.pi),
    "√2/π": math.sqrt(2) / math.pi,
    "2/π": 2 / math.pi,
    "√2": math.sqrt(2),
}
# The largest value of t·σ(−t), and one less than the t at which it is taken.
_DIP = float(lambertw(math.exp(-1.0)).real)
_FAR = 5


def explore_swish() -> Explorable:
    """Turn swish's β, and walk along the curve.

    Two sliders: β from 0 (the line x/2) to 20 (nearly ReLU), and an input x to look at. Shown are
    the gate σ(βx), swish between ReLU and x/2, its lowest point, and the largest distance to ReLU.

    Returns
    -------
    Explorable

    See Also
    --------
    companion.activations.Swish : the curve itself.

    Examples
    --------
    >>> explore_swish()
    Swish with a slider for β, from the line x/2 to nearly ReLU.
    """
    sliders = (
        slider("beta", 1, (0, 20, 0.1), "β: sharpen the gate"),
        slider("at", -2, (-_FAR, _FAR, 0.1), "x: walk along the curve"),
    )
    gate_at, swish_at = GATE.format(x="at"), SWISH.format(x="at")
    lines = readouts(
        gate_says=(
            f"'At x = ' + format(at, '.1f') + ': gate ' + format({gate_at}, '.3f')"
            f" + ', output ' + format({swish_at}, '.3f')"
        ),
        swish_says=(
            f"beta > 0 ? 'Farthest from ReLU: by ' + format({_DIP} / beta, '.3f') + ', at x = ±'"
            f" + format({1 + _DIP} / beta, '.2f')"
            " : 'β = 0: the line x/2, without a lowest point'"
        ),
    )
    gate = alt.layer(_gate(), _here("gate_here", GATE)).properties(
        height=110, title=says("gate_says")
    )
    swish = alt.layer(*_swish_curves(), *_swish_extremes(), _here("swish_here", SWISH)).properties(
        height=290, title=says("swish_says")
    )
    return Explorable(
        alt.vconcat(gate, swish).add_params(*sliders, *lines),
        summary="Swish with a slider for β, from the line x/2 to nearly ReLU.",
        alt=(
            "Above, the gate σ(x), which climbs in an S from 0 to 1 and is half open at x = 0. "
            "Below, swish for β = 1 between the dotted ReLU and the dashed line x/2: it dips to "
            "−0.278 at x = −1.28. There, and at x = 1.28, it is farthest from ReLU."
        ),
        drag="at",
    )


def _x_axis(title="input x"):
    scale = alt.Scale(domain=[-_FAR, _FAR], nice=False)
    return alt.X("x:Q", scale=scale, title=title, axis=alt.Axis(format="~g"))


def _gate():
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 1]), title="gate", axis=alt.Axis(tickCount=2))
    gate = alt.Chart(inputs(-_FAR, _FAR, 500), name="gate")
    gate = gate.transform_calculate(y=GATE.format(x="datum.x"))
    return gate.mark_line(color=BLUE, strokeWidth=2.6).encode(x=_x_axis(title=None), y=y)


def _swish_curves():
    draw = curves(
        {
            "swish": (BLUE, DASHES[0], 2.6),
            "ReLU": (INK, DASHES[3], 1.8),
            "x/2": (GREY, DASHES[1], 1.6),
        }
    )
    formulas = (
        ("x/2", "half", "datum.x / 2"),
        ("ReLU", "relu", "max(datum.x, 0)"),
        ("swish", "swish", SWISH.format(x="datum.x")),  # last, so on top
    )
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-2.5, 5], nice=False), title="output")
    for label, name, formula in formulas:
        curve = alt.Chart(inputs(-_FAR, _FAR, 1000), name=name).transform_calculate(y=formula)
        yield draw(curve, label, x=_x_axis(), y=y)


def _swish_extremes():
    """Draw where swish is farthest from ReLU: its lowest point, and the mirror image of that."""
    peaks = (
        alt.Chart(alt.InlineData([{"side": -1}, {"side": 1}]), name="farthest")
        .transform_filter("beta > 0")
        .transform_calculate(x=f"datum.side * {1 + _DIP} / beta", relu="max(datum.x, 0)")
        .transform_calculate(y=SWISH.format(x="datum.x"))
    )
    look = {"color": VERMILLION, "strokeWidth": 3, "clip": True}
    yield peaks.mark_rule(**look).encode(x="x:Q", y="y:Q", y2="relu:Q")
    lowest = peaks.transform_filter("datum.side < 0").properties(name="lowest")
    yield lowest.mark_point(color=VERMILLION, clip=True).encode(x="x:Q", y="y:Q")


def _here(name, formula):
    """Mark the input that the slider has chosen."""
    here = alt.Chart(once(), name=name)
    here = here.transform_calculate(x="at", y=formula.format(x="at"))
    return dot(here, PURPLE, "x:Q", "y:Q")


def explore_gelu_forms() -> Explorable:
    """Magnify the errors of GELU's two approximations, and turn their constants.

    Sliders magnify the error and change c of the tanh form ½x(1 + tanh(√(2/π)(x + c·x³))) and k of
    the sigmoid form x·σ(kx); a menu offers the factor √(2/π) and three misprints of it.

    Returns
    -------
    Explorable

    See Also
    --------
    companion.activations.GELU : all three forms.

    Examples
    --------
    >>> explore_gelu_forms()
    GELU and its two approximations, with a slider that magnifies their errors.
    """
    sliders = (
        slider("power", 1.6, (0, 3.2, 0.1), "Magnify the errors: powers of 10"),
        slider("c", 0.044715, (0.043, 0.047, 0.000005), "c of the tanh form"),
        slider("k", 1.702, (1.6, 1.85, 0.001), "k of the sigmoid form"),
        menu("factor", FACTORS, "Factor of the tanh form"),
    )
    lines = readouts(magnified="'Errors magnified ' + format(pow(10, power), ',.0f') + ' times'")
    draw = curves(
        {
            "GELU": (INK, DASHES[0], 1.6),
            "tanh": (VERMILLION, DASHES[1], 2.4),
            "sigmoid": (GREEN, DASHES[2], 2.4),
        }
    )
    curve = alt.layer(*_gelu_curves(draw)).properties(height=240, title=says("magnified"))
    alone = alt.layer(*_gelu_errors(draw)).properties(height=210)
    return Explorable(
        alt.vconcat(curve, alone).add_params(*sliders, *lines),
        summary="GELU and its two approximations, with a slider that magnifies their errors.",
        alt=(
            "GELU and its two approximations, their errors magnified forty times. Above, the tanh "
            "form still lies on GELU, while the sigmoid form swings below and above it. Below, the "
            "errors alone: at worst 0.00047 for the tanh form and 0.020 for the sigmoid form, "
            "about forty times as much."
        ),
    )


def _gelu_forms(name):
    """Return a chart whose rows have GELU and the errors of the two forms."""
    tanh_form = TANH_FORM.format(factor=f"{FACTORS}[factor]")
    return (
        alt.Chart(inputs(-_FAR, _FAR, 1000), name=name)
        .transform_calculate(gelu=GELU)
        .transform_calculate(
            tanh=f"{tanh_form} - datum.gelu", sigmoid=f"{SIGMOID_FORM} - datum.gelu"
        )
    )


def _gelu_curves(draw):
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-2, 5], nice=False), title="GELU + magnified error")
    for label, name, error in (
        ("GELU", "gelu", "0"),
        ("sigmoid", "sigmoid_form", "datum.sigmoid"),
        ("tanh", "tanh_form", "datum.tanh"),
    ):
        curve = _gelu_forms(name).transform_calculate(y=f"datum.gelu + pow(10, power) * {error}")
        yield draw(curve, label, x=_x_axis(title=None), y=y)


def _gelu_errors(draw):
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-1.5, 1], nice=False), title="magnified error alone")
    errors = {
        form: _gelu_forms(f"{form}_error").transform_calculate(
            y=f"pow(10, power) * datum.{form}", size=f"abs(datum.{form})"
        )
        for form in ("tanh", "sigmoid")
    }
    for form, error in errors.items():
        yield draw(error, form, x=_x_axis(), y=y)
    # The curves leave the lowest fifth to the text.
    blank = alt.Chart(alt.InlineData([{"top": -1.03, "bottom": -1.5}]), name="blank")
    yield blank.mark_rect(color="white").encode(y="top:Q", y2="bottom:Q")
    for row, (form, error) in enumerate(errors.items()):
        worst = error.properties(name=f"{form}_worst")
        worst = worst.transform_aggregate(worst="argmax(size)").transform_calculate(
            says=f"'{form}: at worst ' + format(datum.worst.size, '.6f')"
            " + ', at ±' + format(abs(datum.worst.x), '.2f')"
        )
        place = {"x": alt.value(8), "y": alt.value(180 + 18 * row), "text": "says:N"}
        yield worst.mark_text(align="left").encode(**place)
