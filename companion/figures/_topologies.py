"""Networks as diagrams: layers, loops, graphs, and what they recall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike

from companion.figures._logic import EXCITES, INHIBITS, _number
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled
from companion.neurons import Gate

if TYPE_CHECKING:
    import networkx as nx

# Inches: so narrow that the text can still be read on a phone.
_WIDTH = 4.2


@styled
def draw_circuit(gates: Mapping[str, tuple[Gate, Sequence[str]]]) -> Axes:
    """Draw gates wired to each other, from the inputs on the left to the outputs on the right.

    Parameters
    ----------
    gates : mapping of str to (Gate, sequence of str)
        For each gate, under a name of its own, the gate and the names of what it reads: inputs, or
        gates that stand before it.

    Returns
    -------
    matplotlib.axes.Axes
        The number in a circle is the bias; solid lines excite, dashed ones inhibit.

    Raises
    ------
    ValueError
        If a gate reads another number of inputs than it has, or the wires run in a circle.
    """
    nx = _networkx()
    graph = nx.DiGraph()
    for name, (gate, sources) in gates.items():
        if len(sources) != gate.n_inputs:
            raise ValueError(
                f"gates must read as many inputs as they have, got {len(sources)} for {name} "
                f"with {gate.n_inputs}"
            )
        for source, weight in zip(sources, gate.weights, strict=True):
            graph.add_edge(source, name, weight=weight)
    if not nx.is_directed_acyclic_graph(graph):
        raise ValueError("gates must not read each other in a circle")
    generations = list(nx.topological_generations(graph))
    order = list(graph)
    places = {}
    for across, names in enumerate(generations):
        # In the order of their first mention, the first on top; a layout of a set would vary.
        for i, name in enumerate(sorted(names, key=order.index)):
            places[name] = (1.3 * across, (len(names) - 1) / 2 - i)
    tallest = max(map(len, generations))
    _, ax = plt.subplots(figsize=(_WIDTH, 0.9 + 0.75 * tallest))
    for style, sign in ((EXCITES, 1), (INHIBITS, -1)):
        edges = [edge for edge in graph.edges if np.sign(graph.edges[edge]["weight"]) == sign]
        nx.draw_networkx_edges(
            graph, places, edges, ax=ax, node_size=1000, width=1.6, arrowstyle=style["arrowstyle"],
            arrowsize=1, edge_color=style["color"], style=style["linestyle"],
        )  # fmt: skip
    _nodes(graph, places, ax, size=1000)
    labels = {name: _number(gates[name][0].bias) if name in gates else name for name in graph}
    nx.draw_networkx_labels(graph, places, labels, ax=ax, font_size=11, font_color=INK)
    for name in gates:
        ax.annotate(name, places[name], (0, 19), textcoords="offset points", ha="center")
    ax.axis("off")
    ax.margins(0.13, 0.25 if tallest > 1 else 0.6)
    return ax


@styled
def draw_topologies() -> np.ndarray:
    """Draw the three families of wiring side by side: feed-forward, memory, graph.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
    """
    nx = _networkx()
    _, axes = plt.subplots(1, 3, figsize=(_WIDTH, 2.1))
    forward = nx.DiGraph()
    sizes = (3, 3, 2)
    layers = [[(depth, i) for i in range(size)] for depth, size in enumerate(sizes)]
    for depth, layer in enumerate(layers):
        forward.add_nodes_from(layer, layer=depth)
    for before, after in pairwise(layers):
        forward.add_edges_from((a, b) for a in before for b in after)
    memory = nx.complete_graph(5)
    friends = nx.Graph([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5), (3, 5)])
    drawings = (
        ("feed-forward", forward, nx.multipartite_layout(forward, subset_key="layer")),
        ("memory", memory, nx.circular_layout(memory)),
        ("graph", friends, nx.kamada_kawai_layout(friends)),
    )
    for ax, (name, graph, places) in zip(axes, drawings, strict=True):
        arrows = {"arrowstyle": "-|>", "arrowsize": 9} if graph is forward else {}
        if graph is memory:
            arrows = {"arrowstyle": "<|-|>", "arrowsize": 7, "arrows": True}
        nx.draw_networkx_edges(
            graph, places, ax=ax, edge_color=BLUE, width=1.3, node_size=150, **arrows
        )
        _nodes(graph, places, ax, size=150)
        ax.set_title(name, loc="center")
        ax.axis("off")
        ax.margins(0.18)
    return axes


@styled
def draw_unrolled(steps: int = 3) -> np.ndarray:
    """Draw a recurrent layer as a loop, and the same layer once for each step.

    Parameters
    ----------
    steps : int, optional
        How many steps to unroll, 2 to 5.

    Returns
    -------
    ndarray of matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If `steps` is out of its range.
    """
    nx = _networkx()
    if not 2 <= steps <= 5:
        raise ValueError(f"steps must be from 2 to 5, got {steps}")
    _, axes = plt.subplots(1, 2, figsize=(_WIDTH, 2.3), width_ratios=(1, steps))
    loop = nx.DiGraph([("x", "h")])
    _chain(axes[0], loop, {"x": (0, 0), "h": (0, 1)}, {"x": "$x_t$", "h": "$h_t$"})
    axes[0].annotate("$W$", (0, 0.5), (6, 0), textcoords="offset points", va="center")
    back = FancyArrowPatch((0.16, 1.12), (-0.16, 1.12), arrowstyle="-|>", mutation_scale=12,
                           connectionstyle="arc3,rad=1.7", color=BLUE, lw=1.6)  # fmt: skip
    axes[0].add_patch(back)
    axes[0].annotate("$U$", (0, 1), (0, 43), textcoords="offset points", ha="center")
    line = nx.DiGraph()
    places, labels = {}, {}
    for t in range(1, steps + 1):
        line.add_edge(f"x{t}", f"h{t}")
        places |= {f"x{t}": (t, 0), f"h{t}": (t, 1)}
        labels |= {f"x{t}": f"$x_{t}$", f"h{t}": f"$h_{t}$"}
    line.add_edges_from((f"h{t}", f"h{t + 1}") for t in range(1, steps))
    _chain(axes[1], line, places, labels)
    for t in range(1, steps + 1):
        axes[1].annotate("$W$", (t, 0.5), (6, 0), textcoords="offset points", va="center")
    for t in range(1, steps):
        axes[1].annotate("$U$", (t + 0.5, 1), (0, 7), textcoords="offset points", ha="center")
    return axes


@styled
def draw_pictures(
    states: ArrayLike, shape: tuple[int, int], titles: Sequence[str], columns: int = 4
) -> np.ndarray:
    """Draw states of −1 and +1 as small pictures.

    Parameters
    ----------
    states : array_like, shape (k, N)
        One state a row.
    shape : tuple of two int
        Rows and columns of a picture; their product is N.
    titles : sequence of str
        One for each state.
    columns : int, optional
        Pictures in a row.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        One for each state.

    Raises
    ------
    ValueError
        If the shape does not fit, or there is not one title for each state.
    """
    states = np.asarray(states)
    if states.ndim != 2 or states.shape[1] != shape[0] * shape[1]:
        raise ValueError(f"states must have shape (k, {shape[0] * shape[1]}), got {states.shape}")
    if len(titles) != len(states):
        raise ValueError(f"titles must have {len(states)} entries, got {len(titles)}")
    rows = -(-len(states) // columns)
    _, axes = plt.subplots(
        rows, columns, figsize=(_WIDTH, rows * (_WIDTH / columns + 0.25)), squeeze=False
    )
    for ax in axes.flat[len(states) :]:
        ax.set_visible(False)
    for ax, state, title in zip(axes.flat, states, titles):  # noqa: B905 - some Axes stay empty
        ax.imshow(state.reshape(shape), cmap="Greys", vmin=-1, vmax=1.3)
        ax.set_title(title, loc="center", fontsize=9.5)
        ax.set(xticks=[], yticks=[])
        ax.grid(visible=False)
        for spine in ax.spines.values():
            spine.set_visible(True)
    return axes.flat[: len(states)]


@styled
def draw_capacity(
    loads: ArrayLike, overlaps: ArrayLike, exact: ArrayLike, marks: Mapping[str, float]
) -> Axes:
    """Draw how well a memory recalls against how much it holds.

    Parameters
    ----------
    loads : array_like, shape (k,)
        Patterns for each neuron, p / N.
    overlaps, exact : array_like, shape (k,)
        The mean overlap after recall, and the share of patterns without an error.
    marks : mapping of str to float
        Loads to mark by a vertical line, by what to call them.

    Returns
    -------
    matplotlib.axes.Axes
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.3))
    ax.plot(loads, overlaps, "o-", color=BLUE, ms=5, label="mean overlap")
    ax.plot(loads, exact, "s--", color=VERMILLION, ms=5, label="recalled exactly")
    for (name, at), style in zip(marks.items(), ((0, (2, 2)), (0, (5, 2)))):  # noqa: B905
        ax.axvline(at, color=GREY, ls=style, lw=1.3)
        ax.annotate(name, (at, 1.01), xycoords=("data", "axes fraction"), ha="center", va="bottom")
    ax.set(xlabel="patterns for each neuron, $p / N$", ylabel="of the stored patterns")
    ax.set_ylim(-0.03, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.legend(loc="lower left")
    return ax


@styled
def draw_graph(
    graph: nx.Graph, classes: Sequence[int], wrong: Sequence[int] = (), known: Sequence[int] = ()
) -> Axes:
    """Draw a graph whose nodes belong to two classes.

    Parameters
    ----------
    graph : networkx.Graph
        Nodes numbered from 0.
    classes : sequence of 0 and 1
        The class of each node, by shape and fill.
    wrong : sequence of int, optional
        Nodes to ring: those that were told wrong.
    known : sequence of int, optional
        Nodes that are drawn larger, with their number.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is not one class for each node.
    """
    nx = _networkx()
    classes = np.asarray(classes)
    if classes.shape != (len(graph),):
        raise ValueError(f"classes must have shape ({len(graph)},), got {classes.shape}")
    places = nx.kamada_kawai_layout(graph, weight=None)
    _, ax = plt.subplots(figsize=(_WIDTH, 3.7))
    nx.draw_networkx_edges(graph, places, ax=ax, edge_color="#b5b5b5", width=0.9)
    sizes = np.where(np.isin(np.arange(len(graph)), list(known)), 330, 110)
    for class_, shape, colour in ((0, "o", "white"), (1, "s", BLUE)):
        nodes = np.flatnonzero(classes == class_).tolist()
        nx.draw_networkx_nodes(
            graph, places, nodes, ax=ax, node_size=sizes[nodes], node_shape=shape,
            node_color=colour, edgecolors=INK, linewidths=1.4,
        )  # fmt: skip
    if len(wrong):
        nx.draw_networkx_nodes(
            graph, places, list(wrong), ax=ax, node_size=380, node_color="none",
            edgecolors=VERMILLION, linewidths=2.4,
        )  # fmt: skip
    colours = {node: "white" if classes[node] else INK for node in known}
    nx.draw_networkx_labels(
        graph, places, {node: str(node) for node in known}, ax=ax, font_size=9.5,
        font_color=colours or INK,
    )  # fmt: skip
    ax.axis("off")
    return ax


@styled
def draw_swaps(results: Mapping[str, Mapping[str, float]], chance: float = 0.5) -> Axes:
    """Draw the score of networks in groups, as dots on lines.

    Parameters
    ----------
    results : mapping of str to mapping of str to float
        For each group, the share of right answers by what was used.
    chance : float, optional
        The share that guessing reaches.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is no group.
    """
    if not results:
        raise ValueError("results must hold one group at least, not none")
    looks = ((BLUE, "o"), (VERMILLION, "s"), (GREEN, "^"), (PURPLE, "D"))
    rows = [(group, name) for group, members in results.items() for name in members]
    _, ax = plt.subplots(figsize=(_WIDTH, 0.9 + 0.27 * len(rows)))
    for (group, members), (colour, marker) in zip(results.items(), looks):  # noqa: B905
        places = [rows.index((group, name)) for name in members]
        ax.hlines(places, chance, list(members.values()), color=colour, lw=1.5)
        ax.plot(list(members.values()), places, marker, ls="", color=colour, ms=8, label=group)
    ax.axvline(chance, color=GREY, ls=(0, (2, 2)), lw=1.3)
    ax.set_yticks(range(len(rows)), [name for _, name in rows])
    ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(chance - 0.1, 1.04), xlabel="right answers")
    ax.set_ylabel("what was used")
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.22), ncols=2, fontsize=9)
    return ax


def _networkx():
    # Only two lessons draw graphs, and it takes a third of a second to load.
    import networkx

    return networkx


def _nodes(graph, places, ax, *, size):
    nx = _networkx()
    nx.draw_networkx_nodes(
        graph, places, ax=ax, node_size=size, node_color="white", edgecolors=INK, linewidths=1.5
    )


def _chain(ax, graph, places, labels):
    nx = _networkx()
    nx.draw_networkx_edges(
        graph, places, ax=ax, edge_color=BLUE, width=1.6, node_size=600, arrowsize=12
    )
    _nodes(graph, places, ax, size=600)
    nx.draw_networkx_labels(graph, places, labels, ax=ax, font_size=11, font_color=INK)
    ax.set(ylim=(-0.35, 2.0))
    across = [x for x, _ in places.values()]
    ax.set_xlim(min(across) - 0.5, max(across) + 0.5)
    ax.axis("off")
