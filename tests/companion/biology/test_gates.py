"""The two-state gate: its logistic function, its fit, and the charges that it moves."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.activations import logistic
from companion.biology import BoltzmannGate, gate_rates, steady_gates

GATES = st.builds(
    BoltzmannGate,
    half_mv=st.floats(-100, 50),
    slope_mv=st.floats(1, 40) | st.floats(-40, -1),
    rate_per_ms=st.floats(0.01, 100),
)


@given(GATES, st.lists(st.floats(-200, 200), min_size=1, max_size=9))
def test_the_share_that_the_rates_lead_to_is_the_logistic_function(gate, voltages):
    voltage = np.array(voltages)
    opening, closing = gate.rates_per_ms(voltage)
    wanted = opening / (opening + closing)
    np.testing.assert_allclose(gate.open_share(voltage), wanted, rtol=1e-13)
    u = (voltage - gate.half_mv) / gate.slope_mv
    np.testing.assert_allclose(gate.open_share(voltage), logistic(u), rtol=1e-14)


def test_the_share_agrees_with_boltzmanns_law_in_50_digits():
    gate = BoltzmannGate(-40.0, 10.0)
    with mpmath.workdps(50):
        for voltage in (-700.0, -120.0, -40.0, 33.3, 400.0):
            wanted = 1 / (1 + mpmath.exp(-(mpmath.mpf(voltage) + 40) / 10))
            assert float(abs(gate.open_share(voltage) / wanted - 1)) < 1e-14


def test_a_population_of_gates_settles_there():
    gate, voltage, dt = BoltzmannGate(-40, 9, rate_per_ms=2.0), -33.0, 0.001
    opening, closing = gate.rates_per_ms(voltage)
    share = 0.0
    for _ in range(8000):
        share += dt * (opening * (1 - share) - closing * share)
    assert share == pytest.approx(gate.open_share(voltage), abs=1e-9)


@given(GATES)
def test_a_fit_to_a_logistic_gate_finds_it(gate):
    reach = 4 * abs(gate.slope_mv)
    voltage = gate.half_mv + np.linspace(-reach, reach, 41)
    fitted = BoltzmannGate.fit(voltage, gate.open_share(voltage))
    assert fitted.half_mv == pytest.approx(gate.half_mv, abs=1e-6 * reach)
    assert fitted.slope_mv == pytest.approx(gate.slope_mv, rel=1e-6)


def test_no_other_gate_fits_the_squids_better():
    voltage = np.linspace(-120, 40, 161)
    for share in steady_gates(voltage):
        best = BoltzmannGate.fit(voltage, share)
        cost = np.sum((best.open_share(voltage) - share) ** 2)
        for shift, stretch in ((0.05, 1), (-0.05, 1), (0, 1.003), (0, 0.997)):
            other = BoltzmannGate(best.half_mv + shift, best.slope_mv * stretch)
            assert np.sum((other.open_share(voltage) - share) ** 2) > cost


def test_how_near_the_squids_gates_are_to_logistic():
    voltage = np.linspace(-120, 40, 161)
    worst = [
        np.abs(BoltzmannGate.fit(voltage, share).open_share(voltage) - share).max()
        for share in steady_gates(voltage)
    ]
    assert worst == pytest.approx([0.0132, 0.0093, 0.0410], abs=2e-4)


def test_charges_follow_from_temperature_and_slope():
    gate = BoltzmannGate(0.0, 25.693)
    # kT/e is 25.693 mV at 25 °C.
    assert gate.charges(25.0) == pytest.approx(1.0, abs=1e-4)
    assert BoltzmannGate(0.0, -24.08).charges() == pytest.approx(-1.0, abs=1e-3)
    with pytest.raises(ValueError, match="celsius must be above"):
        gate.charges(-300)


def test_gate_rates_take_arrays():
    rates = gate_rates([[-65.0, 0.0]])
    assert all(rate.shape == (1, 2) for pair in rates for rate in pair)
    assert all(isinstance(share, float) for share in steady_gates(-65))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 0), ValueError, "slope_mv must not be 0 mV"),
        ((np.nan, 1), ValueError, "half_mv must be a finite number"),
        ((0, "5"), TypeError, "slope_mv must be a real number"),
        ((0, 5, -1), ValueError, "rate_per_ms must be greater than 0 per ms"),
    ],
)
def test_a_wrong_parameter_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        BoltzmannGate(*arguments)


@pytest.mark.parametrize(
    ("voltage", "share", "message"),
    [
        ([0, 1], [0.1, 0.2], "3 or more, got shapes"),
        ([0, 1, 2], [0.1, 0.2], "lists of one length"),
        ([0, 1, 2], [0.1, 0.2, 1.2], r"must lie in \[0, 1\], got 0.1 to 1.2"),
        ([0, 1, 2], [0.5, 0.5, 0.5], "must change with voltage_mv"),
        ([1, 1, 1], [0.1, 0.5, 0.9], "must change with voltage_mv"),
        ([0, 1, np.inf], [0.1, 0.5, 0.9], "voltage_mv must hold finite numbers"),
    ],
)
def test_what_cannot_be_fitted_is_refused(voltage, share, message):
    with pytest.raises(ValueError, match=message):
        BoltzmannGate.fit(voltage, share)
