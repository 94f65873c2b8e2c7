"""Pieces that several kernels share: each works on one contiguous block of float32 or float64.

What a kernel costs is the number of its passes over the block, and a few passes are far slower in
NumPy than they look. Hence the ways round them here; benchmarks/activations.py measures the whole.
"""

from __future__ import annotations

import math

import numpy as np

from companion.activations._arrays import BLOCK

_SINGLE, _DOUBLE = np.dtype(np.float32), np.dtype(np.float64)
_LARGEST = {dtype: np.finfo(dtype).max for dtype in (_SINGLE, _DOUBLE)}
# Below this, exp(x) is negligible beside 1, and exp(-x) is about to overflow.
_FAR_LEFT = {_SINGLE: -80.0, _DOUBLE: -700.0}
# Beyond this, exp(-x) is less than half a unit in the last place of x.
_FAR_RIGHT = {_SINGLE: 15.0, _DOUBLE: 34.0}
# exp of anything beyond this is 0 or infinity in either dtype.
_BEYOND = 1e4
_E_MINUS_64 = math.exp(-64.0)
_NOWHERE = np.empty(0, dtype=np.intp)
_ZEROS = {dtype: np.zeros(BLOCK, dtype=dtype) for dtype in (_SINGLE, _DOUBLE)}
# The bits of a float as an integer of its size: the sign, and all but the last 12 or 27 digits.
_SIGN = {_SINGLE: np.int32(-(2**31)), _DOUBLE: np.int64(-(2**63))}
_HIGH = {_SINGLE: np.int32(-(2**12)), _DOUBLE: np.int64(-(2**27))}


def ramp(x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Return max(x, 0), NaN for NaN."""
    # Three times as fast as against the number 0, for which NumPy has no vector code.
    return np.maximum(x, _ZEROS[x.dtype][: x.size], out=out)


def left_ramp(x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    """Return min(x, 0), NaN for NaN."""
    return np.minimum(x, _ZEROS[x.dtype][: x.size], out=out)


def positive(x: np.ndarray) -> np.ndarray:
    """Return 1 where x > 0 and 0 elsewhere, NaN included."""
    return np.greater(x, 0.0).astype(x.dtype)


def keep_nan(x: np.ndarray, out: np.ndarray) -> None:
    """Put NaN back where comparisons have turned it into a number."""
    if np.isnan(np.min(x)):
        np.copyto(out, x, where=np.isnan(x))


def keep_sign(x: np.ndarray, out: np.ndarray) -> None:
    """Give a result that has the sign of x, but for zeros, the sign of -0 as well."""
    # np.copysign has no vector code and takes as long as an exponential. The sign is one bit, and
    # only zeros, mostly none, have lost theirs.
    if np.any(out == 0.0):  # or underflowed
        bits = out.view(_SIGN[out.dtype].dtype)
        bits |= _sign_bit(x)


def flip_sign(x: np.ndarray, out: np.ndarray) -> None:
    """Change the sign of the result where x is negative."""
    bits = out.view(_SIGN[out.dtype].dtype)
    bits ^= _sign_bit(x)


def _sign_bit(x: np.ndarray) -> np.ndarray:
    sign = _SIGN[x.dtype]
    return x.view(sign.dtype) & sign


def far_tail(
    v: np.ndarray,
    rest: np.ndarray | float,
    factor: np.ndarray | float,
    least: float | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Find where exp(v) is negligible beside 1, mostly nowhere, and factor * exp(v + rest) there.

    So far out exp(-v) overflows, and exp(v) is subnormal, short of digits, while the product with
    the factor need not be. Adding 64 to v is exact there, and taking it back is one
    multiplication, so the product is rounded once. Who knows the least v may say so.
    """
    limit = _FAR_LEFT[v.dtype]
    if (np.min(v) if least is None else least) >= limit:
        return _NOWHERE, _NOWHERE
    # Few numbers in each of many blocks are common, so it is the calls that count here.
    far = (v < limit).nonzero()[0]
    tail = v[far]
    np.maximum(tail, -_BEYOND, out=tail)
    tail += 64.0
    np.exp(tail, out=tail)
    if np.ndim(rest):
        tail *= 1.0 + rest[far]
    # The largest number stands in for infinity, which times 0 would be NaN.
    tail *= factor[far].clip(-_LARGEST[v.dtype], _LARGEST[v.dtype]) if np.ndim(factor) else factor
    tail *= _E_MINUS_64
    return far, tail


def not_far_right(v: np.ndarray) -> np.ndarray:
    """Return v, clipped where log(1 + exp(v)) has become v to the last digit; NaN stays."""
    limit = _FAR_RIGHT[v.dtype]
    return v if np.max(v) <= limit else np.clip(v, -np.inf, limit)


def decay(v: np.ndarray, rest: np.ndarray | float) -> np.ndarray:
    """Return exp(-|v + rest|), where rest is the rounding error of v, or 0."""
    sign = _SIGN[v.dtype]
    z = (v.view(sign.dtype) | sign).view(v.dtype)  # -|v|, in one pass
    np.exp(z, out=z)
    if np.ndim(rest):
        towards = rest.copy()
        flip_sign(v, towards)
        towards *= z
        z -= towards
    return z


def logistic_of(v: np.ndarray, rest: np.ndarray | float, out: np.ndarray) -> None:
    """Fill `out` with σ(v + rest), where rest is the rounding error of v, or 0."""
    far, tail = far_tail(v, rest, 1.0)
    np.negative(v, out=out)
    np.exp(out, out=out)
    if np.ndim(rest):
        out *= 1.0 - rest
    out += 1.0
    np.divide(1.0, out, out=out)
    out[far] = tail


def bounded(x: np.ndarray, c: float) -> np.ndarray:
    """Return x clipped where |c x| = 10 000, beyond which exp is 0 or infinite whatever the digits.

    So neither infinity nor overflow makes a NaN.
    """
    limit = min(_BEYOND / c, float(np.finfo(x.dtype).max) / 1e5) if c else _BEYOND
    return np.clip(x, -limit, limit)


def multiplies_exactly(c: float) -> bool:
    """Whether c is 0 or a power of two, so that c * x is rounded nowhere but among subnormals."""
    return math.frexp(c)[0] in (0.0, 0.5)


def exact_product(
    c: float, x: np.ndarray, c_rest: float = 0.0
) -> tuple[np.ndarray, np.ndarray | float]:
    """Return p and r with p + r = (c + c_rest) * x to twice the working precision.

    exp magnifies the rounding of its argument: at 700, half a unit becomes hundreds. With the
    rest, exp(c x) is exp(p) * (1 + r). The rest is the number 0 where c multiplies exactly, and
    then nothing needs to be done about it; otherwise x is clipped first, by `bounded`.
    """
    if multiplies_exactly(c) and c_rest == 0.0:
        return (x if c == 1.0 else x * x.dtype.type(c)), 0.0
    x = bounded(x, c)
    product = x * x.dtype.type(c)
    c_high = float(_high(np.array([c], dtype=x.dtype))[0])
    c_low = (c - c_high) + c_rest
    # The product of two halves is exact (Dekker 1971), and so is its difference from the whole.
    x_high = _high(x)
    x_low = x - x_high
    rest = x_high * c_high
    rest -= product
    x_high *= c_low
    rest += x_high
    x_low *= c
    rest += x_low
    return product, rest


def square_error(t: np.ndarray, square: np.ndarray) -> np.ndarray:
    """Return t*t less the rounded square; with t = h + l it is h*h - square + l*(t + h)."""
    high = _high(t)
    low = t - high
    rest = high * high
    rest -= square
    high += t
    low *= high
    rest += low
    return rest


def _high(x: np.ndarray) -> np.ndarray:
    """Return x with the lower half of its digits set to 0: two such multiply exactly."""
    mask = _HIGH[x.dtype]
    return (x.view(mask.dtype) & mask).view(x.dtype)
