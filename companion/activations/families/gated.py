"""Self-gated activations: the input times a gate between 0 and 1 that the input itself opens."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import bounded, exact_product, far_tail, keep_nan
from companion.activations._logistic_gated import Gate, LogisticGated
from companion.activations._parameter import parameter
from companion.activations._roots import root_between

# Beyond these Mish's gate is wholly open or shut. Single precision cannot hold exp(3 * 40).
_OPEN = {np.dtype(np.float32): 20.0, np.dtype(np.float64): 40.0}
_SHUT = 1e4


class Swish(LogisticGated):
    """Swish x * σ(beta x), also called SiLU for beta = 1: a line through a soft gate.

    Parameters
    ----------
    beta : float, default 1
        The sharpness of the gate: 0 leaves it half open, for x/2; the larger, the closer to ReLU.

    References
    ----------
    S. Elfwing, E. Uchibe, K. Doya, "Sigmoid-weighted linear units for neural network function
    approximation in reinforcement learning", Neural Networks 107 (2018) 3-11.
    doi:10.1016/j.neunet.2017.12.012

    P. Ramachandran, B. Zoph, Q. V. Le, "Searching for activation functions" (2017).
    arXiv:1710.05941

    Examples
    --------
    >>> swish = Swish()
    >>> swish([-1.0, 0.0, 1.0]).round(4)
    array([-0.2689,  0.    ,  0.7311])
    """

    beta: float = parameter(1.0, at_least=0, examples=(0.0, 0.5, 1.7, 8.0))

    name = "swish"
    aliases = ("silu",)
    reference = "ramachandran2017"
    formula = r"x \, \sigma(\beta x)"

    @property
    def turning_points(self) -> tuple[float, ...]:
        """The minimum."""
        if self.beta == 0:
            return ()
        return (root_between(self.derivative, -2 / self.beta, -1 / self.beta),)

    @property
    def steepest_points(self) -> tuple[float, ...]:
        """The least and the greatest slope."""
        if self.beta == 0:
            return ()
        right = root_between(self.second_derivative, 2 / self.beta, 3 / self.beta)
        return -right, right

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x / (1 + mp.exp(-mp.mpf(self.beta) * x))

    @property
    def odd(self) -> bool:
        """Whether it is the line x/2."""
        return self.beta == 0

    def _argument(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | float]:
        if self.beta == 0:
            return np.zeros_like(x), 0.0  # 0 * ∞ would be NaN
        return exact_product(self.beta, x)

    def _gate(self, x: np.ndarray) -> Gate:
        x = bounded(x, self.beta)
        return Gate(x, *exact_product(self.beta, x), self.beta, 0.0)


class HardSwish(Activation):
    """Hard swish x * hard_sigmoid(x): a parabola between −3 and 3, ReLU outside.

    The derivatives at the kinks ±3 are those of the outer side.

    References
    ----------
    A. Howard et al., "Searching for MobileNetV3", ICCV (2019) 1314-1324.
    doi:10.1109/ICCV.2019.00140

    Examples
    --------
    >>> hard_swish = HardSwish()
    >>> hard_swish([-4.0, -1.5, 3.0])
    array([-0.   , -0.375,  3.   ])
    """

    name = "hard_swish"
    reference = "howard2019"
    formula = r"x \, \min\!\left(1, \max\!\left(0, \tfrac{x}{6} + \tfrac{1}{2}\right)\right)"
    kinks = (-3.0, 3.0)
    turning_points = (-1.5,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x * min(max(x / 6 + mp.mpf(1) / 2, mp.mpf(0)), mp.mpf(1))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.add(x, 3.0, out=out)
        out /= 6.0
        np.clip(out, 0.0, 1.0, out=out)
        # −∞ * 0 would be NaN. np.clip has vector code for a number, np.maximum has none.
        out *= np.clip(x, -3.0, np.inf)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.divide(np.clip(x, -3.0, 3.0), 3.0, out=out)
        out += 0.5
        np.copyto(out, 0.0, where=x <= -3.0)
        np.copyto(out, 1.0, where=x >= 3.0)

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        np.divide(np.abs(x) < 3.0, 3.0, out=out, casting="unsafe")
        keep_nan(x, out)


class Mish(Activation):
    """Mish x * tanh(softplus(x)): like swish, with a gate that closes a little faster.

    With e = exp(x) the gate tanh(log(1 + e)) is n/(n + 2) for n = e (e + 2): no logarithm is
    needed, and nothing cancels.

    References
    ----------
    D. Misra, "Mish: A self regularized non-monotonic activation function" (2019).
    arXiv:1908.08681

    Examples
    --------
    >>> mish = Mish()
    >>> mish([-1.0, 0.0, 1.0]).round(4)
    array([-0.3034,  0.    ,  0.8651])
    """

    name = "mish"
    reference = "misra2019"
    formula = r"x \tanh\!\left(\log\!\left(1 + e^{x}\right)\right)"

    @property
    def turning_points(self) -> tuple[float, ...]:
        """The minimum."""
        return (root_between(self.derivative, -2.0, -1.0),)

    @property
    def steepest_points(self) -> tuple[float, ...]:
        """The least and the greatest slope."""
        return (
            root_between(self.second_derivative, -3.0, -2.0),
            root_between(self.second_derivative, 1.0, 2.0),
        )

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return x * mp.tanh(mp.log1p(mp.exp(x)))

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        far, tail = far_tail(x, 0.0, x)
        e = np.clip(x, -_SHUT, _OPEN[x.dtype])
        np.exp(e, out=e)
        np.add(e, 2.0, out=out)
        e *= out
        np.add(e, 2.0, out=out)
        np.divide(e, out, out=out)
        out *= x
        out[far] = tail

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        inner = np.clip(x, -_SHUT, _OPEN[x.dtype])
        far, tail = far_tail(x, 0.0, 1.0 + inner)
        e = np.exp(inner)
        # With m = e (e + 2) + 2, f' = e (e + 2 + 4 x (e + 1)/m)/m, exactly 1 far right. As m is
        # s² + 1 for s = e + 1, the inner quotient is 1/(s + 1/s), in which the rounding of s all
        # but cancels: left of the minimum the terms differ in sign, and each error counts double.
        s = e + 1.0
        np.divide(1.0, s, out=out)
        s += out
        inner *= 4.0
        inner /= s
        np.add(e, 2.0, out=out)
        m = np.multiply(out, e, out=s)
        m += 2.0
        out += inner
        out *= e
        out /= m
        out[far] = tail

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        # With the gate g, f'' = 2 g' + x g''. Each side is written in z = exp(-|x|), so that what
        # is large is rounded once and z brings the rest: (1 + w)³ is 1 + small, for one.
        t = np.minimum(np.abs(x), _SHUT)
        z = np.exp(-t)
        w = z * (2.0 + z) / 2.0
        inner = 8.0 - 2.0 * t + z * (6.0 + 3.0 * t + z * (2.0 + 2.0 * t))
        left = z * (2.0 - t + 0.5 * z * inner) / (1.0 + w * (3.0 + w * (3.0 + w)))
        w = 2.0 * z * (1.0 + z)
        inner = 6.0 - 3.0 * t + z * (8.0 + 2.0 * t + z * (4.0 + 2.0 * t))
        right = 2.0 - 2.0 * t + z * inner
        right *= 4.0 * np.exp(-2.0 * t) / (1.0 + w * (3.0 + w * (3.0 + w)))
        np.copyto(out, np.where(x > 0, right, left))
        for v, factor in ((x, 2.0 - t), (-2.0 * np.maximum(x, 0.0), 8.0 - 8.0 * t)):
            far, tail = far_tail(v, 0.0, factor)
            out[far] = tail
