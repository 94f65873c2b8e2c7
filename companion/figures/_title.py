"""The picture on the title page: how a threshold turns into a gate."""

from collections.abc import Callable, Iterator

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from companion.activations import gelu, heaviside, logistic, relu, swish, tanh
from companion.figures._style import BLUE, GREEN, INK, PURPLE, VERMILLION, styled

# From the front of the picture to its back.
_STAGES = (
    ("step", heaviside),
    ("logistic", logistic),
    ("tanh", tanh),
    ("ReLU", relu),
    ("Swish", swish),
    ("GELU", gelu),
)
# Two of the ways lead over members of one family, as sharp as this where they start.
_SHARPEST = 24.0
# How far each curve is lifted above the one before, in units of the output.
_LIFT = 0.3


@styled
def draw_title(between: int = 6, reach: float = 4.0) -> Axes:
    """Draw the course's activations behind one another, each turning into the next.

    Parameters
    ----------
    between : int
        How many thin curves stand between one activation and the next, 0 or more.
    reach : float
        The inputs shown run from ``-reach`` to ``reach``.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `between` is negative or `reach` is not positive.

    Examples
    --------
    >>> ax = draw_title()
    >>> [text.get_text() for text in ax.texts]
    ['step', 'logistic', 'tanh', 'ReLU', 'Swish', 'GELU']
    """
    if between < 0:
        raise ValueError(f"between must be 0 or more, not {between}")
    if not reach > 0:
        raise ValueError(f"reach must be positive, not {reach}")
    x = np.linspace(-reach, reach, 801)
    # Narrower than the other figures and with larger letters: it is read on telephones first.
    _, ax = plt.subplots(figsize=(6.0, 4.7))
    curves = list(_curves(x, between))
    for row, (label, y, share) in enumerate(curves):
        base = row * _LIFT
        colour = _colour(share)
        # Each curve hides what is behind it, so that the whole reads as one surface.
        depth = 2 * (len(curves) - row)
        ax.fill_between(x, base + y, base - 3, color="white", zorder=depth, linewidth=0)
        ax.plot(
            x,
            base + y,
            color=colour,
            linestyle="-",
            linewidth=3.2 if label else 0.9,
            alpha=1.0 if label else 0.55,
            zorder=depth + 1,
        )
        if label:
            place = {"fontsize": 17, "fontweight": "bold", "va": "center", "color": colour}
            ax.text(reach * 1.06, base + y[-1], label, zorder=2 * len(curves) + 2, **place)
    ax.set(xlim=(-reach, reach * 1.68), ylim=(-0.9, base + curves[-1][1].max() + 0.4))
    ax.set_xticks([-reach, 0, reach])
    ax.set_xlabel("input", fontsize=15, color=INK, x=0.375)
    ax.tick_params(axis="x", labelsize=14)
    ax.set_yticks([])
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(-reach, reach)
    return ax


def _curves(x: np.ndarray, between: int) -> Iterator[tuple[str, np.ndarray, float]]:
    """Yield label, values and share of the way of each curve; those in between have no label."""
    steps = len(_STAGES) - 1
    for stage, (label, activation) in enumerate(_STAGES):
        yield label, activation(x), stage / steps
        if stage < steps:
            following = _STAGES[stage + 1][1]
            for part in np.linspace(0, 1, between + 2)[1:-1]:
                yield "", _on_the_way(x, activation, following, part), (stage + part) / steps


def _on_the_way(
    x: np.ndarray, activation: Callable, following: Callable, part: float
) -> np.ndarray:
    """Return the curve at a part, between 0 and 1, of the way from one activation to the next."""
    sharpness = _SHARPEST ** (1 - part)
    if activation is heaviside:
        return logistic(sharpness * x)
    if activation is relu:
        return swish(x, beta=sharpness)
    return (1 - part) * activation(x) + part * following(x)


def _colour(share: float) -> tuple[float, ...]:
    """Return the colour at a share of the way from vermillion to green."""
    stops = np.array([to_rgb(colour) for colour in (VERMILLION, PURPLE, BLUE, GREEN)])
    return tuple(np.interp(share, [0, 0.3, 0.65, 1], channel) for channel in stops.T)
