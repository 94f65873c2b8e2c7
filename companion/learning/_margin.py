"""How far two classes lie apart, exactly: the widest gap through which a hyperplane fits."""

from dataclasses import dataclass

import numpy as np
import scipy

from companion.learning._checks import patterns, signs, with_bias

# Of patterns of length 1 a margin below this is rounding.
_ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Margin:
    """The widest margin of two classes, and what it promises the perceptron rule.

    Attributes
    ----------
    gamma : float
        The margin γ: the least y·uᵀx over all patterns, for the best unit vector u.
    gamma_upper : float
        The distance from 0 to a point of the convex hull of the y·x. No margin can be greater, so
        γ is proved to lie between the two; they differ by rounding.
    radius : float
        R, the length of the longest pattern.
    direction : ndarray, shape (d,) or with a bias (d + 1,)
        The unit vector u.
    support : ndarray of int
        The patterns that hold the margin: without them it would be wider.
    """

    gamma: float
    gamma_upper: float
    radius: float
    direction: np.ndarray
    support: np.ndarray

    @property
    def most_updates(self) -> float:
        """The bound (R/γ)² on the updates of the perceptron rule, started at 0."""
        return (self.radius / self.gamma) ** 2


def margin(inputs, labels, *, bias: bool = True) -> Margin:
    """Measure the margin of two classes of patterns.

    Parameters
    ----------
    inputs : array_like, shape (n, d)
        The patterns, one a row.
    labels : array_like, shape (n,)
        −1 and 1, or 0 and 1.
    bias : bool, default True
        Append an input that is always 1, as `perceptron_rule` does. R and γ are then those of the
        patterns with that input.

    Returns
    -------
    Margin

    Raises
    ------
    TypeError
        If an argument is not of its kind.
    ValueError
        If no hyperplane separates the classes, if there is no pattern, a number is not finite, a
        label is something else, or the shapes do not fit together.

    Notes
    -----
    The perceptron rule makes at most (R/γ)² updates (Novikoff [1]_): each adds at least γ to uᵀw,
    and at most R² to |w|². After k updates kγ ≤ uᵀw ≤ |w| ≤ √k·R.

    The shortest w with y·wᵀx ≥ 1 for all patterns has length 1/γ. That is a least-distance problem,
    which Lawson and Hanson [2]_ turn into one of least squares with non-negative unknowns
    (`scipy.optimize.nnls`), solved to rounding in finitely many steps. Its unknowns are the dual
    solution, so an upper bound on γ comes with it.

    References
    ----------
    .. [1] A. B. J. Novikoff, On convergence proofs on perceptrons, Proceedings of the Symposium on
       the Mathematical Theory of Automata 12:615-622, Polytechnic Institute of Brooklyn, 1962.
    .. [2] C. L. Lawson, R. J. Hanson, *Solving Least Squares Problems*, chapter 23, SIAM, 1995.
       doi:10.1137/1.9781611971217

    Examples
    --------
    >>> gap = margin([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1])  # AND
    >>> round(gap.gamma, 4), round(gap.most_updates, 1)
    (0.2425, 51.0)
    """
    table = patterns(inputs)
    pulls = signs(labels, len(table))[:, np.newaxis] * with_bias(table, bias)
    radius = float(np.linalg.norm(pulls, axis=1).max())
    if radius == 0:
        raise ValueError("the classes cannot be separated: every pattern is 0")
    scaled = pulls / radius
    # Least distance: the shortest w with scaled @ w >= 1, by least squares in u >= 0.
    system = np.vstack([scaled.T, np.ones(len(scaled))])
    goal = np.zeros(len(system))
    goal[-1] = 1.0
    unknowns, _ = scipy.optimize.nnls(system, goal)
    residual = system @ unknowns - goal
    weight = unknowns.sum()
    length = np.linalg.norm(residual[:-1])
    # Where the classes cannot be separated the residual is 0, but for rounding, and says nothing.
    direction = residual[:-1] / length if length else residual[:-1]
    gamma = float((scaled @ direction).min())
    if gamma <= _ROUNDING:
        raise ValueError(
            "the classes cannot be separated by a hyperplane: some mixture of the patterns, each "
            "taken with the sign of its label, is 0 to within rounding"
        )
    return Margin(
        gamma=gamma * radius,
        gamma_upper=float(np.linalg.norm(unknowns @ scaled) / weight) * radius,
        radius=radius,
        direction=direction,
        support=np.flatnonzero(unknowns > 0),
    )
