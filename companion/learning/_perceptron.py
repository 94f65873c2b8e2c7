"""Rosenblatt's rule: change nothing while you are right, and add the pattern when you are wrong."""

from dataclasses import dataclass

import numpy as np

from companion.learning._checks import patterns, signs, start_weights, whole, with_bias


@dataclass(frozen=True, eq=False)
class PerceptronRun:
    """What a run of the perceptron rule leaves behind.

    Attributes
    ----------
    converged : bool
        Whether a whole pass went by without a mistake.
    history : ndarray, shape (updates + 1, d) or (updates + 1, d + 1)
        The weights at the start and after each update; the bias, if there is one, comes last.
    mistakes : ndarray of int, shape (updates,)
        The pattern that each update learned from.
    updates_per_pass : tuple of int
        How many updates each pass made.
    cycle : tuple of int or None
        Two passes, counted from 0, that began with the very same weights. The rule decides by
        weights and order alone, so it would repeat what lies between them for ever; it stops.
    has_bias : bool
        Whether the last weight is a bias.
    """

    converged: bool
    history: np.ndarray
    mistakes: np.ndarray
    updates_per_pass: tuple[int, ...]
    cycle: tuple[int, int] | None
    has_bias: bool

    @property
    def updates(self) -> int:
        """How often the weights were changed."""
        return len(self.mistakes)

    @property
    def weights(self) -> np.ndarray:
        """The last weights, shape (d,), without the bias."""
        return self.history[-1, :-1] if self.has_bias else self.history[-1]

    @property
    def bias(self) -> float:
        """The last bias; 0 where none was learned."""
        return float(self.history[-1, -1]) if self.has_bias else 0.0


def perceptron_rule(
    inputs, labels, *, bias: bool = True, start=None, max_passes: int = 10_000
) -> PerceptronRun:
    """Learn a linear boundary from mistakes.

    The patterns are looked at in their order, again and again. A pattern x with label y = ±1 is
    right if y·wᵀx > 0; a weighted sum of exactly 0 counts as wrong. At each mistake w becomes
    w + y·x. Learning ends with a pass without a mistake, with a pass that begins where an earlier
    one began, or after `max_passes`.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The patterns, one a row.
    labels : array_like, shape (n,)
        −1 and 1, or 0 and 1.
    bias : bool, default True
        Learn a bias as well, as the weight of an additional input that is always 1.
    start : array_like, shape (d,) or with a bias (d + 1,), optional
        The weights to begin with; by default all are 0, as the bound of `margin` assumes.
    max_passes : int, default 10000
        When to give up.

    Returns
    -------
    PerceptronRun
        The weights after each update, and whether it converged.

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If there is no pattern, a number is not finite, a label is something else, or the shapes
        do not fit together.

    See Also
    --------
    margin : how many updates there can be at most.

    Notes
    -----
    The rule has no step size: with the start at 0 it would scale all weights and change no
    decision.

    References
    ----------
    .. [1] F. Rosenblatt, The perceptron: a probabilistic model for information storage and
       organization in the brain, Psychological Review 65:386-408, 1958. doi:10.1037/h0042519

    Examples
    --------
    >>> run = perceptron_rule([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])  # AND
    >>> run.converged, run.weights, run.bias
    (True, array([3., 2.]), -4.0)
    >>> run = perceptron_rule([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])  # XOR
    >>> run.converged, run.cycle
    (False, (0, 1))
    """
    table = patterns(inputs)
    pulls = signs(labels, len(table))[:, np.newaxis] * with_bias(table, bias)
    weights = start_weights(start, pulls.shape[1], np.zeros(pulls.shape[1]))
    most = whole(max_passes, "max_passes")
    history, mistakes, per_pass = [weights.copy()], [], []
    begun: dict[bytes, int] = {}
    converged, cycle = False, None
    while len(per_pass) < most and not converged and cycle is None:
        # + 0.0 makes a negative zero positive: the same number must have the same bytes.
        begin = (weights + 0.0).tobytes()
        if begin in begun:
            cycle = (begun[begin], len(per_pass))
            break
        begun[begin] = len(per_pass)
        before = len(mistakes)
        for number, pull in enumerate(pulls):
            if pull @ weights <= 0:
                weights = weights + pull
                history.append(weights)
                mistakes.append(number)
        per_pass.append(len(mistakes) - before)
        converged = per_pass[-1] == 0
    return PerceptronRun(
        converged=converged,
        history=np.array(history),
        mistakes=np.array(mistakes, dtype=np.int64),
        updates_per_pass=tuple(per_pass),
        cycle=cycle,
        has_bias=bool(bias),
    )
