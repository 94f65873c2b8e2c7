"""A unit that answers to one direction of movement: excitation here, inhibition there, and later.

Barlow and Levick found that a rabbit's direction-selective ganglion cells are silenced, and not
merely unexcited, by movement in the wrong direction. Inhibition comes from one side and is late. If
the movement comes from that side, inhibition and excitation arrive together, and cancel; from the
other side, excitation has been answered before the inhibition arrives.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from companion.biology._checks import not_negative, positive, real_number


class Passage(NamedTuple):
    """What a unit receives and answers while a bar passes.

    Attributes
    ----------
    time_ms : ndarray, shape (n,)
        Times, in ms; the bar is over the unit's own receptor at 0.
    excitation, inhibition : ndarray, shape (n,)
        What arrives, 1 at the peak of the excitation.
    answer : ndarray, shape (n,)
        What is passed on: excitation less inhibition, and never below 0.
    """

    time_ms: np.ndarray
    excitation: np.ndarray
    inhibition: np.ndarray
    answer: np.ndarray


@dataclass(frozen=True)
class DirectionUnit:
    """A unit after Barlow and Levick, watching a thin bar go by.

    Parameters
    ----------
    spacing_um : float, default 30
        How far to the right the inhibiting receptor lies, in µm on the retina; greater than 0.
    field_um : float, default 20
        Standard deviation of both receptors' fields, in µm; greater than 0.
    delay_ms : float, default 30
        How much later the inhibition arrives, in ms; at least 0.
    inhibition_weight : float, default 1
        Inhibition at its peak, where the excitation's is 1; at least 0.

    Raises
    ------
    TypeError
        If a parameter is not a real number.
    ValueError
        If a parameter is not finite or out of its range.

    Notes
    -----
    The scheme is that of [1]_, the numbers are for illustration. Two bells of equal height,
    σ = field/speed wide in time and a time s apart, leave a positive part of
    erf(|s|/(2√2·σ)) of the first; s is delay + spacing/speed for a movement to the right and
    delay − spacing/speed for one to the left. At speed = spacing/delay the latter is 0.

    References
    ----------
    .. [1] H. B. Barlow, W. R. Levick, The mechanism of directionally selective units in rabbit's
       retina, *Journal of Physiology* 178 (1965), 477-504. doi:10.1113/jphysiol.1965.sp007638

    Examples
    --------
    >>> from companion.biology import DirectionUnit
    >>> unit = DirectionUnit()
    >>> f"{unit.response(1.0):.2f} to the right, {unit.response(-1.0):.2f} to the left"
    '0.87 to the right, 0.00 to the left'
    """

    spacing_um: float = 30.0
    field_um: float = 20.0
    delay_ms: float = 30.0
    inhibition_weight: float = 1.0

    def __post_init__(self):
        for name, check, unit in (
            ("spacing_um", positive, "µm"),
            ("field_um", positive, "µm"),
            ("delay_ms", not_negative, "ms"),
            ("inhibition_weight", not_negative, "times the excitation"),
        ):
            object.__setattr__(self, name, check(getattr(self, name), name, unit))

    def watch(self, speed_um_ms, *, samples=4001) -> Passage:
        """Let a thin bar pass.

        Parameters
        ----------
        speed_um_ms : float
            Its speed, in µm/ms: positive to the right, negative to the left, not 0.
        samples : int, default 4001
            How many times to look.

        Returns
        -------
        Passage
            Times and what happens at them, from long before to long after.

        Raises
        ------
        TypeError
            If the speed is not a real number.
        ValueError
            If it is 0 or not finite, or there are fewer than 101 samples.
        """
        speed = real_number(speed_um_ms, "speed_um_ms", "µm/ms")
        if speed == 0:
            raise ValueError("speed_um_ms must not be 0: a bar at rest has no direction")
        if samples < 101:
            raise ValueError(f"samples must be at least 101, got {samples!r}")
        crossing = self.spacing_um / speed
        wide = 8 * self.field_um / abs(speed)
        late = crossing + self.delay_ms
        time = np.linspace(min(0.0, late) - wide, max(0.0, late) + wide, samples)

        def bell(moment):
            return np.exp(-((speed * (time - moment)) ** 2) / (2 * self.field_um**2))

        excitation, inhibition = bell(0.0), self.inhibition_weight * bell(late)
        return Passage(time, excitation, inhibition, np.maximum(0.0, excitation - inhibition))

    def response(self, speed_um_ms, *, samples=4001) -> float:
        """Return how much is left of the answer to a passing bar.

        Parameters
        ----------
        speed_um_ms : float
            As for `watch`.
        samples : int, default 4001
            As for `watch`.

        Returns
        -------
        float
            The answer summed over time, over what it would be without inhibition.
        """
        seen = self.watch(speed_um_ms, samples=samples)
        return float(seen.answer.sum() / seen.excitation.sum())

    def selectivity(self, speed_um_ms) -> float:
        """Return the direction index at a speed: (right − left)/(right + left).

        Parameters
        ----------
        speed_um_ms : float
            Speed, in µm/ms; its sign does not matter, and it must not be 0.

        Returns
        -------
        float
            1 if only movement to the right is answered, 0 if both are alike; NaN if none is.
        """
        speed = abs(real_number(speed_um_ms, "speed_um_ms", "µm/ms"))
        right, left = self.response(speed), self.response(-speed)
        return (right - left) / (right + left) if right + left > 0 else float("nan")
