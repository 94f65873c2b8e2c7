"""Pictures of a transformer's block: who looks at whom, what a gate lets through, who uses what."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.transformers import PublishedModel

# Narrower than the course's default: the letters stay readable on a telephone.
_WIDTH = 4.6
_FAMILIES = {
    "relu": ("ReLU", GREY, "s"),
    "gelu": ("GELU", BLUE, "o"),
    "geglu": ("GEGLU", PURPLE, "^"),
    "swiglu": ("SwiGLU", VERMILLION, "D"),
}


@styled
def draw_attention(weights: ArrayLike, words: Sequence[str], titles: Sequence[str]) -> np.ndarray:
    """Draw who looks at whom, one square a pair of tokens.

    Parameters
    ----------
    weights : array_like of shape (heads, tokens, tokens)
        Row by row, how a token spreads its attention.
    words : sequence of str
        The tokens.
    titles : sequence of str
        What to call each head.

    Returns
    -------
    ndarray of Axes
        Shape (heads,), one below the other.

    Examples
    --------
    >>> draw_attention(np.eye(2)[None], ["a", "b"], ["itself"]).shape
    (1,)
    """
    weights = np.asarray(weights, float)
    heads, n, _ = weights.shape
    figure, axes = plt.subplots(heads, squeeze=False, figsize=(_WIDTH, 0.3 + 3.1 * heads))
    for ax, head, title in zip(axes[:, 0], weights, titles, strict=True):
        ax.imshow(head, cmap="Blues", vmin=0, vmax=1)
        for i, j in zip(*np.nonzero(head > 0.05), strict=True):
            colour = "white" if head[i, j] > 0.6 else INK
            ax.text(j, i, f"{head[i, j]:.2f}", ha="center", va="center", color=colour, size=9)
        ax.set_xticks(range(n), words)
        ax.set_yticks(range(n), words)
        ax.set(title=title, ylabel="who looks")
        ax.grid(False)
    axes[-1, 0].set_xlabel("at whom")
    figure.align_ylabels()
    return axes[:, 0]


@styled
def draw_roads(gates: ArrayLike, values: ArrayLike, words: Sequence[str]) -> np.ndarray:
    """Draw how far gates are open, what stands before them, and what gets through.

    Parameters
    ----------
    gates, values : array_like of shape (tokens, hidden)
        The two roads of a gated feed-forward part.
    words : sequence of str
        The tokens.

    Returns
    -------
    ndarray of Axes
        Shape (3,): gate, value, and their product.

    Examples
    --------
    >>> draw_roads([[1.0, 0.0]], [[2.0, -2.0]], ["a"])[2].get_title(loc="left")
    'let through'
    """
    gates, values = np.asarray(gates, float), np.asarray(values, float)
    figure, axes = plt.subplots(3, sharex=True, figsize=(_WIDTH, 6.0))
    panels = {"gate": gates, "value": values, "let through": gates * values}
    reach = max(np.abs(panel).max() for panel in panels.values())
    for ax, (title, panel) in zip(axes, panels.items(), strict=True):
        shown = ax.imshow(panel, cmap="PuOr", vmin=-reach, vmax=reach, aspect="auto")
        ax.set_yticks(range(len(words)), words)
        ax.set_title(title)
        ax.grid(False)
    axes[-1].set_xticks(range(0, gates.shape[1], 1 + gates.shape[1] // 8))
    axes[-1].set_xlabel("hidden unit")
    axes[1].set_ylabel("token")
    figure.colorbar(shown, ax=list(axes), shrink=0.6)
    return axes


@styled
def draw_work_by_length(lengths: ArrayLike, products: Mapping[str, ArrayLike]) -> plt.Axes:
    """Draw the share that each part has in all multiplications, by the length of the text.

    Parameters
    ----------
    lengths : array_like of shape (n,)
        Tokens for each unit of width.
    products : mapping of str to array_like of shape (n,)
        By name of the part, its multiplications.

    Returns
    -------
    Axes

    Examples
    --------
    >>> draw_work_by_length([0.1, 10], {"a": [1, 1], "b": [1, 9]}).get_xscale()
    'log'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.6))
    total = np.sum([np.asarray(part, float) for part in products.values()], axis=0)
    looks = ((VERMILLION, "-"), (BLUE, "--"), (GREEN, "-."))
    for (name, part), (colour, line) in zip(products.items(), looks, strict=False):
        ax.plot(lengths, part / total, color=colour, linestyle=line, label=name)
    ax.set(xlabel="tokens, divided by the width", ylabel="share of the multiplications")
    ax.set(xscale="log", ylim=(0, 1))
    ax.legend(loc="upper left")
    return ax


@styled
def draw_published_activations(models: Sequence[PublishedModel]) -> plt.Axes:
    """Draw which activation each model uses, the oldest on top.

    Parameters
    ----------
    models : sequence of PublishedModel
        What `companion.transformers.published_models` returns.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.transformers import published_models
    >>> draw_published_activations(published_models()).get_yticklabels()[0].get_text()
    'Transformer, 2017'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 0.9 + 0.27 * len(models)))
    for column, (activation, (name, colour, marker)) in enumerate(_FAMILIES.items()):
        rows = [row for row, model in enumerate(models) if model.activation == activation]
        ax.plot([column] * len(rows), rows, marker, color=colour, markersize=9, label=name)
    ax.set_yticks(range(len(models)), [f"{model.name}, {model.year}" for model in models])
    ax.set_xticks(range(len(_FAMILIES)), [name for name, *_ in _FAMILIES.values()])
    ax.set(xlim=(-0.5, len(_FAMILIES) - 0.5), ylim=(len(models) - 0.4, -0.6))
    ax.set(xlabel="in the feed-forward part", ylabel="model and year")
    return ax
