"""Learning with sliders: gradients that fade on their way down, and units that die for good.

A page cannot train a network by itself. What is shown here was measured once, by
``benchmarks/training_runs.py``, and is stored beside this module with its seed and its date.
"""

import json
from functools import cache
from importlib.resources import files

import altair as alt

from companion.explorables._explorable import Explorable, table
from companion.explorables._parts import curves, menu, readouts, says, slider
from companion.explorables._style import BLUE, CYCLE, DASHES, GREY, INK, PURPLE, VERMILLION

_DECADES = (-30, 25)


def training_runs() -> dict:
    """Return the measurements that the two figures show.

    Returns
    -------
    dict
        Fresh, yours to change. ``"label"`` says what was measured, where and when. ``"fading"``
        has the decimal logarithms of gradients' lengths, ``"log10_lengths"``: by activation, then
        for each of ``"depths"``, each of ``"gain_powers"`` (of two) and each layer. ``"dying"``
        has ``"shares"``: by activation, ``"dead"`` for each of ``"step_powers"`` (of ten) and each
        of ``"updates"``, and ``"right"``, the share of held-out images read rightly in the end.

    Examples
    --------
    >>> runs = training_runs()
    >>> runs["label"]["made_by"]
    'benchmarks/training_runs.py'
    >>> runs["dying"]["step_powers"][-1]  # the largest step is 10 to the power of this
    1.375
    """
    return json.loads(_stored())


@cache
def _stored():
    place = files("companion.explorables").joinpath("training-runs.json")
    return place.read_text(encoding="utf-8")


def explore_vanishing_gradient() -> Explorable:
    """Choose depth, activation and initial scale; see how much of a gradient arrives below.

    A gradient of length 1 is put in at the top of a freshly initialised network of 64 units a
    layer, and its length is measured at every layer on the way down. Two activations stand side by
    side. Weights have variance g²/64; the slider turns g from ½ to 4. All curves were measured, on
    images of digits, and stored.

    Returns
    -------
    Explorable

    Notes
    -----
    Each curve is the geometric mean of several networks. ``benchmarks/training_runs.py`` makes it.

    Examples
    --------
    >>> explore_vanishing_gradient()
    How much of a gradient arrives at each layer, by depth, activation and initial scale.
    """
    runs = training_runs()["fading"]
    depths, powers, lengths = runs["depths"], runs["gain_powers"], runs["log10_lengths"]
    step, turn = depths[1] - depths[0], powers[1] - powers[0]
    sliders = (
        menu("first", ["logistic", *(n for n in lengths if n != "logistic")], "Activation"),
        menu("second", ["relu", *(n for n in lengths if n != "relu")], "Beside it"),
        slider("depth", 30, (depths[0], depths[-1], step), "Layers: go deeper"),
        slider("scale", 0, (powers[0], powers[-1], turn), "Initial scale g: powers of 2"),
    )
    lines = {n: [table(r, 2) for at in by_depth for r in at] for n, by_depth in lengths.items()}
    here = f"((depth - {depths[0]}) / {step} * {len(powers)} + (scale - {powers[0]}) / {turn})"
    stored = [
        alt.param(name="lengths", value=lines),
        alt.param(name="first_lengths", expr=f"split(lengths[first][{here}], ' ')"),
        alt.param(name="second_lengths", expr=f"split(lengths[second][{here}], ' ')"),
    ]
    for name in ("first", "second"):
        arrived = f"toNumber({name}_lengths[0]) / 100"
        stored.append(alt.param(name=f"{name}_arrived", expr=arrived))
    arrives = "format(pow(10, {0}_arrived), abs({0}_arrived) < 3 ? '.2~r' : '.0e')"
    spoken = readouts(
        start="depth + ' layers, g = ' + format(pow(2, scale), '.2~f') + '. At layer 1 arrive'",
        arrival=f"first + ' ' + {arrives.format('first')}"
        f" + ', ' + second + ' ' + {arrives.format('second')}",
    )
    panel = alt.layer(*_gradients(depths[-1])).properties(
        height=300, title=alt.Title(alt.ExprRef("[start, arrival]"))
    )
    return Explorable(
        panel.add_params(*sliders, *stored, *spoken),
        summary=(
            "How much of a gradient arrives at each layer, by depth, activation and initial scale."
        ),
        alt=_fading_alt(lengths, depths, powers),
    )


def _fading_alt(lengths, depths, powers):
    deep, unit = depths.index(30), powers.index(0.0)
    logistic, relu = (lengths[name][deep][unit][0] for name in ("logistic", "relu"))
    return (
        "The length of a gradient at each of 30 layers, with a line for every ten powers of ten, "
        "for weights of scale 1. From right to left, which is from the top layer down, the "
        "logistic network's falls on a straight line to 10 to the power of "
        f"{logistic:.0f}; "
        f"that of ReLU falls, too, but only to 10 to the power of {relu:.0f}."
    )


def _gradients(deepest):
    x = alt.X("layer:Q", scale=alt.Scale(domain=[1, deepest], nice=False), title="layer")
    marks = list(range(_DECADES[0], _DECADES[1] + 1, 10))
    axis = alt.Axis(
        values=marks,
        tickCount=len(marks),  # else the style's own count thins them out
        labelExpr="datum.value == 0 ? '1' : '1e' + format(datum.value, 'd')",
    )
    scale = alt.Scale(domain=list(_DECADES), nice=False)
    y = alt.Y("power:Q", scale=scale, title="length of the gradient", axis=axis)
    unit = alt.Chart(alt.InlineData([{"power": 0}]), name="unit")
    yield unit.mark_rule(color=GREY, strokeDash=DASHES[1]).encode(y="power:Q")
    for name, colour, dashes in (
        ("first", VERMILLION, DASHES[0]),
        ("second", BLUE, DASHES[1]),
    ):
        curve = (
            alt.Chart(alt.sequence(1, deepest + 1, as_="layer"), name=name)
            .transform_filter("datum.layer <= depth")
            .transform_calculate(power=f"toNumber({name}_lengths[datum.layer - 1]) / 100")
        )
        look = {"color": colour, "strokeDash": dashes, "clip": True, "strokeWidth": 2.6}
        yield curve.mark_line(**look).encode(x=x, y=y)
        other = "second" if name == "first" else "first"
        below = f"{name}_arrived < {other}_arrived" + (" + 0.001" if name == "first" else "")
        text = {"align": "left", "dx": 8, "color": colour, "fontSize": 13}
        label = (
            curve.transform_filter("datum.layer == 1")
            .transform_calculate(
                # A curve that leaves the panel keeps its name, at the edge.
                power=f"clamp(datum.power, {_DECADES[0] + 4}, {_DECADES[1] - 4})",
                says=name,
            )
            .properties(name=f"{name}_name")
        )
        yield label.mark_text(**text, dy=alt.expr(f"{below} ? 16 : -14")).encode(
            x=x, y=y, text="says:N"
        )


def explore_dying_relu() -> Explorable:
    """Choose a step size; see which share of the units dies during training.

    A network with 128 hidden units learns digits by plain gradient descent, once with each of five
    activations, from a healthy start: no unit is dead. A unit counts as dead once its slope is
    below 0.001 on every training image, so that hardly anything can move it again. All curves were
    measured and stored.

    Returns
    -------
    Explorable

    Notes
    -----
    Each curve is the mean of several runs. ``benchmarks/training_runs.py`` makes it.

    Examples
    --------
    >>> explore_dying_relu()
    The share of dead units during training, by step size, for five activations.
    """
    runs = training_runs()["dying"]
    powers, shares = runs["step_powers"], runs["shares"]
    turn = powers[1] - powers[0]
    sliders = (
        slider("power", 1, (powers[0], powers[-1], turn), "Step size: powers of 10"),
        menu("ending", _ENDINGS, "Lower panel"),
    )
    chosen = f"round((power - {powers[0]}) / {turn})"
    dead = {name: [table(line, 3) for line in run["dead"]] for name, run in shares.items()}
    right = {name: table(run["right"], 3) for name, run in shares.items()}
    stored = [
        alt.param(name="dead", value=dead),
        alt.param(name="right", value=right),
        alt.param(name="chosen", expr=chosen),
    ]
    last = len(runs["updates"]) - 1
    percent = "format(toNumber(split({0}, ' ')[{1}]) / 1000, '.0%')"
    spoken = readouts(
        deaths="'Step ' + format(pow(10, power), '.2~r') + ': '"
        f" + {percent.format('dead.relu[chosen]', last)} + ' of the ReLU units end dead'",
        reads=f"'New digits read: ReLU ' + {percent.format('right.relu', 'chosen')}"
        f" + ', leaky ReLU ' + {percent.format('right.leaky_relu', 'chosen')}",
    )
    draw = curves(dict(zip(shares, _LOOKS, strict=True)))
    upper = alt.layer(*_deaths(draw, shares, runs["updates"]))
    lower = alt.layer(*_endings(draw, shares, powers, last))
    return Explorable(
        alt.vconcat(
            upper.properties(height=200, title=says("deaths")),
            lower.properties(height=190, title=says("reads")),
        ).add_params(*sliders, *stored, *spoken),
        summary="The share of dead units during training, by step size, for five activations.",
        alt=_dying_alt(shares, powers, last),
    )


_ENDINGS = ("share dead in the end", "share of new digits read rightly")
_LOOKS = [
    (colour, list(dashes), 2.6)
    for colour, dashes in zip((*CYCLE[:4], INK), DASHES[:5], strict=True)
]


def _dying_alt(shares, powers, last):
    at = powers.index(1.0)
    end = {name: f"{run['dead'][at][last]:.0%}" for name, run in shares.items()}
    return (
        "Above, the share of dead units over 400 updates with a step of 10. The curves of ReLU and "
        f"ELU leave 0 within the first twenty updates and level off at {end['relu']} and "
        f"{end['elu']}; those of leaky ReLU, GELU and swish stay at or near 0. Below, the share "
        "dead in the end against the step size: 0 for all up to steps of about 5, then ReLU and "
        "ELU rise steeply, GELU and swish later, leaky ReLU never."
    )


def _deaths(draw, shares, updates):
    x = alt.X("update:Q", scale=alt.Scale(domain=[0, updates[-1]]), title="update")
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), title="share of dead units", axis=_PERCENT)
    looks = alt.InlineData([{"look": i, "update": update} for i, update in enumerate(updates)])
    for name in reversed(shares):  # ReLU last, on top
        curve = alt.Chart(looks, name=f"{name}_deaths").transform_calculate(
            share=f"toNumber(split(dead['{name}'][chosen], ' ')[datum.look]) / 1000"
        )
        yield draw(curve, name, x=x, y=y)


_PERCENT = alt.Axis(format="%", tickCount=3)


def _endings(draw, shares, powers, last):
    scale = alt.Scale(domain=[powers[0], powers[-1]], nice=False)
    marks = [p for p in powers if (2 * p).is_integer()]
    axis = alt.Axis(values=marks, labelExpr="format(pow(10, datum.value), '.1~r')")
    x = alt.X("step:Q", scale=scale, title="step size", axis=axis)
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), title="share", axis=_PERCENT)
    here = alt.Chart(alt.InlineData([{}]), name="step_here").transform_calculate(step="power")
    yield here.mark_rule(color=PURPLE, strokeWidth=2).encode(x=x)
    steps = alt.InlineData([{"at": i, "step": power} for i, power in enumerate(powers)])
    for name in reversed(shares):
        deaths = f"split(dead['{name}'][datum.at], ' ')[{last}]"
        rights = f"split(right['{name}'], ' ')[datum.at]"
        curve = alt.Chart(steps, name=f"{name}_ending").transform_calculate(
            share=f"toNumber(ending == '{_ENDINGS[0]}' ? {deaths} : {rights}) / 1000"
        )
        yield draw(curve, name, x=x, y=y)
