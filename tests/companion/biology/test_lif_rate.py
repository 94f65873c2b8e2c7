"""The closed form of the firing rate, against 50 digits and against what it promises."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.biology import LIFNeuron

CELLS = [
    LIFNeuron(),
    LIFNeuron(refractory_ms=0),
    LIFNeuron(10, 10, -65, -65, -50, 0.5),
    LIFNeuron(20, 40, -72, -60, -52, 3),
    LIFNeuron(30, 90, -65, -80, -50, 2),
]


@st.composite
def cells(draw):
    threshold = draw(st.floats(-60, -30))
    return LIFNeuron(
        time_constant_ms=draw(st.floats(1, 100)),
        resistance_mohm=draw(st.floats(1, 500)),
        rest_mv=threshold - draw(st.floats(1, 40)),
        reset_mv=threshold - draw(st.floats(1, 40)),
        threshold_mv=threshold,
        refractory_ms=draw(st.floats(0, 20)),
    )


def exact_rate(cell, current):
    """Work out the textbook formula in 50 digits, on the very floats that the companion gets."""
    with mpmath.workdps(50):
        tau, r, e, reset, threshold, refractory = (
            mpmath.mpf(getattr(cell, name)) for name in cell.__dataclass_fields__
        )
        goal = e + r * mpmath.mpf(current)
        if goal <= threshold:
            return mpmath.mpf(0)
        return 1000 / (refractory + tau * mpmath.log((goal - reset) / (goal - threshold)))


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_rate_equals_the_formula_in_50_digits(cell):
    # From a millionth above the rheobase to where the logarithm's argument is 1 + 1e-10.
    currents = cell.rheobase_na * (1 + np.geomspace(1e-6, 1e10, 200))
    wanted = np.array([float(exact_rate(cell, current)) for current in currents])
    np.testing.assert_allclose(cell.rate_hz(currents), wanted, rtol=2e-11)
    # A tenth above it, nothing is lost but the last digits.
    far = currents > 1.1 * cell.rheobase_na
    np.testing.assert_allclose(cell.rate_hz(currents[far]), wanted[far], rtol=2e-15)


def test_the_naive_logarithm_would_lose_the_digits_far_out():
    cell = LIFNeuron(refractory_ms=0)
    current = 1e12
    goal = cell.steady_voltage_mv(current)
    naive = 1e3 / (cell.time_constant_ms * np.log((goal + 65) / (goal + 50)))
    wanted = float(exact_rate(cell, current))
    assert abs(naive / wanted - 1) > 1e-6
    assert abs(cell.rate_hz(current) / wanted - 1) < 1e-15


@given(cells())
def test_silent_up_to_the_rheobase_and_firing_from_the_next_float_on(cell):
    rheobase = cell.rheobase_na
    assert cell.rate_hz(rheobase) == 0
    assert cell.rate_hz(np.nextafter(rheobase, -np.inf)) == 0
    assert cell.rate_hz(np.nextafter(rheobase, np.inf)) > 0


@given(cells(), st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20))
def test_more_current_never_fires_less_and_the_ceiling_holds(cell, currents):
    rates = cell.rate_hz(np.sort(currents))
    assert (np.diff(rates) >= 0).all()
    if cell.refractory_ms > 0:
        assert (rates <= 1e3 / cell.refractory_ms).all()


@given(cells())
def test_the_rate_tends_to_its_ceiling(cell):
    ceiling = 1e3 / cell.refractory_ms if cell.refractory_ms > 0 else np.inf
    assert cell.rate_hz(np.inf) == ceiling
    if cell.refractory_ms > 0.1:
        assert cell.rate_hz(1e12) == pytest.approx(ceiling, rel=1e-6)


def test_shapes_scalars_and_special_values():
    cell = LIFNeuron()
    assert cell.rate_hz(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert cell.rate_hz([[1, 2], [3, 4]]).shape == (2, 2)
    assert isinstance(cell.rate_hz(3), float)
    assert isinstance(cell.steady_voltage_mv(3), float)
    assert np.isnan(cell.rate_hz(np.nan))
    assert cell.rate_hz(-np.inf) == 0
    assert cell.rate_hz(1e308) == 500
    assert cell.steady_voltage_mv(1e308) == np.inf


def test_the_input_is_not_written_to():
    currents = np.array([1.0, 3.0])
    currents.flags.writeable = False
    LIFNeuron().rate_hz(currents)


def test_steady_voltage_is_rest_without_current_and_threshold_at_rheobase():
    for cell in CELLS:
        assert cell.steady_voltage_mv(0) == cell.rest_mv
        assert cell.steady_voltage_mv(cell.rheobase_na) == pytest.approx(cell.threshold_mv)


@pytest.mark.parametrize("wrong", ["3", [1, "a"], 1j, [None], [True]])
def test_a_current_that_is_no_number_is_refused(wrong):
    with pytest.raises(TypeError, match=r"current_na must hold real numbers in nA, got dtype"):
        LIFNeuron().rate_hz(wrong)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("time_constant_ms", 0, "time_constant_ms must be greater than 0 ms, got 0"),
        ("time_constant_ms", -8.0, r"greater than 0 ms, got -8\.0"),
        ("resistance_mohm", 0.0, "resistance_mohm must be greater than 0 MΩ"),
        ("refractory_ms", -0.1, r"refractory_ms must be at least 0 ms, got -0\.1"),
        ("rest_mv", float("nan"), "rest_mv must be a finite number in mV, got nan"),
        ("time_constant_ms", float("inf"), "must be a finite number in ms, got inf"),
        ("threshold_mv", -65.0, "greater than reset_mv = -65 mV, got -65"),
        ("threshold_mv", -80, "greater than rest_mv = -70 mV, got -80"),
        ("reset_mv", -50, "greater than reset_mv = -50 mV"),
        ("rest_mv", -40, "greater than rest_mv = -40 mV"),
    ],
)
def test_a_parameter_out_of_range_is_refused(name, value, message):
    with pytest.raises(ValueError, match=message):
        LIFNeuron(**{name: value})


@pytest.mark.parametrize("value", ["8", None, 1j, True, [8.0], np.array([8.0])])
def test_a_parameter_that_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match="time_constant_ms must be a real number in ms, got"):
        LIFNeuron(time_constant_ms=value)


def test_parameters_are_kept_as_floats_and_frozen():
    cell = LIFNeuron(time_constant_ms=np.int64(9))
    assert type(cell.time_constant_ms) is float
    assert cell == LIFNeuron(9.0)
    assert hash(cell) == hash(LIFNeuron(9.0))
    with pytest.raises(AttributeError):
        cell.rest_mv = 0
