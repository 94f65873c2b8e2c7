"""Fair comparisons: to each contender its own best step size, several seeds, and an interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import number, whole
from companion.training._diverged import DivergenceError


def over_seeds(run: Callable[[int], float], seeds: Iterable[int]) -> np.ndarray:
    """Run once for each seed and return the scores; a run that diverges scores NaN.

    Parameters
    ----------
    run : callable
        ``run(seed)`` trains a fresh network and returns one number, such as its accuracy.
    seeds : iterable of int
        The same ones for every contender.

    Returns
    -------
    ndarray of shape (seeds,)

    Examples
    --------
    >>> over_seeds(lambda seed: 0.5 + seed / 10, range(3))
    array([0.5, 0.6, 0.7])
    """
    return np.array([_score(run, seed) for seed in seeds], dtype=float)


@dataclass(frozen=True, eq=False)
class StepSearch:
    """The outcome of a search for a step size.

    Attributes
    ----------
    steps : tuple of float
        The step sizes tried, ascending.
    scores : ndarray of shape (steps, seeds)
        What each run scored; NaN where it diverged.
    better : {"higher", "lower"}
        Which scores are good.
    """

    steps: tuple[float, ...]
    scores: np.ndarray
    better: str

    @property
    def medians(self) -> np.ndarray:
        """The median score of each step size; a run that diverged counts as the worst."""
        worst = -np.inf if self.better == "higher" else np.inf
        return np.median(np.where(np.isnan(self.scores), worst, self.scores), axis=1)

    @property
    def best(self) -> float:
        """The step size with the best median; of several, the smallest."""
        medians = self.medians
        return self.steps[int(medians.argmax() if self.better == "higher" else medians.argmin())]

    @property
    def at_edge(self) -> bool:
        """Whether the best is the first or the last, so that a better one may lie outside."""
        return self.best in (self.steps[0], self.steps[-1])


def best_step(
    run: Callable[[float, int], float],
    steps: Sequence[float],
    seeds: Iterable[int],
    better: str = "higher",
) -> StepSearch:
    """Try every step size on every seed.

    Judge on examples that are not used for the comparison afterwards, and compare on other seeds:
    the best of several scores flatters itself.

    Parameters
    ----------
    run : callable
        ``run(step, seed)`` trains a fresh network and returns one number.
    steps : sequence of float
        The step sizes, for example ``np.logspace(-3, 0, 7)``.
    seeds : iterable of int
        A few.
    better : {"higher", "lower"}
        "higher" for accuracies, "lower" for losses.

    Returns
    -------
    StepSearch

    Raises
    ------
    TypeError, ValueError
        If there is no step size or no seed, a step size is not positive, or `better` is something
        else.

    Examples
    --------
    >>> search = best_step(lambda step, seed: -((step - 0.1) ** 2), [0.01, 0.1, 1.0], range(2))
    >>> search.best, search.at_edge
    (0.1, False)
    """
    if better not in ("higher", "lower"):
        raise ValueError(f"better must be 'higher' or 'lower', got {better!r}")
    tried = tuple(sorted(number(float(step), "steps", above=0) for step in steps))
    seeds = tuple(seeds)
    if not tried or not seeds:
        raise ValueError(f"steps and seeds must not be empty, got {len(tried)} and {len(seeds)}")
    scores = [[_score(run, step, seed) for seed in seeds] for step in tried]
    return StepSearch(tried, np.array(scores, dtype=float), better)


class MedianInterval(NamedTuple):
    """A median, and an interval that shows how far it may be off.

    Attributes
    ----------
    median, low, high : float
        The median of the values, and the ends of the interval.
    count : int
        How many values there were.
    """

    median: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{self.median:.4g} ({self.low:.4g} to {self.high:.4g}, n = {self.count})"


def median_interval(
    values: ArrayLike, confidence: float = 0.95, *, resamples: int = 9999, seed: int = 0
) -> MedianInterval:
    """Return the median of several runs with its percentile bootstrap interval.

    Parameters
    ----------
    values : array_like of shape (n,)
        One number a run, n at least 2. For differences between two contenders give the
        differences, seed by seed.
    confidence : float
        The coverage aimed at. With few values it is reached only roughly, and no interval can
        reach beyond the smallest and the largest of them.
    resamples : int
        How many bootstrap samples to draw.
    seed : int
        Where they come from.

    Returns
    -------
    MedianInterval

    Raises
    ------
    ValueError
        If there are fewer than 2 values, or some are not finite, as those of diverged runs.

    References
    ----------
    B. Efron, "Bootstrap methods: Another look at the jackknife", The Annals of Statistics 7 (1979)
    1-26. doi:10.1214/aos/1176344552

    Examples
    --------
    >>> print(median_interval([0.91, 0.93, 0.92, 0.95, 0.90, 0.94, 0.93]))
    0.93 (0.91 to 0.94, n = 7)
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"values must have shape (n,) with n >= 2, got {values.shape}")
    if not np.isfinite(values).all():
        lost = int(np.sum(~np.isfinite(values)))
        raise ValueError(
            f"values must be finite, but {lost} of {len(values)} are not: say what a run that "
            f"diverged is worth first"
        )
    median = float(np.median(values))
    if (values == values[0]).all():
        return MedianInterval(median, median, median, len(values))
    from scipy.stats import bootstrap

    found = bootstrap(
        (values,),
        np.median,
        confidence_level=number(confidence, "confidence", above=0, below=1),
        n_resamples=whole(resamples, "resamples", at_least=100),
        method="percentile",
        random_state=np.random.default_rng(seed),
    ).confidence_interval
    return MedianInterval(median, float(found.low), float(found.high), len(values))


def _score(run: Callable[..., float], *arguments: float) -> float:
    try:
        return float(run(*arguments))
    except DivergenceError:
        return float("nan")
