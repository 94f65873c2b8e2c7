"""A memory in which every neuron listens to every other: store patterns, recall them from parts."""

import operator
from dataclasses import dataclass

import numpy as np

from companion.neurons._checks import real_array

#: Patterns for each neuron beyond which recall of random patterns breaks down, in large networks.
CRITICAL_LOAD = 0.138


class HopfieldNetwork:
    """Neurons of output −1 or +1, each connected with each other by Hebb's rule.

    Storing p patterns ξ sets the weights w_ij = (1/N) Σ ξ_i ξ_j, without w_ii. A neuron takes the
    sign of its weighted sum, one neuron after the other; where the sum is exactly 0 it stays as it
    is. No such step raises the energy −½ Σ w_ij s_i s_j, so recall always ends.

    Parameters
    ----------
    patterns : array_like of −1 and +1, shape (p, N)
        The patterns to store, one a row, at least one of at least two neurons.
    overload : bool, optional
        Accept more patterns than 0.138 N, at which recall of random patterns breaks down.

    Attributes
    ----------
    patterns : ndarray of int64, shape (p, N)
    weights : ndarray of float64, shape (N, N)

    Raises
    ------
    TypeError
        If `patterns` does not hold real numbers.
    ValueError
        If there is no pattern, a number is neither −1 nor +1, or there are more patterns than
        0.138 N (but one is always allowed) and `overload` is not set.

    References
    ----------
    .. [1] Hopfield, J. J. (1982). Neural networks and physical systems with emergent collective
       computational abilities. PNAS, 79(8), 2554–2558. doi:10.1073/pnas.79.8.2554
    .. [2] Amit, D. J., Gutfreund, H., & Sompolinsky, H. (1985). Storing infinite numbers of
       patterns in a spin-glass model of neural networks. Physical Review Letters, 55(14),
       1530–1533. doi:10.1103/PhysRevLett.55.1530

    Examples
    --------
    >>> memory = HopfieldNetwork([[1, 1, 1, -1, -1, -1, 1, -1]])
    >>> memory.recall([1, -1, 1, -1, -1, -1, 1, 1])  # two neurons are wrong
    array([ 1,  1,  1, -1, -1, -1,  1, -1])
    """

    def __init__(self, patterns, *, overload=False):
        patterns = _signs(patterns, "patterns")
        if patterns.ndim != 2 or not len(patterns) or patterns.shape[1] < 2:
            raise ValueError(
                "patterns must have shape (p, N) with at least one pattern of at least two "
                f"neurons, got shape {patterns.shape}"
            )
        count, neurons = patterns.shape
        most = max(1, int(CRITICAL_LOAD * neurons))
        if count > most and not overload:
            raise ValueError(
                f"patterns must be at most {CRITICAL_LOAD} N = {most} for N = {neurons} neurons, "
                f"got {count}: beyond that recall breaks down (overload=True stores them anyway)"
            )
        # Whole numbers up to p: sums of them are exact, so that a sum of 0 is recognised.
        self._products = (patterns.T @ patterns).astype(np.float64)
        np.fill_diagonal(self._products, 0)
        self.patterns = patterns
        self.patterns.flags.writeable = False

    @property
    def n_neurons(self):
        """Number of neurons, N."""
        return self.patterns.shape[1]

    @property
    def weights(self):
        """The weights w_ij, shape (N, N): symmetric, with zeros on the diagonal."""
        return self._products / self.n_neurons

    def energy(self, states):
        """Return −½ Σ w_ij s_i s_j for one state of shape (N,) or for k of them, shape (k, N)."""
        states = self._states(states)
        return -0.5 * np.einsum("...i,...i->...", states @ self._products, states) / self.n_neurons

    def overlaps(self, states):
        """Return (1/N) Σ ξ_i s_i with each pattern: 1 where they agree, shape (p,) or (k, p)."""
        return self._states(states) @ self.patterns.T / self.n_neurons

    def is_stable(self, states):
        """Return whether no neuron wants to change, one bool for each state."""
        states = self._states(states)
        return (states * (states @ self._products) >= 0).all(axis=-1)

    def sweep(self, states, seed=0):
        """Let every neuron answer once, in random order, and return the new states.

        Parameters
        ----------
        states : array_like of −1 and +1, shape (N,) or (k, N)
        seed : int or numpy.random.Generator, optional
            What draws the order.

        Returns
        -------
        ndarray of int64, of the shape of `states`
        """
        states = self._states(states)
        after = np.atleast_2d(states).astype(np.float64)
        sums = after @ self._products
        for i in np.random.default_rng(seed).permutation(self.n_neurons):
            (unhappy,) = np.nonzero(after[:, i] * sums[:, i] < 0)
            if unhappy.size:
                after[unhappy, i] *= -1
                sums[unhappy] += 2 * after[unhappy, i, None] * self._products[i]
        return after.astype(np.int64).reshape(states.shape)

    def recall(self, states, seed=0):
        """Sweep until nothing changes any more, and return the states.

        Parameters
        ----------
        states : array_like of −1 and +1, shape (N,) or (k, N)
            Where to start: parts of patterns, patterns with errors, anything.
        seed : int or numpy.random.Generator, optional
            What draws the orders.

        Returns
        -------
        ndarray of int64, of the shape of `states`
            Stable states.

        Raises
        ------
        TypeError, ValueError
            If `states` holds something else than −1 and +1, or not N of them a state.
        """
        states, rng = self._states(states), np.random.default_rng(seed)
        while not np.all(self.is_stable(states)):
            states = self.sweep(states, rng)
        return states

    def _states(self, states):
        states = _signs(states, "states")
        if states.ndim not in (1, 2) or states.shape[-1] != self.n_neurons:
            raise ValueError(
                f"states must have shape ({self.n_neurons},) or (k, {self.n_neurons}), "
                f"got shape {states.shape}"
            )
        return states


@dataclass(frozen=True)
class RecallQuality:
    """How well random patterns were recalled; see `measure_recall`.

    Attributes
    ----------
    overlap : float
        The mean overlap of what was recalled with what was stored; 1 is perfect.
    exact : float
        The share of the patterns that came back without an error.
    """

    overlap: float
    exact: float


def measure_recall(neurons, patterns, *, flipped=0.0, seed=0):
    """Store random patterns, recall each from a damaged copy, and say how well it went.

    Parameters
    ----------
    neurons : int
        N, 2 or more.
    patterns : int
        p, 1 or more; more than the network can hold is allowed here.
    flipped : float, optional
        The share of a pattern's signs that are turned before recall, from 0 to 0.5.
    seed : int or numpy.random.Generator, optional
        What draws patterns, damage and orders.

    Returns
    -------
    RecallQuality

    Raises
    ------
    TypeError
        If a count is not an integer.
    ValueError
        If an argument is out of its range.

    References
    ----------
    .. [1] McEliece, R. J., Posner, E. C., Rodemich, E. R., & Venkatesh, S. S. (1987). The capacity
       of the Hopfield associative memory. IEEE Transactions on Information Theory, 33(4), 461–482.
       doi:10.1109/TIT.1987.1057328

    Examples
    --------
    >>> measure_recall(200, 4, flipped=0.2)
    RecallQuality(overlap=1.0, exact=1.0)
    """
    for name, value, least in (("neurons", neurons, 2), ("patterns", patterns, 1)):
        try:
            number = operator.index(value)
        except TypeError:
            raise TypeError(f"{name} must be an integer, got {value!r}") from None
        if number < least:
            raise ValueError(f"{name} must be at least {least}, got {value}")
    if not 0 <= flipped <= 0.5:
        raise ValueError(f"flipped must be a share from 0 to 0.5, got {flipped}")
    rng = np.random.default_rng(seed)
    stored = rng.choice([-1, 1], size=(patterns, neurons))
    starts = stored.copy()
    count = round(flipped * neurons)
    for start in starts:
        start[rng.choice(neurons, count, replace=False)] *= -1
    recalled = HopfieldNetwork(stored, overload=True).recall(starts, rng)
    return RecallQuality(
        overlap=float((recalled * stored).mean()),
        exact=float((recalled == stored).all(axis=1).mean()),
    )


def _signs(value, name):
    array = real_array(value, name)
    wrong = np.abs(array) != 1
    if wrong.any():
        raise ValueError(f"{name} must hold −1 and +1 only, got {array[wrong].flat[0]:g}")
    return array.astype(np.int64)
