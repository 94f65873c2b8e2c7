"""GELU and its two approximations."""

from __future__ import annotations

import math
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import (
    bounded,
    exact_product,
    far_tail,
    keep_sign,
    positive,
    ramp,
    square_error,
)
from companion.activations._logistic_gated import Gate, LogisticGated
from companion.activations._mills import (
    largest,
    mills_ratio,
    scaled_mills_ratio,
)
from companion.activations._parameter import parameter
from companion.activations._roots import root_between

_SQRT_2PI = math.sqrt(2.0 * math.pi)


class _SigmoidGELU(LogisticGated, register=False):
    """x * σ(1.702 x)."""

    name = "gelu"
    reference = "hendrycks2016"
    formula = r"x \, \sigma(1.702\, x)"
    # 1.702 is no double; exp would magnify the difference far out.
    scale = 1.702
    scale_rest = float(Fraction("1.702") - Fraction(1.702))

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x / (1 + mp.exp(-mp.mpf("1.702") * x))

    def _gate(self, x: np.ndarray) -> Gate:
        x = bounded(x, self.scale)
        return Gate(x, *exact_product(self.scale, x, self.scale_rest), self.scale, 0.0)


class _TanhGELU(LogisticGated, register=False):
    """x/2 * (1 + tanh(u)) = x * σ(2u), with u = √(2/π) (x + 0.044715 x³)."""

    name = "gelu"
    reference = "hendrycks2016"
    formula = (
        r"\tfrac{x}{2}\left(1 + \tanh\!\left(\sqrt{\tfrac{2}{\pi}}"
        r"\left(x + 0.044715\, x^3\right)\right)\right)"
    )
    scale = math.sqrt(8.0 / math.pi)
    cubic = 0.044715

    def definition(self, x: Any, mp: ModuleType) -> Any:
        u = mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)
        # (1 + tanh u)/2, without the cancellation for u towards −∞
        return x / (1 + mp.exp(-2 * u))

    def tolerance_ulp(self, x: float) -> float:
        # exp magnifies the rounding of its argument 2u by |2u|, and 2u carries several roundings.
        return 4.0 + 3.0 * min(750.0, abs(self.scale * (x + self.cubic * x * x * x)))

    def _argument(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | float]:
        v = np.square(x)  # x**3 would cost more than all the rest
        v *= self.scale * self.cubic
        v += self.scale
        v *= x
        return v, 0.0

    def _gate(self, x: np.ndarray) -> Gate:
        x = np.clip(x, -60.0, 60.0)
        slope = np.square(x)
        slope *= 3.0 * self.scale * self.cubic
        slope += self.scale
        return Gate(x, *self._argument(x), slope, (6.0 * self.cubic * self.scale) * x)


class _ExactGELU(Activation, register=False):
    """x * Φ(x), by the Mills ratio M(t) = Q(t)/φ(t) of the upper tail Q.

    x Φ(x) = max(x, 0) - t Q(t) with t = |x|, and Q(t) = M(t) φ(t) keeps its digits in the tail.
    """

    name = "gelu"
    reference = "hendrycks2016"
    formula = r"x \, \Phi(x)"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x * mp.ncdf(x)

    def tolerance_ulp(self, x: float) -> float:
        return 12.0

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        t, most = self._distance(x)
        factor, scale = scaled_mills_ratio(t)
        nowhere_far = self._times_density(factor, t, most, -scale, out)
        nowhere_zero = nowhere_far and np.min(t) > 0.0
        ramp(x, out=t)
        out += t
        if not nowhere_zero:
            keep_sign(x, out)  # the sum has lost the sign of -0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        t, most = self._distance(x)
        factor = mills_ratio(t)
        np.subtract(t, factor, out=factor)
        self._times_density(factor, t, most, 1.0, out)
        # On the right 1 + φ(t)(t - M(t)), on the left the same without the 1, and negated.
        right = positive(x)
        out *= 2.0 * right - 1.0
        out += right

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        t, most = self._distance(x)
        self._times_density(2.0 - t * t, t, most, 1.0, out)

    @staticmethod
    def _distance(x: np.ndarray) -> tuple[np.ndarray, np.floating]:
        """Return t = |x|, clipped where φ(t) is 0, and its maximum."""
        t = np.abs(x)
        most, limit = np.max(t), x.dtype.type(largest(x.dtype))
        if most <= limit:
            return t, most
        return np.clip(t, 0.0, limit, out=t), limit  # NaN stays

    @staticmethod
    def _times_density(
        factor: np.ndarray, t: np.ndarray, most: np.floating, scale: float, out: np.ndarray
    ) -> bool:
        """Fill `out` with scale * factor * φ(t), and say whether φ(t) is nowhere near underflow.

        exp(-t²/2) gets the rounding of t² too.
        """
        exponent = np.square(t)
        rest = square_error(t, exponent)
        scale /= _SQRT_2PI
        rest *= -0.5 * scale
        rest += scale
        factor *= rest
        exponent *= -0.5
        far, tail = far_tail(exponent, 0.0, factor, least=-0.5 * most * most)
        np.exp(exponent, out=out)
        out *= factor
        out[far] = tail
        return not far.size


class GELU(Activation):
    """The Gaussian error linear unit x * P(X <= x) for a standard normal X.

    Parameters
    ----------
    approximate : {"none", "tanh", "sigmoid"}, default "none"
        The exact function x Φ(x), or one of two approximations from the time when Φ was slow:
        x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))), or x σ(1.702 x).

    References
    ----------
    D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)" (2016). arXiv:1606.08415

    Examples
    --------
    >>> gelu = GELU()
    >>> gelu([-1.0, 0.0, 1.0]).round(4)
    array([-0.1587,  0.    ,  0.8413])
    >>> gelu(1.0, approximate="sigmoid").round(4)
    np.float64(0.8458)
    """

    approximate: str = parameter("none", one_of=("none", "tanh", "sigmoid"))

    name = "gelu"
    reference = "hendrycks2016"

    @property
    def formula(self) -> str:
        """The formula of the chosen form."""
        return self._form.formula

    @property
    def turning_points(self) -> tuple[float, ...]:
        """The minimum."""
        return (root_between(self.derivative, -1.0, -0.5),)

    @property
    def steepest_points(self) -> tuple[float, ...]:
        """The least and the greatest slope."""
        right = root_between(self.second_derivative, 1.0, 2.0)
        return -right, right

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return self._form.definition(x, mp)

    def tolerance_ulp(self, x: float) -> float:
        return self._form.tolerance_ulp(x)

    @property
    def _form(self) -> Activation:
        return _FORMS[self.approximate]

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        self._form._value(x, out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        self._form._slope(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        self._form._curvature(x, out)


_FORMS = {"none": _ExactGELU(), "tanh": _TanhGELU(), "sigmoid": _SigmoidGELU()}
