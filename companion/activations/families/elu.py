"""Exponential linear units: a line on the right, an exponential that levels off on the left."""

from __future__ import annotations

from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import (
    exact_product,
    far_tail,
    keep_sign,
    left_ramp,
    positive,
    ramp,
)
from companion.activations._parameter import parameter


class ELU(Activation):
    """The exponential linear unit: x on the right, alpha * (exp(x) - 1) on the left.

    The slope is continuous only for alpha = 1. At 0 both derivatives are those of the left side.

    Parameters
    ----------
    alpha : float, default 1
        Minus the limit at −∞.

    References
    ----------
    D.-A. Clevert, T. Unterthiner, S. Hochreiter, "Fast and accurate deep network learning by
    exponential linear units (ELUs)", ICLR (2016). arXiv:1511.07289

    Examples
    --------
    >>> elu = ELU()
    >>> elu([-1.0, 2.0], alpha=0.5).round(4)
    array([-0.3161,  2.    ])
    """

    alpha: float = parameter(1.0, above=0, examples=(0.5, 2.0))

    name = "elu"
    reference = "clevert2016"
    formula = r"\max(0, x) + \min\!\left(0, \alpha (e^{x} - 1)\right)"

    @property
    def kinks(self) -> tuple[float, ...]:
        return () if self.alpha == 1 else (0.0,)

    @property
    def steepest_points(self) -> tuple[float, ...]:
        return (0.0,) if self.alpha == 1 else ()

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x if x > 0 else mp.mpf(self.alpha) * mp.expm1(x)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        left_ramp(x, out=out)
        np.expm1(out, out=out)
        if self.alpha != 1:
            out *= self.alpha
        if self.alpha <= 1:
            np.maximum(x, out, out=out)  # the line is above the curve on the right alone
        else:
            out += ramp(x)
        keep_sign(x, out)  # -0 may have met +0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        if self.alpha != 1:
            self._curvature(x, out)
            out += positive(x)
            return
        left_ramp(x, out=out)
        np.exp(out, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        far, tail = far_tail(x, 0.0, self.alpha)
        left_ramp(x, out=out)
        np.exp(out, out=out)
        out *= self.alpha
        out *= 1.0 - positive(x)
        out[far] = tail


class SELU(Activation):
    """The scaled ELU: its two constants keep mean 0 and variance 1 from layer to layer.

    They solve two equations: for a standard normal input the output has mean 0 and variance 1.

    References
    ----------
    G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-normalizing neural networks",
    NeurIPS 30 (2017). arXiv:1706.02515

    Examples
    --------
    >>> selu = SELU()
    >>> selu([-1.0, 1.0]).round(4)
    array([-1.1113,  1.0507])
    """

    name = "selu"
    reference = "klambauer2017"
    formula = (
        r"\lambda \left(\max(0, x) + \min\!\left(0, \alpha (e^{x} - 1)\right)\right),"
        r"\; \alpha \approx 1.6733,\; \lambda \approx 1.0507"
    )
    kinks = (0.0,)
    scale = 1.0507009873554805
    scale_times_alpha = 1.7580993408473766

    def definition(self, x: Any, mp: ModuleType) -> Any:
        # The fixed point's closed form, so that the constants above are tested with the rest.
        c = mp.erfc(mp.sqrt(0.5)) * mp.exp(0.5)
        alpha = mp.sqrt(2 / mp.pi) / (1 - c)
        spread = 2 * mp.erfc(mp.sqrt(2)) * mp.e**2 + mp.pi * c**2 - 2 * (2 + mp.pi) * c + mp.pi + 2
        scale = (1 - c) * mp.sqrt(2 * mp.pi / spread)
        return scale * (x if x > 0 else alpha * mp.expm1(x))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        left_ramp(x, out=out)
        np.expm1(out, out=out)
        out *= self.scale_times_alpha
        right = ramp(x)
        right *= self.scale
        out += right
        keep_sign(x, out)  # the sum has lost the sign of -0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        self._curvature(x, out)
        out += self.scale * positive(x)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        far, tail = far_tail(x, 0.0, self.scale_times_alpha)
        left_ramp(x, out=out)
        np.exp(out, out=out)
        out *= self.scale_times_alpha
        out *= 1.0 - positive(x)
        out[far] = tail


class CELU(Activation):
    """The continuously differentiable ELU: exp(x/alpha) makes the slope 1 at 0 for every alpha.

    Parameters
    ----------
    alpha : float, default 1
        Minus the limit at −∞, and the width of the bend.

    References
    ----------
    J. T. Barron, "Continuously differentiable exponential linear units" (2017). arXiv:1704.07483

    Examples
    --------
    >>> celu = CELU()
    >>> celu([-1.0, 2.0], alpha=0.5).round(4)
    array([-0.4323,  2.    ])
    """

    alpha: float = parameter(1.0, above=0, examples=(0.5, 3.0))

    name = "celu"
    reference = "barron2017"
    formula = r"\max(0, x) + \min\!\left(0, \alpha (e^{x / \alpha} - 1)\right)"
    steepest_points = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        alpha = mp.mpf(self.alpha)
        return x if x > 0 else alpha * mp.expm1(x / alpha)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        v, rest = self._exponent(x)
        np.expm1(v, out=out)
        if np.ndim(rest):
            rest *= out + 1.0
            out += rest
        if self.alpha != 1:
            out *= self.alpha
        np.maximum(x, out, out=out)  # the line is above the curve on the right alone
        keep_sign(x, out)  # -0 may have met +0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        v, rest = self._exponent(x)
        far, tail = far_tail(v, rest, 1.0)
        np.exp(v, out=out)
        if np.ndim(rest):
            out *= 1.0 + rest
        out[far] = tail

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        v, rest = self._exponent(x)
        far, tail = far_tail(v, rest, 1.0 / self.alpha)
        np.exp(v, out=out)
        out *= (1.0 + rest) / self.alpha
        out *= 1.0 - positive(x)
        out[far] = tail

    def _exponent(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | float]:
        """Return min(x, 0)/alpha and its rounding error."""
        inverse = 1.0 / self.alpha
        inverse_rest = float(1 / Fraction(self.alpha) - Fraction(inverse))
        return exact_product(inverse, left_ramp(x), inverse_rest)
