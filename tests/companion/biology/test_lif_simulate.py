"""The simulation, against the closed form, an ODE solver, and the order that it claims."""

import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from companion.biology import LIFNeuron, held_current

CELL = LIFNeuron()


def spikes_by_solver(cell, current_na, duration_ms):
    """Find spike times by SciPy's solver and an event: nothing is shared but the equation."""

    def slope(t, v):
        drive = cell.rest_mv - v + cell.resistance_mohm * current_na(t)
        return drive / cell.time_constant_ms

    def at_threshold(t, v):
        return v[0] - cell.threshold_mv

    at_threshold.terminal, at_threshold.direction = True, 1
    time, voltage, spikes = 0.0, cell.rest_mv, []
    while time < duration_ms:
        part = solve_ivp(
            slope,
            (time, duration_ms),
            [voltage],
            events=at_threshold,
            method="DOP853",
            rtol=1e-12,
            atol=1e-12,
            max_step=0.5,
        )
        if not part.t_events[0].size:
            break
        spikes.append(part.t_events[0][0])
        time, voltage = spikes[-1] + cell.refractory_ms, cell.reset_mv
    return np.array(spikes)


def swelling(time_ms):
    return 2.6 + 0.8 * np.sin(0.05 * time_ms)


@pytest.mark.parametrize("dt", [0.05, 0.1, 0.5, 1.0])
def test_spike_times_under_a_steady_current_are_exact_for_every_step(dt):
    spikes = CELL.simulate(3.1, 400, dt).spike_times_ms
    first = 8 * np.log(31 / 11)
    interval = 2 + 8 * np.log(26 / 11)
    wanted = first + interval * np.arange(spikes.size)
    np.testing.assert_allclose(spikes, wanted, atol=1e-10)
    assert wanted[-1] + interval > 400


def test_spike_times_agree_with_an_ode_solver():
    got = CELL.simulate(swelling, 300, 0.01, record=False).spike_times_ms
    wanted = spikes_by_solver(CELL, swelling, 300)
    assert got.size == wanted.size > 15
    np.testing.assert_allclose(got, wanted, atol=2e-5)


def test_voltages_agree_with_an_ode_solver_between_spikes():
    run = CELL.simulate(lambda t: 1.0 + np.sin(0.1 * t), 100, 0.01)
    assert run.spike_counts == 0
    exact = solve_ivp(
        lambda t, v: (-70 - v + 10 * (1.0 + np.sin(0.1 * t))) / 8,
        (0, 100),
        [-70.0],
        t_eval=run.time_ms[1:-1],
        rtol=1e-11,
        atol=1e-11,
    )
    np.testing.assert_allclose(run.voltage_mv[1:-1], exact.y[0], atol=1e-5)


def test_the_error_under_a_smooth_current_is_of_second_order():
    steps = np.array([0.8, 0.4, 0.2, 0.1])
    wanted = spikes_by_solver(CELL, swelling, 200)
    errors = [
        np.abs(CELL.simulate(swelling, 200, dt, record=False).spike_times_ms - wanted).max()
        for dt in steps
    ]
    order = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert 1.8 < order < 2.2


def test_samples_read_at_the_left_end_of_the_step_are_of_first_order_only():
    # Why a function of time is read at mid-step.
    steps = np.array([0.4, 0.2, 0.1])
    wanted = spikes_by_solver(CELL, swelling, 200)
    errors = []
    for dt in steps:
        left = held_current(swelling(np.arange(0, 200, dt)), dt)
        errors.append(np.abs(CELL.simulate(left, 200, dt).spike_times_ms - wanted).max())
    order = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert 0.8 < order < 1.2


@st.composite
def settings_of_a_run(draw):
    threshold = -50.0
    cell = LIFNeuron(
        time_constant_ms=draw(st.floats(2, 50)),
        resistance_mohm=draw(st.floats(1, 100)),
        rest_mv=threshold - draw(st.floats(2, 30)),
        reset_mv=threshold - draw(st.floats(2, 30)),
        threshold_mv=threshold,
        refractory_ms=draw(st.sampled_from([0.0, 1.5, 5.0])),
    )
    share = draw(st.floats(0.2, 4.0))
    return cell, share * cell.rheobase_na


@given(settings_of_a_run())
def test_a_window_holds_the_rate_times_its_length_give_or_take_one(run):
    cell, current = run
    counted = cell.simulate(current, 200, 1.0, start_mv=cell.reset_mv, record=False).spike_counts
    assert abs(counted - 0.2 * cell.rate_hz(current)) < 1 + 1e-9


@given(settings_of_a_run())
def test_no_interval_is_shorter_than_the_refractory_time_and_no_voltage_passes_threshold(run):
    cell, current = run
    record = cell.simulate(current, 100, 1.0)
    assert (np.diff(record.spike_times_ms) >= cell.refractory_ms * (1 - 1e-12)).all()
    assert (record.voltage_mv <= cell.threshold_mv + 1e-9).all()
    assert (record.spike_times_ms <= 100).all()


def test_never_fires_at_the_rheobase_and_does_a_hair_above_it():
    above = 2 * (1 + 1e-9)
    counts = CELL.simulate([2 * (1 - 1e-9), 2.0, above], 10_000, 1.0, record=False).spike_counts
    assert counts[0] == counts[1] == 0
    assert counts[2] > 50


def test_never_fires_at_the_rheobase_even_when_the_last_distance_underflows():
    # After some 750 time constants the distance to the threshold is no longer a float.
    run = LIFNeuron(refractory_ms=0).simulate(2.0, 8000, 8.0)
    assert run.voltage_mv[-1] == -50
    assert run.spike_counts == 0


def test_several_spikes_fit_into_one_step_without_a_refractory_time():
    cell = LIFNeuron(refractory_ms=0)
    run = cell.simulate(1e4, 10, 1.0, start_mv=cell.reset_mv)
    assert abs(run.spike_counts - 0.01 * cell.rate_hz(1e4)) < 1
    np.testing.assert_allclose(np.diff(run.spike_times_ms), 1e3 / cell.rate_hz(1e4), rtol=1e-6)


def test_the_voltage_is_held_at_the_reset_through_the_refractory_time():
    run = CELL.simulate(3.0, 60)
    spike = run.spike_times_ms[0]
    held = (run.time_ms > spike) & (run.time_ms < spike + 2)
    assert held.sum() >= 19
    assert (run.voltage_mv[held] == -65).all()


def test_arrays_of_neurons_keep_their_shape_and_their_own_spikes():
    currents = np.array([[0.0, 2.5], [3.0, 9.0], [2.0, -4.0]])
    together = CELL.simulate(currents, 100)
    assert together.spike_counts.shape == (3, 2)
    assert together.rate_hz.shape == (3, 2)
    assert together.voltage_mv.shape == (3, 2, 1001)
    assert len(together.spike_times_ms) == 6
    for index, current in enumerate(currents.ravel()):
        alone = CELL.simulate(current, 100)
        np.testing.assert_array_equal(together.spike_times_ms[index], alone.spike_times_ms)
        np.testing.assert_array_equal(together.voltage_mv.reshape(6, -1)[index], alone.voltage_mv)
        assert together.spike_counts.ravel()[index] == alone.spike_counts


def test_start_voltages_broadcast_against_currents():
    run = CELL.simulate(3.0, 20, start_mv=[-70.0, -60.0, -50.001])
    first = [times[0] for times in run.spike_times_ms]
    assert first == sorted(first, reverse=True)
    np.testing.assert_array_equal(run.voltage_mv[:, 0], [-70, -60, -50.001])
    start = np.full(3, -60.0)
    start.flags.writeable = False
    assert CELL.simulate([1.0, 2.0, 3.0], 20, start_mv=start).spike_counts.tolist() == [0, 0, 2]


def test_one_neuron_gives_0d_results():
    run = CELL.simulate(3.0, 100)
    assert run.spike_counts.shape == ()
    assert run.spike_times_ms.ndim == 1
    assert run.voltage_mv.shape == run.time_ms.shape == (1001,)
    assert run.rate_hz == run.spike_counts / 0.1


def test_ten_thousand_neurons_for_a_second_without_keeping_their_voltages():
    currents = np.linspace(0, 4, 10_000)
    tracemalloc.start()
    run = CELL.simulate(currents, 1000, 0.5, start_mv=-65, record=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert run.voltage_mv is None
    assert run.time_ms is None
    # All voltages would take 160 MB; the spikes are some 16 bytes each, and held twice.
    assert peak < 80e6
    assert np.abs(run.spike_counts - CELL.rate_hz(currents)).max() < 1


def test_no_neuron_at_all_is_a_run_too():
    run = CELL.simulate([], 10)
    assert run.spike_counts.shape == (0,)
    assert run.spike_times_ms == ()
    assert run.voltage_mv.shape == (0, 101)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dt_ms": 9, "duration_ms": 90}, r"dt_ms must be at most time_constant_ms = 8 ms, got 9"),
        ({"dt_ms": 2}, r"dt_ms must be less than refractory_ms = 2 ms, got 2"),
        ({"dt_ms": 0}, "dt_ms must be greater than 0 ms"),
        ({"dt_ms": 0.3}, r"whole number of steps of dt_ms = 0\.3 ms, got 10 ms"),
        ({"duration_ms": -1}, "duration_ms must be greater than 0 ms"),
        ({"duration_ms": float("nan")}, "duration_ms must be a finite number"),
        ({"current_na": [1.0, np.nan]}, "current_na must hold finite numbers in nA, got"),
        ({"current_na": lambda t: np.inf}, "the value of current_na must hold finite numbers"),
        ({"start_mv": -50}, "start_mv must lie below threshold_mv = -50 mV, got -50"),
        ({"start_mv": np.nan}, "start_mv must hold finite numbers"),
    ],
)
def test_what_cannot_be_run_is_refused(change, message):
    arguments = {"current_na": 3.0, "duration_ms": 10} | change
    with pytest.raises(ValueError, match=message):
        CELL.simulate(**arguments)


@pytest.mark.parametrize(
    "change", [{"current_na": "3"}, {"dt_ms": "0.1"}, {"duration_ms": None}, {"start_mv": "rest"}]
)
def test_what_is_no_number_is_refused(change):
    arguments = {"current_na": 3.0, "duration_ms": 10} | change
    with pytest.raises(TypeError, match=r"must (be a|hold) real number"):
        CELL.simulate(**arguments)


def test_held_current_holds_each_sample_for_its_step():
    current = held_current([[0.0, 1.0, 2.0], [5.0, 6.0, 7.0]], dt_ms=10)
    assert current(0.0).tolist() == [0, 5]
    assert current(9.99).tolist() == [0, 5]
    assert current(10.0).tolist() == [1, 6]
    assert current(1e6).tolist() == [2, 7]
    run = CELL.simulate(held_current([0.0, 5.0, 0.0], dt_ms=10), 30)
    assert run.spike_counts > 0
    assert ((run.spike_times_ms > 10) & (run.spike_times_ms <= 20)).all()


@pytest.mark.parametrize("samples", [[], 3.0, [1.0, np.nan]])
def test_held_current_refuses_what_is_no_series(samples):
    with pytest.raises(ValueError, match="samples_na must"):
        held_current(samples, 0.1)


def test_ten_thousand_neurons_for_a_second_in_one_call_are_quick():
    currents = np.linspace(0, 40, 10_000)
    begin = time.process_time()
    run = CELL.simulate(currents, 1000, 0.1, record=False)
    # Some 1.5 s; five are promised. The processor's time, not the clock's: others may be at work.
    assert time.process_time() - begin < 5
    assert run.spike_counts.max() == 433


@pytest.mark.parametrize("dt", [1.6, 0.4, 0.1, 0.025])
def test_the_rate_has_no_error_of_the_step(dt):
    spikes = CELL.simulate(3.0, 800, dt, record=False).spike_times_ms
    rate = 1e3 * (spikes.size - 1) / np.ptp(spikes)
    assert rate == pytest.approx(CELL.rate_hz(3.0), rel=1e-12)
