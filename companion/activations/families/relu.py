"""The ReLU family, of two straight pieces: silent or nearly so on the left, a line on the right."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion.activations._activation import Activation
from companion.activations._arrays import apply
from companion.activations._kernels import keep_nan, left_ramp, positive, ramp
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
        ramp(x, out=out)

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
            ramp(x, out=out)  # 0 * -inf would be NaN
            return
        np.multiply(x, self.negative_slope, out=out)
        steeper = self.negative_slope > 1
        (np.minimum if steeper else np.maximum)(x, out, out=out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        right = positive(x)
        np.multiply(1.0 - right, self.negative_slope, out=out)
        out += right
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class PReLU(LeakyReLU):
    """The parametric ReLU: a leaky ReLU whose negative slope is learned, starting at 1/4.

    `parameter_derivative` gives what learning the slope needs.

    Parameters
    ----------
    negative_slope : float, default 0.25
        The slope on the left.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: Surpassing human-level
    performance on ImageNet classification", ICCV (2015) 1026-1034. doi:10.1109/ICCV.2015.123

    Examples
    --------
    >>> prelu = PReLU()
    >>> prelu([-1.0, 2.0])
    array([-0.25,  2.  ])
    >>> prelu.parameter_derivative([-1.0, 2.0])
    array([-1.,  0.])
    """

    negative_slope: float = parameter(0.25, examples=(0.0, 1.5))

    name = "prelu"
    reference = "he2015"

    def parameter_derivative(self, x: ArrayLike, /) -> np.ndarray:
        """Return the derivative of the value with respect to `negative_slope`: min(0, x)."""
        return apply(left_ramp, x, None, precise=False)
