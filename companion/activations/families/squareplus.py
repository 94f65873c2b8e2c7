"""Squareplus, a smooth ReLU that needs only a square root."""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import positive, ramp
from companion.activations._parameter import parameter


class Squareplus(Activation):
    """Squareplus (x + √(x² + b))/2: like softplus, but it nears its asymptotes as slowly as 1/x.

    On the left the sum cancels; there it is computed as b/(2 (|x| + √(x² + b))), which does not.

    Parameters
    ----------
    b : float, default 4
        The square of the width of the bend. At 0 the value is √b/2; for b towards 0 it is ReLU.

    References
    ----------
    J. T. Barron, "Squareplus: A softplus-like algebraic rectifier" (2021). arXiv:2112.11687

    Examples
    --------
    >>> squareplus = Squareplus()
    >>> squareplus([-1e9, 0.0, 1.5])
    array([1.e-09, 1.e+00, 2.e+00])
    """

    b: float = parameter(4.0, above=0, examples=(0.5, 10.0))

    name = "squareplus"
    reference = "barron2021"
    formula = r"\tfrac{1}{2}\left(x + \sqrt{x^2 + b}\right)"

    def definition(self, x: Any, mp: ModuleType) -> Any:
        return (x + mp.sqrt(x**2 + mp.mpf(self.b))) / 2

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        # f(x) = max(x, 0) + f(−|x|). Halves are added, as |x| + √(x² + b) may overflow.
        larger = 0.5 * np.abs(x)
        larger += 0.5 * self._root(x)
        np.divide(0.25 * self.b, larger, out=out)
        out += ramp(x)

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        root = self._root(x)
        np.divide(0.25 * self.b, root, out=out)
        out /= 0.5 * np.abs(x) + 0.5 * root
        # So far f'(−|x|), and f'(x) = 1 − f'(−x).
        right = positive(x)
        out *= 1.0 - 2.0 * right
        out += right

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        if self._is_extreme:
            root = self._root(x)
            square = root * root
        else:
            square = np.square(x)  # where it overflows, the result is 0
            square += self.b
            root = np.sqrt(square)
        np.divide(0.5 * self.b, square, out=out)
        out /= root

    @property
    def _is_extreme(self) -> bool:
        """Whether b, its square or that of x might leave the range of float32."""
        return not 1e-30 < self.b < 1e20

    def _root(self, x: np.ndarray) -> np.ndarray:
        """Return √(x² + b)."""
        width = math.sqrt(self.b)
        if self._is_extreme:
            return np.hypot(x, x.dtype.type(width))
        size = np.abs(x)
        # Further out the root is |x| to the last digit, and the square might overflow.
        root = np.clip(size, 0.0, 2.0**28 * width)
        root *= root
        root += self.b
        np.sqrt(root, out=root)
        return np.maximum(root, size, out=root)
