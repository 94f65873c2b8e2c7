"""The diagrams of networks show the networks."""

import matplotlib as mpl
import networkx as nx
import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch

from companion.figures import (
    draw_capacity,
    draw_circuit,
    draw_graph,
    draw_pictures,
    draw_swaps,
    draw_topologies,
    draw_unrolled,
)
from companion.neurons import and_, nand, or_

HALF_ADDER = {
    "OR": (or_, "ab"),
    "NAND": (nand, "ab"),
    "carry": (and_, "ab"),
    "sum": (and_, ("OR", "NAND")),
}
CLUB = nx.karate_club_graph()
SWAPS = {"rule": {"tanh": 1.0, "none": 0.5}, "loop": {"with": 0.9}}

DRAWINGS = {
    "circuit": lambda: draw_circuit(HALF_ADDER),
    "topologies": draw_topologies,
    "unrolled": draw_unrolled,
    "pictures": lambda: draw_pictures(np.ones((3, 6)), (2, 3), "abc", columns=2),
    "capacity": lambda: draw_capacity([0.1, 0.2], [1, 0.5], [0.9, 0], {"limit": 0.138}),
    "graph": lambda: draw_graph(CLUB, [0, 1] * 17, wrong=[8], known=[0, 33]),
    "swaps": lambda: draw_swaps(SWAPS),
}


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_fit_a_phone_and_leave_the_settings_alone(draw):
    before = dict(mpl.rcParams)
    axes = np.atleast_1d(draw()).ravel()
    axes[0].figure.canvas.draw()
    assert dict(mpl.rcParams) == before
    assert axes[0].figure.get_figwidth() <= 4.5


def test_a_circuit_has_a_wire_for_each_input_and_every_bias():
    ax = draw_circuit(HALF_ADDER)
    wires = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert len(wires) == 8
    assert sum(wire.get_linestyle() == "--" for wire in wires) == 2
    assert {"a", "b", "OR", "NAND", "carry", "sum", "1.5", "−0.5"} <= set(texts(ax))
    assert texts(ax).count("−1.5") == 2


def test_the_three_families_are_named():
    titles = [ax.get_title(loc="center") for ax in draw_topologies()]
    assert titles == ["feed-forward", "memory", "graph"]


@pytest.mark.parametrize("steps", [2, 5])
def test_unrolled_has_one_copy_a_step(steps):
    loop, line = draw_unrolled(steps)
    assert texts(loop).count("$U$") == 1
    assert texts(line).count("$W$") == steps
    assert texts(line).count("$U$") == steps - 1


def test_pictures_are_the_states():
    states = np.random.default_rng(0).choice([-1, 1], size=(3, 6))
    axes = draw_pictures(states, (2, 3), ["a", "b", "c"], columns=2)
    for ax, state in zip(axes, states, strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), state.reshape(2, 3))


def test_capacity_curves_differ_without_colour_and_marks_stand_where_they_should():
    ax = DRAWINGS["capacity"]()
    overlap, exact, mark = ax.lines
    assert overlap.get_marker() != exact.get_marker()
    assert mark.get_xdata()[0] == 0.138


def test_graph_draws_each_node_once_and_rings_the_wrong():
    ax = DRAWINGS["graph"]()
    nodes = [c for c in ax.collections if hasattr(c, "get_offsets") and len(c.get_offsets()) > 0]
    counts = sorted(len(c.get_offsets()) for c in nodes if type(c).__name__ == "PathCollection")
    assert counts == [1, 17, 17]
    assert set(texts(ax)) == {"0", "33"}


def test_swaps_draw_each_share():
    ax = draw_swaps(SWAPS)
    shares = np.concatenate([line.get_xdata() for line in ax.lines if line.get_marker() != "None"])
    assert sorted(shares) == [0.5, 0.9, 1.0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["tanh", "none", "with"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_circuit({"AND": (and_, "a")}), "got 1 for AND with 2"),
        (lambda: draw_circuit({"x": (and_, "ay"), "y": (and_, "bx")}), "in a circle"),
        (lambda: draw_unrolled(1), "steps must be from 2 to 5, got 1"),
        (lambda: draw_pictures(np.ones((1, 6)), (2, 2), "a"), r"shape \(k, 4\)"),
        (lambda: draw_pictures(np.ones((1, 6)), (2, 3), "ab"), "titles must have 1 entries"),
        (lambda: draw_graph(CLUB, [0, 1]), r"classes must have shape \(34,\)"),
        (lambda: draw_swaps({}), "results must hold one group"),
    ],
)
def test_what_cannot_be_drawn_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
