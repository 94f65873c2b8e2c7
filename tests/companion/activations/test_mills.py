"""Where the Mills ratio's coefficients come from, and how good they are."""

import mpmath
import numpy as np

from companion.activations._mills import DENOMINATOR, LARGEST, NUMERATOR, mills_ratio

NODES = 120
ROUNDS = 25


def truth(t):
    return mpmath.sqrt(mpmath.pi / 2) * mpmath.exp(t * t / 2) * mpmath.erfc(t / mpmath.sqrt(2))


def polynomial(coefficients, t):
    return sum(mpmath.mpf(c) * t**power for power, c in enumerate(coefficients))


def fit():
    """Fit the quotient to the Mills ratio so that its largest relative error is least.

    A linear least-squares problem for numerator and denominator, divided by the denominator of the
    round before (Sanathanan and Koerner), and weighted anew where the error is large (Lawson).
    """
    with mpmath.workdps(60):
        least = (2 - mpmath.mpf(LARGEST)) / (2 + mpmath.mpf(LARGEST))
        cosines = [mpmath.cos(mpmath.pi * (2 * k + 1) / (2 * NODES)) for k in range(NODES)]
        places = [(c + 1) / 2 * (1 - least) - 1 for c in cosines]
        nodes = [2 * (1 + u) / (1 - u) for u in places]
        values = [truth(t) for t in nodes]
        weights, divisors = [mpmath.mpf(1)] * NODES, [mpmath.mpf(1)] * NODES
        for step in range(ROUNDS):
            rows, right = mpmath.matrix(NODES, 20), mpmath.matrix(NODES, 1)
            for i, (t, y, w, d) in enumerate(zip(nodes, values, weights, divisors, strict=True)):
                scale = mpmath.sqrt(w) / (y * d)
                for j in range(10):
                    rows[i, j] = scale * t**j
                    rows[i, 10 + j] = -scale * y * t ** (j + 1)
                right[i] = scale * y
            solution = mpmath.qr_solve(rows, right)[0]
            upper, lower = list(solution[:10]), [mpmath.mpf(1), *solution[10:]]
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
    upper, lower = fit()
    for fresh, stored in ((upper, NUMERATOR), (lower, DENOMINATOR)):
        np.testing.assert_allclose([float(c) for c in fresh], stored, rtol=1e-9)


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
