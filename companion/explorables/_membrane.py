"""A membrane with sliders: from the current that flows in to the rate of spikes that come out."""

import altair as alt

from companion.biology import LIFNeuron
from companion.explorables._explorable import Explorable
from companion.explorables._parts import curves, dot, inputs, once, readouts, says, slider
from companion.explorables._style import BLUE, DASHES, GREEN, GREY, PURPLE, VERMILLION

_WINDOW_MS = 100
_MOST_SPIKES = 200
_SPIKE_MV = 18  # a LIF spike has no height; this one is drawn, so that it is seen
_REACH = 3  # the slider goes up to so many times the rheobase
_START = 1.25  # and starts at so many


def explore_lif(neuron: LIFNeuron | None = None) -> Explorable:
    """Turn up the current into a leaky integrate-and-fire neuron and watch its rate.

    Two sliders: the current, from 0 to three times the rheobase, and the refractory time. Shown
    are the voltage from rest, the spikes, and the firing rate on the curve that the current walks
    along. All of it is the exact solution; nothing is stepped through time.

    Parameters
    ----------
    neuron : LIFNeuron, optional
        By default `LIFNeuron()`. The slider of the refractory time starts at its own, of at most
        10 ms.

    Returns
    -------
    Explorable

    Raises
    ------
    TypeError
        If `neuron` is not a LIFNeuron.
    ValueError
        If its refractory time is longer than the slider, 10 ms.

    See Also
    --------
    companion.biology.LIFNeuron : simulates it, and has the rate in closed form.

    Examples
    --------
    >>> explore_lif()
    A leaky integrate-and-fire neuron with sliders for its current and its refractory time.
    """
    neuron = LIFNeuron() if neuron is None else neuron
    if not isinstance(neuron, LIFNeuron):
        raise TypeError(f"neuron must be a LIFNeuron, got {type(neuron).__name__}")
    if neuron.refractory_ms > 10:
        raise ValueError(
            f"neuron.refractory_ms must be at most 10 ms here, got {neuron.refractory_ms!r}"
        )
    f, most_na = _Formulas(neuron), _REACH * neuron.rheobase_na
    steps = (0, most_na, most_na / 120)
    sliders = (
        slider("current", _START * neuron.rheobase_na, steps, "Current in nA: turn it up"),
        slider("refractory", neuron.refractory_ms, (0, 10, 0.5), "Refractory time in ms"),
    )
    lines = readouts(
        voltage_says=(
            f"'Heads for ' + format({f.goal('current')}, '.1f') + ' mV: '"
            f" + ({f.fires('current')} ? 'it spikes' : 'it never spikes')"
        ),
        rate_says=(
            f"{f.fires('current')} ? format({f.rate('current')}, '.1f') + ' Hz, one spike every '"
            f" + format({f.interval('current')}, '.1f') + ' ms' : '0 Hz'"
        ),
    )
    voltage = alt.layer(*_voltage(neuron, f)).properties(height=190, title=says("voltage_says"))
    rate = alt.layer(*_rate(neuron, f, most_na)).properties(height=190, title=says("rate_says"))
    return Explorable(
        alt.vconcat(voltage, rate).add_params(*sliders, *lines),
        summary=(
            "A leaky integrate-and-fire neuron with sliders for its current and its refractory "
            "time."
        ),
        alt=_description(neuron),
    )


def _description(neuron):
    current = _START * neuron.rheobase_na
    return (
        f"Above, the voltage of the neuron at {current:g} nA over {_WINDOW_MS} ms: it climbs, "
        f"spikes at the threshold of {neuron.threshold_mv:g} mV, rests, and climbs again, always "
        "alike. Below, the firing rate against the current: 0 up to "
        f"{neuron.rheobase_na:g} nA, then a steep corner and a curve that flattens. A diamond "
        f"marks this current, at {neuron.rate_hz(current):.0f} spikes a second."
    )


class _Formulas:
    """A neuron's closed forms, written for the page; `i` is an expression for the current.

    They repeat companion.biology, which a test holds them against.
    """

    def __init__(self, neuron):
        self.n = neuron

    def fires(self, i):
        return f"({i} > {self.n.rheobase_na!r})"

    def goal(self, i):
        """Where the current leads, threshold or not."""
        return f"({self.n.rest_mv!r} + {self.n.resistance_mohm!r} * {i})"

    def _climb(self, i, start_mv):
        """How long it takes from a voltage to the threshold."""
        beyond = f"({self.n.resistance_mohm!r} * ({i} - {self.n.rheobase_na!r}))"
        way = self.n.threshold_mv - start_mv
        return f"({self.n.time_constant_ms!r} * log(({beyond} + {way!r}) / {beyond}))"

    def first(self, i):
        """When the first spike comes, from rest."""
        return self._climb(i, self.n.rest_mv)

    def interval(self, i):
        return f"(refractory + {self._climb(i, self.n.reset_mv)})"

    def rate(self, i):
        return f"({self.fires(i)} ? 1000 / {self.interval(i)} : 0)"

    def towards_goal(self, i, start_mv, time):
        """Say where the voltage is so long after it was let go."""
        goal = self.goal(i)
        return f"({goal} + ({start_mv!r} - {goal}) * exp(-{time} / {self.n.time_constant_ms!r}))"


def _voltage(neuron, f):
    low = min(neuron.rest_mv, neuron.reset_mv) - 5
    high = neuron.threshold_mv + _SPIKE_MV + 2
    x = alt.X("t:Q", scale=alt.Scale(domain=[0, _WINDOW_MS], nice=False), title="time (ms)")
    y = alt.Y("v:Q", scale=alt.Scale(domain=[low, high], nice=False), title="voltage (mV)")
    draw = curves(
        {
            "voltage": (BLUE, DASHES[0], 2.2),
            "threshold": (GREY, DASHES[1], 1.8),
            "goal": (GREEN, DASHES[3], 2.0),
        }
    )
    ends = alt.Chart(alt.InlineData([{"t": 0}, {"t": _WINDOW_MS}]))
    goal = ends.properties(name="goal").transform_calculate(v=f.goal("current"))
    threshold = ends.properties(name="threshold").transform_calculate(v=repr(neuron.threshold_mv))
    yield draw(threshold, "threshold", x=x, y=y)
    yield draw(goal, "goal", x=x, y=y)
    yield draw(_trace(neuron, f), "voltage", x=x, y=y)
    spikes = (
        alt.Chart(alt.sequence(0, _MOST_SPIKES, as_="number"), name="spikes")
        .transform_filter(f.fires("current"))
        .transform_calculate(t=f"{f.first('current')} + datum.number * {f.interval('current')}")
        .transform_filter(f"datum.t <= {_WINDOW_MS}")
        .transform_calculate(v=repr(neuron.reset_mv), top=repr(neuron.threshold_mv + _SPIKE_MV))
    )
    yield spikes.mark_rule(color=VERMILLION, strokeWidth=2).encode(x=x, y=y, y2="top:Q")


def _trace(neuron, f):
    first, interval = f.first("current"), f.interval("current")
    fresh = f.towards_goal("current", neuron.rest_mv, "datum.t")
    again = f.towards_goal("current", neuron.reset_mv, "(datum.since - refractory)")
    return (
        alt.Chart(inputs(0, _WINDOW_MS, 1000, name="t"), name="voltage")
        .transform_calculate(
            since=f"{f.fires('current')} && datum.t >= {first}"
            f" ? (datum.t - {first}) % {interval} : -1"
        )
        .transform_calculate(
            v=f"datum.since < 0 ? {fresh}"
            f" : datum.since < refractory ? {neuron.reset_mv!r} : {again}"
        )
    )


def _rate(neuron, f, most_na):
    # The highest rate that the sliders can reach: the greatest current, and no rest at all.
    tireless = LIFNeuron(**{**vars(neuron), "refractory_ms": 0.0})
    x = alt.X("i:Q", scale=alt.Scale(domain=[0, most_na], nice=False), title="current (nA)")
    y = alt.Y("f:Q", scale=alt.Scale(domain=[0, tireless.rate_hz(most_na)]), title="rate (Hz)")
    ceiling = alt.Chart(once(), name="ceiling").transform_filter("refractory > 0")
    ceiling = ceiling.transform_calculate(f="1000 / refractory")
    yield ceiling.mark_rule(color=GREY, strokeDash=DASHES[1], strokeWidth=1.8, clip=True).encode(
        y=y
    )
    curve = alt.Chart(inputs(0, most_na, 600, name="i"), name="rate")
    curve = curve.transform_calculate(f=f.rate("datum.i"))
    yield curve.mark_line(color=BLUE, strokeWidth=2.6, clip=True).encode(x=x, y=y)
    here = alt.Chart(once(), name="rate_here")
    yield dot(here.transform_calculate(i="current", f=f.rate("current")), PURPLE, "i:Q", "f:Q")
