import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes

from companion.figures import draw_costs

COSTS = {
    "mish": {"copy": 0.4, "fresh": 2.0, "out": 1.6, "textbook": 3.5, "torch": 5.5, "jax": 3.3},
    "identity": {"copy": 0.4, "fresh": 0.7, "out": 0.3, "textbook": 0.0, "jax": 2.2},
    "softplus": {"copy": 0.4, "fresh": 1.8, "textbook": 3.2, "scipy": 21.0, "torch": 3.2},
}


def marks(ax):
    """Return the points of a drawing by their label."""
    return {
        line.get_label(): dict(zip(line.get_ydata(), line.get_xdata(), strict=True))
        for line in ax.lines
        if not line.get_label().startswith("_")
    }


def test_axes_come_back_labelled_and_settings_stay():
    settings = dict(mpl.rcParams)
    ax = draw_costs(COSTS)
    assert isinstance(ax, Axes)
    assert "ns" in ax.get_xlabel()
    assert ax.get_xscale() == "log"
    assert dict(mpl.rcParams) == settings
    ax.figure.canvas.draw()


def test_every_time_is_drawn_where_it_belongs_the_cheapest_on_top():
    ax = draw_costs(COSTS)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["identity", "softplus", "mish"]
    bottom, top = ax.get_ylim()
    assert bottom > top
    drawn = marks(ax)
    assert drawn["companion"] == {0: 0.7, 1: 1.8, 2: 2.0}
    assert drawn["NumPy's formula"] == {1: 3.2, 2: 3.5}  # that of the identity does no work
    assert drawn["SciPy"] == {1: 21.0}
    assert drawn["PyTorch"] == {1: 3.2, 2: 5.5}
    assert drawn["JAX"] == {0: 2.2, 2: 3.3}
    assert drawn["copying the array"] == {0: 0.4, 1: 0.4, 2: 0.4}
    left, right = ax.get_xlim()
    assert left < 0.4
    assert right > 21


def test_a_bar_leads_from_the_copy_to_the_companion():
    ax = draw_costs(COSTS | {"relu": {"fresh": 0.5}})
    bars = [line for line in ax.lines if line.get_label().startswith("_")]
    ends = sorted((int(bar.get_ydata()[0]), *np.array(bar.get_xdata())) for bar in bars)
    assert ends == [(1, 0.4, 0.7), (2, 0.4, 1.8), (3, 0.4, 2.0)]


def test_contenders_differ_in_more_than_colour():
    ax = draw_costs(COSTS)
    shown = [line for line in ax.lines if not line.get_label().startswith("_")]
    assert len({line.get_marker() for line in shown}) == len(shown) == 6
    assert len({line.get_color() for line in shown}) == 6


def test_ticks_are_plain_numbers():
    ax = draw_costs(COSTS)
    ax.figure.canvas.draw()
    texts = [label.get_text() for label in ax.get_xticklabels()]
    assert {"0.5", "1", "2", "5", "10"} <= set(texts)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="one activation at least"):
        draw_costs({})
    with pytest.raises(ValueError, match=r'"fresh".*relu'):
        draw_costs({"relu": {"out": 1.0}})
    for least in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="least must be above 0"):
            draw_costs(COSTS, least=least)
