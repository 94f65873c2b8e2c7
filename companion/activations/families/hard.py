"""Straight lines in the place of curves: a line, clipped at a level on each side or on one."""

from __future__ import annotations

from types import ModuleType
from typing import Any, ClassVar

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import keep_nan


class _ClippedLine(Activation, register=False):
    """The line x/divisor + middle, clipped to [low, high]; no activation by itself."""

    divisor: ClassVar[int]
    middle: ClassVar[float]
    low: ClassVar[float]
    high: ClassVar[float] = 1.0

    @property
    def kinks(self) -> tuple[float, ...]:
        return (self.low - self.middle) * self.divisor, (self.high - self.middle) * self.divisor

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return min(max(x / self.divisor + mp.mpf(self.middle), mp.mpf(self.low)), mp.mpf(self.high))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        line = x if self.divisor == 1 else np.divide(x, self.divisor, out=out)
        if self.middle:  # -0 + 0 would be 0
            line = np.add(line, self.middle, out=out)
        np.clip(line, self.low, self.high, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        left, right = self.kinks
        np.copyto(out, (x > left) & (x < right))
        if self.divisor != 1:
            out /= self.divisor
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class HardLogistic(_ClippedLine):
    """The logistic function's tangent at 0, x/4 + 1/2, clipped to [0, 1].

    `HardSigmoid` is the flatter line of the libraries. The derivative is 0 at the kinks ±2.

    References
    ----------
    C. Gulcehre, M. Moczulski, M. Denil, Y. Bengio, "Noisy activation functions", ICML (2016)
    3059-3068. arXiv:1603.00391

    Examples
    --------
    >>> hard_logistic = HardLogistic()
    >>> hard_logistic([-3.0, 0.0, 1.0])
    array([0.  , 0.5 , 0.75])
    """

    name = "hard_logistic"
    reference = "gulcehre2016"
    formula = r"\min\!\left(1, \max\!\left(0, \tfrac{x}{4} + \tfrac{1}{2}\right)\right)"
    divisor = 4
    middle = 0.5
    low = 0.0


class HardSigmoid(_ClippedLine):
    """The libraries' hard sigmoid: x/6 + 1/2, clipped to [0, 1]; PyTorch's and JAX's convention.

    References
    ----------
    A. Howard et al., "Searching for MobileNetV3", ICCV (2019) 1314-1324.
    doi:10.1109/ICCV.2019.00140

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
    middle = 0.5
    low = 0.0


class HardTanh(_ClippedLine):
    """The tangent of tanh at 0, the line x, clipped to [-1, 1]. Its derivative is 0 at ±1.

    References
    ----------
    R. Collobert, J. Weston, L. Bottou, M. Karlen, K. Kavukcuoglu, P. Kuksa, "Natural language
    processing (almost) from scratch", Journal of Machine Learning Research 12 (2011) 2493-2537.
    arXiv:1103.0398

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
    middle = 0.0
    low = -1.0


class ReLU6(_ClippedLine):
    """ReLU clipped at 6, so that few bits hold it well. Its derivative is 0 at both kinks.

    References
    ----------
    A. Krizhevsky, "Convolutional deep belief networks on CIFAR-10" (2010).

    Examples
    --------
    >>> relu6 = ReLU6()
    >>> relu6([-1.0, 3.0, 9.0])
    array([0., 3., 6.])
    """

    name = "relu6"
    reference = "krizhevsky2010"
    formula = r"\min(6, \max(0, x))"
    divisor = 1
    middle = 0.0
    low = 0.0
    high = 6.0
