"""One MP neuron with sliders: two weights and a bias, their line, and their truth table."""

import altair as alt

from companion.explorables._explorable import Explorable
from companion.explorables._parts import inputs, menu, readouts, says, slider
from companion.explorables._style import BLUE, GREEN, INK, VERMILLION
from companion.neurons import binary_inputs

# Answers to the inputs 00, 01, 10, 11, in this order. One neuron makes all but the last two.
TARGETS = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "x₁ but not x₂": (0, 0, 1, 0),
    "if x₁ then x₂": (1, 1, 0, 1),
    "XOR": (0, 1, 1, 0),
    "XNOR": (1, 0, 0, 1),
}
_LOW, _HIGH = -0.6, 1.6
_SUM = "(w1 * {x} + w2 * {y} + bias)"
_COLUMNS = ("x₁", "x₂", "sum", "fires", "wanted", "right?")


def explore_threshold_neuron() -> Explorable:
    """Turn the weights and the bias of one MP neuron until it makes the wanted gate.

    Three sliders: the weights w₁ and w₂ and the bias b. The neuron fires where w₁x₁ + w₂x₂ + b > 0,
    which is the shaded side of a line in the plane of its inputs. A menu says which gate to hit;
    the table beneath counts the rows that are right. XOR is on the menu, and cannot be hit.

    Returns
    -------
    Explorable

    See Also
    --------
    companion.neurons.mp_neuron : the neuron.

    Examples
    --------
    >>> explore_threshold_neuron()
    An MP neuron with sliders for its weights and bias: its line, its truth table, a gate to hit.
    """
    sliders = (
        menu("target", TARGETS, "Gate to hit"),
        slider("w1", 1, (-3, 3, 0.25), "w₁: weight of x₁"),
        slider("w2", 1, (-3, 3, 0.25), "w₂: weight of x₂"),
        slider("bias", -0.5, (-3, 3, 0.25), "b: bias, shifts the line"),
    )
    lines = readouts(
        plane_says="'Fires where ' + format(w1, '.2~f') + '·x₁ ' + format(w2, '+.2~f') + '·x₂ '"
        " + format(bias, '+.2~f') + ' > 0'",
        table_says=f"target + ': ' + ({_count_right()}) + ' of 4 rows right'",
    )
    plane = alt.layer(_side(), _line(), *_points()).properties(height=300, title=says("plane_says"))
    table = alt.layer(_backs(), _cells()).properties(height=140, title=says("table_says"))
    return Explorable(
        alt.vconcat(plane, table).add_params(*sliders, *lines),
        summary=(
            "An MP neuron with sliders for its weights and bias: its line, its truth table, a "
            "gate to hit."
        ),
        alt=(
            "Above, the plane of two inputs with the four points of a truth table. A slanted line "
            "leaves (0, 0) alone, a square for silent; the three others lie on the shaded side, "
            "circles for firing. Below, the table: this is an OR, so as an AND it has the rows 00 "
            "and 11 right, and the rows 01 and 10, ringed in the plane, wrong."
        ),
    )


def _count_right():
    wanted = f"{_lists()}[target]"
    return " + ".join(
        f"(({_SUM.format(x=x, y=y)} > 0 ? 1 : 0) == {wanted}[{row}] ? 1 : 0)"
        for row, (x, y) in enumerate(binary_inputs(2))
    )


def _lists():
    """Write the targets as the page's language has them."""
    return str({name: list(answers) for name, answers in TARGETS.items()})


def _axis(field, title):
    scale = alt.Scale(domain=[_LOW, _HIGH], nice=False)
    axis = alt.Axis(values=[0, 1], format="d")
    return {"shorthand": f"{field}:Q", "scale": scale, "title": title, "axis": axis}


def _x():
    return alt.X(**_axis("x", "x₁"))


def _y():
    return alt.Y(**_axis("y", "x₂"))


def _side():
    """Shade where the neuron fires, column by column, from the line upwards or downwards."""
    shade = (
        alt.Chart(inputs(_LOW, _HIGH, 440), name="side")
        .transform_calculate(rest="w1 * datum.x + bias")
        .transform_calculate(
            y=f"w2 == 0 ? {_LOW} : clamp(-datum.rest / w2, {_LOW}, {_HIGH})",
            end=f"w2 == 0 ? (datum.rest > 0 ? {_HIGH} : {_LOW}) : (w2 > 0 ? {_HIGH} : {_LOW})",
        )
    )
    return shade.mark_area(color=BLUE, opacity=0.2).encode(x=_x(), y=_y(), y2="end:Q")


def _line():
    """Draw where the sum is 0: along (−w₂, w₁), through the point nearest to (0, 0)."""
    line = (
        alt.Chart(alt.InlineData([{"t": -9}, {"t": 9}]), name="line")
        .transform_calculate(square="w1 * w1 + w2 * w2")
        .transform_filter("datum.square > 0")
        .transform_calculate(
            x="(-bias * w1 - datum.t * w2) / datum.square",
            y="(-bias * w2 + datum.t * w1) / datum.square",
        )
    )
    return line.mark_line(color=INK, clip=True).encode(x="x:Q", y="y:Q")


def _rows(name):
    """Return a chart whose rows are those of the truth table."""
    rows = [{"row": i, "x": int(x), "y": int(y)} for i, (x, y) in enumerate(binary_inputs(2))]
    return (
        alt.Chart(alt.InlineData(rows), name=name)
        .transform_calculate(sum=_SUM.format(x="datum.x", y="datum.y"))
        .transform_calculate(fires="datum.sum > 0 ? 1 : 0", wanted=f"{_lists()}[target][datum.row]")
        .transform_calculate(right="datum.fires == datum.wanted")
    )


def _points():
    does = {"domain": ["fires", "silent"]}
    colour = alt.Scale(**does, range=[BLUE, VERMILLION])
    shape = alt.Scale(**does, range=["circle", "square"])
    points = _rows("points").transform_calculate(does="datum.fires ? 'fires' : 'silent'")
    yield points.mark_point(size=260, stroke="white").encode(
        x=_x(),
        y=_y(),
        color=alt.Color("does:N", scale=colour),
        shape=alt.Shape("does:N", scale=shape),
    )
    wrong = _rows("wrong").transform_filter("!datum.right")
    ring = {"filled": False, "color": INK, "size": 760, "strokeWidth": 2, "strokeDash": [4, 3]}
    yield wrong.mark_point(**ring).encode(x=_x(), y=_y())


def _backs():
    tint = alt.when("datum.right").then(alt.value(GREEN)).otherwise(alt.value(VERMILLION))
    backs = _rows("backs").mark_bar(opacity=0.16)
    return backs.encode(y=alt.Y("row:O", axis=None), color=tint)


def _cells():
    contents = ("datum.x", "datum.y", "format(datum.sum, '.2f')", "datum.fires", "datum.wanted")
    cells = _rows("cells")
    names = [f"cell{i}" for i in range(len(_COLUMNS))]
    verdict = "datum.right ? '✓' : '✗'"
    cells = cells.transform_calculate(**dict(zip(names, [*contents, verdict], strict=True)))
    cells = cells.transform_fold(names, as_=["place", "cell"]).transform_calculate(
        column=f"{dict(zip(names, _COLUMNS, strict=True))}[datum.place]"
    )
    axis = alt.Axis(orient="top", title=None, labelAngle=0, domain=False, ticks=False, grid=False)
    x = alt.X("column:N", sort=None, scale=alt.Scale(domain=list(_COLUMNS)), axis=axis)
    text = cells.mark_text(fontSize=14, color=INK)
    return text.encode(x=x, y=alt.Y("row:O", axis=None), text="cell:N")
