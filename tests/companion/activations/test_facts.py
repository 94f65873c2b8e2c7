"""Every declared fact, measured on the textbook definition or by slopes between two points."""

import math

import mpmath
import numpy as np
import pytest

from companion.activations import ACTIVATIONS, Interval
from tests.companion.activations.battery import each_variant, exact

STEP = 1e-3
# Off the round numbers, so that no kink falls on a grid point.
GRID = np.arange(-15.0, 15.0, STEP) + 0.31 * STEP
FAR = 1e6


def definition(activation, x):
    with mpmath.workdps(60):
        return activation.definition(mpmath.mpf(x), mpmath)


def secants(activation):
    """Slopes between neighbours, with the points in the middle; jumps and kinks left out."""
    slopes = np.diff(activation(GRID)) / STEP
    middles = GRID[:-1] + STEP / 2
    smooth = np.ones(middles.shape, dtype=bool)
    for at in activation.kinks:
        smooth &= np.abs(middles - at) > STEP
    return middles[smooth], slopes[smooth]


@each_variant
def test_limits(activation):
    for x, limit in zip((-FAR, FAR), activation.facts.limits, strict=True):
        far = definition(activation, x)
        if math.isinf(limit):
            assert math.copysign(1, limit) * far > 1000
        else:
            assert abs(far - limit) < 1e-5


@each_variant
def test_slope_limits_and_saturation(activation):
    facts = activation.facts
    for side, x, limit in zip(("left", "right"), (-FAR, FAR), facts.slope_limits, strict=True):
        slope = definition(activation, x + 1) - definition(activation, x)
        assert abs(slope - limit) < 1e-5
        # A limit is no last value: what is next to a whole number is that number.
        assert limit == round(limit) or abs(limit - round(limit)) > 1e-9
        assert (side in facts.saturates) == (abs(slope) < 1e-5)


@each_variant
def test_range(activation):
    interval = activation.facts.range
    values = activation(np.concatenate([GRID, -np.logspace(1, 6, 50), np.logspace(1, 6, 50)]))
    for end, extreme, inside in (
        (interval.lower, values.min(), interval.lower_in),
        (interval.upper, values.max(), interval.upper_in),
    ):
        if math.isinf(end):
            assert abs(extreme) > 1e3
            continue
        assert abs(extreme - end) < STEP
        on_a_level = any(definition(activation, x) == end for x in np.linspace(-30, 30, 61))
        assert inside == (on_a_level or bool(activation.turning_points))
    assert interval.lower - 1e-12 <= values.min() <= values.max() <= interval.upper + 1e-12


@each_variant
def test_lipschitz_constant(activation):
    constant = activation.facts.lipschitz
    if math.isinf(constant):
        jumps = [abs(activation(x + 1e-9) - activation(x - 1e-9)) for x in activation.kinks]
        assert max(jumps) / 2e-9 > 1e6
        return
    _, slopes = secants(activation)
    far = [activation(x + 1) - activation(x) for x in (-1e4, 1e4)]
    steepest = np.max(np.abs([*slopes, *far]))
    assert steepest <= constant * (1 + 1e-9)
    assert steepest >= constant * (1 - 0.01)


@each_variant
def test_where_it_falls(activation):
    facts = activation.facts
    middles, slopes = secants(activation)
    places = [p for i in facts.decreasing_on for p in (i.lower, i.upper)]
    for x, slope in zip(middles, slopes, strict=True):
        if any(abs(x - p) < 2 * STEP for p in places) or abs(slope) < 1e-9:
            continue
        assert (slope < 0) == any(x in interval for interval in facts.decreasing_on)
    assert facts.monotone == bool(np.all(slopes > -1e-9))


@each_variant
def test_where_it_is_flat(activation):
    flat_on = activation.facts.flat_on
    for x in np.linspace(-9.73, 9.91, 41):
        slope = exact(activation, float(x), 1)
        assert (slope == 0) == any(x in interval for interval in flat_on)


@each_variant
def test_odd_and_zero_centred(activation):
    facts = activation.facts
    x = GRID[GRID > 0]
    assert facts.odd == bool(np.allclose(activation(-x), -activation(x), rtol=1e-12, atol=1e-300))
    x = np.linspace(-12, 12, 24_001)
    bell = np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    mean = np.sum(activation(x) * bell) * (x[1] - x[0])
    assert facts.zero_centred == (abs(mean) < 1e-9)


@each_variant
def test_kinks_are_where_the_slope_jumps_and_nowhere_else(activation):
    for kink in activation.facts.kinks:
        for side, slope in ((-1, kink.slopes[0]), (1, kink.slopes[2])):
            near, far = kink.at + side * 1e-7, kink.at + side * 2e-7
            measured = (definition(activation, far) - definition(activation, near)) / (far - near)
            assert abs(measured - slope) < 1e-5
        left, convention, right = kink.slopes
        assert min(left, right) <= convention <= max(left, right)
        assert kink.is_jump == (abs(activation(kink.at + 1e-9) - activation(kink.at - 1e-9)) > 1e-6)
        assert kink.is_jump or kink.slopes[0] != kink.slopes[2]
    middles, slopes = secants(activation)
    bends = np.abs(np.diff(slopes)) / STEP
    bends[np.diff(middles) > 1.5 * STEP] = 0.0  # across a declared kink
    # A forgotten kink of slopes 0 and 1 bends by 1/STEP; the curves here by 4 at the most.
    assert np.all(bends < 0.1 / STEP), middles[bends.argmax()]


@each_variant
def test_named_points_are_what_they_are_called(activation):
    for x in activation.turning_points:
        before, after = (exact(activation, x + d, 1) for d in (-1e-6, 1e-6))
        assert before * after < 0
    for x in activation.steepest_points:
        left, here, right = (abs(exact(activation, x + d, 1)) for d in (-1e-3, 1e-12, 1e-3))
        assert here >= left - 1e-12
        assert here >= right - 1e-12


def test_a_few_facts_that_textbooks_state():
    facts = {name: a.facts for name, a in ACTIVATIONS.items()}
    assert str(facts["logistic"].range) == "(0, 1)"
    assert str(facts["relu"].range) == "[0, ∞)"
    assert facts["logistic"].lipschitz == 0.25
    assert facts["tanh"].zero_centred
    assert not facts["relu"].zero_centred
    assert facts["relu"].saturates == ("left",)
    assert not facts["gelu"].monotone
    assert not facts["heaviside"].continuous
    assert facts["elu"].differentiable
    assert not ACTIVATIONS["elu"].with_parameters(alpha=2.0).facts.differentiable


@pytest.mark.parametrize(
    ("interval", "inside", "outside"),
    [
        (Interval(0.0, 1.0), (0.5,), (0.0, 1.0, math.nan)),
        (Interval(0.0, 1.0, lower_in=True, upper_in=True), (0.0, 1.0), (-0.1, 1.1)),
    ],
)
def test_interval_membership(interval, inside, outside):
    assert all(x in interval for x in inside)
    assert not any(x in interval for x in outside)
