"""The squid axon, against its published behaviour and against the 1952 form of its equations."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from companion.biology import HodgkinHuxley
from companion.biology._hodgkin_huxley import gate_rates, steady_gates

AXON = HodgkinHuxley()


def rates_1952(v):
    """Equations (12), (13), (20), (21), (23), (24) of the paper, in its sign: v = −(V + 65)."""
    return {
        "n": (0.01 * (v + 10) / (np.exp((v + 10) / 10) - 1), 0.125 * np.exp(v / 80)),
        "m": (0.1 * (v + 25) / (np.exp((v + 25) / 10) - 1), 4 * np.exp(v / 18)),
        "h": (0.07 * np.exp(v / 20), 1 / (np.exp((v + 30) / 10) + 1)),
    }


def derivatives_1952(_, state, current):
    v, m, h, n = state
    rates = rates_1952(v)
    ionic = 120 * m**3 * h * (v + 115) + 36 * n**4 * (v - 12) + 0.3 * (v + 10.613)
    gates = zip((m, h, n), "mhn", strict=True)
    moves = [rates[g][0] * (1 - x) - rates[g][1] * x for x, g in gates]
    return [-current - ionic, *moves]


def test_rates_are_those_of_the_paper_with_the_sign_turned():
    voltages = np.linspace(-100.3, 60.1, 301)
    for got, gate in zip(gate_rates(voltages), "mhn", strict=True):
        for ours, theirs in zip(got, rates_1952(-(voltages + 65))[gate], strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_rates_are_finite_where_the_written_form_is_0_over_0():
    (alpha_m, _), _, (alpha_n, _) = gate_rates(np.array([-40.0, -55.0]))
    assert alpha_m[0] == pytest.approx(1.0, rel=1e-15)
    assert alpha_n[1] == pytest.approx(0.1, rel=1e-15)


def test_it_rests_at_minus_65_mv():
    rest = AXON.resting_mv
    assert rest == pytest.approx(-65, abs=0.01)
    assert steady_gates(rest) == pytest.approx((0.053, 0.596, 0.318), abs=5e-4)
    run = AXON.simulate(0, 50)
    assert run.spike_counts == 0
    assert np.ptp(run.voltage_mv) < 1e-6


def test_the_action_potential_is_that_of_the_1952_equations():
    run = AXON.simulate(20, 15, start_ms=0, stop_ms=1)
    state = np.array([-(AXON.resting_mv + 65), *steady_gates(AXON.resting_mv)])
    voltages = [run.voltage_mv[:1]]
    for begin, end, current in ((0, 1, 20), (1, 15, 0)):
        grid = run.time_ms[(run.time_ms > begin) & (run.time_ms <= end)]
        part = solve_ivp(
            derivatives_1952,
            (begin, end),
            state,
            method="Radau",
            t_eval=grid,
            args=(current,),
            rtol=1e-9,
            atol=1e-9,
        )
        state = part.y[:, -1]
        voltages.append(-part.y[0] - 65)
    # Absolute, in mV, on an upstroke of several hundred mV/ms.
    np.testing.assert_allclose(run.voltage_mv, np.concatenate(voltages), atol=2e-3)
    assert run.spike_counts == 1


def test_a_small_pulse_fades_and_a_larger_one_spikes():
    small, large = (AXON.simulate(pulse, 20, stop_ms=1) for pulse in (3.0, 12.0))
    assert small.spike_counts == 0
    assert small.voltage_mv.max() < -60
    assert large.spike_counts == 1
    assert 30 < large.voltage_mv.max() < 50
    assert small.spike_times_ms.size == 0


def test_published_thresholds_of_a_steady_current():
    # One spike from some 2.3 µA/cm² on, trains from some 6.3 µA/cm² on.
    assert [int(AXON.simulate(i, 300).spike_counts) for i in (2.0, 2.5, 4.0)] == [0, 1, 1]
    assert AXON.simulate(6.0, 500).spike_counts < 5
    train = AXON.simulate(10, 500)
    late = np.diff(train.spike_times_ms[-10:])
    assert 1e3 / late.mean() == pytest.approx(68, abs=2)
    assert np.ptp(late) < 0.01


def test_it_also_spikes_on_release_from_inhibition():
    run = AXON.simulate(-5, 60, start_ms=5, stop_ms=30)
    assert run.spike_counts == 1
    assert run.spike_times_ms[0] > 30


def test_an_edge_of_the_pulse_is_not_missed():
    brief = AXON.simulate(200, 200, start_ms=150, stop_ms=150.1)
    assert brief.spike_counts == 1
    assert brief.voltage_mv[brief.time_ms < 150].max() < -64.9


def test_times_increase_and_belong_to_voltages():
    run = AXON.simulate(10, 20, start_ms=3.3, stop_ms=7.7)
    assert run.time_ms.shape == run.voltage_mv.shape
    assert (np.diff(run.time_ms) > 0).all()
    assert run.time_ms[0] == 0
    assert run.time_ms[-1] == 20
    assert run.rate_hz == pytest.approx(run.spike_counts / 0.02)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"current_ua_cm2": np.nan}, "current_ua_cm2 must be a finite number"),
        ({"start_ms": 5, "stop_ms": 5}, "0 ≤ start_ms < stop_ms ≤ duration_ms = 10 ms"),
        ({"stop_ms": 11}, "got start_ms = 0 and stop_ms = 11"),
        ({"start_ms": -1}, "start_ms must be at least 0 ms"),
        ({"duration_ms": 0}, "duration_ms must be greater than 0 ms"),
        ({"current_ua_cm2": -1e4}, "drives the voltage out of the range"),
    ],
)
def test_what_cannot_be_run_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        AXON.simulate(**({"current_ua_cm2": 5.0, "duration_ms": 10} | arguments))


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("capacitance_uf_cm2", 0, ValueError),
        ("sodium_ms_cm2", -1, ValueError),
        ("leak_mv", np.inf, ValueError),
        ("potassium_mv", "-77", TypeError),
    ],
)
def test_a_wrong_parameter_is_refused(name, value, error):
    with pytest.raises(error, match=name):
        HodgkinHuxley(**{name: value})


def test_the_solvers_slopes_are_those_of_the_gate_rates():
    rng = np.random.default_rng(7)
    special = [(-40.0, 0.3, 0.4, 0.5), (-55.0, 0.1, 0.9, 0.2)]  # x/(eˣ − 1) at 0
    for state in [*special, *zip(rng.uniform(-90, 50, 40), *rng.random((3, 40)), strict=True)]:
        voltage, *gates = state
        pairs = zip(gate_rates(voltage), gates, strict=True)
        wanted = [opening * (1 - x) - closing * x for (opening, closing), x in pairs]
        slopes = AXON._derivatives(0.0, np.array(state), 3.0)
        assert slopes[0] == pytest.approx(3.0 - AXON.ionic_current_ua_cm2(*state))
        np.testing.assert_allclose(slopes[1:], wanted, rtol=1e-12, atol=1e-14)


def test_a_tighter_tolerance_brings_the_spikes_nearer():
    truth = AXON.simulate(10, 60, rtol=1e-12).spike_times_ms
    errors = [
        np.abs(AXON.simulate(10, 60, rtol=rtol).spike_times_ms - truth).max()
        for rtol in (1e-3, 1e-5, 1e-7, 1e-9)
    ]
    assert (np.diff(np.log10(errors)) < -1).all()
    assert errors[-1] < 1e-5


def test_gates_are_recorded_and_obey_the_steady_state():
    run = AXON.simulate(0, 5)
    assert run.gates.shape == (3, run.time_ms.size)
    np.testing.assert_allclose(run.gates.T, [steady_gates(AXON.resting_mv)] * 251, atol=1e-7)


def test_pulses_one_after_another_are_one_long_pulse():
    one = AXON.simulate(10, 30, start_ms=2, stop_ms=20)
    two = AXON.simulate_pulses([(2, 9, 10.0), (9, 20, 10.0)], 30)
    np.testing.assert_allclose(one.spike_times_ms, two.spike_times_ms, atol=1e-5)
    assert AXON.simulate_pulses([], 5).spike_counts == 0


def test_after_a_spike_it_is_first_deaf_then_hard_of_hearing():
    def second(gap, strength):
        pair = [(0, 1, 14.0), (gap, gap + 1, strength)]
        return AXON.simulate_pulses(pair, gap + 15).spike_counts == 2

    assert not second(4, 56.0)
    assert not second(10, 14.0)
    assert second(10, 56.0)
    assert second(20, 7.0)


def test_it_starts_to_fire_with_a_leap():
    # Published: sustained firing from about 6.3 µA/cm² on, at some 50 Hz.
    assert AXON.rate_hz(6.2) == 0
    assert 50 < AXON.rate_hz(6.3) < 55
    assert AXON.rate_hz(10.0) == pytest.approx(68, abs=2)


@pytest.mark.parametrize(
    ("pulses", "message"),
    [
        ([(0, 5, 1.0), (4, 6, 1.0)], "follow one another"),
        ([(0, 11, 1.0)], "within 0 and duration_ms = 10 ms"),
        ([(5, 5, 1.0)], "follow one another"),
        ([(-1, 5, 1.0)], "follow one another"),
        ([(0, 1)], "a pulse must be"),
        ([(0, 1, np.nan)], "current of a pulse must be a finite number"),
    ],
)
def test_pulses_that_make_no_sense_are_refused(pulses, message):
    with pytest.raises(ValueError, match=message):
        AXON.simulate_pulses(pulses, 10)


@pytest.mark.parametrize("rtol", [0, 0.5, 1e-14])
def test_a_tolerance_out_of_range_is_refused(rtol):
    with pytest.raises(ValueError, match="rtol must lie between"):
        AXON.simulate(1.0, 10, rtol=rtol)
