"""Siegert's formula against 20 digits, and the simulation against Siegert's formula."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.biology import LIFNeuron, NoisyLIFNeuron
from companion.biology._noise import _mean_passage

CELL = LIFNeuron()


def exact_rate(neuron, current):
    """Work out Siegert's formula as it is written, in 20 digits."""
    cell = neuron.cell
    with mpmath.workdps(20):
        goal = mpmath.mpf(cell.rest_mv) + mpmath.mpf(cell.resistance_mohm) * mpmath.mpf(current)
        scale = mpmath.sqrt(2) * mpmath.mpf(neuron.noise_mv)
        low, high = (cell.reset_mv - goal) / scale, (cell.threshold_mv - goal) / scale
        points = [low + (high - low) * k / 8 for k in range(9)]
        area = mpmath.quad(lambda u: mpmath.exp(u * u) * mpmath.erfc(-u), points)
        interval = cell.refractory_ms + cell.time_constant_ms * mpmath.sqrt(mpmath.pi) * area
        return 1000 / interval


@pytest.mark.parametrize("noise", [0.3, 1.0, 3.0, 8.0])
def test_rate_is_siegerts_in_20_digits(noise):
    neuron = NoisyLIFNeuron(noise)
    for current in (0.5, 1.5, 1.99, 2.0, 2.3, 5.0, 40.0):
        wanted = exact_rate(neuron, current)
        if wanted > 1e-200:
            assert float(abs(neuron.rate_hz(current) / wanted - 1)) < 1e-11


@pytest.mark.parametrize("ends", [(-1e5, -9e4), (-100, -1), (-3, 2), (-0.5, 0.5), (1, 5), (0, 26)])
def test_passage_time_for_ends_far_and_near(ends):
    with mpmath.workdps(20):
        points = [mpmath.mpf(x) for x in np.linspace(*ends, 13)]
        area = mpmath.quad(lambda u: mpmath.exp(u * u) * mpmath.erfc(-u), points)
        wanted = float(mpmath.sqrt(mpmath.pi) * area)
    assert _mean_passage(*ends) == pytest.approx(wanted, rel=5e-12)


@given(st.floats(0.2, 10), st.lists(st.floats(-50, 50), min_size=2, max_size=10))
def test_more_current_fires_more_and_the_ceiling_holds(noise, currents):
    rates = NoisyLIFNeuron(noise).rate_hz(np.sort(currents))
    assert (np.diff(rates) >= -1e-9 * rates[1:]).all()
    assert ((rates >= 0) & (rates <= 500)).all()


@given(st.floats(0.1, 1.9), st.floats(0.5, 4))
def test_below_the_rheobase_more_noise_fires_more(current, noise):
    weaker, stronger = (NoisyLIFNeuron(s).rate_hz(current) for s in (noise, 1.2 * noise))
    assert stronger > weaker or stronger == 0


@settings(max_examples=20)
@given(st.floats(2.1, 40))
def test_without_much_noise_the_quiet_cell_comes_back(current):
    assert NoisyLIFNeuron(1e-4).rate_hz(current) == pytest.approx(CELL.rate_hz(current), rel=1e-6)


def test_shapes_and_special_values():
    neuron = NoisyLIFNeuron(2.0)
    assert neuron.rate_hz(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert isinstance(neuron.rate_hz(2), float)
    assert np.isnan(neuron.rate_hz(np.nan))
    assert neuron.rate_hz(-np.inf) == neuron.rate_hz(-1e6) == 0
    assert neuron.rate_hz(np.inf) == 500
    assert NoisyLIFNeuron(2.0, LIFNeuron(refractory_ms=0)).rate_hz(np.inf) == np.inf


def test_counts_agree_with_siegert():
    currents = np.repeat([[1.2], [1.8], [2.4], [4.0]], 400, axis=1)
    neuron = NoisyLIFNeuron(3.0)
    run = neuron.simulate(currents, 1200, 0.5, rng=np.random.default_rng(3))
    late = np.array([np.sum(times > 200) for times in run.spike_times_ms]).reshape(currents.shape)
    error = late.std(axis=1) / np.sqrt(400)
    assert (np.abs(late.mean(axis=1) - neuron.rate_hz(currents[:, 0])) < 4 * error).all()


def rate_error(dt, bridge):
    run = NoisyLIFNeuron(3.0).simulate(
        np.full(1500, 2.0), 1200, dt, rng=np.random.default_rng(0), bridge=bridge
    )
    rate = np.sum(np.concatenate(run.spike_times_ms) > 200) / 1500
    return abs(rate / NoisyLIFNeuron(3.0).rate_hz(2.0) - 1)


def test_looking_at_the_grid_only_costs_an_error_of_order_one_half():
    steps = np.array([1.6, 0.4, 0.1])
    errors = [rate_error(dt, bridge=False) for dt in steps]
    order = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert 0.35 < order < 0.6
    assert errors[-1] > 0.03


def test_the_bridge_takes_that_error_away():
    assert rate_error(0.8, bridge=True) < 0.01
    assert rate_error(0.4, bridge=True) < 0.01


def test_the_free_membrane_wanders_as_far_as_it_says():
    cell = LIFNeuron(threshold_mv=1e3)
    run = NoisyLIFNeuron(3.0, cell).simulate(
        np.full(300, 1.0), 400, 1.0, rng=np.random.default_rng(5), record=True
    )
    late = run.voltage_mv[:, 100:]
    assert late.mean() == pytest.approx(-60, abs=0.1)
    assert late.std() == pytest.approx(3.0, rel=0.02)
    gap = late - late.mean()
    lag = np.mean(gap[:, :-8] * gap[:, 8:]) / np.mean(gap**2)
    assert lag == pytest.approx(np.exp(-1), abs=0.03)


def test_no_interval_is_shorter_than_the_refractory_time():
    run = NoisyLIFNeuron(5.0).simulate(20.0, 500, 0.2, rng=np.random.default_rng(1))
    assert np.diff(run.spike_times_ms).min() >= 2.0
    assert run.spike_counts == run.spike_times_ms.size > 150


def test_the_same_seed_gives_the_same_spikes():
    runs = [
        NoisyLIFNeuron(3.0).simulate([2.0, 3.0], 100, rng=np.random.default_rng(4))
        for _ in range(2)
    ]
    for one, two in zip(runs[0].spike_times_ms, runs[1].spike_times_ms, strict=True):
        np.testing.assert_array_equal(one, two)
    assert NoisyLIFNeuron(3.0).simulate([], 10, rng=np.random.default_rng(0)).spike_times_ms == ()


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"dt_ms": 2.0}, ValueError, "at most a fifth of time_constant_ms = 8 ms"),
        ({"dt_ms": 1.6, "cell": LIFNeuron(refractory_ms=1)}, ValueError, "less than refractory_ms"),
        ({"rng": 3}, TypeError, "rng must be a NumPy generator"),
        ({"current_na": np.nan}, ValueError, "current_na must hold finite numbers"),
        ({"current_na": "2"}, TypeError, "current_na must hold real numbers"),
        ({"duration_ms": 10.05}, ValueError, "whole number of steps"),
        ({"noise_mv": 0}, ValueError, "noise_mv must be greater than 0 mV, got 0"),
        ({"noise_mv": -1.0}, ValueError, "noise_mv must be greater than 0 mV"),
        ({"noise_mv": None}, TypeError, "noise_mv must be a real number in mV"),
        ({"cell": 5}, TypeError, "cell must be a LIFNeuron"),
    ],
)
def test_what_makes_no_sense_is_refused(change, error, message):
    wanted = {"noise_mv": 3.0, "cell": CELL, "current_na": 2.0, "duration_ms": 16.0, "dt_ms": 0.1}
    wanted |= {"rng": np.random.default_rng(0)} | change
    with pytest.raises(error, match=message):
        NoisyLIFNeuron(wanted.pop("noise_mv"), wanted.pop("cell")).simulate(**wanted)
