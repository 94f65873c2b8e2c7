"""Taylor polynomials of the further curves, against mpmath's own differentiation."""

import math
from fractions import Fraction
from types import SimpleNamespace

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.activations import (
    gelu,
    log_sigmoid,
    mish,
    softplus,
    softsign,
    squareplus,
    swish,
    tanhshrink,
)
from companion.taylor import (
    derivative_polynomial,
    largest_derivative,
    radius_of_convergence,
    series_at_zero,
    taylor,
)
from companion.taylor._enclosures import (
    enclose_bell,
    enclose_logistic,
    enclose_normal,
    enclose_softplus,
)
from companion.taylor._gelu import hermite
from companion.taylor._registry import curve_of

SMOOTH = [
    softplus,
    softplus.with_parameters(beta=0.3),
    log_sigmoid,
    swish,
    swish.with_parameters(beta=1.7),
    gelu,
    gelu.with_parameters(approximate="sigmoid"),
    gelu.with_parameters(approximate="tanh"),
    mish,
    squareplus,
    squareplus.with_parameters(b=0.7),
    tanhshrink,
]
everywhere = pytest.mark.parametrize("activation", SMOOTH, ids=repr)


def derivatives(activation, order, centre):
    """Taylor coefficients by finite differences in the precision of the context."""
    return mp.taylor(lambda x: activation.definition(x, mp), mp.mpf(centre), order)


def error(activation, coefficients, centre, x):
    """|f(x) − polynomial(x)|."""
    step = mp.mpf(float(x)) - mp.mpf(centre)
    total = mp.mpf(0)
    for a in reversed(coefficients):
        total = total * step + a
    return abs(activation.definition(mp.mpf(float(x)), mp) - total)


@everywhere
@pytest.mark.parametrize("centre", [0.5, -1.3, 2.0, 1e-8, -30.0, 36.5])
def test_coefficients_are_the_nearest_floats(activation, centre):
    with mp.workdps(600 if abs(centre) > 20 else 120):
        expected = [float(c) for c in derivatives(activation, 8, centre)]
    assert list(taylor(activation, 8, centre).coefficients) == expected


@everywhere
def test_coefficients_at_zero(activation):
    with mp.workdps(120):
        for k, (ours, theirs) in enumerate(
            zip(taylor(activation, 15).coefficients, derivatives(activation, 15, 0), strict=True)
        ):
            # By symmetry, some are exactly 0, which differences cannot show.
            assert ours == (float(theirs) if abs(theirs) > 1e-40 else 0), f"power {k}"


def test_series_of_fractions():
    assert [str(c) for c in series_at_zero("swish", 4)] == ["0", "1/2", "1/4", "0", "-1/48"]
    assert series_at_zero(swish.with_parameters(beta=0.5), 2)[2] == Fraction(1, 8)
    logistic = series_at_zero("logistic", 11)
    assert series_at_zero("silu", 12)[1:] == logistic
    assert series_at_zero("gelu", 1) == (0, Fraction(1, 2))
    with pytest.raises(ValueError, match=r"that of x\^2 of 'gelu' is not"):
        series_at_zero("gelu", 2)
    with pytest.raises(ValueError, match=r"that of x\^0 of 'softplus' is not"):
        series_at_zero("softplus", 2)
    assert taylor("softplus", 3).coefficients == (math.log(2), 0.5, 0.125, 0.0)


def test_a_root_of_a_derivative_is_met_exactly():
    """GELU‴ = φ(x)(x³ − 4x) vanishes at ±2."""
    assert taylor("gelu", 3, 2.0).coefficients[3] == 0.0
    assert taylor("gelu", 3, -2.0).coefficients[3] == 0.0
    assert hermite(4) == (3, 0, -6, 0, 1)


@everywhere
@pytest.mark.parametrize("order", [0, 1, 2, 5, 9])
@pytest.mark.parametrize("centre", [0.0, 0.7, -1.3, 4.0, -9.0])
def test_no_error_exceeds_the_bound(activation, order, centre):
    near = np.geomspace(1e-3, 60, 12)
    x = np.concatenate([centre - near, centre + near, np.linspace(-10, 10, 21)])
    polynomial = taylor(activation, order, centre)
    bounds = polynomial.remainder_bound(x)
    constant, power = polynomial.uniform_bound
    with mp.workdps(120):
        coefficients = derivatives(activation, order, centre)
        for t, bound in zip(x, bounds, strict=True):
            true = error(activation, coefficients, centre, t)
            assert true <= mp.mpf(bound) + mp.mpf(10) ** -100, f"at x = {t}"
            step = abs(mp.mpf(t) - mp.mpf(centre))
            assert true <= mp.mpf(constant) * step**power + mp.mpf(10) ** -100, f"at x = {t}"


@settings(max_examples=50, deadline=None)
@given(
    activation=st.sampled_from(SMOOTH),
    order=st.integers(0, 8),
    centre=st.floats(-40, 40),
    x=st.floats(-60, 60),
)
def test_no_error_exceeds_the_bound_anywhere(activation, order, centre, x):
    with mp.workdps(330):
        true = error(activation, derivatives(activation, order, centre), centre, x)
    assert true - mp.mpf(10) ** -300 <= mp.mpf(
        float(taylor(activation, order, centre).remainder_bound(x))
    )


@everywhere
@pytest.mark.parametrize("order", [1, 2, 6])
@pytest.mark.parametrize("centre", [0.0, 0.4, -3.0])
def test_the_bound_is_close_to_lagranges(activation, order, centre):
    """At most half above the one with the true largest derivative between centre and x."""
    polynomial = taylor(activation, order, centre)
    m = polynomial.uniform_bound[1]
    for x in centre + np.array([-3.0, -0.5, 0.25, 4.0]):
        with mp.workdps(80):
            places = [centre + (x - centre) * mp.mpf(k) / 40 for k in range(41)]
            most = max(abs(derivatives(activation, m, t)[m]) for t in places)
            ideal = most * abs(mp.mpf(x) - mp.mpf(centre)) ** m
        assert ideal * (1 - 1e-12) <= polynomial.remainder_bound(x) <= 1.5 * ideal


@everywhere
@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_largest_derivative_from_above_and_near(activation, n):
    with mp.workdps(60):
        scale = 3 if getattr(activation, "beta", 1.0) < 1 else 1
        sampled = max(
            abs(derivatives(activation, n, scale * mp.mpf(k) / 20)[n]) * mp.factorial(n)
            for k in range(-120, 121)
        )
    assert float(sampled) <= largest_derivative(activation, n) * (1 + 1e-14)
    assert largest_derivative(activation, n) <= 1.08 * float(sampled)


@everywhere
@pytest.mark.parametrize("n", [1, 2, 4])
def test_cells_hold_in_every_stretch_and_in_the_tails(activation, n):
    cells = curve_of(activation).cells(n)
    assert (np.diff(cells.edges) > 0).all()
    assert len(cells.bounds) == len(cells.edges) + 1
    middles = (cells.edges[1:] + cells.edges[:-1]) / 2
    far = [cells.edges[0] - t for t in (0, 1, 5, 40)] + [cells.edges[-1] + t for t in (0, 1, 5, 40)]
    with mp.workdps(150):
        for x in [*middles[:: max(1, len(middles) // 25)], *far]:
            true = abs(derivatives(activation, n, x)[n]) * mp.factorial(n)
            true -= mp.mpf(10) ** -120
            assert true <= mp.mpf(cells.bounds[np.searchsorted(cells.edges, x)]) * (1 + 1e-12)
        for x in far:
            true = abs(derivatives(activation, n, x)[n]) * mp.factorial(n) - mp.mpf(10) ** -120
            assert true <= mp.mpf(cells.tail) * mp.exp(-mp.mpf(cells.rate) * abs(mp.mpf(x)))


@pytest.mark.parametrize("centre", [0.5, -1.3, 1e-8, 2500.0])
@pytest.mark.parametrize("order", [0, 1, 2, 9])
def test_softsign_on_one_side(order, centre):
    polynomial = taylor(softsign, order, centre)
    side, size = math.copysign(1.0, centre), Fraction(abs(centre))
    exact = [float(Fraction(centre) / (1 + size))] + [
        float(-Fraction(side) * Fraction(-side) ** n / (1 + size) ** (n + 1))
        for n in range(1, order + 1)
    ]
    assert polynomial.coefficients == tuple(exact)
    assert polynomial.radius == 1 + abs(centre)
    assert polynomial.uniform_bound == (math.inf, order + 1)
    x = side * np.geomspace(1e-6, 1e4, 40)
    bounds = polynomial.remainder_bound(x)
    for t, bound in zip(x, bounds, strict=True):
        step = Fraction(float(t)) - Fraction(centre)
        # The error of a geometric series is exactly its first term left out, over 1 + |x|.
        ratio = -side * step / (1 + size)
        true = abs(Fraction(ratio) ** (order + 1) / (1 + Fraction(abs(float(t)))))
        if order == 0:
            true = abs(step) / ((1 + size) * (1 + Fraction(abs(float(t)))))
        assert true <= Fraction(float(bound))
    assert np.isposinf(polynomial.remainder_bound(-side))


def test_radius_of_convergence():
    assert radius_of_convergence("gelu", 3.0) == math.inf
    assert radius_of_convergence("softplus") == math.pi
    assert radius_of_convergence(swish.with_parameters(beta=2.0)) == math.pi / 2
    assert radius_of_convergence("log_sigmoid", 3) == pytest.approx(math.hypot(3, math.pi))
    assert radius_of_convergence("mish") == pytest.approx(
        math.hypot(math.log(2) / 2, 3 * math.pi / 4)
    )
    assert radius_of_convergence("softsign", -2) == 3


@pytest.mark.parametrize("activation", ["swish", "mish", "softplus"])
@pytest.mark.parametrize("centre", [0.0, 1.5])
def test_coefficients_grow_as_the_radius_says(activation, centre):
    """Cauchy and Hadamard: the k-th root of |aₖ| comes near 1/radius for large k."""
    coefficients = taylor(activation, 44, centre).coefficients
    roots = [abs(coefficients[k]) ** (1 / k) for k in range(36, 45)]
    assert max(roots) == pytest.approx(1 / radius_of_convergence(activation, centre), rel=0.13)


@pytest.mark.parametrize("x", [0.0, 1e-9, -0.75, 3.0, -12.5, 38.0, -38.0, 59.0])
@pytest.mark.parametrize("digits", [20, 75])
def test_enclosures_hold(x, digits):
    with mp.workdps(2200):
        for enclose, exact in (
            (enclose_logistic, lambda t: 1 / (1 + mp.exp(-t))),
            (enclose_softplus, lambda t: mp.log1p(mp.exp(t))),
            (enclose_bell, mp.npdf),
            (enclose_normal, mp.ncdf),
        ):
            middle, radius = enclose(Fraction(x), digits)
            difference = abs(mp.mpf(middle.numerator) / middle.denominator - exact(mp.mpf(x)))
            assert difference <= mp.mpf(radius.numerator) / radius.denominator


@pytest.mark.parametrize("x", [61.0, -61.0, 2500.0, -2500.0])
def test_enclosures_hold_where_nothing_changes_any_more(x):
    with mp.workdps(3000):
        for enclose, exact in (
            (enclose_logistic, lambda t: 1 / (1 + mp.exp(-t))),
            (enclose_softplus, lambda t: mp.log1p(mp.exp(t))),
            (enclose_bell, mp.npdf),
            (enclose_normal, lambda t: mp.erfc(-t / mp.sqrt(2)) / 2),
        ):
            middle, radius = enclose(Fraction(x), 30)
            difference = abs(mp.mpf(middle.numerator) / middle.denominator - exact(mp.mpf(x)))
            assert difference <= mp.mpf(radius.numerator) / radius.denominator


def test_names_parameters_and_instances():
    assert taylor("silu", 4) == taylor(swish, 4) == taylor(SimpleNamespace(name="swish"), 4)
    sharp = taylor(swish.with_parameters(beta=2.0), 4)
    assert sharp != taylor(swish, 4)
    assert sharp.activation == "swish(beta=2.0)"
    assert taylor(gelu.with_parameters(approximate="sigmoid"), 2).coefficients[2] == 0.4255


def test_what_is_refused():
    with pytest.raises(ValueError, match="must be no straight line"):
        taylor(swish.with_parameters(beta=0.0), 2)
    with pytest.raises(ValueError, match="centre must not be 0 for 'softsign'"):
        taylor(softsign, 2)
    with pytest.raises(ValueError, match="'softsign' has no second derivative at 0"):
        series_at_zero(softsign, 2)
    with pytest.raises(ValueError, match="derivatives are polynomials in its value"):
        derivative_polynomial("gelu", 2)
    with pytest.raises(ValueError, match="'softsign' has no second derivative at 0: choose"):
        largest_derivative("softsign", 2)
