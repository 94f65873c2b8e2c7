"""Shrinkage: what is small counts as noise and becomes 0, or nearly so; what is large passes."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import keep_nan, keep_sign
from companion.activations._parameter import parameter


class Threshold(Activation):
    """The thresholded line: x above the threshold, a constant value up to it.

    Its derivative is 0 at the threshold. PyTorch asks for both parameters and has no defaults;
    those here are the thresholded linear unit of the reference.

    Parameters
    ----------
    threshold : float, default 1
        Where x begins to pass.
    value : float, default 0
        What stands in for x up to there.

    References
    ----------
    K. Konda, R. Memisevic, D. Krueger, "Zero-bias autoencoders and the benefits of co-adapting
    features" (2014). arXiv:1402.3337

    Examples
    --------
    >>> threshold = Threshold()
    >>> threshold([0.5, 1.0, 2.0]), threshold([-1.0, 2.0], threshold=0.0, value=-5.0)
    (array([0., 0., 2.]), array([-5.,  2.]))
    """

    threshold: float = parameter(1.0, examples=(0.0, -0.7))
    value: float = parameter(0.0, examples=(-2.0, 5.0))

    name = "threshold"
    reference = "konda2014"
    formula = r"\begin{cases} x & x > \theta \\ c & x \le \theta \end{cases}"

    @property
    def kinks(self) -> tuple[float, ...]:
        return (self.threshold,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x if x > self.threshold else mp.mpf(self.value)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        _select(x <= self.threshold, x.dtype.type(self.value), x, out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.copyto(out, x > self.threshold)
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class _Shrink(Activation, register=False):
    """0 from −lambd to lambd, a line of slope 1 on either side; the kinks belong to the middle."""

    lambd: float = parameter(0.5, at_least=0, examples=(0.0, 2.0))

    odd = True

    @property
    def kinks(self) -> tuple[float, ...]:
        return (-self.lambd, self.lambd) if self.lambd else ()

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        if self.lambd:
            np.copyto(out, np.abs(x) > self.lambd)
        else:
            out.fill(1.0)  # the identity has no kink
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class Softshrink(_Shrink):
    """Soft thresholding: every number moves towards 0 by lambd, and no further than 0.

    The derivative is 0 at the kinks ±lambd, and 1 everywhere for lambd = 0, the identity.

    Parameters
    ----------
    lambd : float, default 0.5
        By how much; PyTorch's name for λ.

    References
    ----------
    D. L. Donoho, I. M. Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika 81
    (1994) 425-455. doi:10.1093/biomet/81.3.425

    Examples
    --------
    >>> softshrink = Softshrink()
    >>> softshrink([-2.0, 0.3, 1.0])
    array([-1.5,  0. ,  0.5])
    """

    name = "softshrink"
    reference = "donoho1994"
    formula = r"\operatorname{sign}(x) \max(0, |x| - \lambda)"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return mp.sign(x) * max(mp.mpf(0), abs(x) - mp.mpf(self.lambd))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        largest = min(self.lambd, float(np.finfo(x.dtype).max))  # ∞ − ∞ would be NaN
        np.clip(x, -largest, largest, out=out)
        np.subtract(x, out, out=out)
        keep_sign(x, out)


class Hardshrink(_Shrink):
    """Hard thresholding: what is larger than lambd is kept as it is, all else is 0.

    The value jumps at ±lambd; there it and its derivative are 0. For lambd = 0 it is the identity.

    Parameters
    ----------
    lambd : float, default 0.5
        Up to which size a number counts as nothing; PyTorch's name for λ.

    References
    ----------
    D. L. Donoho, I. M. Johnstone, "Ideal spatial adaptation by wavelet shrinkage", Biometrika 81
    (1994) 425-455. doi:10.1093/biomet/81.3.425

    Examples
    --------
    >>> hardshrink = Hardshrink()
    >>> hardshrink([-2.0, 0.3, 0.5, 1.0])
    array([-2.,  0.,  0.,  1.])
    """

    name = "hardshrink"
    reference = "donoho1994"
    formula = r"\begin{cases} x & |x| > \lambda \\ 0 & |x| \le \lambda \end{cases}"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x if abs(x) > self.lambd else mp.mpf(0)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.abs(x, out=out)
        _select(out <= self.lambd, x.dtype.type(0), x, out)
        keep_sign(x, out)


class Tanhshrink(Activation):
    """Tanhshrink x − tanh x, which is x³/3 near 0 and nears the lines x ∓ 1 far out.

    Near 0 the difference cancels, so there Lambert's continued fraction of tanh is used:
    x³/(3 + x² + x²/(5 + x²/(7 + …))), in which everything is positive.

    References
    ----------
    It has no paper of its own; this is PyTorch's: A. Paszke et al., "PyTorch: An imperative style,
    high-performance deep learning library", NeurIPS 32 (2019) 8024-8035. arXiv:1912.01703

    Examples
    --------
    >>> tanhshrink = Tanhshrink()
    >>> tanhshrink([-1.0, 0.0, 2.0]).round(4)
    array([-0.2384,  0.    ,  1.036 ])
    >>> f"{tanhshrink(1e-6):.4g}"  # np.tanh(1e-6) has lost all but four digits of this
    '3.333e-19'
    """

    name = "tanhshrink"
    reference = "paszke2019"
    formula = r"x - \tanh x"
    odd = True

    # The continued fraction, cut off behind 21, as a quotient of polynomials in x².
    _upper = (65.0, 42_900.0, 6_891_885.0, 349_188_840.0, 4_583_103_525.0)
    _lower = (66.0, 45_045.0, 7_567_560.0, 413_513_100.0, 6_547_290_750.0, 13_749_310_575.0)
    _near = 1.5

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x - mp.tanh(x)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.tanh(x, out=out)
        np.subtract(x, out, out=out)
        near = np.abs(x) < self._near
        if near.any():
            square = np.square(np.clip(x, -self._near, self._near))
            quotient = _horner(self._upper, square)
            quotient /= _horner(self._lower, square)
            quotient *= square
            quotient *= x  # last, since x³ may be subnormal, and is to be rounded once
            _select(near, quotient, out, out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.tanh(x, out=out)
        np.square(out, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        z = np.exp(-2.0 * np.abs(x))
        np.tanh(x, out=out)
        out *= 8.0 * z / np.square(1.0 + z)


def _select(
    where: np.ndarray, this: np.ndarray | np.floating, other: np.ndarray, out: np.ndarray
) -> None:
    """Fill `out` with `this` where that is asked for, and with `other` elsewhere."""
    # np.where and np.copyto have no vector code, and what comes and goes at random defeats the
    # prediction of their branches. Bits can be chosen without: (other ^ this) & mask ^ this.
    bits = np.dtype(f"i{out.dtype.itemsize}")
    mask = np.subtract(where.view(np.int8), np.int8(1)).astype(bits)  # no bit where, all elsewhere
    this, result = this.view(bits), out.view(bits)
    if np.ndim(this) or this:
        mask &= other.view(bits) ^ this
        np.bitwise_xor(mask, this, out=result)
    else:
        np.bitwise_and(mask, other.view(bits), out=result)


def _horner(coefficients: tuple[float, ...], y: np.ndarray) -> np.ndarray:
    """Return the polynomial with these coefficients, the highest first."""
    result = np.full_like(y, coefficients[0])
    for coefficient in coefficients[1:]:
        result *= y
        result += coefficient
    return result
