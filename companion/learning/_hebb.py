"""What fires together wires together: Hebb's rule, and Oja's, which keeps the weights finite."""

from dataclasses import dataclass

import numpy as np

from companion.learning._checks import patterns, start_weights, whole
from companion.neurons._checks import finite_array


@dataclass(frozen=True, eq=False)
class HebbianRun:
    """What a run of Hebb's or Oja's rule leaves behind.

    Attributes
    ----------
    history : ndarray, shape (steps + 1, d)
        The weights at the start and after each pattern.
    """

    history: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """The last weights, shape (d,)."""
        return self.history[-1]

    @property
    def lengths(self) -> np.ndarray:
        """The length of the weights over time, shape (steps + 1,)."""
        return np.linalg.norm(self.history, axis=1)

    def angles_deg(self, axis) -> np.ndarray:
        """Return the angle between the weights and an axis over time, sign apart.

        Parameters
        ----------
        axis : array_like, shape (d,)
            Not 0; its length and sign do not matter.

        Returns
        -------
        ndarray, shape (steps + 1,)
            From 0 to 90, in degrees.
        """
        goal = finite_array(axis, "axis")
        if goal.shape != self.weights.shape or not goal.any():
            raise ValueError(
                f"axis must be a vector of shape {self.weights.shape} other than 0, got {axis!r}"
            )
        goal = goal / np.linalg.norm(goal)
        along = self.history @ goal
        # By the part across, not by the arc cosine, which has no digits left near 0.
        across = np.linalg.norm(self.history - along[:, np.newaxis] * goal, axis=1)
        return np.degrees(np.arctan2(across, np.abs(along)))


def hebb(inputs, rate, *, start=None, passes: int = 1) -> HebbianRun:
    """Learn by Hebb's rule: w grows by rate · y · x, where y = wᵀx is the output.

    Each weight changes by what its own two ends do, and nothing tells it what would be right.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The patterns, in the order in which they come.
    rate : float or array_like, shape (n · passes,)
        The step size, at least 0, or one for each step.
    start : array_like, shape (d,), optional
        The weights to begin with; by default all equal, of length 1.
    passes : int, default 1
        How often the patterns come.

    Returns
    -------
    HebbianRun
        The weights after each pattern.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If there is no pattern, a number is not finite, or the shapes do not fit together.
    OverflowError
        If the weights outgrow float64, which under this rule is a matter of time.

    References
    ----------
    .. [1] D. O. Hebb, *The Organization of Behavior*, Wiley, 1949.

    Examples
    --------
    >>> hebb([[1, 0], [1, 0], [1, 0]], rate=1.0, start=[0.5, 0.5]).history
    array([[0.5, 0.5],
           [1. , 0.5],
           [2. , 0.5],
           [4. , 0.5]])
    """
    return _learn(inputs, rate, start, passes, decay=0.0)


def oja(inputs, rate, *, start=None, passes: int = 1) -> HebbianRun:
    """Learn by Oja's rule: w grows by rate · y · (x − y·w), where y = wᵀx is the output.

    The term −y²·w is what Hebb's rule lacks: it lets the weights decay the more, the more the
    neuron fires, so that their length settles near 1. Their direction tends to the first principal
    axis of the patterns.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The patterns, in the order in which they come. For the principal component in the usual
        sense take their mean away first; a neuron has no way to know it.
    rate : float or array_like, shape (n · passes,)
        The step size, at least 0, or one for each step. Well below 1 over the square of the longest
        pattern; a constant rate leaves a jitter of its own size.
    start : array_like, shape (d,), optional
        The weights to begin with; by default all equal, of length 1.
    passes : int, default 1
        How often the patterns come.

    Returns
    -------
    HebbianRun
        The weights after each pattern.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If there is no pattern, a number is not finite, or the shapes do not fit together.
    OverflowError
        If the rate is so large that the weights blow up.

    References
    ----------
    .. [1] E. Oja, Simplified neuron model as a principal component analyzer, Journal of
       Mathematical Biology 15:267-273, 1982. doi:10.1007/BF00275687

    Examples
    --------
    >>> run = oja([[2, 1], [-2, -1]], rate=0.1, passes=50)
    >>> run.weights.round(3)  # the direction of (2, 1), at length 1
    array([0.894, 0.447])
    """
    return _learn(inputs, rate, start, passes, decay=1.0)


def _learn(inputs, rate, start, passes, decay: float) -> HebbianRun:
    table = patterns(inputs)
    count, size = table.shape
    steps = count * whole(passes, "passes")
    rates = finite_array(rate, "rate")
    if rates.shape not in ((), (steps,)):
        raise ValueError(
            f"rate must be one number or have shape ({steps},), one for each step, got shape "
            f"{rates.shape}"
        )
    if np.any(rates < 0):
        raise ValueError(f"rate must be at least 0, got {rates.min():g}")
    weights = start_weights(start, size, np.full(size, size**-0.5))
    history = np.empty((steps + 1, size))
    history[0] = weights
    with np.errstate(over="ignore", invalid="ignore"):
        for step, pace in enumerate(np.broadcast_to(rates, steps)):
            pattern = table[step % count]
            output = weights @ pattern
            weights = weights + pace * output * (pattern - decay * output * weights)
            history[step + 1] = weights
    if not np.isfinite(history).all():
        first = int(np.argmin(np.isfinite(history).all(axis=1)))
        raise OverflowError(
            f"the weights outgrew float64 at step {first}: take fewer steps or a rate below "
            f"{float(rates.max()):g}"
        )
    return HebbianRun(history)
