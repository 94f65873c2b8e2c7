"""Pieces that several kernels share: each works on one contiguous block of float32 or float64."""

from __future__ import annotations

import math

import numpy as np

# Below this, exp(x) is negligible beside 1, and exp(-x) is about to overflow.
_FAR_LEFT = {np.dtype(np.float32): -80.0, np.dtype(np.float64): -700.0}
# Veltkamp's factors: they cut a significand of 24 or 53 bits into two halves.
_SPLIT = {np.dtype(np.float32): 2.0**12 + 1, np.dtype(np.float64): 2.0**27 + 1}
# exp of anything beyond this is 0 or infinity in either dtype.
_BEYOND = 1e4
_E_MINUS_64 = math.exp(-64.0)
_NOWHERE = np.empty(0, dtype=np.intp)


def positive(x: np.ndarray) -> np.ndarray:
    """Return 1 where x > 0 and 0 elsewhere, NaN included."""
    return np.greater(x, 0.0).astype(x.dtype)


def keep_nan(x: np.ndarray, out: np.ndarray) -> None:
    """Put NaN back where comparisons have turned it into a number."""
    if np.isnan(np.min(x)):
        np.copyto(out, x, where=np.isnan(x))


def far_tail(
    v: np.ndarray, rest: np.ndarray | float, factor: np.ndarray | float
) -> tuple[np.ndarray, np.ndarray]:
    """Find where exp(v) is negligible beside 1, mostly nowhere, and factor * exp(v + rest) there.

    So far out exp(-v) overflows, and exp(v) is subnormal, short of digits, while the product with
    the factor need not be. Adding 64 to v is exact there, and taking it back is one
    multiplication, so the product is rounded once.
    """
    limit = _FAR_LEFT[v.dtype]
    if np.min(v) >= limit:
        return _NOWHERE, _NOWHERE
    far = np.flatnonzero(v < limit)
    v = np.maximum(v[far], -_BEYOND)
    rest, factor = (q[far] if np.ndim(q) and np.size(q) > 1 else q for q in (rest, factor))
    tail = factor * (1.0 + rest) * np.exp(v + 64.0)
    return far, tail * v.dtype.type(_E_MINUS_64)


def decay(v: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return exp(-|v + rest|), where rest is the rounding error of v."""
    return np.exp(-np.abs(v)) * (1.0 - np.sign(v) * rest)


def exact_product(
    c: float, x: np.ndarray, c_rest: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x clipped, and p and r with p + r = (c + c_rest) * x to twice the working precision.

    exp magnifies the rounding of its argument: at 700, half a unit becomes hundreds. With the
    rest, exp(c x) is exp(p) * (1 + r). Beyond |c x| = 10 000, where exp is 0 or infinite whatever
    the digits, x is clipped, so that neither infinity nor overflow makes a NaN.
    """
    c_rest += c - float(x.dtype.type(c))
    limit = min(_BEYOND / c, float(np.finfo(x.dtype).max) / 1e5) if c else _BEYOND
    x = np.clip(x, -limit, limit)
    product = x * x.dtype.type(c)
    if math.frexp(c)[0] in (0.0, 0.5) and c_rest == 0.0:
        return x, product, np.zeros(1, dtype=x.dtype)  # a power of two multiplies exactly
    rest = product_error(x, np.asarray(c, dtype=x.dtype), product)
    return x, product, rest + x * c_rest


def product_error(a: np.ndarray, b: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Return a*b - product exactly, for the rounded product (Dekker 1971, Veltkamp's split)."""
    a_high, a_low = _halves(a)
    b_high, b_low = _halves(b)
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def _halves(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    big = x * _SPLIT[x.dtype]
    high = big - (big - x)
    return high, x - high
