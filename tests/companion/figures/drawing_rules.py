"""What every drawing obeys, and how a test gets at a curve of one."""

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes


def comes_back_labelled_and_leaves_settings(draw):
    """Demand that a drawing returns its Axes, labels them, and changes no global setting."""
    settings = dict(mpl.rcParams)
    axes = np.atleast_1d(draw()).ravel()
    assert all(isinstance(ax, Axes) for ax in axes)
    assert any(ax.get_xlabel() for ax in axes)
    assert any(ax.get_ylabel() for ax in axes)
    assert dict(mpl.rcParams) == settings
    axes[0].figure.canvas.draw()


def tells_its_curves_apart_without_colour(draw):
    """Demand that no two named curves of one panel look alike in greyscale."""
    for ax in np.atleast_1d(draw()).ravel():
        looks = [
            (line.get_linestyle(), line.get_marker(), line.get_linewidth())
            for line in ax.lines
            if len(line.get_xdata()) > 10 and not line.get_label().startswith("_")
        ]
        assert len(set(looks)) == len(looks)


def curve(ax, label):
    """Return the line of a drawing that bears a label."""
    (line,) = [line for line in ax.lines if line.get_label() == label]
    return np.array(line.get_xdata()), np.array(line.get_ydata())
