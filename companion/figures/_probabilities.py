"""Pictures of outputs that are read as probabilities: are they right, and what do they alarm at."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from companion.activations import logistic
from companion.figures._style import BLUE, GREY, INK, VERMILLION, styled


@styled
def draw_squash(scores: ArrayLike) -> Axes:
    """Draw scores on a line, and where the logistic function takes each of them.

    Parameters
    ----------
    scores : array_like of shape (n,)
        The numbers to squash.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_squash([-2, 0, 2]).get_xlabel()
    'score z'
    """
    scores = np.asarray(scores, float)
    reach = 1.15 * np.abs(scores).max()
    z = np.linspace(-reach, reach, 401)
    _, ax = plt.subplots(figsize=(4.8, 3.6))
    ax.plot(z, logistic(z), color=BLUE)
    for score in scores:
        ax.plot([score, score, -reach], [0, logistic(score), logistic(score)], color=GREY, lw=0.8)
    ax.plot(scores, np.zeros_like(scores), "o", color=INK, label="scores", clip_on=False)
    ends = logistic(scores)
    ax.plot(
        np.full_like(scores, -reach), ends, "s", color=VERMILLION, label="chances", clip_on=False
    )
    ax.set(xlabel="score z", ylabel="chance σ(z)", xlim=(-reach, reach), ylim=(0, 1))
    ax.legend(loc="center right")
    return ax


@styled
def draw_reliability(chances: ArrayLike, outcomes: ArrayLike, edges: Sequence[float]) -> Axes:
    """Draw how often something happened against the chance it had been given.

    Parameters
    ----------
    chances : array_like of shape (n,)
        The probabilities that were said, between 0 and 1.
    outcomes : array_like of shape (n,)
        1 where it happened, 0 where not.
    edges : sequence of float
        Ends of the groups into which the chances are sorted, ascending.

    Returns
    -------
    Axes
        One dot a group that is not empty, with an interval of two standard errors and the number
        of its members.

    Raises
    ------
    ValueError
        If chances and outcomes differ in length, or the edges do not ascend.

    Examples
    --------
    >>> ax = draw_reliability([0.1, 0.2, 0.9], [0, 0, 1], [0, 0.5, 1])
    >>> [text.get_text() for text in ax.texts]
    ['2', '1']
    """
    chances, outcomes = np.asarray(chances, float), np.asarray(outcomes, float)
    if chances.shape != outcomes.shape or chances.ndim != 1:
        raise ValueError(
            f"chances and outcomes must have one shape (n,), got {chances.shape}, {outcomes.shape}"
        )
    if not np.all(np.diff(edges) > 0):
        raise ValueError(f"edges must ascend, got {list(edges)}")
    _, ax = plt.subplots(figsize=(4.2, 3.9))
    ax.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="said is what happens")
    group = np.clip(np.searchsorted(edges, chances, side="right") - 1, 0, len(edges) - 2)
    for k in np.unique(group):
        member = group == k
        said, count = chances[member].mean(), int(member.sum())
        # Of the chance that was said, so that a group in which all agree has an interval, too.
        error = 2 * np.sqrt(said * (1 - said) / count)
        happened = outcomes[member].mean()
        ax.errorbar(said, happened, error, fmt="o", color=BLUE, capsize=3)
        ax.annotate(str(count), (said, happened), (7, -12), textcoords="offset points", color=INK)
    ax.set(xlabel="chance that was said", ylabel="share that happened")
    ax.set(xlim=(-0.05, 1.12), ylim=(-0.15, 1.2))
    ax.legend(loc="upper left")
    return ax


@styled
def draw_alarm(distances: ArrayLike, odd: ArrayLike, alarm: float, width: float) -> np.ndarray:
    """Draw distances of usual and odd cases, and the logistic score made of them.

    Parameters
    ----------
    distances : array_like of shape (n,)
        How far each case is from the usual.
    odd : array_like of shape (n,)
        1 for the odd cases, 0 for the usual ones.
    alarm : float
        The distance with the score ½.
    width : float
        The score is σ((distance − alarm)/width).

    Returns
    -------
    ndarray of Axes
        Shape (2,): the counts above, the score below.

    Examples
    --------
    >>> counts, score = draw_alarm([1.0, 2.0, 5.0], [0, 0, 1], alarm=3.0, width=0.5)
    >>> score.get_xlabel()
    'distance from the usual'
    """
    distances, odd = np.asarray(distances, float), np.asarray(odd, bool)
    figure, (above, below) = plt.subplots(2, sharex=True, figsize=(4.8, 5.0))
    edges = np.linspace(0, distances.max(), 31)
    for kind, colour, hatch, label in (
        (~odd, BLUE, "", "usual"),
        (odd, VERMILLION, "////", "odd"),
    ):
        above.hist(distances[kind], edges, color=colour, alpha=0.6, hatch=hatch, label=label)
    above.set(ylabel="cases")
    above.legend()
    x = np.linspace(0, distances.max(), 401)
    below.plot(x, logistic((x - alarm) / width), color=INK)
    for ax in (above, below):
        ax.axvline(alarm, color=GREY, linestyle="--", linewidth=1)
    below.set(xlabel="distance from the usual", ylabel="anomaly score", ylim=(-0.05, 1.05))
    figure.align_ylabels()
    return np.array([above, below])
