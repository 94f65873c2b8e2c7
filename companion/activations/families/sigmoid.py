"""The sigmoid family: curves that rise from one level to another, or up to one.

All of the logistic function's tails hang on one thing: never subtract nearly equal numbers. Its
derivative is z/(1 + z)² with z = exp(-|x|), which keeps every digit where the popular y(1 - y) of a
rounded y has become 0.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import decay, flip_sign, left_ramp, logistic_of


class Logistic(Activation):
    """The logistic function 1/(1 + exp(-x)), which turns log-odds into a probability.

    References
    ----------
    D. R. Cox, "The regression analysis of binary sequences", Journal of the Royal Statistical
    Society B 20 (1958) 215-232. doi:10.1111/j.2517-6161.1958.tb00292.x

    Examples
    --------
    >>> logistic = Logistic()
    >>> logistic(0.0)
    np.float64(0.5)
    >>> f"{logistic.derivative(37.0):.3g}"
    '8.53e-17'
    """

    name = "logistic"
    aliases = ("sigmoid", "expit")
    reference = "cox1958"
    formula = r"\frac{1}{1 + e^{-x}}"
    steepest_points = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return 1 / (1 + mp.exp(-x))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        logistic_of(x, 0.0, out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        z = decay(x, 0.0)
        np.add(z, 1.0, out=out)
        np.square(out, out=out)
        np.divide(z, out, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        z = decay(x, 0.0)
        # -(1 - z), kept exact near x = 0
        np.multiply(np.expm1(-np.abs(x)), z, out=out)
        out /= 1.0 + z * (3.0 + z * (3.0 + z))  # (1 + z)³ with its largest part rounded once
        flip_sign(x, out)


class Tanh(Activation):
    """The hyperbolic tangent: the logistic function, centred at 0 and twice as steep and as tall.

    References
    ----------
    Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", in Neural Networks: Tricks
    of the Trade, 2nd edition, Springer, 2012, 9-48. doi:10.1007/978-3-642-35289-8_3

    Examples
    --------
    >>> tanh = Tanh()
    >>> tanh([-1.0, 0.0, 1.0]).round(4)
    array([-0.7616,  0.    ,  0.7616])
    """

    name = "tanh"
    reference = "lecun2012"
    formula = r"\tanh x"
    odd = True
    steepest_points = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return mp.tanh(x)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.tanh(x, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        z = decay(2.0 * x, 0.0)
        np.add(z, 1.0, out=out)
        np.square(out, out=out)
        z *= 4.0
        np.divide(z, out, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        self._slope(x, out)
        out *= np.tanh(x)
        out *= -2.0


class Softsign(Activation):
    """Softsign x/(1 + |x|): like tanh, but it approaches its levels as slowly as 1/x.

    References
    ----------
    J. Bergstra, G. Desjardins, P. Lamblin, Y. Bengio, "Quadratic polynomials learn better image
    features", Technical Report 1337, Université de Montréal (2009).

    Examples
    --------
    >>> softsign = Softsign()
    >>> softsign([-1.0, 0.0, 3.0])
    array([-0.5 ,  0.  ,  0.75])
    """

    name = "softsign"
    reference = "bergstra2009"
    formula = r"\frac{x}{1 + |x|}"
    odd = True
    steepest_points = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x / (1 + abs(x))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        # The largest number stands in for infinity: ∞/∞ would be NaN.
        largest = np.finfo(x.dtype).max
        bounded = np.clip(x, -largest, largest)
        np.abs(bounded, out=out)
        out += 1.0
        np.divide(bounded, out, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.abs(x, out=out)
        out += 1.0
        np.divide(1.0, out, out=out)
        np.square(out, out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        size = 1.0 + np.abs(x)
        np.divide(-2.0 * np.sign(x), size, out=out)
        out /= size  # a cube would overflow, and that of 1/size is rounded three times more
        out /= size


class LogSigmoid(Activation):
    """The logarithm of the logistic function: the log-likelihood of a yes, given its log-odds.

    References
    ----------
    D. R. Cox, "The regression analysis of binary sequences", Journal of the Royal Statistical
    Society B 20 (1958) 215-232. doi:10.1111/j.2517-6161.1958.tb00292.x

    Examples
    --------
    >>> log_sigmoid = LogSigmoid()
    >>> log_sigmoid(-1000.0)
    np.float64(-1000.0)
    """

    name = "log_sigmoid"
    reference = "cox1958"
    formula = r"\log \sigma(x) = -\log\!\left(1 + e^{-x}\right)"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return -mp.log1p(mp.exp(-x))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        small = decay(x, 0.0)
        np.log1p(small, out=small)
        left_ramp(x, out=out)
        out -= small

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        logistic_of(np.negative(x), 0.0, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        z = decay(x, 0.0)
        np.add(z, 1.0, out=out)
        np.square(out, out=out)
        np.divide(z, out, out=out)
        np.negative(out, out=out)
