"""The sigmoid family: curves that rise from one level to another, and lines in their place.

All of the logistic function's tails hang on one thing: never subtract nearly equal numbers. Its
derivative is z/(1 + z)² with z = exp(-|x|), which keeps every digit where the popular y(1 - y) of a
rounded y has become 0.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, ClassVar

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import far_tail, keep_nan


class Logistic(Activation):
    """The logistic function 1/(1 + exp(-x)), which turns log-odds into a probability.

    References
    ----------
    D. R. Cox, "The regression analysis of binary sequences", Journal of the Royal Statistical
    Society B 20 (1958) 215-242. doi:10.1111/j.2517-6161.1958.tb00292.x

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
        far, tail = far_tail(x, 0.0, 1.0)
        np.negative(x, out=out)
        np.exp(out, out=out)
        out += 1.0
        np.divide(1.0, out, out=out)
        out[far] = tail

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        z = np.exp(-np.abs(x))
        np.divide(z, np.square(1.0 + z), out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        z = np.exp(-np.abs(x))
        # -(1 - z), kept exact near x = 0
        np.multiply(np.expm1(-np.abs(x)), z, out=out)
        out /= (1.0 + z) * np.square(1.0 + z)
        np.multiply(out, np.sign(x), out=out)


class Tanh(Activation):
    """The hyperbolic tangent: the logistic function, centred at 0 and twice as steep and as tall.

    References
    ----------
    Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", in Neural Networks: Tricks
    of the Trade, Springer, 1998, 9-50. doi:10.1007/3-540-49430-8_2

    Examples
    --------
    >>> tanh = Tanh()
    >>> tanh([-1.0, 0.0, 1.0]).round(4)
    array([-0.7616,  0.    ,  0.7616])
    """

    name = "tanh"
    reference = "lecun1998"
    formula = r"\tanh x"
    odd = True
    steepest_points = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return mp.tanh(x)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.tanh(x, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        z = np.exp(-2.0 * np.abs(x))
        np.divide(4.0 * z, np.square(1.0 + z), out=out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        self._slope(x, out)
        out *= np.tanh(x)
        out *= -2.0


class _ClippedLine(Activation, register=False):
    """The line x/divisor + middle, clipped to [low, 1]; no activation by itself."""

    divisor: ClassVar[int]
    low: ClassVar[float]
    middle: ClassVar[float]

    @property
    def kinks(self) -> tuple[float, ...]:
        return (self.low - self.middle) * self.divisor, (1.0 - self.middle) * self.divisor

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return min(max(x / self.divisor + mp.mpf(self.middle), mp.mpf(self.low)), mp.mpf(1))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.divide(x, self.divisor, out=out)
        if self.middle:  # -0 + 0 would be 0
            out += self.middle
        np.clip(out, self.low, 1.0, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        left, right = self.kinks
        np.divide((x > left) & (x < right), self.divisor, out=out, casting="unsafe")
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class HardLogistic(_ClippedLine):
    """The logistic function's tangent at 0, x/4 + 1/2, clipped to [0, 1].

    `HardSigmoid` is the flatter line of the libraries. The derivative is 0 at the kinks ±2.

    References
    ----------
    M. Courbariaux, Y. Bengio, J.-P. David, "BinaryConnect: Training Deep Neural Networks with
    binary weights during propagations", NeurIPS 28 (2015). arXiv:1511.00363

    Examples
    --------
    >>> hard_logistic = HardLogistic()
    >>> hard_logistic([-3.0, 0.0, 1.0])
    array([0.  , 0.5 , 0.75])
    """

    name = "hard_logistic"
    reference = "courbariaux2015"
    formula = r"\min\!\left(1, \max\!\left(0, \tfrac{x}{4} + \tfrac{1}{2}\right)\right)"
    divisor = 4
    low = 0.0
    middle = 0.5


class HardSigmoid(_ClippedLine):
    """The libraries' hard sigmoid: x/6 + 1/2, clipped to [0, 1]; PyTorch's and JAX's convention.

    References
    ----------
    A. Howard et al., "Searching for MobileNetV3", ICCV (2019). doi:10.1109/ICCV.2019.00140

    Examples
    --------
    >>> hard_sigmoid = HardSigmoid()
    >>> hard_sigmoid([-3.0, 0.0, 1.5])
    array([0.  , 0.5 , 0.75])
    """

    name = "hard_sigmoid"
    reference = "howard2019"
    formula = r"\min\!\left(1, \max\!\left(0, \tfrac{x}{6} + \tfrac{1}{2}\right)\right)"
    divisor = 6
    low = 0.0
    middle = 0.5


class HardTanh(_ClippedLine):
    """The tangent of tanh at 0, the line x, clipped to [-1, 1]. Its derivative is 0 at ±1.

    References
    ----------
    R. Collobert, J. Weston, L. Bottou, M. Karlen, K. Kavukcuoglu, P. Kuksa, "Natural language
    processing (almost) from scratch", Journal of Machine Learning Research 12 (2011) 2493-2537.

    Examples
    --------
    >>> hard_tanh = HardTanh()
    >>> hard_tanh([-3.0, 0.5, 3.0])
    array([-1. ,  0.5,  1. ])
    """

    name = "hard_tanh"
    reference = "collobert2011"
    formula = r"\min(1, \max(-1, x))"
    odd = True
    divisor = 1
    low = -1.0
    middle = 0.0
