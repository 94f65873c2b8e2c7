"""Neurons, gates and layers, drawn."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle

from companion.figures._style import BLUE, GREY, INK, VERMILLION, styled
from companion.neurons import GATES, binary_inputs

# An excited line ends in an arrow, an inhibited one is dashed and ends in a bar, so that the sign
# of a weight is seen without its colour.
EXCITES = {"arrowstyle": "-|>,head_width=3.5,head_length=6", "color": BLUE, "linestyle": "-"}
INHIBITS = {"arrowstyle": "|-|,widthA=0,widthB=4.5", "color": VERMILLION, "linestyle": "--"}
# Inches: so narrow that the text can still be read on a phone.
WIDTH = 4.2
RADIUS = 0.3
MARKED = "#9ecae9"


@styled
def draw_neuron(names, weights, bias):
    """Draw one neuron: inputs, weighted lines, the sum, the threshold and the output.

    Parameters
    ----------
    names : sequence of str
        What to write into the input circles.
    weights : sequence of float
        One weight for each input; it stands on its line.
    bias : float
        The bias; it comes in from above.

    Returns
    -------
    matplotlib.axes.Axes
    """
    if len(names) != len(weights):
        raise ValueError(f"names must have one entry a weight, got {len(names)} for {len(weights)}")
    reach = 1.15 * (len(weights) - 1) / 2 + 0.4
    ax = _canvas((-0.6, 5.5), (-max(reach, 1.2), max(reach, 1.75)))
    heights = _spread(len(weights), 1.15)
    centre = (2.6, 0.0)
    for name, weight, y in zip(names, weights, heights, strict=True):
        _node(ax, (0, y), name, wide=0.52)
        _line(ax, (0.52, y), centre, weight, label=True)
    _node(ax, centre, "Σ", size=15)
    _line(ax, (2.6, 1.35), centre, bias, start=0)
    ax.text(2.6, 1.43, f"bias {_number(bias)}", ha="center", va="bottom")
    _arrow(ax, (2.6 + RADIUS, 0), (3.55, 0))
    ax.text(3.2, 0.12, "$z$", ha="center", va="bottom")
    _box(ax, (4.0, 0))
    ax.plot([3.75, 4.0, 4.0, 4.25], [-0.2, -0.2, 0.2, 0.2], color=INK, lw=2, ls="-", zorder=4)
    ax.text(4.0, -0.6, "1 if $z > 0$,\nelse 0", ha="center", va="top")
    _arrow(ax, (4.45, 0), (5.15, 0))
    ax.text(5.25, 0, "$a$", ha="left", va="center", fontsize=12)
    return ax


@styled
def draw_gates(gates=None):
    """Draw gates of two inputs as lines in the plane of their inputs.

    The four inputs are points, filled where the gate fires; the line is where the weighted sum is
    0, and the side on which it is greater is shaded.

    Parameters
    ----------
    gates : sequence of Gate, optional
        Gates of two inputs. By default AND, OR, NAND and NOR.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        One for each gate, in their order.
    """
    if gates is None:
        gates = [GATES[name] for name in ("AND", "OR", "NAND", "NOR")]
    for gate in gates:
        if gate.n_inputs != 2:
            raise ValueError(f"gates must have 2 inputs, got {gate.name} with {gate.n_inputs}")
    rows = -(-len(gates) // 2)
    _, axes = plt.subplots(
        rows, 2, figsize=(WIDTH, 2.6 * rows), sharex=True, sharey=True, squeeze=False
    )
    for ax in axes.flat[len(gates) :]:
        ax.set_visible(False)
    drawn = axes.flat[: len(gates)]
    for ax, gate in zip(drawn, gates, strict=True):
        _plane(ax, gate)
        if ax.get_subplotspec().is_last_row():
            ax.set_xlabel("input $x_1$")
        if ax.get_subplotspec().is_first_col():
            ax.set_ylabel("input $x_2$")
    return drawn


@styled
def draw_logic_network(network, inputs, hidden, output):
    """Draw a two-layer network of MP neurons with its weights as lines and its biases written in.

    Parameters
    ----------
    network : LogicNetwork
        The network; all its weights must be +1, −1 or 0 (a line that is not drawn).
    inputs, hidden : sequence of str
        A name for each input and for each hidden neuron.
    output : str
        A name for the output neuron.

    Returns
    -------
    matplotlib.axes.Axes
    """
    m, n = network.hidden_weights.shape
    for name, given, needed in (("inputs", inputs, n), ("hidden", hidden, m)):
        if len(given) != needed:
            raise ValueError(f"{name} must have {needed} names, got {len(given)}")
    weights = np.concatenate([network.hidden_weights.ravel(), network.output_weights])
    if not np.isin(weights, [-1, 0, 1]).all():
        raise ValueError("network must have weights −1, 0 and 1 only: a line has no room for more")
    left, middle = _spread(n, 1.35), _spread(m, 1.35)
    reach = 1.35 * (max(m, n) - 1) / 2
    ax = _canvas((-0.4, 5.2), (-reach - 0.4, reach + 0.75))
    for j, y in enumerate(middle):
        for i, x in enumerate(left):
            _line(ax, (0, x), (2.3, y), network.hidden_weights[j, i])
        _line(ax, (2.3, y), (4.6, 0), network.output_weights[j])
    for name, y in zip(inputs, left, strict=True):
        _node(ax, (0, y), name, wide=0.36)
    for name, bias, y in zip(hidden, network.hidden_bias, middle, strict=True):
        _node(ax, (2.3, y), _number(bias))
        ax.text(2.3, y + 0.38, name, ha="center", va="bottom", fontsize=10.5)
    _node(ax, (4.6, 0), _number(network.output_bias))
    ax.text(4.6, 0.38, output, ha="center", va="bottom", fontsize=10.5)
    return ax


@styled
def draw_layer_shapes(n, d, m):
    """Draw Z = X Wᵀ + b as grids of numbers: n inputs of length d into m neurons.

    Parameters
    ----------
    n, d, m : int
        Inputs in the batch, numbers in an input, neurons in the layer; 1 to 6 each.

    Returns
    -------
    matplotlib.axes.Axes
    """
    for name, size in (("n", n), ("d", d), ("m", m)):
        if not 1 <= size <= 6:
            raise ValueError(f"{name} must be from 1 to 6, got {size}")
    step, gap, x = 0.42, 0.62, 0.0
    top = max(n, d) * step / 2
    ax = _canvas((-0.1, (d + 3 * m) * step + 3 * gap + 0.1), (-top - 0.5, top + 0.55))
    parts = [
        ("$X$", n, d, "row", f"{n} × {d}"),
        (r"$W^\mathsf{T}$", d, m, "column", f"{d} × {m}"),
        ("$b$", 1, m, "cell", f"{m}"),
        ("$Z$", n, m, "both", f"{n} × {m}"),
    ]
    for sign, (name, rows, columns, marked, shape) in zip(["", "·", "+", "="], parts, strict=True):
        if sign:
            ax.text(x + gap / 2, 0, sign, ha="center", va="center", fontsize=15)
            x += gap
        _grid(ax, x, rows, columns, step, marked)
        middle = x + columns * step / 2
        ax.text(middle, top + 0.12, name, ha="center", va="bottom", fontsize=13)
        ax.text(middle, -top - 0.14, shape, ha="center", va="top", fontsize=11)
        x += columns * step
    return ax


@styled
def draw_step_and_curve(curve, name, factors=(1, 4)):
    r"""Draw a threshold, and a smooth curve that comes closer to it as its input is scaled up.

    Parameters
    ----------
    curve : callable
        The curve f, from an array to an array of the same shape.
    name : str
        How to write f, in mathematical notation: ``\sigma``.
    factors : sequence of float, optional
        The k in f(kz), one line each, at most three.

    Returns
    -------
    matplotlib.axes.Axes
    """
    _, ax = plt.subplots(figsize=(WIDTH, 3.2))
    z = np.linspace(-6, 6, 601)
    ax.plot([-6, 0], [0, 0], color=INK, ls="-", lw=2.4, label="threshold")
    ax.plot([0, 6], [1, 1], color=INK, ls="-", lw=2.4)
    ax.plot([0], [1], "o", mfc="white", mec=INK, ms=8, mew=1.8, zorder=4)
    ax.plot([0], [0], "o", color=INK, ms=8, zorder=4)
    for factor, color, dashes in zip(factors, (BLUE, VERMILLION, GREY), ("-", "--", ":")):  # noqa: B905
        label = f"${name}(z)$" if factor == 1 else f"${name}({factor:g}z)$"
        ax.plot(z, curve(factor * z), color=color, ls=dashes, label=label)
    ax.set(xlabel="weighted sum $z$", ylabel="output $a$", xlim=(-6, 6), yticks=[0, 0.5, 1])
    ax.legend(loc="upper left", bbox_to_anchor=(0, 0.97), handlelength=2.2, fontsize=11)
    return ax


def _plane(ax, gate):
    """Draw one gate's line, its shaded side and the four inputs."""
    low, high = -0.45, 1.45
    x1, x2 = np.meshgrid(np.linspace(low, high, 201), np.linspace(low, high, 201))
    z = gate.weights[0] * x1 + gate.weights[1] * x2 + gate.bias
    if (z > 0).any() and (z <= 0).any():
        ax.contourf(x1, x2, z, levels=[0, np.inf], colors=[BLUE], alpha=0.18)
        ax.contour(x1, x2, z, levels=[0], colors=[BLUE], linestyles="-", linewidths=2)
    points = binary_inputs(2)
    fires = np.array([gate(*point) for point in points.tolist()], bool)
    style = {"s": 90, "edgecolors": INK, "linewidths": 1.6, "zorder": 3}
    ax.scatter(*points[fires].T, facecolors=INK, **style)
    ax.scatter(*points[~fires].T, facecolors="white", **style)
    ax.set(xlim=(low, high), ylim=(low, high), aspect="equal", xticks=[0, 1], yticks=[0, 1])
    ax.grid(visible=False)
    ax.set_title(f"{gate.name}\n{_inequality(gate)}", loc="center")


def _inequality(gate):
    """Write where a gate fires, in mathematical notation."""
    terms = zip((*gate.weights, gate.bias), ("x_1", "x_2", ""), strict=True)
    text = ""
    for factor, symbol in terms:
        if factor:
            size = symbol if symbol and abs(factor) == 1 else f"{abs(factor):g}{symbol}"
            text += f" {'-' if factor < 0 else '+'} {size}"
    return f"${text.removeprefix(' +').strip()} > 0$"


def _canvas(across, up):
    """Return empty Axes in which one unit is as long across as up."""
    height = WIDTH * (up[1] - up[0]) / (across[1] - across[0])
    _, ax = plt.subplots(figsize=(WIDTH, height))
    ax.set(aspect="equal", xlim=across, ylim=up)
    ax.axis("off")
    return ax


def _spread(count, gap):
    """Return `count` heights around 0, the first on top."""
    return gap * ((count - 1) / 2 - np.arange(count))


def _number(value):
    """Write a number with a real minus sign."""
    return f"{value:g}".replace("-", "−")


def _node(ax, centre, text, wide=None, size=11):
    if wide is None:
        ax.add_patch(Circle(centre, RADIUS, fc="white", ec=INK, lw=1.6, zorder=3))
    else:
        corner = (centre[0] - wide, centre[1] - RADIUS)
        shape = "round,pad=0,rounding_size=0.2"
        ax.add_patch(
            FancyBboxPatch(
                corner, 2 * wide, 2 * RADIUS, shape, fc="white", ec=INK, lw=1.6, zorder=3
            )
        )
    ax.text(*centre, text, ha="center", va="center", fontsize=size, zorder=4)


def _box(ax, centre):
    corner = (centre[0] - 0.45, centre[1] - 0.45)
    ax.add_patch(Rectangle(corner, 0.9, 0.9, fc="white", ec=INK, lw=1.6, zorder=3))


def _arrow(ax, start, end):
    style = "-|>,head_width=3.5,head_length=6"
    ax.add_patch(
        FancyArrowPatch(start, end, arrowstyle=style, color=INK, lw=1.8, shrinkA=0, shrinkB=0)
    )


def _line(ax, start_at, end_at, weight, start=RADIUS, label=False):
    """Draw a weighted line from one node's edge to another's; weight 0 is no line."""
    if weight == 0:
        return
    begin, end = np.asarray(start_at, float), np.asarray(end_at, float)
    along = (end - begin) / np.hypot(*(end - begin))
    if not label:
        begin = begin + start * along
    end = end - (RADIUS + 0.04) * along
    style = EXCITES if weight > 0 else INHIBITS
    ax.add_patch(FancyArrowPatch(begin, end, lw=1.8, shrinkA=0, shrinkB=0, **style))
    if label:
        ax.text(
            *(begin + 0.42 * (end - begin)),
            _number(weight) if weight < 0 else f"+{_number(weight)}",
            color=style["color"],
            ha="center",
            va="center",
            fontsize=11,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )


def _grid(ax, left, rows, columns, step, marked):
    """Draw a grid of cells centred on height 0 with its first row, column or cell marked."""
    top = rows * step / 2
    for i in range(rows):
        for j in range(columns):
            row, column = i == 0, j == 0
            on = {"row": row, "column": column, "cell": column, "both": row and column}[marked]
            corner = (left + j * step, top - (i + 1) * step)
            ax.add_patch(
                Rectangle(corner, step, step, fc=MARKED if on else "white", ec=INK, lw=1.2)
            )
