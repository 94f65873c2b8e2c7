"""The ReLU family: silent or nearly so on the left, a line on the right."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import decay, exact_product, far_tail, keep_nan, positive
from companion.activations._parameter import parameter


class ReLU(Activation):
    """The rectified linear unit max(0, x). Its derivative is 0 at the kink.

    References
    ----------
    V. Nair, G. E. Hinton, "Rectified linear units improve restricted Boltzmann machines",
    ICML (2010) 807-814.

    Examples
    --------
    >>> relu = ReLU()
    >>> relu([-1.0, 0.0, 2.0])
    array([0., 0., 2.])
    >>> relu.derivative([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """

    name = "relu"
    reference = "nair2010"
    formula = r"\max(0, x)"
    kinks = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return max(x, mp.mpf(0))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.maximum(x, 0.0, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.copyto(out, x > 0.0)
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class LeakyReLU(Activation):
    """ReLU with a leak: x on the right, negative_slope * x on the left and in the derivative at 0.

    Parameters
    ----------
    negative_slope : float, default 0.01
        The slope on the left.

    References
    ----------
    A. L. Maas, A. Y. Hannun, A. Y. Ng, "Rectifier nonlinearities improve neural network acoustic
    models", ICML Workshop on Deep Learning for Audio, Speech and Language Processing (2013).

    Examples
    --------
    >>> leaky_relu = LeakyReLU()
    >>> leaky_relu([-1.0, 2.0])
    array([-0.01,  2.  ])
    """

    negative_slope: float = parameter(0.01, examples=(0.0, 0.2, 1.5, -0.5))

    name = "leaky_relu"
    reference = "maas2013"
    formula = r"\max(0, x) + \gamma \min(0, x)"
    kinks = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x if x > 0 else mp.mpf(self.negative_slope) * x

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        if self.negative_slope == 0:
            np.maximum(x, 0.0, out=out)  # 0 * -inf would be NaN
            return
        np.minimum(x, 0.0, out=out)
        out *= self.negative_slope
        out += np.maximum(x, 0.0)
        if self.negative_slope > 0:
            np.copysign(out, x, out=out)  # the sum has lost the sign of -0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        right = positive(x)
        np.multiply(1.0 - right, self.negative_slope, out=out)
        out += right
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


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
        np.minimum(x, 0.0, out=out)
        np.expm1(out, out=out)
        out *= self.alpha
        out += np.maximum(x, 0.0)
        np.copysign(out, x, out=out)  # the sum has lost the sign of -0

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        self._curvature(x, out)
        out += positive(x)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        far, tail = far_tail(x, 0.0, self.alpha)
        np.minimum(x, 0.0, out=out)
        np.exp(out, out=out)
        out *= self.alpha
        out *= 1.0 - positive(x)
        out[far] = tail


class Softplus(Activation):
    """The soft ReLU log(1 + exp(beta x))/beta, whose derivative is the logistic function of beta x.

    Parameters
    ----------
    beta : float, default 1
        The sharpness: the larger, the closer to ReLU, from which it is never further than
        log(2)/beta.

    References
    ----------
    C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia, "Incorporating second-order functional
    knowledge for better option pricing", NeurIPS 13 (2000).

    Examples
    --------
    >>> softplus = Softplus()
    >>> softplus(0.0).round(4)
    np.float64(0.6931)
    """

    beta: float = parameter(1.0, above=0, examples=(0.3, 2.0, 10.0))

    name = "softplus"
    reference = "dugas2000"
    formula = r"\frac{1}{\beta} \log\!\left(1 + e^{\beta x}\right)"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        beta = mp.mpf(self.beta)
        return mp.log1p(mp.exp(beta * x)) / beta

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        _, v, rest = exact_product(self.beta, x)
        far, tail = far_tail(v, rest, 1.0 / self.beta)
        np.log1p(decay(v, rest), out=out)
        out /= self.beta
        out += np.maximum(x, 0.0)
        out[far] = tail

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        _, v, rest = exact_product(self.beta, x)
        z = decay(v, rest)
        np.divide(np.maximum(z, positive(v)), 1.0 + z, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        _, v, rest = exact_product(self.beta, -np.abs(x))
        far, tail = far_tail(v, rest, self.beta)
        z = decay(v, rest)
        np.divide(z, np.square(1.0 + z), out=out)
        out *= self.beta
        out[far] = tail
