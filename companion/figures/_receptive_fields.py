"""Pictures of inhibition: on a staircase of light, on a photograph, in motion, along a feature."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from companion.biology import CentreSurround, DirectionUnit, TunedUnit
from companion.figures._style import BLUE, GREEN, GREY, INK, PURPLE, VERMILLION, styled

_WIDTH = 5.6
_LOOKS = ((INK, "-"), (BLUE, "--"), (VERMILLION, "-."), (GREEN, ":"), (PURPLE, (0, (5, 1, 1, 1))))


@styled
def draw_staircase(light, one_sided, lateral) -> np.ndarray:
    """Draw a staircase of light, and the answers of two kinds of unit to it.

    Parameters
    ----------
    light, one_sided, lateral : array_like, shape (n,)
        The light along a line, and what a row of units with a threshold and a row of units with
        inhibited neighbours say.

    Returns
    -------
    ndarray of Axes
        Shape (3,), from above: light, one-sided, lateral.

    Examples
    --------
    >>> axes = draw_staircase([1, 2], [0, 1], [0.1, 0.3])
    >>> [ax.get_ylabel() for ax in axes]
    ['light', 'one-sided', 'lateral']
    """
    _, axes = plt.subplots(3, sharex=True, figsize=(_WIDTH, 6.0))
    rows = (("light", light, INK), ("one-sided", one_sided, VERMILLION), ("lateral", lateral, BLUE))
    for ax, (name, values, colour) in zip(axes, rows, strict=True):
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.plot(np.arange(len(values)), values, color=colour)
        ax.set_ylabel(name)
    axes[-1].set(xlabel="position (pixels)", xlim=(0, max(1, len(light) - 1)))
    return axes


@styled
def draw_field(fields: Mapping[str, CentreSurround], reach_px: float = 20.0) -> np.ndarray:
    """Draw centre-surround fields along a line, and which gratings they let pass.

    Parameters
    ----------
    fields : mapping of str to CentreSurround
        One to five fields by their names.
    reach_px : float
        How far from the centre to draw, in pixels.

    Returns
    -------
    ndarray of Axes
        Shape (2,): the profile above, the gain below.

    Examples
    --------
    >>> from companion.biology import CentreSurround
    >>> above, below = draw_field({"field": CentreSurround()})
    >>> below.get_xlabel()
    'spatial frequency (cycles a pixel)'
    """
    _, (above, below) = plt.subplots(2, figsize=(_WIDTH, 5.6))
    x, f = np.linspace(-reach_px, reach_px, 401), np.linspace(0, 0.3, 301)
    above.axhline(0, color=GREY, linewidth=0.8)
    for (name, field), (colour, line) in zip(fields.items(), _LOOKS, strict=False):
        above.plot(x, field.profile(x), color=colour, linestyle=line, label=name)
        below.plot(f, field.gain(f), color=colour, linestyle=line, label=name)
    above.legend(loc="upper right")
    above.set(xlabel="distance (pixels)", ylabel="weight", xlim=(-reach_px, reach_px))
    below.set(xlabel="spatial frequency (cycles a pixel)", ylabel="gain", xlim=(0, 0.3))
    return np.array([above, below])


@styled
def draw_photo_and_answer(photo, answer) -> np.ndarray:
    """Draw a photograph, and below it what centre-surround units say to it.

    Parameters
    ----------
    photo : array_like, shape (rows, columns)
        Grey values from 0 to 1.
    answer : array_like, shape (rows, columns)
        The answers; 0 is drawn in middle grey.

    Returns
    -------
    ndarray of Axes
        Shape (2,): photograph, answers.

    Examples
    --------
    >>> import numpy as np
    >>> axes = draw_photo_and_answer(np.eye(20), np.eye(20) - 0.5)
    >>> len(axes)
    2
    """
    # Few dots an inch: the photograph has no more pixels, and grain makes a large file.
    _, axes = plt.subplots(2, figsize=(_WIDTH, 7.4), dpi=90)
    most = np.quantile(np.abs(answer), 0.99)
    axes[0].imshow(photo, cmap="gray", vmin=0, vmax=1)
    axes[1].imshow(answer, cmap="gray", vmin=-most, vmax=most)
    for ax, ylabel in zip(axes, ("row", "row"), strict=True):
        ax.set(xlabel="column (pixels)", ylabel=f"{ylabel} (pixels)")
        ax.grid(False)
    return axes


@styled
def draw_passages(unit: DirectionUnit, speed_um_ms: float = 1.0) -> np.ndarray:
    """Draw what a direction-selective unit receives and answers, in both directions.

    Parameters
    ----------
    unit : DirectionUnit
        The unit.
    speed_um_ms : float
        The speed of the bar, in µm/ms, greater than 0.

    Returns
    -------
    ndarray of Axes
        Shape (2,): movement to the right above, to the left below.

    Examples
    --------
    >>> from companion.biology import DirectionUnit
    >>> right, left = draw_passages(DirectionUnit())
    >>> float(right.lines[2].get_ydata().max()) > 0.5, float(left.lines[2].get_ydata().max())
    (True, 0.0)
    """
    _, axes = plt.subplots(2, sharex=True, sharey=True, figsize=(_WIDTH, 5.2))
    for ax, speed, title in zip(
        axes, (speed_um_ms, -speed_um_ms), ("To the right", "To the left"), strict=True
    ):
        seen = unit.watch(speed)
        ax.plot(seen.time_ms, seen.excitation, color=GREEN, linestyle="--", label="excitation")
        ax.plot(seen.time_ms, seen.inhibition, color=VERMILLION, linestyle=":", label="inhibition")
        ax.plot(seen.time_ms, seen.answer, color=BLUE, linewidth=2.4, label="answer")
        ax.fill_between(seen.time_ms, seen.answer, color=BLUE, alpha=0.2)
        ax.set(title=title, ylabel="strength")
    reach = 4 * unit.field_um / abs(speed_um_ms)
    last = unit.spacing_um / speed_um_ms + unit.delay_ms
    axes[-1].set(xlabel="time (ms)", xlim=(-reach, last + reach))
    axes[0].legend(loc="upper right")
    return axes


@styled
def draw_tuning(units: Mapping[str, TunedUnit], reach: float, unit_name: str = "degrees") -> Axes:
    """Draw tuning curves, each over its own largest answer.

    Parameters
    ----------
    units : mapping of str to TunedUnit
        One to five units by their names.
    reach : float
        How far from the favourite to draw.
    unit_name : str
        What the feature is measured in.

    Returns
    -------
    Axes

    Examples
    --------
    >>> from companion.biology import TunedUnit
    >>> ax = draw_tuning({"alone": TunedUnit(20, 20, 0)}, 80)
    >>> ax.get_xlabel()
    'distance from the favourite (degrees)'
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 3.8))
    x = np.linspace(-reach, reach, 801)
    for (name, unit), (colour, line) in zip(units.items(), _LOOKS, strict=False):
        answer = unit.respond(x)
        ax.plot(x, answer / answer.max(), color=colour, linestyle=line, label=name)
    ax.axhline(0.5, color=GREY, linewidth=0.8, zorder=1)
    ax.legend(loc="upper right")
    ax.set(
        xlabel=f"distance from the favourite ({unit_name})",
        ylabel="answer over its largest",
        xlim=(-reach, reach),
        ylim=(-0.02, 1.25),
    )
    return ax


@styled
def draw_spectra(spectra: Mapping[str, tuple]) -> Axes:
    """Draw power spectra on logarithmic axes, with a line of slope −2.

    Parameters
    ----------
    spectra : mapping of str to tuple
        For each name its frequencies, in cycles a pixel, and powers, arrays of one length.

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = draw_spectra({"light": ([0.01, 0.1, 0.5], [100.0, 1.0, 0.04])})
    >>> ax.get_xscale(), ax.get_yscale()
    ('log', 'log')
    """
    _, ax = plt.subplots(figsize=(_WIDTH, 4.0))
    for (name, (frequency, power)), (colour, line) in zip(spectra.items(), _LOOKS, strict=False):
        power = np.asarray(power) / np.max(power)
        ax.plot(frequency, power, color=colour, linestyle=line, label=name)
    guide = np.array([0.01, 0.5])
    fall = 0.5 * (guide / guide[0]) ** -2.0
    ax.plot(guide, fall, "-", color=GREY, linewidth=0.8, label="1/f²")
    ax.legend(loc="lower left")
    ax.set(
        xscale="log",
        yscale="log",
        xlabel="spatial frequency (cycles a pixel)",
        ylabel="power over its largest",
    )
    return ax


@styled
def draw_filters(matrix, size: int, which: Sequence[int]) -> np.ndarray:
    """Draw filters as little pictures, and the middle one along its row.

    Parameters
    ----------
    matrix : array_like, shape (size * size, size * size)
        One filter a row.
    size : int
        Rows and columns of a filter.
    which : sequence of int
        Which filters to draw as pictures, two to four of them.

    Returns
    -------
    ndarray of Axes
        The pictures, and last the profile of the middle filter.

    Examples
    --------
    >>> import numpy as np
    >>> axes = draw_filters(np.eye(9), 3, [0, 4])
    >>> axes[-1].get_ylabel()
    'weight'
    """
    figure = plt.figure(figsize=(_WIDTH, 4.6))
    grid = figure.add_gridspec(2, len(which), height_ratios=(1, 1.1))
    filters = np.asarray(matrix).reshape(-1, size, size)
    most = np.abs(filters).max()
    axes = []
    for column, index in enumerate(which):
        ax = figure.add_subplot(grid[0, column])
        ax.imshow(filters[index], cmap="gray", vmin=-most, vmax=most)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.set_title(f"pixel ({index // size + 1}, {index % size + 1})")
        axes.append(ax)
    ax = figure.add_subplot(grid[1, :])
    middle = filters[size * size // 2][size // 2]
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.plot(np.arange(size) - size // 2, middle, "o-", color=BLUE)
    ax.set(xlabel="distance from the middle (pixels)", ylabel="weight")
    return np.array([*axes, ax])
