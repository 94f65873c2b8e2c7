"""Where it starts: the threshold that decides, and the identity that does nothing."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import keep_nan
from companion.activations._parameter import parameter


class Identity(Activation):
    """The identity x: a layer without an activation.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, MIT Press, 2016, section 6.3.

    Examples
    --------
    >>> identity = Identity()
    >>> identity([1, 2])
    array([1., 2.])
    """

    name = "identity"
    reference = "goodfellow2016"
    formula = r"x"
    odd = True

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.copyto(out, x)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(1.0)
        keep_nan(x, out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)


class Heaviside(Activation):
    """The threshold: 1 for x > 0 and 0 for x < 0.

    Its derivative is 0 wherever it exists, and is taken as 0 at the jump too, so that no gradient
    passes: which is why networks that learn by gradients do without it.

    Parameters
    ----------
    at_zero : float, default 0
        The value at exactly 0. McCulloch and Pitts' neuron, written with a bias, fires only above
        the threshold, hence 0.

    References
    ----------
    W. S. McCulloch, W. Pitts, "A logical calculus of the ideas immanent in nervous activity",
    Bulletin of Mathematical Biophysics 5 (1943) 115-133. doi:10.1007/BF02478259

    Examples
    --------
    >>> heaviside = Heaviside()
    >>> heaviside([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """

    at_zero: float = parameter(0.0, examples=(0.5, 1.0))

    name = "heaviside"
    aliases = ("step",)
    reference = "mcculloch1943"
    formula = r"\begin{cases} 1 & x > 0 \\ h_0 & x = 0 \\ 0 & x < 0 \end{cases}"
    kinks = (0.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        if x == 0:
            return mp.mpf(self.at_zero)
        return mp.mpf(1) if x > 0 else mp.mpf(0)

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        # np.heaviside has no vector code: comparing is ten times as fast.
        np.copyto(out, np.greater_equal(x, 0.0) if self.at_zero == 1 else np.greater(x, 0.0))
        if self.at_zero not in (0.0, 1.0):
            np.copyto(out, self.at_zero, where=x == 0.0)
        keep_nan(x, out)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        out.fill(0.0)
        keep_nan(x, out)

    _curvature = _slope
