"""The pictures of gates and solvers show what was computed."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion.biology import BoltzmannGate, HodgkinHuxley, steady_gates
from companion.figures import draw_solver_errors, draw_spike_and_gates, draw_steady_gates
from tests.companion.figures.drawing_rules import (
    comes_back_labelled_and_leaves_settings,
    curve,
    tells_its_curves_apart_without_colour,
)

AXON = HodgkinHuxley()
FITS = {
    "m": BoltzmannGate(-40, 9.6),
    "h": BoltzmannGate(-62, -7.1),
    "n": BoltzmannGate(-51, 17.4),
}
DRAWINGS = {
    "gates": lambda: draw_steady_gates(FITS),
    "spike": lambda: draw_spike_and_gates(AXON, duration_ms=6),
    "solver": lambda: draw_solver_errors([1e-3, 1e-5, 1e-7], [0.3, 1e-2, 1e-4]),
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


def test_gates_and_what_is_left_of_them():
    curves, residuals = draw_steady_gates(FITS)
    for name, share in zip("mhn", steady_gates(curve(curves, "m")[0]), strict=True):
        voltage, drawn = curve(curves, name)
        np.testing.assert_allclose(drawn, share)
        _, left = curve(residuals, name)
        np.testing.assert_allclose(left, share - FITS[name].open_share(voltage))


def test_a_spike_with_its_gates():
    above, below = draw_spike_and_gates(AXON, 14.0, duration_ms=8)
    assert max(above.lines[0].get_ydata()) > 30
    run = AXON.simulate(14.0, 8, start_ms=1, stop_ms=2)
    for name, share in zip("mhn", run.gates, strict=True):
        np.testing.assert_allclose(curve(below, name)[1], share)


def test_solver_errors_and_their_guide():
    ax = draw_solver_errors([1e-3, 1e-6], [0.5, 2e-3])
    np.testing.assert_allclose(curve(ax, "error of the last spike")[1], [0.5, 2e-3])
    np.testing.assert_allclose(curve(ax, "in proportion")[1], [0.5, 5e-4])
