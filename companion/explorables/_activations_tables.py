"""What the activation explorer draws, tabulated by the companion, small enough for a page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from math import ceil, floor, isfinite, log10

import numpy as np

from companion.activations import ACTIVATIONS, Activation, find
from companion.explorables._explorable import table
from companion.taylor import taylor

# The inputs shown, and the places where the slider stops.
LEAST, MOST, STEP = -6.0, 6.0, 0.1
NODES = np.round(np.arange(round((MOST - LEAST) / STEP) + 1) * STEP + LEAST, 10)
ZERO = int(np.flatnonzero(NODES == 0)[0])
DECIMALS = 4
MOST_ORDER = 9
# Where the slope is below this share of the steepest, an activation counts as saturated.
SATURATED = 0.05
# Digits of a Taylor coefficient beyond the second, and of the constants that bound the error.
DIGITS = 4


@dataclass(frozen=True)
class Zone:
    """A stretch where a neuron learns nothing, or next to nothing."""

    start: float
    end: float
    kind: str


def variants(choice=None) -> dict[str, Activation]:
    """Return the activations to choose from, by the label that the reader sees.

    Parameters
    ----------
    choice : None, str, Activation or sequence of these
        Names stand for an activation with its default parameters and with each of the values that
        it calls worth trying; an instance for itself; None for all that are registered.

    Returns
    -------
    dict of str to Activation
        In alphabetical order, defaults first, if nothing was chosen; else in the order given.

    Raises
    ------
    TypeError, ValueError
        If something is no activation, or nothing is chosen.
    """
    if choice is None:
        choice = sorted(ACTIVATIONS)
    elif isinstance(choice, str | Activation):
        choice = [choice]
    found: dict[str, Activation] = {}
    for item in choice:
        if isinstance(item, str):
            found |= {_label(each): each for each in _with_examples(find(item))}
        elif isinstance(item, Activation):
            found[_label(item)] = item
        else:
            raise TypeError(
                f"activations must be names or activations of the companion; got {item!r} "
                f"({type(item).__name__})"
            )
    if not found:
        raise ValueError("activations must not be empty: choose one at least")
    return found


def _with_examples(activation: Activation) -> Iterator[Activation]:
    """Yield the activation, and it again for each value worth trying, one parameter at a time."""
    yield activation
    for field in fields(activation):
        for value in field.metadata["domain"].examples:
            if value != getattr(activation, field.name):
                yield activation.with_parameters(**{field.name: value})


def _label(activation: Activation) -> str:
    values = (f"{key} = {_word(value)}" for key, value in activation.parameters.items())
    return ", ".join((activation.name, *values))


def _word(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}".replace("-", "−")


@cache
def tabulated(activation: Activation) -> dict:
    """Return everything that the chart needs to know of one activation.

    Parameters
    ----------
    activation : Activation
        Any.

    Returns
    -------
    dict
        ``f`` and ``d``: value and slope at `NODES`. ``x``, ``v``, ``s``, ``p``, only where there
        are kinks: the curves once more, piece by piece, with both limits at each kink. ``jumps``:
        the value taken where the curve jumps. ``zones``: where it is dead or saturated. ``y`` and
        ``slopes``: the ends of the vertical axes. For what has Taylor polynomials, ``t``:
        coefficients from the second on, around each node; ``k``, ``k0`` and ``m0``: constants of
        the bands K |x − centre|ᵐ, with m = order + 1 but around 0. Else ``why``: why it has none.
    """
    value, slope = activation(NODES), activation.derivative(NODES)
    facts: dict = {
        "f": table(value, DECIMALS),
        "d": table(slope, DECIMALS),
        "y": _ends(value),
        "slopes": _slope_ends(slope),
        "zones": [[zone.start, zone.end, zone.kind] for zone in zones(activation)],
        "jumps": [[k.at, k.values[1]] for k in _kinks(activation) if k.is_jump],
    }
    return facts | _pieces(activation) | _taylor(activation)


def _kinks(activation: Activation) -> list:
    return [kink for kink in activation.facts.kinks if LEAST < kink.at < MOST]


def _pieces(activation: Activation) -> dict:
    kinks = _kinks(activation)
    if not kinks:
        return {}
    rows = []
    for piece in range(len(kinks) + 1):
        left, right = LEAST, MOST
        if piece > 0:
            left = kinks[piece - 1].at
            rows.append((left, kinks[piece - 1].values[2], kinks[piece - 1].slopes[2], piece))
        if piece < len(kinks):
            right = kinks[piece].at
        at_kinks = np.isin(NODES, [kink.at for kink in kinks])
        inside = NODES[~at_kinks & np.logical_and(left <= NODES, right >= NODES)]
        rows += ((at, activation(at), activation.derivative(at), piece) for at in inside)
        if piece < len(kinks):
            rows.append((right, kinks[piece].values[0], kinks[piece].slopes[0], piece))
    x, v, s, p = zip(*rows, strict=True)
    return {
        "x": table(x, DECIMALS),
        "v": table(v, DECIMALS),
        "s": table(s, DECIMALS),
        "p": table(p, 0),
    }


def zones(activation: Activation) -> list[Zone]:
    """Return where, between `LEAST` and `MOST`, the activation is dead or saturated.

    Dead means that the slope is exactly 0. Saturated is the end of a side on which the slope tends
    to 0, as far in as it stays below `SATURATED` of the steepest slope.
    """
    facts = activation.facts
    dead = [
        Zone(max(piece.lower, LEAST), min(piece.upper, MOST), "dead")
        for piece in facts.flat_on
        if piece.lower < MOST and piece.upper > LEAST
    ]
    x = np.round(np.arange(LEAST, MOST + 0.005, 0.01), 10)
    steep = np.abs(activation.derivative(x))
    learns = np.flatnonzero(steep >= SATURATED * steep.max())
    found = list(dead)
    if not len(learns) or steep.max() == 0:
        return found
    if "left" in facts.saturates and learns[0] > 0 and not any(z.start == LEAST for z in dead):
        found.append(Zone(LEAST, float(x[learns[0]]), "saturated"))
    if (
        "right" in facts.saturates
        and learns[-1] < len(x) - 1
        and not any(z.end == MOST for z in dead)
    ):
        found.append(Zone(float(x[learns[-1]]), MOST, "saturated"))
    return sorted(found, key=lambda zone: zone.start)


def _ends(values: np.ndarray) -> list[float]:
    """Return the ends of the axis of values, with room for what leaves a curve between two lids."""
    low, high = float(values.min()), float(values.max())
    room = (high - low) * (0.3 if high - low < 2.5 else 0.08) or 1.0
    return [floor(10 * (low - room)) / 10, ceil(10 * (high + room)) / 10]


def _slope_ends(slopes: np.ndarray) -> list[float]:
    low, high = min(0.0, float(slopes.min())), max(0.0, float(slopes.max()))
    room = (high - low) * 0.12 or 0.5
    return [round(low - room, 2), round(high + room, 2)]


def _taylor(activation: Activation) -> dict:
    try:
        tangent = taylor(activation, 1, 1.0)
    except ValueError:
        return {"why": _why_none(activation)}
    facts = {"t": ";".join(_coefficients(activation, float(centre)) for centre in NODES)}
    # Around 0 alone softsign has none; elsewhere it has one for a half of the line, without a band.
    facts["why"] = "f″ jumps at 0" if ";;" in facts["t"] else ""
    if isfinite(tangent.uniform_bound[0]):
        elsewhere = [taylor(activation, n, 1.0).uniform_bound[0] for n in range(MOST_ORDER + 1)]
        around_zero = [taylor(activation, n).uniform_bound for n in range(MOST_ORDER + 1)]
        facts["k"] = " ".join(map(_up, elsewhere))
        facts["k0"] = " ".join(_up(constant) for constant, _ in around_zero)
        facts["m0"] = " ".join(str(power) for _, power in around_zero)
    return facts


def _why_none(activation: Activation) -> str:
    """Say in a few words what is in the way of a Taylor polynomial."""
    kinks = activation.facts.kinks
    if kinks:
        return "f jumps" if any(kink.is_jump for kink in kinks) else "f has kinks"
    curvature = activation.second_derivative(np.linspace(LEAST, MOST, 12_001))
    if not curvature.any():
        return "f is a straight line"
    jumps = np.abs(np.diff(curvature)).max() > 0.1 * np.abs(curvature).max()
    return "f″ jumps" if jumps else "the companion has none with a proof"


def _coefficients(activation: Activation, centre: float) -> str:
    try:
        polynomial = taylor(activation, MOST_ORDER, centre)
    except ValueError:  # softsign around 0, where its second derivative jumps
        return ""
    return " ".join(f"{a + 0.0:.{DIGITS}g}" for a in polynomial.coefficients[2:])


def _up(constant: float) -> str:
    """Write a bound with a few digits, never below it."""
    if constant == 0:
        return "0"
    unit = 10.0 ** (floor(log10(constant)) + 1 - DIGITS)
    return f"{ceil(constant / unit * (1 - 1e-12)) * unit:.{DIGITS}g}"
