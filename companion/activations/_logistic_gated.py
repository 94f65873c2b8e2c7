"""The common engine of x * σ(v(x)): swish, and both popular approximations of GELU."""

from __future__ import annotations

from abc import abstractmethod
from typing import NamedTuple

import numpy as np

from companion.activations._activation import Activation
from companion.activations._kernels import decay, far_tail


class Gate(NamedTuple):
    """The argument v(x) of a logistic gate at the clipped input, with its derivatives."""

    x: np.ndarray  # clipped so far out that the gate is open or shut
    v: np.ndarray
    rest: np.ndarray | float  # the rounding error of v
    slope: np.ndarray | float
    curvature: np.ndarray | float


class LogisticGated(Activation, register=False):
    """x * σ(v(x)) for an odd, increasing v; swish and both popular approximations of GELU.

    With z = exp(-|v|) no formula here subtracts nearly equal numbers, but near the roots of the
    derivatives, where nobody can do otherwise.
    """

    def _argument(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | float]:
        """Return v(x) and its rounding error alone; ±∞ may stay, but must not become NaN."""
        gate = self._gate(x)
        return gate.v, gate.rest

    @abstractmethod
    def _gate(self, x: np.ndarray) -> Gate:
        """Return v(x) and what belongs to it."""

    def _value(self, x: np.ndarray, out: np.ndarray) -> None:
        v, rest = self._argument(x)
        far, tail = far_tail(v, rest, x)
        np.negative(v, out=out)
        np.exp(out, out=out)
        if np.ndim(rest):
            out *= 1.0 - rest
        out += 1.0
        np.divide(x, out, out=out)
        out[far] = tail

    def _slope(self, x: np.ndarray, out: np.ndarray) -> None:
        gate = self._gate(x)
        w = gate.x * gate.slope
        far, tail = far_tail(gate.v, gate.rest, 1.0 + w)
        # f' = σ(v) (1 + w σ(-v)), where σ(-v) = exp(-v) σ(v) is no difference.
        e = np.negative(gate.v)
        np.exp(e, out=e)
        if np.ndim(gate.rest):
            e -= e * gate.rest
        np.add(e, 1.0, out=out)
        np.divide(1.0, out, out=out)
        e *= out
        e *= w
        e += 1.0
        out *= e
        out[far] = tail

    def _curvature(self, x: np.ndarray, out: np.ndarray) -> None:
        # f'(x) + f'(-x) = 1, so f'' is even: the left side has it all.
        gate = self._gate(-np.abs(x))
        # w = x v'; what is summed is v' (2 + x v''/v' + w tanh(-v/2)), with v' taken out.
        swing = gate.v if np.ndim(gate.rest) else gate.x * gate.slope
        level = 2.0 + gate.x * (gate.curvature / gate.slope) if np.ndim(gate.curvature) else 2.0
        far, tail = far_tail(gate.v, gate.rest, (level + swing) * gate.slope)
        z = decay(gate.v, gate.rest)
        np.tanh(gate.v * -0.5, out=out)
        if np.ndim(gate.rest):  # the argument is linear, and w is it: so is its rounding error
            level = level + out * gate.rest
        out *= swing
        out += level
        out *= z
        out /= 1.0 + z * (2.0 + z)  # (1 + z)² with its largest part rounded once
        out *= gate.slope
        out[far] = tail
