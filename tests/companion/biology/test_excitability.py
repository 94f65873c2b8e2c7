"""The quadratic neuron's closed form against a solver, and how its rate starts."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from companion.biology import LIFNeuron, QIFNeuron

CELLS = [QIFNeuron(), QIFNeuron(20, 40, 0.05, -72, -52, -80, 0, 3), QIFNeuron(refractory_ms=0)]


def interval_by_solver(cell, current):
    """Return the time from reset to peak, in ms, by SciPy's solver and an event."""

    def slope(_, v):
        bend = cell.curvature_per_mv * (v - cell.rest_mv) * (v - cell.critical_mv)
        return (bend + cell.resistance_mohm * current) / cell.time_constant_ms

    def peak(_, v):
        return v[0] - cell.peak_mv

    peak.terminal = True
    run = solve_ivp(slope, (0, 1e4), [cell.reset_mv], events=peak, rtol=1e-10, atol=1e-10)
    return run.t_events[0][0] + cell.refractory_ms


@pytest.mark.parametrize("cell", CELLS, ids=str)
@pytest.mark.parametrize("above", [1e-3, 0.1, 2.0, 30.0])
def test_rate_agrees_with_a_solver(cell, above):
    current = cell.rheobase_na * (1 + above)
    wanted = 1e3 / interval_by_solver(cell, current)
    assert cell.rate_hz(current) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_rate_starts_from_0_like_a_square_root(cell):
    excess = cell.rheobase_na * np.array([1e-6, 1e-8, 1e-10])
    rates = cell.rate_hz(cell.rheobase_na + excess)
    root = np.sqrt(cell.curvature_per_mv * cell.resistance_mohm * excess)
    np.testing.assert_allclose(rates, 1e3 * root / (np.pi * cell.time_constant_ms), rtol=2e-2)
    assert cell.rate_hz(cell.rheobase_na) == cell.rate_hz(0.0) == 0


def test_its_rheobase_is_that_of_the_leaky_cell():
    assert QIFNeuron().rheobase_na == pytest.approx(LIFNeuron().rheobase_na)


def test_shapes_and_special_values():
    cell = QIFNeuron()
    assert cell.rate_hz([[1, 2], [3, 4]]).shape == (2, 2)
    assert isinstance(cell.rate_hz(3), float)
    assert np.isnan(cell.rate_hz(np.nan))
    assert cell.rate_hz(np.inf) == 500
    assert cell.rate_hz(-np.inf) == 0


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("time_constant_ms", 0, ValueError),
        ("curvature_per_mv", -0.1, ValueError),
        ("refractory_ms", -1, ValueError),
        ("critical_mv", -80, ValueError),
        ("peak_mv", -55, ValueError),
        ("reset_mv", -40, ValueError),
        ("rest_mv", "low", TypeError),
    ],
)
def test_a_wrong_parameter_is_refused(name, value, error):
    with pytest.raises(error, match=name if name not in ("rest_mv", "reset_mv") else "m"):
        QIFNeuron(**{name: value})
