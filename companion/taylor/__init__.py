"""Taylor polynomials of smooth activations, exact, with errors bounded by proof.

The logistic function and tanh satisfy y' = y(1 − y) and y' = 1 − y². So each derivative is a
polynomial in y with integer coefficients, found by four lines of exact arithmetic, and its largest
value over the function's range bounds Lagrange's remainder. Nothing is sampled. Softplus, swish and
Mish are made of such polynomials; GELU's are those of Hermite.

>>> from companion.taylor import taylor
>>> tangent = taylor("logistic", 1)
>>> tangent.coefficients
(0.5, 0.25)
>>> constant, power = tangent.uniform_bound  # |σ(x) − 0.5 − 0.25x| ≤ |x|³ / 48
>>> round(1 / constant), power
(48, 3)
"""

from ._series import (
    TaylorPolynomial,
    derivative_polynomial,
    largest_derivative,
    radius_of_convergence,
    series_at_zero,
    taylor,
)

__all__ = [
    "TaylorPolynomial",
    "derivative_polynomial",
    "largest_derivative",
    "radius_of_convergence",
    "series_at_zero",
    "taylor",
]
