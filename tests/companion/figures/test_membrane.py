"""What the membrane figures show is what was computed, and they leave no style behind."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from companion.biology import HodgkinHuxley, LIFNeuron
from companion.figures import (
    draw_all_or_none,
    draw_charging,
    draw_ramps,
    draw_rate_curve,
    draw_threshold_test,
)

CELL = LIFNeuron()


@pytest.fixture(autouse=True)
def _clean():
    with mpl.rc_context({"backend": "agg"}):
        before = dict(mpl.rcParams)
        yield
        assert dict(mpl.rcParams) == before
        plt.close("all")


def curves(ax, least=100):
    return [line for line in ax.lines if len(line.get_xdata()) >= least]


def labelled(ax):
    return all(text and text[0].islower() for text in (ax.get_xlabel(), ax.get_ylabel()))


def test_charging_draws_the_exponential_and_where_it_leads():
    ax = draw_charging(CELL, [0.5, 1.5])
    assert labelled(ax)
    for line, current in zip(curves(ax), (0.5, 1.5), strict=True):
        time = line.get_xdata()
        wanted = -70 + 10 * current * (1 - np.exp(-time / 8))
        np.testing.assert_allclose(line.get_ydata(), wanted, atol=1e-9)
        assert any(np.allclose(other.get_ydata(), -70 + 10 * current) for other in ax.lines)


def test_threshold_test_marks_every_spike():
    axes = draw_threshold_test(CELL, [1.9, 2.1, 5.0], duration_ms=100)
    assert len(axes) == 3
    for ax, current in zip(axes, (1.9, 2.1, 5.0), strict=True):
        spikes = CELL.simulate(current, 100).spike_times_ms
        bars = ax.collections[0].get_segments()
        np.testing.assert_allclose([bar[0][0] for bar in bars], spikes)
        assert ax.get_title(loc="left").startswith(f"{current:g} nA: {spikes.size} spike")


def test_rate_curve_draws_the_closed_form_the_counts_and_the_ceiling():
    currents = np.linspace(0, 20, 21)
    counts = CELL.simulate(currents, 1000, 1.0, record=False).spike_counts
    ax = draw_rate_curve(CELL, currents, counts)
    assert labelled(ax)
    ceiling, tireless, rate, dots = ax.lines
    assert set(ceiling.get_ydata()) == {500}
    np.testing.assert_allclose(rate.get_ydata(), CELL.rate_hz(rate.get_xdata()))
    assert tireless.get_ydata()[-1] > 1000
    np.testing.assert_array_equal(dots.get_ydata(), counts)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["spikes counted", "f(I), t_ref = 2 ms", "f(I), t_ref = 0"]


def test_ramps_are_drawn_over_both_axes():
    times, currents, rates = np.array([[1.0, 2.0, 3.0], [2.5, 3.0, 3.5], [80.0, 107.0, 130.0]])
    by_time, by_current = draw_ramps(CELL, [("one", times, currents, rates)] * 2)
    np.testing.assert_array_equal(by_time.lines[0].get_xdata(), times)
    np.testing.assert_array_equal(by_current.lines[1].get_xdata(), currents)
    closed_form = by_current.lines[0]
    np.testing.assert_allclose(closed_form.get_ydata(), CELL.rate_hz(closed_form.get_xdata()))
    assert "time (s)" in by_time.get_xlabel()
    assert "current (nA)" in by_current.get_xlabel()


def test_all_or_none_draws_one_curve_a_pulse():
    ax = draw_all_or_none(HodgkinHuxley(), [7.0, 6.9])
    spike, dud = curves(ax)
    assert spike.get_ydata().max() > 30
    assert dud.get_ydata().max() < -50
    assert spike.get_linestyle() != dud.get_linestyle()
    assert labelled(ax)
