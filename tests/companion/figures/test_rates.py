"""The pictures of rates show the closed forms, the counts and the fits."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion.activations import logistic, relu, softplus
from companion.biology import LIFNeuron, NoisyLIFNeuron, fit_rate
from companion.figures import draw_noisy_rates, draw_onsets, draw_rate_fits, draw_step_errors
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

CELL = LIFNeuron()
CURRENT = np.linspace(0, 4, 81)
RATE = NoisyLIFNeuron(3.0).rate_hz(CURRENT)
FITS = [fit_rate(f, CURRENT, RATE) for f in (relu, softplus, logistic)]
RATIO = np.linspace(0.9, 1.1, 21)
ONSETS = {
    "LIF": (RATIO, CELL.rate_hz(2 * RATIO)),
    "other": (RATIO, RATIO),
    "HH": ([0.95, 1], [0, 52]),
}
DRAWINGS = {
    "steps": lambda: draw_step_errors([1.0, 0.1], [0.04, 0.003]),
    "noise": lambda: draw_noisy_rates(CELL, [1, 3, 5], CURRENT, ([1.0], [2.0]), counted_mv=3),
    "fits": lambda: draw_rate_fits([(CURRENT, RATE, FITS)] * 2),
    "onsets": lambda: draw_onsets(ONSETS),
}


@pytest.fixture(autouse=True)
def _clean():
    with mpl.rc_context({"backend": "agg"}):
        yield
        plt.close("all")


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_obey_the_rules(draw):
    comes_back_labelled_and_leaves_settings(draw)
    tells_its_curves_apart_without_colour(draw)


def test_the_bound_of_the_step_errors_holds_and_is_touched():
    ax = draw_step_errors([1.0, 0.5, 0.1], [0.04, 0.03, 0.001])
    steps, bound = ax.lines[1].get_data()
    np.testing.assert_allclose(bound, 0.06 * np.asarray(steps))
    assert ax.lines[1].get_label() == "0.06 · step"


def test_noisy_rates_are_siegerts_and_the_counts_are_marked():
    ax = draw_noisy_rates(CELL, [1, 3], CURRENT, ([1.0, 2.0], [0.5, 49.0]), counted_mv=3)
    np.testing.assert_allclose(curve(ax, "no noise")[1], CELL.rate_hz(CURRENT))
    np.testing.assert_allclose(curve(ax, "3 mV")[1], RATE)
    np.testing.assert_allclose(curve(ax, "counted, 3 mV")[1], [0.5, 49.0])


def test_fits_and_what_is_left_over():
    (above,), (below,) = draw_rate_fits([(CURRENT, RATE, FITS)])
    np.testing.assert_allclose(curve(above, "the cell")[1], RATE)
    np.testing.assert_allclose(curve(above, "ReLU")[1], FITS[0].rate_hz(CURRENT))
    left = below.lines[2].get_ydata()
    assert np.abs(left).max() == pytest.approx(FITS[1].worst_hz)


def test_onsets_are_drawn_as_they_are():
    ax = draw_onsets(ONSETS)
    np.testing.assert_allclose(curve(ax, "HH")[1], [0, 52])
    assert ax.lines[-1].get_xdata()[0] == 1
