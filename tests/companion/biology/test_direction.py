"""The direction-selective unit, against the closed form of two bells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import erf

from companion.biology import DirectionUnit


@st.composite
def units(draw):
    return DirectionUnit(draw(st.floats(5, 100)), draw(st.floats(3, 50)), draw(st.floats(0, 100)))


@given(units(), st.floats(0.1, 5))
def test_what_is_left_is_the_error_function_of_the_lag(unit, speed):
    width = unit.field_um / speed
    for signed in (speed, -speed):
        lag = unit.delay_ms + unit.spacing_um / signed
        wanted = erf(abs(lag) / (2 * np.sqrt(2) * width))
        # The grid is 4001 points over both bells; the cut between them falls between two.
        assert unit.response(signed) == pytest.approx(wanted, abs=2e-3)


@given(units())
def test_it_is_silent_at_the_speed_at_which_spacing_and_delay_fit(unit):
    if unit.delay_ms > 0.5:
        speed = unit.spacing_um / unit.delay_ms
        assert unit.response(-speed) == pytest.approx(0, abs=1e-9)
        assert unit.selectivity(speed) == pytest.approx(1, abs=1e-9)


@given(units(), st.floats(0.1, 5))
def test_without_delay_or_without_the_cut_both_directions_are_alike(unit, speed):
    instant = DirectionUnit(unit.spacing_um, unit.field_um, 0.0)
    assert instant.selectivity(speed) == pytest.approx(0, abs=1e-9)
    sums = []
    for signed in (speed, -speed):
        seen = DirectionUnit(unit.spacing_um, unit.field_um, unit.delay_ms, 0.7).watch(signed)
        sums.append(np.trapezoid(seen.excitation - seen.inhibition, seen.time_ms))
    assert sums[0] == pytest.approx(sums[1], rel=1e-6)


def test_without_inhibition_everything_is_answered():
    unit = DirectionUnit(inhibition_weight=0.0)
    assert unit.response(1.0) == unit.response(-1.0) == 1


def test_the_answer_converges_as_the_grid_gets_finer():
    wanted = erf(60 / (2 * np.sqrt(2) * 20))
    errors = [abs(DirectionUnit().response(1.0, samples=n) - wanted) for n in (151, 601, 2401)]
    assert errors[0] > errors[1] > errors[2]
    assert errors[2] < 1e-5


def test_a_total_veto_in_both_directions_has_no_selectivity():
    assert np.isnan(DirectionUnit(1e-6, 20, 0.0, inhibition_weight=2.0).selectivity(1.0))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"spacing_um": 0}, "spacing_um must be greater than 0 µm"),
        ({"field_um": -1}, "field_um must be greater than 0 µm"),
        ({"delay_ms": -5}, "delay_ms must be at least 0 ms"),
        ({"inhibition_weight": -1}, "inhibition_weight must be at least 0"),
    ],
)
def test_a_wrong_unit_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        DirectionUnit(**change)


@pytest.mark.parametrize(
    ("speed", "samples", "error", "message"),
    [
        (0.0, 4001, ValueError, "a bar at rest has no direction"),
        (np.inf, 4001, ValueError, "finite number in µm/ms"),
        ("fast", 4001, TypeError, "speed_um_ms must be a real number"),
        (1.0, 50, ValueError, "samples must be at least 101"),
    ],
)
def test_a_wrong_passage_is_refused(speed, samples, error, message):
    with pytest.raises(error, match=message):
        DirectionUnit().watch(speed, samples=samples)
