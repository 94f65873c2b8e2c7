import math
import subprocess
import sys

import flint
import mpmath as mp
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from companion.activations import (
    ACTIVATIONS,
    elu,
    gelu,
    hard_swish,
    hard_tanh,
    heaviside,
    identity,
    logistic,
    relu,
    selu,
    softplus,
    softsign,
    swish,
    tanh,
)
from companion.approximation import (
    Curve,
    Enclosure,
    certified_maximum,
    clipped_line,
    cubic_gate,
    gated,
    normal_cdf,
    scaled_logistic,
)
from companion.approximation._curves import curve_of

INSTANCES = [a for activation in ACTIVATIONS.values() for a in type(activation).variants()]


@settings(max_examples=60, deadline=None)
@given(
    f=st.sampled_from(INSTANCES),
    g=st.sampled_from(INSTANCES),
    low=st.floats(-9, 9).map(lambda x: round(x, 3)),
    width=st.floats(0, 9).map(lambda x: round(x, 3)),
    signed=st.booleans(),
)
def test_no_sample_is_above_and_some_sample_is_near(f, g, low, width, signed):
    try:
        found = certified_maximum(f, g, (low, low + width), signed=signed, tolerance=1e-6)
    except ArithmeticError:
        assume(False)  # Near 0, where nothing is relative to anything, it may give up.
    x = np.unique(
        np.clip([low, *np.linspace(low, low + width, 401), *f.kinks, *g.kinks], low, low + width)
    )
    difference = f(x) - g(x)
    sampled = difference if signed else np.abs(difference)
    rounding = 1e-14 * (1 + np.abs(f(x)).max() + np.abs(g(x)).max())
    assert sampled.max() <= found.upper + rounding
    # Both functions are Lipschitz but for jumps, whose limits from both sides count.
    if f.facts.continuous and g.facts.continuous:
        steep = f.facts.lipschitz + g.facts.lipschitz
        assert sampled.max() >= found.lower - steep * width / 400 - rounding
    assert found.lower <= found.upper


PROVED = [a for a in INSTANCES if curve_of(a).left]


@pytest.mark.parametrize("f", PROVED, ids=repr)
@pytest.mark.parametrize("side", ["left", "right"])
def test_tails_are_true(f, side):
    """The bound holds where it says so, falls as fast as it says, and the line is the right one."""
    tail = getattr(curve_of(f), side)
    sign = -1 if side == "left" else 1
    with mp.workdps(1200):
        before = None
        for t in (mp.mpf(tail.start) + step for step in (0, 0.01, 0.5, 1, 2, 5, 10, 40, 300)):
            line = mp.mpf(tail.slope) * sign * t + tail.level(mp)
            excess = tail.excess(t, mp)
            assert abs(f.definition(sign * t, mp) - line) <= excess * (1 + mp.mpf(10) ** -90)
            weighted = excess * mp.exp(mp.mpf(tail.rate) * t)
            assert before is None or weighted <= before * (1 + mp.mpf(10) ** -90)
            before = weighted


@pytest.mark.parametrize(
    "curve",
    [
        normal_cdf,
        scaled_logistic("1.702"),
        scaled_logistic(0.2),
        cubic_gate("0.044715"),
        clipped_line("0.2"),
        gated(normal_cdf),
        gated(scaled_logistic("0.3")),
        gated(cubic_gate(0.04)),
    ],
    ids=lambda curve: curve.name,
)
def test_tails_of_further_curves(curve):
    for sign, tail in ((-1, curve.left), (1, curve.right)):
        with mp.workdps(60):
            for step in (0, 0.01, 0.5, 1, 2, 5, 10, 40):
                t = mp.mpf(tail.start) + step
                line = mp.mpf(tail.slope) * sign * t + tail.level(mp)
                assert abs(curve.definition(sign * t, mp) - line) <= tail.excess(t, mp)


def test_the_line_of_a_slow_tail():
    found = certified_maximum(softsign, tanh)
    assert found.lower == pytest.approx(0.3063047862, abs=1e-9)


def test_a_limit_that_is_never_reached():
    found = certified_maximum(elu, relu)
    assert 1.0 in found
    assert found.where[0][0] == -math.inf
    assert found.width < 1e-15


def test_the_same_function_twice():
    assert certified_maximum(gelu, gelu, (-3, 3)).upper == 0
    assert certified_maximum(relu, relu) == Enclosure(0.0, 0.0, ((-math.inf, math.inf),))


def test_signed_maxima():
    above = certified_maximum(swish, relu, (0, 10), signed=True)
    below = certified_maximum(relu, swish, (0, 10), signed=True)
    assert above.upper == 0
    assert below.lower == pytest.approx(0.27846454, abs=1e-8)


def test_at_a_jump_both_limits_count():
    found = certified_maximum(heaviside, logistic, (-3, 3))
    assert (found.lower, found.upper, found.where) == (0.5, 0.5, ((0.0, 0.0),))


def test_one_function_and_single_points():
    assert certified_maximum(lambda x, mp: x * x, interval=(-1, 3)).upper == 9
    point = certified_maximum(tanh, interval=(1.0, 1.0))
    with mp.workdps(40):
        assert mp.mpf(point.lower) <= mp.tanh(1) <= mp.mpf(point.upper)


def test_a_half_line():
    right = certified_maximum(gelu.with_parameters(approximate="tanh"), gelu, (0, math.inf))
    both = certified_maximum(gelu.with_parameters(approximate="tanh"), gelu)
    assert (right.lower, right.upper) == (both.lower, both.upper)
    assert len(right.where) == 1
    far = certified_maximum(logistic, relu.with_parameters(), (3.0, 3.5))
    assert far.where == ((3.5, 3.5),)


@pytest.mark.parametrize("beta", [1e-6, 1e6])
def test_extreme_scales(beta):
    found = certified_maximum(swish.with_parameters(beta=beta), relu)
    assert found.upper * beta == pytest.approx(0.27846454276107, rel=1e-12)


def test_a_wrong_formula_is_noticed():
    """A lost zero, 0.44715, is far outside the enclosure of the right formula."""
    right = certified_maximum(gated(cubic_gate("0.044715")), gelu)
    wrong = certified_maximum(gated(cubic_gate("0.44715")), gelu)
    same = certified_maximum(gelu.with_parameters(approximate="tanh"), gelu)
    assert (right.lower, right.upper) == (same.lower, same.upper)
    assert wrong.lower > 100 * right.upper


def test_an_undeclared_kink_is_no_silent_error():
    kinked = Curve("shifted", lambda x, mp: max(x - mp.mpf("0.3"), mp.mpf(0)))
    with pytest.raises(ArithmeticError, match=r"kink or no value near x = 0.3; kinks must name"):
        certified_maximum(kinked, tanh, (-1, 1))
    with pytest.raises(ArithmeticError, match="kink or no value near x = 0"):
        certified_maximum(lambda x, mp: 1 / x, interval=(-1, 1))
    with pytest.raises(ArithmeticError, match="kink or no value near x"):
        certified_maximum(lambda x, mp: mp.log(x), interval=(-1, 1))


def test_what_cannot_be_certified():
    with pytest.raises(ArithmeticError, match=r"unbounded on the left: .* tend to 1 and 0"):
        certified_maximum(identity, relu)
    with pytest.raises(ValueError, match=r"nothing is proved about the left tail of selu"):
        certified_maximum(selu, elu)
    with pytest.raises(ArithmeticError, match="largest infinitely far out"):
        certified_maximum(relu, softplus, signed=True)


@pytest.mark.parametrize(
    ("interval", "error"),
    [
        (3, TypeError),
        ("ab", TypeError),
        ((1, 2, 3), TypeError),
        ((1, None), TypeError),
        ((False, 1), TypeError),
        ((2, 1), ValueError),
        ((0, math.nan), ValueError),
        ((math.inf, math.inf), ValueError),
    ],
)
def test_bad_intervals(interval, error):
    with pytest.raises(error, match="interval must"):
        certified_maximum(tanh, hard_tanh, interval)


@pytest.mark.parametrize("tolerance", [0, 2, -1, math.nan])
def test_bad_tolerances(tolerance):
    with pytest.raises(ValueError, match="tolerance must be a number from 1e-30 to 1"):
        certified_maximum(tanh, hard_tanh, tolerance=tolerance)


def test_other_things_are_refused():
    with pytest.raises(TypeError, match=r"f must be an activation, .*; got 'tanh' \(str\)"):
        certified_maximum("tanh", hard_tanh)
    with pytest.raises(TypeError, match=r"g must be an activation, .*; got 3 \(int\)"):
        certified_maximum(tanh, 3)
    with pytest.raises(TypeError, match="tolerance must be"):
        certified_maximum(tanh, hard_tanh, tolerance="small")


@pytest.mark.parametrize("make", [scaled_logistic, cubic_gate, clipped_line])
@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (0, ValueError),
        (-1.0, ValueError),
        ("x", ValueError),
        (math.inf, ValueError),
        (None, TypeError),
        (True, TypeError),
        (1j, TypeError),
    ],
)
def test_bad_constants_of_curves(make, bad, error):
    with pytest.raises(error, match=r"(scale|coefficient|slope) must be a (finite )?number > 0"):
        make(bad)


def test_a_line_whose_kinks_are_no_floats():
    with pytest.raises(ValueError, match=r"slope must have a float for 1/\(2 slope\), got 0.2"):
        clipped_line(0.2)  # The float nearest to 0.2 is another number; "0.2" is meant.


def test_a_gate_must_close_fast_enough():
    with pytest.raises(ValueError, match="known to fall exponentially"):
        gated(curve_of(softsign))


def test_the_precision_of_others_is_left_alone():
    before = flint.ctx.prec, flint.ctx.cap
    certified_maximum(hard_swish, swish)
    with pytest.raises(ArithmeticError):
        certified_maximum(identity, relu)
    assert (flint.ctx.prec, flint.ctx.cap) == before


def test_without_flint_there_is_one_clear_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "flint", None)
    with pytest.raises(ImportError, match="pip install python-flint"):
        certified_maximum(tanh, hard_tanh)


def test_flint_is_imported_only_when_needed():
    code = (
        "import sys, companion.approximation as a;"
        "a.pade('tanh', 3, 2); a.remez('tanh', 3, (-1, 1));"
        "assert 'flint' not in sys.modules; assert 'mpmath' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_enclosures():
    enclosure = Enclosure(0.25, 0.5)
    assert 0.3 in enclosure
    assert 0.6 not in enclosure
    assert math.nan not in enclosure
    assert (enclosure.width, enclosure.middle) == (0.25, 0.375)
    with pytest.raises(AttributeError):
        enclosure.lower = 0.0
