"""Where the Mills ratio's coefficients come from, and how good they are."""

import mpmath
import numpy as np

from companion.activations._mills import (
    DENOMINATOR,
    LARGEST,
    NUMERATOR,
    SINGLE_FRACTION,
    SINGLE_LARGEST,
    mills_ratio,
)

NODES = 120
ROUNDS = 25


def truth(t):
    return mpmath.sqrt(mpmath.pi / 2) * mpmath.exp(t * t / 2) * mpmath.erfc(t / mpmath.sqrt(2))


def polynomial(coefficients, t):
    return sum(mpmath.mpf(c) * t**power for power, c in enumerate(coefficients))


def fit(degree, largest):
    """Fit the quotient to the Mills ratio so that its largest relative error is least.

    A linear least-squares problem for numerator and denominator, divided by the denominator of the
    round before (Sanathanan and Koerner), and weighted anew where the error is large (Lawson).
    """
    with mpmath.workdps(60):
        least = (2 - mpmath.mpf(largest)) / (2 + mpmath.mpf(largest))
        cosines = [mpmath.cos(mpmath.pi * (2 * k + 1) / (2 * NODES)) for k in range(NODES)]
        places = [(c + 1) / 2 * (1 - least) - 1 for c in cosines]
        nodes = [2 * (1 + u) / (1 - u) for u in places]
        values = [truth(t) for t in nodes]
        weights, divisors = [mpmath.mpf(1)] * NODES, [mpmath.mpf(1)] * NODES
        for step in range(ROUNDS):
            rows, right = mpmath.matrix(NODES, 2 * degree), mpmath.matrix(NODES, 1)
            for i, (t, y, w, d) in enumerate(zip(nodes, values, weights, divisors, strict=True)):
                scale = mpmath.sqrt(w) / (y * d)
                for j in range(degree):
                    rows[i, j] = scale * t**j
                    rows[i, degree + j] = -scale * y * t ** (j + 1)
                right[i] = scale * y
            solution = mpmath.qr_solve(rows, right)[0]
            upper, lower = list(solution[:degree]), [mpmath.mpf(1), *solution[degree:]]
            divisors = [polynomial(lower, t) for t in nodes]
            errors = [
                abs(polynomial(upper, t) / d / y - 1)
                for t, y, d in zip(nodes, values, divisors, strict=True)
            ]
            if step >= 4:
                weights = [w * e for w, e in zip(weights, errors, strict=True)]
                mean = sum(weights) / NODES
                weights = [w / mean for w in weights]
        return upper, lower


def test_the_fit_made_anew_gives_these_coefficients():
    upper, lower = fit(10, LARGEST)
    for fresh, stored in ((upper, NUMERATOR), (lower, DENOMINATOR)):
        np.testing.assert_allclose([float(c) for c in fresh], stored, rtol=1e-9)


def continued_fraction(upper, lower):
    """Return (a, b), (c, d), … of a/(t + b + c/(t + d + …)), by Euclid's algorithm."""
    levels = []
    while upper:
        above = upper[-1] / lower[-1]
        upper, lower = ([c / p[-1] for c in p] for p in (upper, lower))
        quotient = [mpmath.mpf(0), *upper]  # t times the numerator
        beside = lower[-2] - quotient[-2]
        levels.append((above, beside))
        remainder = [
            c - q - beside * u for c, q, u in zip(lower, quotient, [*upper, 0], strict=True)
        ]
        lower, upper = upper, remainder[: len(upper) - 1]
    return levels


def test_the_fraction_for_single_precision_made_anew_has_these_levels():
    with mpmath.workdps(60):
        fresh = continued_fraction(*fit(5, SINGLE_LARGEST))
    np.testing.assert_allclose(np.array(fresh, dtype=float), SINGLE_FRACTION, rtol=1e-9)


def test_single_precision_gives_the_ratio_to_a_few_units():
    t = np.linspace(0.0, SINGLE_LARGEST, 20_001, dtype=np.float32)
    double = mills_ratio(t.astype(np.float64))
    assert np.all(np.abs(mills_ratio(t) - double) <= 5 * np.spacing(double.astype(np.float32)))


def test_the_quotient_is_closer_than_double_precision_resolves():
    with mpmath.workdps(60):
        for t in np.linspace(0.0, LARGEST, 401):
            quotient = polynomial(NUMERATOR, t) / polynomial(DENOMINATOR, t)
            # The coefficients are rounded to double, which costs up to half a unit each.
            assert abs(quotient / truth(mpmath.mpf(t)) - 1) < 3e-16


def test_evaluating_it_loses_nothing():
    t = np.linspace(0.0, LARGEST, 401)
    with mpmath.workdps(60):
        exact = np.array([truth(mpmath.mpf(v)) for v in t], dtype=object)
        errors = [abs(mpmath.mpf(y) / x - 1) for x, y in zip(exact, mills_ratio(t), strict=True)]
    assert max(errors) < 4 * 2.2e-16
