"""Softplus, the smooth ReLU."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import (
    decay,
    exact_product,
    far_tail,
    logistic_of,
    not_far_right,
)
from companion.activations._parameter import parameter


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
    knowledge for better option pricing", NeurIPS 13 (2000) 472-478.

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
        v, rest = exact_product(self.beta, x)
        np.exp(not_far_right(v), out=out)
        if np.ndim(rest):
            out *= 1.0 + rest
        np.log1p(out, out=out)
        if self.beta != 1:
            out /= self.beta
        np.maximum(x, out, out=out)  # far right, where the curve is the line
        if self.beta != 1:  # otherwise the tail is exp(x) itself, subnormal or not
            far, tail = far_tail(v, rest, 1.0 / self.beta)
            out[far] = tail

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        logistic_of(*exact_product(self.beta, x), out)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        v, rest = exact_product(self.beta, -np.abs(x))
        far, tail = far_tail(v, rest, self.beta)
        z = decay(v, rest)
        np.divide(z, np.square(1.0 + z), out=out)
        out *= self.beta
        out[far] = tail
