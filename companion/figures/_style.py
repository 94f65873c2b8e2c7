"""The one style of all figures, applied while a figure is drawn and never left behind."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt

STYLE = Path(__file__).with_name("course.mplstyle")

# Named so that a figure says what a colour is for; all of them pass on white and in greyscale.
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#AA4499"
GREY, INK = "#767676", "#222222"

# Never colour alone: each curve has its own line, and its own marker where points are measured.
LINES = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, "-."), (PURPLE, ":"))
MARKED_LINES = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (INK, (0, (5, 1, 1, 1, 1, 1)), "v"),
)


def styled(draw: Callable) -> Callable:
    """Draw with the course's style, leaving Matplotlib's global settings as they were."""

    @wraps(draw)
    def drawn(*args, **kwargs):
        with plt.style.context(STYLE):
            drawing = draw(*args, **kwargs)
            interactive = plt.isinteractive()
        # A notebook's first figure turns interactive mode on, inside the context, whose end would
        # turn it off again: no later figure would be shown.
        mpl.interactive(interactive)
        return drawing

    return drawn
