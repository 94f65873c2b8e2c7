"""The table of biological plausibility, drawn."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from companion.biology import PLAUSIBILITY_TESTS, Plausibility
from companion.figures._style import INK, styled

_SHADES = ListedColormap(["#FFFFFF", "#9ECAE1", "#0072B2"])


@styled
def draw_plausibility(judged: Sequence[Plausibility]) -> Axes:
    """Draw scores as a table: one row for each that was judged, one column for each test.

    Parameters
    ----------
    judged : sequence of Plausibility
        From above to below.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.activations import relu, tanh
    >>> from companion.biology import judge_activation
    >>> ax = draw_plausibility([judge_activation(relu), judge_activation(tanh)])
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['relu', 'tanh']
    """
    tests = [test.name for test in PLAUSIBILITY_TESTS]
    scores = np.array([[one.scores[test] for test in tests] for one in judged])
    _, ax = plt.subplots(figsize=(5.6, 0.27 * len(judged) + 1.1))
    ax.pcolormesh(scores, cmap=_SHADES, vmin=0, vmax=2, edgecolors="#BBBBBB", linewidth=0.8)
    for (row, column), score in np.ndenumerate(scores):
        colour = "white" if score == 2 else INK
        ax.annotate(
            str(score), (column + 0.5, row + 0.5), ha="center", va="center", color=colour, size=9
        )
    for row, one in enumerate(judged):
        ax.annotate(
            str(one.total),
            (len(tests) + 0.4, row + 0.5),
            ha="center",
            va="center",
            color=INK,
            weight="bold",
            annotation_clip=False,
        )
    ax.annotate(
        "of 8", (len(tests) + 0.4, -0.5), ha="center", va="center", color=INK, annotation_clip=False
    )
    ax.set_xticks(np.arange(len(tests)) + 0.5, tests)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set_yticks(np.arange(len(judged)) + 0.5, [one.name for one in judged])
    ax.tick_params(length=0)
    ax.grid(visible=False)
    ax.set_xlabel("test", labelpad=8)
    ax.set_ylabel("what is judged")
    ax.set_xlim(0, len(tests) + 0.8)
    ax.set_ylim(len(judged), 0)
    ax.spines[:].set_visible(False)
    return ax
