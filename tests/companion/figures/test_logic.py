"""What the drawings of neurons and gates show is what the neurons compute."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from companion.activations import logistic
from companion.figures import (
    draw_gates,
    draw_layer_shapes,
    draw_logic_network,
    draw_neuron,
    draw_step_and_curve,
)
from companion.neurons import GATES, Gate, LogicNetwork, binary_inputs, from_truth_table, nor, not_

INK, MARKED = to_rgba("#222222"), to_rgba("#9ecae9")


def drawn_without_warning(ax):
    """Lay the figure out and render it: overfull layouts warn, and warnings are errors."""
    ax.figure.canvas.draw()
    return ax


def texts(ax):
    return [text.get_text() for text in ax.texts]


def patches(ax, kind):
    return [patch for patch in ax.patches if type(patch) is kind]


def in_view(ax):
    """Whether every text lies inside the figure."""
    figure = ax.figure.bbox
    boxes = [text.get_window_extent() for text in ax.texts]
    return all(figure.x0 <= b.x0 and b.x1 <= figure.x1 and b.y1 <= figure.y1 and figure.y0 <= b.y0
               for b in boxes)  # fmt: skip


def test_drawing_leaves_the_settings_alone():
    draw_neuron(["a"], [1], 0)
    before = dict(mpl.rcParams)
    draw_gates()
    draw_logic_network(from_truth_table([0, 1, 1, 0]), "ab", "cd", "e")
    assert dict(mpl.rcParams) == before


def test_neuron_shows_names_signed_weights_and_bias():
    ax = drawn_without_warning(draw_neuron(["sun", "exam", "cat"], [2, -3, 0.5], -0.5))
    assert {"sun", "exam", "cat", "+2", "−3", "+0.5", "bias −0.5", "Σ"} <= set(texts(ax))
    assert in_view(ax)


def test_inhibition_is_seen_without_colour():
    ax = draw_neuron(["a", "b"], [1, -1], 1)
    lines = [p for p in patches(ax, FancyArrowPatch) if to_rgba(p.get_edgecolor()) != INK]
    styles = {to_rgba(p.get_edgecolor()): p.get_linestyle() for p in lines}
    assert len(lines) == 3
    assert sorted(styles.values()) == ["-", "--"]


@pytest.mark.parametrize("n", range(1, 6))
def test_neuron_fits_any_number_of_inputs(n):
    assert in_view(drawn_without_warning(draw_neuron(["input"] * n, [1] * n, 0.5)))


def test_neuron_needs_a_name_for_each_weight():
    with pytest.raises(ValueError, match="names must have one entry a weight, got 1 for 2"):
        draw_neuron(["a"], [1, 2], 0)


def test_gates_fill_the_points_for_which_they_fire():
    axes = draw_gates()
    assert [ax.get_title().split("\n")[0] for ax in axes] == ["AND", "OR", "NAND", "NOR"]
    for ax in axes:
        drawn_without_warning(ax)
        gate = GATES[ax.get_title().split("\n")[0]]
        fires = [gate(*row) == 1 for row in binary_inputs(2).tolist()]
        filled, empty = ax.collections[-2:]
        np.testing.assert_array_equal(filled.get_offsets(), binary_inputs(2)[fires])
        np.testing.assert_array_equal(empty.get_offsets(), binary_inputs(2)[np.logical_not(fires)])
        np.testing.assert_allclose(filled.get_facecolor()[0], INK)
        np.testing.assert_allclose(empty.get_facecolor()[0], to_rgba("white"))


def test_gates_draw_the_line_where_the_sum_is_zero_and_shade_the_side_above_it():
    ax = draw_gates([nor])[0]
    shade, line = ax.collections[:2]
    np.testing.assert_allclose(line.get_paths()[0].vertices.sum(axis=1), 0.5)
    assert shade.get_paths()[0].vertices.sum(axis=1).max() <= 0.5 + 1e-9


def test_gates_write_the_inequality():
    titles = [ax.get_title() for ax in draw_gates([nor, Gate((2, 0), -1, "FIRST")])]
    assert titles == ["NOR\n$- x_1 - x_2 + 0.5 > 0$", "FIRST\n$2x_1 - 1 > 0$"]


@pytest.mark.parametrize("bias", [1, -1])
def test_gates_without_a_line_in_sight_are_drawn_too(bias):
    drawn_without_warning(draw_gates([Gate((0, 0), bias, "CONSTANT")])[0])


def test_gates_must_have_two_inputs():
    with pytest.raises(ValueError, match="gates must have 2 inputs, got NOT with 1"):
        draw_gates([not_])


@pytest.mark.parametrize("table", [[0, 1, 1, 0], [0, 0, 0, 1, 0, 1, 1, 1], [1], [0, 0]])
def test_network_draws_a_line_for_each_weight_and_the_biases(table):
    network = from_truth_table(table)
    m, n = network.hidden_weights.shape
    ax = draw_logic_network(network, ["x"] * n, ["row"] * m, "OR")
    drawn_without_warning(ax)
    assert len(patches(ax, FancyArrowPatch)) == m * n + m
    assert len(patches(ax, Circle)) == m + 1
    assert len(patches(ax, FancyBboxPatch)) == n
    assert texts(ax).count("row") == m
    assert "−0.5" in texts(ax)
    assert in_view(ax)


def test_network_leaves_out_lines_of_weight_zero_and_refuses_what_it_cannot_show():
    network = LogicNetwork([[1, 0]], [0], [-1], 0.5)
    assert len(patches(draw_logic_network(network, "ab", "c", "d"), FancyArrowPatch)) == 2
    with pytest.raises(ValueError, match="inputs must have 2 names, got 1"):
        draw_logic_network(network, "a", "c", "d")
    with pytest.raises(ValueError, match="hidden must have 1 names, got 2"):
        draw_logic_network(network, "ab", "cd", "d")
    with pytest.raises(ValueError, match="weights −1, 0 and 1 only"):
        draw_logic_network(LogicNetwork([[2, 1]], [0], [1], 0), "ab", "c", "d")


@pytest.mark.parametrize(("n", "d", "m"), [(4, 3, 2), (1, 1, 1), (6, 6, 6), (2, 5, 3)])
def test_layer_shapes_are_the_shapes(n, d, m):
    ax = drawn_without_warning(draw_layer_shapes(n, d, m))
    cells = patches(ax, Rectangle)
    assert len(cells) == n * d + d * m + m + n * m
    marked = [cell for cell in cells if to_rgba(cell.get_facecolor()) == MARKED]
    assert len(marked) == d + d + 1 + 1
    assert texts(ax)[1::3] == [f"{n} × {d}", f"{d} × {m}", f"{m}", f"{n} × {m}"]
    assert in_view(ax)


@pytest.mark.parametrize("sizes", [(0, 1, 1), (1, 7, 1), (1, 1, -1)])
def test_layer_shapes_refuses_what_does_not_fit(sizes):
    with pytest.raises(ValueError, match="must be from 1 to 6"):
        draw_layer_shapes(*sizes)


def test_step_is_open_above_and_filled_below_and_the_curves_are_the_curve():
    ax = drawn_without_warning(draw_step_and_curve(logistic, r"\sigma", factors=(1, 4)))
    below, above, hollow, solid, gentle, steep = ax.lines
    assert set(below.get_ydata()) == {0}
    assert set(above.get_ydata()) == {1}
    assert (hollow.get_ydata()[0], hollow.get_markerfacecolor()) == (1, "white")
    assert (solid.get_ydata()[0], to_rgba(solid.get_markerfacecolor())) == (0, INK)
    z = gentle.get_xdata()
    np.testing.assert_array_equal(gentle.get_ydata(), logistic(z))
    np.testing.assert_array_equal(steep.get_ydata(), logistic(4 * z))
    assert gentle.get_linestyle() != steep.get_linestyle()
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["threshold", r"$\sigma(z)$", r"$\sigma(4z)$"]
    assert ax.get_xlabel()
    assert ax.get_ylabel()
