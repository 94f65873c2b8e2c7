"""A picture of what each activation costs, from a stored measurement."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

# Who is drawn, as the measurement calls them: label, marker, colour, size.
_LOOKS = {
    "copy": ("copying the array", "|", GREY, 9),
    "fresh": ("companion", "o", BLUE, 6.5),
    "textbook": ("NumPy's formula", "x", VERMILLION, 6),
    "scipy": ("SciPy", "^", GREEN, 6),
    "torch": ("PyTorch", "s", PURPLE, 5),
    "jax": ("JAX", "D", INK, 4.5),
}
# As wide as a telephone shows without shrinking the letters.
_WIDTH, _ROW = 4.2, 0.21
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@styled
def draw_costs(costs: Mapping[str, Mapping[str, float]], least: float = 0.1) -> Axes:
    """Draw the time per element of each activation, by who computed it, the cheapest on top.

    Parameters
    ----------
    costs : mapping of str to mapping
        For each activation the times in nanoseconds per element, as `make bench` stores them: by
        "copy", "fresh" (the companion, with a fresh result), "textbook", "scipy", "torch" and
        "jax". "fresh" must be there; others may be missing, and further ones are not drawn.
    least : float
        Times below are left out. They are of formulas that do no work, such as that of the
        identity, which hands back its input.

    Returns
    -------
    Axes
        With a logarithmic horizontal axis. A bar leads from the copy to the companion.

    Raises
    ------
    ValueError
        If there is no activation, if one has no "fresh", or if `least` is not above 0.

    Examples
    --------
    >>> ax = draw_costs({"relu": {"copy": 0.4, "fresh": 1.0}, "mish": {"fresh": 2.0, "jax": 3.3}})
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['relu', 'mish']
    """
    if not costs:
        raise ValueError("costs must hold one activation at least, not none")
    if without := [name for name, times in costs.items() if "fresh" not in times]:
        raise ValueError(f'costs must hold a time "fresh" for each activation; not so {without}')
    if not least > 0:
        raise ValueError(f"least must be above 0, since the axis is logarithmic, not {least}")
    names = sorted(costs, key=lambda name: costs[name]["fresh"])
    figure, ax = plt.subplots(figsize=(_WIDTH, 1.2 + _ROW * len(names)))
    for key, (label, marker, colour, size) in _LOOKS.items():
        points = [(costs[name].get(key, 0.0), row) for row, name in enumerate(names)]
        points = [(time, row) for time, row in points if time >= least]
        if points:
            ax.plot(
                *zip(*points, strict=True),
                marker,
                label=label,
                color=colour,
                markersize=size,
                markeredgewidth=1.4,
                # Open but for the companion's, so that marks on top of each other all show.
                markerfacecolor=colour if key == "fresh" else "none",
                zorder=3,
            )
    for row, name in enumerate(names):
        if least <= (limit := costs[name].get("copy", 0.0)):
            ends = [limit, costs[name]["fresh"]]
            ax.plot(
                ends, [row, row], "-", color=BLUE, alpha=0.3, linewidth=4, solid_capstyle="butt"
            )
    ax.set_xscale("log")
    low, high = ax.get_xlim()
    ax.set_xticks([tick for tick in _TICKS if low <= tick <= high])
    ax.set_xticks([], minor=True)
    ax.xaxis.set_major_formatter("{x:g}")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlabel("time per element / ns (logarithmic)")
    figure.legend(loc="outside upper center", ncols=3, columnspacing=1.0, handletextpad=0.2)
    return ax
