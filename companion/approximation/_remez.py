"""Best uniform approximation: the polynomial, or quotient of two, of least worst-case error."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial, chebyshev
from scipy.linalg import eig, null_space

from companion.activations import Activation, find

from ._arguments import finite, order, real

_GRID = 2000
_MOST_ROUNDS = 60
# How level the error must be: relative to it, and relative to the function, which is rounded.
_LEVEL = 1e-9
_ROUNDING = 4e-15


def remez(
    function: Any,
    degree: int | tuple[int, int],
    interval: tuple[float, float],
    relative: bool = False,
) -> "BestApproximation":
    """Find the polynomial, or rational function, whose largest error on an interval is least.

    It is known by its error, which swings between +E and −E in as many points as there are free
    coefficients, and one more (Chebyshev). Remez's exchange finds it: level the error in so many
    points, move them to where the error is largest, repeat [1]_.

    Parameters
    ----------
    function : str, Activation or callable
        Continuous on the interval. A callable takes and returns arrays of float64.
    degree : int or (int, int)
        Of the polynomial, or of numerator and denominator; 40 at most in all.
    interval : (float, float)
        Ends, finite.
    relative : bool, optional
        Make the error relative to the function's value least, which must not be 0.

    Returns
    -------
    BestApproximation
        Callable on arrays.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of these; the message says which, what came and what is accepted.
    ArithmeticError
        If the error cannot be levelled: the quotient is degenerate, or the function jumps.

    Notes
    -----
    The computation is in float64. A function matched to 4e-15 of its size counts as matched, and
    `extrema` is empty then.
    For a proof, give the result's `definition` to `certified_maximum`. Its error in the points in
    `extrema` alone proves that no polynomial of that degree can do better than the least of them
    (de la Vallée Poussin).

    References
    ----------
    .. [1] L. N. Trefethen, "Approximation Theory and Approximation Practice", extended edition,
       SIAM (2019), doi:10.1137/1.9781611975949

    Examples
    --------
    >>> cubic = remez("tanh", 3, (-1.0, 1.0))
    >>> print(f"{cubic.error:.4g} in {len(cubic.extrema)} points")
    0.004549 in 6 points
    >>> line = remez("relu", 1, (-1.0, 1.0))  # x/2 + 1/4
    >>> [round(float(c), 6) for c in line.numerator], round(line.error, 6)
    ([0.25, 0.5], 0.25)
    """
    name, values, kinks = _function(function)
    above, below = _degrees(degree)
    low, high = _interval(interval)
    if not isinstance(relative, (bool, np.bool_)):
        raise TypeError(f"relative must be True or False, got {relative!r}")
    grid = _grid(low, high, kinks)
    f = _evaluated(values, grid, name)
    if relative and (np.abs(f).min() == 0 or (np.sign(f) != np.sign(f[0])).any()):
        raise ValueError(f"relative needs a function that is not 0 in the interval; {name} is")

    def error(x: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
        t = (2 * x - low - high) / (high - low)
        y = _evaluated(values, x, name)
        difference = chebyshev.chebval(t, top) / chebyshev.chebval(t, bottom) - y
        return difference / np.abs(y) if relative else difference

    count = above + below + 2
    # A little askew: on points that lie evenly about the middle, an even or odd function of the
    # wrong kind has no error to level.
    t = -np.cos(np.pi * np.arange(count) / max(count - 1, 1))
    points = (low + high) / 2 + (high - low) / 2 * (t + 0.1 * (1 - t**2))
    scale = 1.0 if relative else max(np.abs(f).max(), np.finfo(float).tiny)
    for _ in range(_MOST_ROUNDS):
        t = (2 * points - low - high) / (high - low)
        y = _evaluated(values, points, name)
        weight = np.abs(y) if relative else np.ones_like(y)
        top, bottom = _levelled(t, y, weight, above, below)
        everywhere = error(grid, top, bottom)
        largest = np.abs(everywhere).max()
        extrema, sizes = _extrema(grid, everywhere, lambda x: error(x, top, bottom))  # noqa: B023
        chosen = _chosen(sizes, count)
        heights = np.abs(sizes)
        exact = largest <= _ROUNDING * scale
        if exact or (
            len(chosen) == count
            and heights.max() - heights[chosen].min() <= _LEVEL * heights.max() + _ROUNDING * scale
        ):
            first = bottom[0]
            return BestApproximation(
                function=name,
                interval=(low, high),
                relative=bool(relative),
                chebyshev_numerator=tuple((top / first).tolist()),
                chebyshev_denominator=tuple((bottom / first).tolist()),
                error=float(heights.max(initial=0.0)),
                extrema=() if exact else tuple(_level_ones(extrema, heights, chosen).tolist()),
            )
        if len(chosen) < count:
            break
        points = extrema[chosen]
    raise ArithmeticError(
        f"the error of degree {degree} for {name} on [{low:g}, {high:g}] cannot be levelled: it is "
        f"{largest:.3g} by now; the quotient may be degenerate, or the function jump"
    )


@dataclass(frozen=True)
class BestApproximation:
    """The best approximation of its kind, to rounding; made by `remez`.

    Attributes
    ----------
    function : str
        What it approximates.
    interval : (float, float)
        Where.
    relative : bool
        Whether `error` is relative.
    chebyshev_numerator, chebyshev_denominator : tuple of float
        Coefficients of Chebyshev polynomials in t = (2x − low − high)/(high − low).
    error : float
        The levelled error.
    extrema : tuple of float
        Where it is attained, with alternating signs, ascending; empty if it is only rounding.
    """

    function: str
    interval: tuple[float, float]
    relative: bool
    chebyshev_numerator: tuple[float, ...]
    chebyshev_denominator: tuple[float, ...]
    error: float
    extrema: tuple[float, ...]

    def __call__(self, x: Any) -> np.ndarray:
        """Return the approximation at x; outside the interval it is of no use.

        Parameters
        ----------
        x : array_like of real numbers, any shape

        Returns
        -------
        ndarray or scalar of float64
            Same shape.
        """
        low, high = self.interval
        t = (2 * real(x) - low - high) / (high - low)
        value = chebyshev.chebval(t, np.array(self.chebyshev_numerator))
        if len(self.chebyshev_denominator) > 1:
            value = value / chebyshev.chebval(t, np.array(self.chebyshev_denominator))
        return value[()]

    def definition(self, x: Any, mp: Any) -> Any:
        """Give the same in mpmath's arithmetic, or on balls for `certified_maximum`."""
        low, high = map(mp.mpf, self.interval)
        t = (2 * x - low - high) / (high - low)
        above, below = (
            _clenshaw([mp.mpf(c) for c in side], t)
            for side in (self.chebyshev_numerator, self.chebyshev_denominator)
        )
        return above / below

    @property
    def numerator(self) -> tuple[float, ...]:
        """Coefficients of the powers of x above, lowest first."""
        return self._powers(self.chebyshev_numerator)

    @property
    def denominator(self) -> tuple[float, ...]:
        """Coefficients of the powers of x below, lowest first."""
        return self._powers(self.chebyshev_denominator)

    def _powers(self, coefficients: tuple[float, ...]) -> tuple[float, ...]:
        series = Chebyshev(coefficients, domain=self.interval)
        powers = series.convert(kind=Polynomial, domain=(-1, 1)).coef
        return tuple((powers + 0.0).tolist())


def _clenshaw(coefficients: list[Any], t: Any) -> Any:
    after = before = 0 * t
    for coefficient in reversed(coefficients[1:]):
        before, after = coefficient + 2 * t * before - after, before
    return coefficients[0] + t * before - after


def _levelled(
    t: np.ndarray, y: np.ndarray, weight: np.ndarray, above: int, below: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the quotient whose weighted error at the points is the same, with changing sign.

    p − (y + E s) q = 0 at each point, with s = ± weight. On what is orthogonal to all p, that is an
    eigenvalue problem for E and q; the quotient looked for has no pole among the points.
    """
    signs = weight * (-1.0) ** np.arange(len(t))
    p = chebyshev.chebvander(t, above)
    if below == 0:  # The equations are linear.
        solution = np.linalg.solve(np.column_stack([p, -signs]), y)
        return solution[:-1], np.ones(1)
    q = chebyshev.chebvander(t, below)
    other = null_space(p.T).T
    levels, vectors = eig(other @ (signs[:, None] * q), -other @ (y[:, None] * q))
    candidates = []
    for inverse, vector in zip(levels, vectors.T, strict=True):
        # The eigenvalue found is 1/E; E = 0 is a function that is matched exactly.
        level = 0.0 if not np.isfinite(inverse) else (1 / inverse if inverse else np.inf)
        if not np.isfinite(level) or abs(np.imag(level)) > 1e-9 * abs(level):
            continue
        bottom = np.real(vector * np.exp(-1j * np.angle(vector[np.argmax(np.abs(vector))])))
        values = q @ bottom
        if values.min() * values.max() > 0:
            candidates.append((abs(level), float(np.real(level)), bottom / bottom[0]))
    if not candidates:
        raise ArithmeticError(
            f"no quotient of degrees ({above}, {below}) without a pole levels the error; "
            "try a lower denominator"
        )
    _, level, bottom = min(candidates, key=lambda candidate: candidate[0])
    top = np.linalg.lstsq(p, (y + level * signs) * (q @ bottom), rcond=None)[0]
    return top, bottom


def _extrema(
    grid: np.ndarray, sizes: np.ndarray, error: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return where the error is largest in each stretch of one sign, and the errors there."""
    turns = np.flatnonzero(np.diff(np.sign(sizes)) != 0) + 1
    runs = pairwise([0, *turns, len(grid)])
    best = np.array([a + np.argmax(np.abs(sizes[a:b])) for a, b in runs])
    best = best[sizes[best] != 0]
    # A sign that fell on a grid point by itself splits a run: keep the larger of equal signs.
    at = [best[0]] if len(best) else []
    for k in best[1:]:
        if sizes[k] * sizes[at[-1]] > 0:
            at[-1] = max(at[-1], k, key=lambda i: abs(sizes[i]))
        else:
            at.append(k)
    at = np.array(at, dtype=int)
    x = grid[at]
    left, right = grid[np.maximum(at - 1, 0)], grid[np.minimum(at + 1, len(grid) - 1)]
    rows = np.arange(len(at))
    for _ in range(12):  # Each round looks at 17 places and keeps two seventeenths of the stretch.
        places = np.concatenate([np.linspace(left, right, 17), x[None]]).T
        places.sort(axis=1)
        heights = np.abs(error(places.ravel())).reshape(places.shape)
        k = heights.argmax(axis=1)
        x = places[rows, k]
        left, right = places[rows, np.maximum(k - 1, 0)], places[rows, np.minimum(k + 1, 17)]
    return x, error(x)


def _chosen(sizes: np.ndarray, count: int) -> np.ndarray:
    """Return the indices of so many extrema of alternating sign, the largest of all among them."""
    heights = np.abs(sizes)
    kept = list(range(len(sizes)))
    while len(kept) > count:
        least = min(range(len(kept)), key=lambda i: heights[kept[i]])
        if len(kept) == count + 1:
            least = 0 if heights[kept[0]] <= heights[kept[-1]] else len(kept) - 1
        elif 0 < least < len(kept) - 1:
            # With it goes the smaller neighbour, so that the signs still alternate.
            smaller = min(least - 1, least + 1, key=lambda i: heights[kept[i]])
            kept.pop(max(least, smaller))
            least = min(least, smaller)
        kept.pop(least)
    return np.array(kept, dtype=int)


def _level_ones(extrema: np.ndarray, heights: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return the extrema that are as high as those chosen."""
    return extrema[heights >= heights[chosen].min() * (1 - _LEVEL)]


def _grid(low: float, high: float, kinks: tuple[float, ...]) -> np.ndarray:
    nodes = -np.cos(np.pi * np.arange(_GRID + 1) / _GRID)
    grid = (low + high) / 2 + (high - low) / 2 * nodes
    grid[0], grid[-1] = low, high
    return np.unique([*grid, *(k for k in kinks if low < k < high)])


def _evaluated(values: Callable[[np.ndarray], Any], x: np.ndarray, name: str) -> np.ndarray:
    y = np.asarray(values(x))
    if y.shape != x.shape or y.dtype.kind not in "fiub":
        raise TypeError(
            f"{name} must return real numbers of its input's shape {x.shape}, got {y.dtype} of "
            f"shape {y.shape}"
        )
    if not np.isfinite(y).all():
        raise ValueError(f"{name} must be finite on the interval; it is {y[~np.isfinite(y)][0]}")
    return y.astype(np.float64)


def _function(function: Any) -> tuple[str, Callable[[np.ndarray], Any], tuple[float, ...]]:
    if isinstance(function, str):
        function = find(function)
    if isinstance(function, Activation):
        return repr(function), function, function.kinks
    if not callable(function):
        raise TypeError(
            f"function must be an activation, its name or a callable, got {function!r} "
            f"({type(function).__name__})"
        )
    return getattr(function, "__name__", "function"), function, ()


def _degrees(degree: Any) -> tuple[int, int]:
    if isinstance(degree, (tuple, list)):
        if len(degree) != 2:
            raise ValueError(f"degree must be an integer or a pair of them, got {degree!r}")
        above, below = (order(d, "degree") for d in degree)
    else:
        above, below = order(degree, "degree"), 0
    if above + below > 40:
        raise ValueError(f"degree must be 40 at most in all, got {degree!r}")
    return above, below


def _interval(interval: Any) -> tuple[float, float]:
    try:
        low, high = interval
    except (TypeError, ValueError):
        raise TypeError(f"interval must be two numbers (low, high), got {interval!r}") from None
    low, high = finite(low, "interval"), finite(high, "interval")
    if not low < high:
        raise ValueError(f"interval must run from low to high, low < high, got {interval!r}")
    return low, high
