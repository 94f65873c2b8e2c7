"""Sparse twins of the sigmoid and of softplus: exactly 0 on the left of −1."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import keep_nan
from companion.activations.families.hard import _ClippedLine


class SparseSigmoid(_ClippedLine):
    """The sparse sigmoid: x/2 + 1/2, clipped to [0, 1]; the derivative of sparse plus.

    It is to sparsemax, for two classes, what the logistic function is to softmax. Its derivative is
    0 at the kinks ±1.

    References
    ----------
    M. Blondel, A. F. T. Martins, V. Niculae, "Learning with Fenchel-Young losses", Journal of
    Machine Learning Research 21 (2020) 1-69. arXiv:1901.02324

    Examples
    --------
    >>> sparse_sigmoid = SparseSigmoid()
    >>> sparse_sigmoid([-1.5, 0.0, 0.5])
    array([0.  , 0.5 , 0.75])
    """

    name = "sparse_sigmoid"
    reference = "blondel2020"
    formula = r"\min\!\left(1, \max\!\left(0, \tfrac{x}{2} + \tfrac{1}{2}\right)\right)"
    divisor = 2
    middle = 0.5
    low = 0.0


class SparsePlus(Activation):
    """Sparse plus: 0 up to −1, the parabola (x + 1)²/4 up to 1, and then x.

    Value and slope are continuous. The second derivative at ±1 is that of the outer side, 0.

    References
    ----------
    M. Blondel, A. F. T. Martins, V. Niculae, "Learning with Fenchel-Young losses", Journal of
    Machine Learning Research 21 (2020) 1-69. arXiv:1901.02324

    Examples
    --------
    >>> sparse_plus = SparsePlus()
    >>> sparse_plus([-1.0, 0.0, 1.0, 2.0])
    array([0.  , 0.25, 1.  , 2.  ])
    """

    name = "sparse_plus"
    reference = "blondel2020"
    formula = (
        r"\begin{cases} 0 & x \le -1 \\ \tfrac{1}{4} (x + 1)^2 & -1 < x < 1 \\"
        r" x & x \ge 1 \end{cases}"
    )

    seams = (-1.0,)

    def definition(self, x: Any, mp: ModuleType) -> Any:
        if abs(x) >= 1:
            return max(x, mp.mpf(0))
        return (x + 1) ** 2 / 4

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        np.clip(x, -1.0, 1.0, out=out)
        out += 1.0
        out *= 0.5
        out *= out
        np.copyto(out, x, where=x > 1.0)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        np.clip(x, -1.0, 1.0, out=out)
        out += 1.0
        out *= 0.5

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        np.multiply(np.abs(x) < 1.0, 0.5, out=out, casting="unsafe")
        keep_nan(x, out)
