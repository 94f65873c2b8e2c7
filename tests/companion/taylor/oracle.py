"""Taylor series by another road: long division of power series, in mpmath with many digits.

Nothing here knows that a derivative is a polynomial in the function.
"""

import mpmath as mp


def value(name, x):
    """Return the function itself at x."""
    return 1 / (1 + mp.exp(-x)) if name == "logistic" else mp.tanh(x)


def series(name, order, centre):
    """Coefficients of (x − centre)^k, k = 0 … order."""
    centre = mp.mpf(centre)
    if name == "logistic":  # 1 / (1 + e^(−c) e^(−t))
        over = [mp.mpf(k == 0) for k in range(order + 1)]
        under = [mp.exp(-centre) * (-1) ** k / mp.factorial(k) for k in range(order + 1)]
        under[0] += 1
    else:  # sinh(c + t) / cosh(c + t)
        sides = mp.sinh(centre), mp.cosh(centre)
        over = [sides[k % 2] / mp.factorial(k) for k in range(order + 1)]
        under = [sides[(k + 1) % 2] / mp.factorial(k) for k in range(order + 1)]
    quotient = []
    for k in range(order + 1):
        known = mp.fsum(quotient[i] * under[k - i] for i in range(k))
        quotient.append((over[k] - known) / under[0])
    return quotient


def horner(coefficients, t):
    """Value of the polynomial with these coefficients, lowest power first."""
    total = mp.mpf(0)
    for a in reversed(coefficients):
        total = total * t + a
    return total
