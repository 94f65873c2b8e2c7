"""Pictures of biases: where they start, what else the word means, and what they do alone."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from scipy.special import xlog1py, xlogy

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.training import median_interval

_WIDTH = 5.6
_LOOKS = ((VERMILLION, "--", "s"), (BLUE, "-", "o"), (GREEN, "-.", "^"), (PURPLE, ":", "D"))


@styled
def draw_first_losses(first: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> Axes:
    """Draw the loss of one constant prediction against the share of positives.

    Lines show what it is for a prediction of ½, and for the share itself: its entropy.

    Parameters
    ----------
    first : mapping of str to (shares, losses)
        First losses that were measured, under one to four names.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_first_losses({"measured": ([0.05], [0.1985])})
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('share of positives', 'loss before the first step')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    share = np.geomspace(0.001, 0.5, 200)
    entropy = -xlogy(share, share) - xlog1py(1 - share, -share)
    ax.plot(share, np.full(200, np.log(2)), color=VERMILLION, linestyle="--", label="log 2")
    ax.plot(share, entropy, color=BLUE, label="entropy of the share")
    for (name, (shares, losses)), (colour, _, marker) in zip(first.items(), _LOOKS, strict=False):
        ax.plot(shares, losses, marker, color=colour, mfc="white", markersize=7, label=name)
    ax.set_xscale("log")
    ax.set(xlabel="share of positives", ylabel="loss before the first step", ylim=(0, 0.8))
    ax.set_xticks([0.001, 0.01, 0.05, 0.5], ["0.1 %", "1 %", "5 %", "50 %"])
    ax.minorticks_off()
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


@styled
def draw_first_predictions(predictions: Mapping[str, np.ndarray], share: float) -> Axes:
    """Draw what untrained networks predict, one row for each.

    Parameters
    ----------
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities for the same inputs.
    share : float
        The share of positives, drawn as a line.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_first_predictions({"weights 0": np.array([0.05, 0.05])}, 0.05)
    >>> ax.get_xlabel()
    'probability predicted before the first step'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 0.9 + 0.55 * len(predictions)))
    ax.axvline(share, color=INK, linestyle=":", linewidth=1.4)
    ax.annotate(
        f"{share:.0%}",
        (share, 1),
        (3, 2),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
    )
    for row, values in enumerate(predictions.values()):
        low, high = np.min(values), np.max(values)
        ax.plot(values, np.full(len(values), row), "|", color=BLUE, markersize=16, alpha=0.35)
        ax.plot([low, high], [row, row], color=BLUE, linewidth=1.0)
    ax.set_yticks(range(len(predictions)), list(predictions))
    ax.set(xlabel="probability predicted before the first step", ylabel="output weights")
    ax.set_ylim(len(predictions) - 0.5, -0.5)
    ax.set_xlim(left=0)
    return ax


@styled
def draw_pulls(pulls: Mapping[str, tuple[float, float]]) -> Axes:
    """Draw how hard positives and negatives pull at the output bias, upwards and downwards.

    Parameters
    ----------
    pulls : mapping of str to (float, float)
        The mean gradient's part that comes from positives, and that from negatives, both without
        sign.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_pulls({"at 0": (0.025, 0.475)})
    >>> ax.get_ylabel()
    'pull at the output bias'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.4))
    place = np.arange(len(pulls))
    up, down = np.transpose(list(pulls.values()))
    ax.bar(place, up, 0.55, color=BLUE, label="positives pull up")
    ax.bar(
        place,
        -down,
        0.55,
        color=VERMILLION,
        hatch="//",
        edgecolor="white",
        label="negatives pull down",
    )
    ax.axhline(0, color=INK, linewidth=1)
    for x, high, low in zip(place, up, down, strict=True):
        ax.annotate(f"{high:.3g}", (x, high), (0, 2), textcoords="offset points", ha="center")
        ax.annotate(
            f"{low:.3g}", (x, -low), (0, -3), textcoords="offset points", ha="center", va="top"
        )
    reach = 1.25 * max(up.max(), down.max())
    ax.set_xticks(place, list(pulls))
    ax.set(ylabel="pull at the output bias", xlabel="start and loss", ylim=(-reach, 0.5 * reach))
    ax.grid(axis="x", visible=False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


@styled
def draw_prior_start(
    steps: Sequence[int],
    losses: Mapping[str, np.ndarray],
    precisions: Mapping[str, np.ndarray],
    entropy: float,
):
    """Draw test loss and average precision after so many steps: medians with intervals.

    Parameters
    ----------
    steps : sequence of int
        When they were looked at.
    losses, precisions : mapping of str to ndarray of shape (runs, steps)
        The same two to four contenders.
    entropy : float
        The loss of predicting the share of positives, drawn as a line.

    Returns
    -------
    ndarray of Axes
        Shape (2,): losses above, precisions below.

    Examples
    --------
    >>> runs = {"zero": np.array([[0.7, 0.3], [0.7, 0.2]])}
    >>> above, below = draw_prior_start([0, 10], runs, runs, 0.2)
    >>> above.get_ylabel(), below.get_xlabel()
    ('test loss', 'steps')
    """
    _, axes = plt.subplots(2, sharex=True, figsize=(_WIDTH, 5.6))
    for ax, curves in zip(axes, (losses, precisions), strict=True):
        for (name, runs), (colour, line, marker) in zip(curves.items(), _LOOKS, strict=False):
            found = [median_interval(column, resamples=999) for column in np.transpose(runs)]
            middle = [one.median for one in found]
            ax.fill_between(
                steps,
                [one.low for one in found],
                [one.high for one in found],
                color=colour,
                alpha=0.2,
                linewidth=0,
            )
            ax.plot(
                steps, middle, color=colour, linestyle=line, marker=marker, markersize=5, label=name
            )
    axes[0].axhline(entropy, color=INK, linestyle=":", linewidth=1.2)
    axes[0].annotate(
        "entropy", (max(steps), entropy), (0, 3), textcoords="offset points", ha="right"
    )
    axes[0].set(ylabel="test loss", ylim=(0, None))
    axes[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    axes[1].set(ylabel="average precision", xlabel="steps", ylim=(0, 1))
    axes[1].set_xlim(left=0)
    return axes


@styled
def draw_bias_shifts(
    outputs: Mapping[str, np.ndarray],
    thresholds: Mapping[str, float],
    strip: np.ndarray,
    boxes: Mapping[str, tuple[float, float]],
):
    """Draw three things that are called bias shift, one above the other.

    Parameters
    ----------
    outputs : mapping of str to ndarray of shape (n,)
        Outputs of two activations for the same sums.
    thresholds : mapping of str to float
        Where two priors put the threshold between classes at −1 and 1, by share of positives.
    strip : ndarray of shape (height, width)
        A picture, ink from 0 to 1.
    boxes : mapping of str to (float, float)
        Centre and width of two or three boxes, in pixels.

    Returns
    -------
    ndarray of Axes
        Shape (3,).

    Examples
    --------
    >>> axes = draw_bias_shifts(
    ...     {"logistic": np.array([0.4, 0.6])}, {"50 %": 0.0}, np.eye(8), {"anchor": (4.0, 6.0)}
    ... )
    >>> len(axes)
    3
    """
    _, axes = plt.subplots(3, figsize=(_WIDTH, 7.4), height_ratios=(1, 1, 0.9))
    edges = np.linspace(-1, 1, 41)
    for (name, values), (colour, line, _) in zip(outputs.items(), _LOOKS, strict=False):
        axes[0].hist(
            values,
            edges,
            density=True,
            histtype="step",
            color=colour,
            linestyle=line,
            linewidth=1.6,
            label=name,
        )
        axes[0].axvline(values.mean(), color=colour, linestyle=line, linewidth=2.4)
    axes[0].set(
        xlabel="output of a unit, and its mean", ylabel="density", title="1  a mean that is not 0"
    )
    axes[0].legend(loc="upper left")

    x = np.linspace(-4, 4, 161)
    for centre, colour, name in ((-1, GREY, "negatives"), (1, BLUE, "positives")):
        axes[1].plot(
            x,
            np.exp(-((x - centre) ** 2) / 2) / np.sqrt(2 * np.pi),
            color=colour,
            linestyle="-" if centre > 0 else "--",
            label=name,
        )
    for (name, place), (_, line, _) in zip(thresholds.items(), _LOOKS, strict=False):
        axes[1].axvline(place, color=INK, linestyle=line, linewidth=1.4)
        axes[1].annotate(name, (place, 0.43), (3, 0), textcoords="offset points", va="center")
    axes[1].set(
        xlabel="input x, and the threshold −b/w",
        ylabel="density",
        ylim=(0, 0.48),
        title="2  a threshold that moves",
    )
    axes[1].legend(loc="upper left")

    height, width = strip.shape
    axes[2].imshow(strip, cmap="Greys", extent=(0, width, height, 0), vmin=0, vmax=1.4)
    for (name, (centre, wide)), (colour, line, _) in zip(boxes.items(), _LOOKS, strict=False):
        axes[2].add_patch(
            Rectangle(
                (centre - wide / 2, 0.15),
                wide,
                height - 0.3,
                fill=False,
                edgecolor=colour,
                linestyle=line,
                linewidth=2.2,
                label=name,
            )
        )
    axes[2].set(xlabel="pixels from the left", ylabel="pixels", title="3  a box that is moved")
    axes[2].set_xlim(-0.5, width + 0.5)
    axes[2].grid(visible=False)
    axes[2].legend(loc="upper center", bbox_to_anchor=(0.5, -0.42), ncols=3)
    return axes


@styled
def draw_tunings(
    accuracies: Mapping[str, Mapping[str, np.ndarray]], before: Mapping[str, float]
) -> Axes:
    """Draw the accuracy after fine-tuning some of the parameters, task by task.

    Parameters
    ----------
    accuracies : mapping of str to mapping of str to ndarray of shape (runs,)
        By what was trained (one to four), then by task.
    before : mapping of str to float
        The accuracy of each task without fine-tuning.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_tunings({"biases": {"moved": [0.7, 0.8]}}, {"moved": 0.5})
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('test accuracy', 'task')
    """
    tasks = list(before)
    _, ax = plt.subplots(figsize=(_WIDTH, 1.1 + 0.85 * len(tasks)))
    for row, task in enumerate(tasks):
        ax.plot(
            before[task],
            row - 0.3,
            "x",
            color=INK,
            markersize=7,
            mew=2,
            label="before" if row == 0 else None,
        )
    offsets = np.linspace(-0.1, 0.3, len(accuracies))
    for (name, found), off, (colour, _, marker) in zip(
        accuracies.items(), offsets, _LOOKS, strict=False
    ):
        for row, task in enumerate(tasks):
            middle, low, high, _ = median_interval(found[task], resamples=999)
            ax.plot([low, high], [row + off] * 2, color=colour, linewidth=2, linestyle="-")
            ax.plot(
                middle,
                row + off,
                marker,
                color=colour,
                markersize=7,
                label=name if row == 0 else None,
            )
    ax.set_yticks(range(len(tasks)), tasks)
    ax.set(xlabel="test accuracy", ylabel="task", xlim=(-0.02, 1), ylim=(len(tasks) - 0.5, -0.6))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return ax


@styled
def draw_bias_by_hour(hours: np.ndarray, truth: np.ndarray, biases: Mapping[str, np.ndarray]):
    """Draw biases that are made from the hour, and the log-odds that they should be.

    Parameters
    ----------
    hours : ndarray of shape (n,)
        From 0 to 24.
    truth : ndarray of shape (n,)
        The log-odds of a song.
    biases : mapping of str to ndarray of shape (runs, n)
        One to three kinds of bias; thin lines are runs, a thick one is their median.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_bias_by_hour(np.arange(2), np.zeros(2), {"number": np.ones((3, 2))})
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('hour of the day', 'bias')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.2))
    ax.plot(hours, truth, "o", color=INK, markersize=4, label="log-odds of a song")
    for (name, runs), (colour, line, _) in zip(biases.items(), _LOOKS, strict=False):
        ax.plot(hours, np.transpose(runs), color=colour, linewidth=0.6, alpha=0.3, linestyle="-")
        ax.plot(
            hours, np.median(runs, axis=0), color=colour, linestyle=line, linewidth=2.4, label=name
        )
    ax.set(xlabel="hour of the day", ylabel="bias", xlim=(0, 24), xticks=range(0, 25, 6))
    ax.legend(loc="upper right")
    return ax
