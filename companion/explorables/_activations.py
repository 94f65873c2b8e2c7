"""The activation explorer: a curve, its slope, and what a polynomial makes of it."""

import altair as alt

from companion.explorables import _activations_tables as tables
from companion.explorables._activations_tables import DECIMALS, LEAST, MOST, MOST_ORDER, STEP
from companion.explorables._explorable import Explorable
from companion.explorables._style import AXIS, BLUE, DASHES, GREEN, GREY, INK, VERMILLION

CURVE, TANGENT, POLYNOMIAL = "f(x)", "tangent", "Taylor polynomial"
_LOOKS = {
    CURVE: (BLUE, DASHES[0]),
    TANGENT: (GREEN, DASHES[2]),
    POLYNOMIAL: (VERMILLION, DASHES[1]),
}
_ZONES = {"dead": "#cccccc", "saturated": "#ececec"}
_AROUND_ZERO, _AROUND_POINT = "zero", "point"
_UNIT = 10**DECIMALS


def explore_activations(
    activations=None, *, at: float = 1.0, order: int = 1, around: str = "zero"
) -> Explorable:
    """Show an activation with its slope, its tangent, and Taylor polynomials in their bands.

    The reader chooses the activation and its parameter, drags the point where the tangent touches,
    and chooses the order of a Taylor polynomial and what it is taken around. Where the companion
    has a proved bound of its error, the band that the curve cannot leave is drawn as well. Dark
    stretches are dead, the slope being exactly 0; in light grey ones it is below 5 % of the
    steepest.

    Parameters
    ----------
    activations : str, Activation or sequence of these, optional
        What to choose from; the first one is shown. A name stands for the activation with its
        default parameters and with each of the examples that it gives for them. All registered
        activations if left out, the logistic function shown first.
    at : float, optional
        Where the point is at the beginning, from −6 to 6; taken to one decimal.
    order : int, optional
        The order of the polynomial at the beginning, 0 to 9.
    around : {"zero", "point"}, optional
        What the polynomial is taken around at the beginning: 0, or the point.

    Returns
    -------
    Explorable
        To be the last expression of its cell.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of these.

    Examples
    --------
    >>> explore_activations(["logistic", "tanh"])
    2 activations with slope, tangent and Taylor polynomial: logistic; tanh
    """
    found = tables.variants(activations)
    first = "logistic" if activations is None else next(iter(found))
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise TypeError(f"at must be a number from {LEAST:g} to {MOST:g}; got {at!r}")
    if not LEAST <= at <= MOST:
        raise ValueError(f"at must be a number from {LEAST:g} to {MOST:g}; got {at!r}")
    if isinstance(order, bool) or not isinstance(order, int):
        raise TypeError(f"order must be a whole number from 0 to {MOST_ORDER}; got {order!r}")
    if not 0 <= order <= MOST_ORDER:
        raise ValueError(f"order must be a whole number from 0 to {MOST_ORDER}; got {order!r}")
    if around not in (_AROUND_ZERO, _AROUND_POINT):
        raise ValueError(f'around must be "zero" or "point"; got {around!r}')
    chart = (
        alt.vconcat(_values(), _slopes())
        .add_params(*_parameters(found, first, round(at, 1), order, around))
        .properties(title=alt.Title(alt.expr("readout")))
    )
    names = list(found)
    shown = "; ".join(names[:3]) + (" and more" if len(names) > 3 else "")
    return Explorable(
        chart,
        alt=f"The curve of {first} over inputs from −6 to 6, the tangent at x = {at:g}, and the "
        f"Taylor polynomial of order {order}, shaded around it the band that the curve cannot "
        "leave. Below, the slope of the curve. Flat stretches are shaded.",
        summary=f"{len(names)} activation{'s' * (len(names) > 1)} with slope, tangent and Taylor "
        f"polynomial: {shown}",
        drag="a",
    )


def _parameters(found: dict, first: str, at: float, order: int, around: str) -> list:
    # JupyterLab puts a label and its slider side by side; the space at its end keeps them apart.
    names = list(found)
    steps = {"min": LEAST, "max": MOST, "step": STEP}
    grid = tables.table(tables.NODES, DECIMALS)
    expressions = {
        "here": "curves[f]",
        "fs": "split(here.f, ' ')",
        "ds": "split(here.d, ' ')",
        # The curves, piece by piece; without kinks there is one piece.
        "X": f"split(here.x ? here.x : '{grid}', ' ')",
        "V": "here.x ? split(here.v, ' ') : fs",
        "S": "here.x ? split(here.s, ' ') : ds",
        "P": f"here.x ? split(here.p, ' ') : split('{' '.join('0' * len(tables.NODES))}', ' ')",
        "i": _place("a"),
        "fa": f"fs[i] / {_UNIT}",
        "da": f"ds[i] / {_UNIT}",
        "c": "around === 'zero' ? 0 : a",
        "j": _place("c"),
        "higher": "here.t ? split(here.t, ';')[j] : ''",
        "is_smooth": "higher !== '' && isValid(higher)",
        "C": f"is_smooth ? split(fs[j] / {_UNIT} + ' ' + ds[j] / {_UNIT} + ' ' + higher, ' ') : []",
        # Lagrange: |f(x) − polynomial| ≤ K |x − c|ᵐ, K being a proved maximum over all x.
        "is_bound": "is_smooth && isValid(here.k)",
        "K": "is_bound ? toNumber(split(c === 0 ? here.k0 : here.k, ' ')[order]) : 0",
        "m": "is_bound && c === 0 ? toNumber(split(here.m0, ' ')[order]) : order + 1",
        "readout": _readout(),
    }
    return [
        alt.param("f", value=first, bind=alt.binding_select(options=names, name="Activation f ")),
        alt.param("a", value=at, bind=alt.binding_range(name="Touch the curve at x = ", **steps)),
        alt.param(
            "order",
            value=order,
            bind=alt.binding_range(min=0, max=MOST_ORDER, step=1, name="Order of the polynomial "),
        ),
        alt.param(
            "around",
            value=around,
            bind=alt.binding_select(
                options=[_AROUND_ZERO, _AROUND_POINT],
                labels=["0", "the point x"],
                name="Taylor polynomial around ",
            ),
        ),
        alt.param("curves", value={name: tables.tabulated(each) for name, each in found.items()}),
        *(alt.param(name, expr=expression) for name, expression in expressions.items()),
    ]


def _place(x: str) -> str:
    return f"round(({x} - {LEAST:g}) / {STEP:g})"


def _polynomial(x: str) -> str:
    """Write Horner's scheme for the Taylor polynomial as far as the order goes."""
    result = f"(order >= {MOST_ORDER}) * C[{MOST_ORDER}]"
    for n in reversed(range(MOST_ORDER)):
        result = f"({result}) * ({x} - c) + (order >= {n}) * C[{n}]"
    return result


def _readout() -> str:
    """Write the three lines above the chart, each short enough for a telephone."""
    error, bound = f"abs({_polynomial('a')} - fa)", "K * pow(abs(a - c), m)"
    off = f"({error} < 0.0001 ? '< 0.0001' : format({error}, {error} < 100 ? '.4f' : '.3~s'))"
    # Rounded up, as it is a bound.
    most = "({0} < 100 ? format(ceil({0} * 10000) / 10000, '.4f') : format({0} * 1.005, '.3~s'))"
    where = "'x = ' + format(a, '.1f') + ': value ' + format(fa, '.4f')"
    slope = "', slope ' + format(da, '.4f')"
    there = f"'the polynomial is off by ' + {off}"
    touching = "'the polynomial touches f at the point'"
    proved = f"'proved: off by at most ' + {most.format(bound)}"
    beside = f"'proved: 1 away, off by at most ' + {most.format('K')}"
    second = f"is_smooth ? (around === 'zero' ? {there} : {touching}) : 'no Taylor polynomial:'"
    third = f"is_bound ? (around === 'zero' ? {proved} : {beside}) : 'no band holds for every x'"
    return f"[{where} + {slope}, {second}, is_smooth ? ({third}) : here.why]"


def _once(name: str) -> alt.Chart:
    return alt.Chart(alt.InlineData([{}]), name=name)


def _x(field: str = "x:Q") -> alt.X:
    axis = alt.Axis(title="input x", values=list(range(int(LEAST), int(MOST) + 1, 2)))
    return alt.X(field, scale=alt.Scale(domain=[LEAST, MOST], nice=False), axis=axis)


def _y(field: str, ends: str, title: str | None) -> alt.Y:
    scale = alt.Scale(domain=alt.expr(f"here.{ends}"), nice=False, zero=False)
    return alt.Y(field, scale=scale).title(title)


def _zones(name: str) -> alt.LayerChart:
    """Shade where nothing is learned."""
    stretches = (
        _once(name)
        .transform_calculate(zone="here.zones")
        .transform_flatten(["zone"])
        .transform_filter("isArray(datum.zone)")
        .transform_calculate(x="datum.zone[0]", end="datum.zone[1]", kind="datum.zone[2]")
    )
    colour = alt.Scale(domain=list(_ZONES), range=list(_ZONES.values()))
    return stretches.mark_rect().encode(
        _x(), x2="end:Q", fill=alt.Fill("kind:N", scale=colour, legend=None)
    )


def _zone_names(height: int) -> alt.Chart:
    """Write the kind of a stretch into it, upright, since it may be narrow, and off the curve."""
    return (
        _once("zone_names")
        .transform_calculate(zone="here.zones")
        .transform_flatten(["zone"])
        .transform_filter("isArray(datum.zone) && datum.zone[1] - datum.zone[0] > 0.6")
        .transform_calculate(x="(datum.zone[0] + datum.zone[1]) / 2")
        .transform_calculate(
            text="datum.zone[2] === 'dead' ? 'dead: slope 0' : 'saturated'",
            is_low=f"2 * fs[{_place('datum.x')}] / {_UNIT} < here.y[0] + here.y[1]",
        )
        .transform_calculate(at=f"datum.is_low ? 48 : {height - 48}")
        .mark_text(angle=270, fontSize=11, color=AXIS)
        .encode(_x(), y=alt.Y("at:Q", scale=None), text="text:N")
    )


def _line(chart: alt.Chart, name: str, y: alt.Y, **encoding) -> alt.Chart:
    """Draw a chart's rows as one of the three curves, which share one legend."""
    colours, dashes = zip(*_LOOKS.values(), strict=True)
    names = list(_LOOKS)
    legend = alt.Legend(columns=alt.expr("width < 330 ? 2 : 3"), symbolType="stroke")
    return (
        chart.transform_calculate(look=f"'{name}'")
        .mark_line(clip=True, strokeWidth=2.8 if name == CURVE else 2)
        .encode(
            _x(),
            y,
            color=alt.Color("look:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            strokeDash=alt.StrokeDash(
                "look:N", scale=alt.Scale(domain=names, range=dashes), legend=legend
            ),
            **encoding,
        )
    )


def _curve(name: str, field: str, y: alt.Y) -> alt.Chart:
    pieces = (
        _once(name)
        .transform_calculate(x="X", v=field, p="P")
        .transform_flatten(["x", "v", "p"])
        .transform_calculate(x=f"datum.x / {_UNIT}", y=f"datum.v / {_UNIT}")
    )
    return _line(pieces, CURVE, y, detail="p:N")


def _values() -> alt.LayerChart:
    y = _y("y:Q", "y", "value f(x)")
    inputs = alt.sequence(LEAST, MOST + STEP / 2, STEP, as_="x")
    polynomial = (
        alt.Chart(inputs, name="polynomial")
        .transform_filter("is_smooth")
        .transform_calculate(y=_polynomial("datum.x"))
    )
    band = (
        alt.Chart(inputs, name="band")
        .transform_filter("is_bound")
        .transform_calculate(middle=_polynomial("datum.x"), reach="K * pow(abs(datum.x - c), m)")
        # Far outside the panel nothing is seen, and numbers beyond all bounds spoil a path.
        .transform_calculate(
            y="clamp(datum.middle - datum.reach, -1000, 1000)",
            top="clamp(datum.middle + datum.reach, -1000, 1000)",
        )
        .mark_area(clip=True, color=VERMILLION, opacity=0.18)
        .encode(_x(), y, y2="top:Q")
    )
    ends = alt.InlineData([{"x": LEAST}, {"x": MOST}])
    tangent = alt.Chart(ends, name="tangent").transform_calculate(y="fa + da * (datum.x - a)")
    height = 260
    return alt.layer(
        _zones("zones"),
        _zone_names(height),
        band,
        _guide("guide"),
        _line(tangent, TANGENT, y),
        _line(polynomial, POLYNOMIAL, y),
        _curve("curve", "V", y),
        _jumps(y),
        _dot("point", "fa", y),
    ).properties(height=height)


def _slopes() -> alt.LayerChart:
    y = _y("y:Q", "slopes", "slope f′(x)").axis(tickCount=3)
    return alt.layer(
        _zones("slope_zones"),
        _guide("slope_guide"),
        alt.Chart(alt.InlineData([{}])).mark_rule(color=GREY).encode(y=alt.YDatum(0)),
        _curve("slope", "S", y),
        _dot("slope_point", "da", y),
    ).properties(height=110)


def _jumps(y: alt.Y) -> alt.Chart:
    """Mark the value that is taken where the curve jumps."""
    return (
        _once("jumps")
        .transform_calculate(jump="here.jumps")
        .transform_flatten(["jump"])
        .transform_filter("isArray(datum.jump)")
        .transform_calculate(x="datum.jump[0]", y="datum.jump[1]")
        .mark_point(color=BLUE, size=45)
        .encode(_x(), y)
    )


def _guide(name: str) -> alt.Chart:
    return (
        _once(name).transform_calculate(x="a").mark_rule(color=INK, strokeDash=[2, 3]).encode(_x())
    )


def _dot(name: str, value: str, y: alt.Y) -> alt.Chart:
    return (
        _once(name)
        .transform_calculate(x="a", y=value)
        .mark_point(color=INK, size=110, clip=True)
        .encode(_x(), y)
    )
