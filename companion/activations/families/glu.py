"""Gated linear units: one half of a vector, let through by the other half.

All of them follow PyTorch's `glu`: the vector is cut into a first half a and a second half b, and
the result is a ⊙ f(b). The activation always sits on the *second* half. Dauphin's and Shazeer's
papers write the two halves as two products of one input: there b is xW, the one inside the
activation, and a is xV. Some implementations cut the other way round; swap the halves for those.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from companion.activations._activation import ACTIVATIONS, Activation
from companion.activations._arrays import BLOCK
from companion.activations._parameter import parameter
from companion.activations._vector import VectorActivation


class _GatedLinearUnit(VectorActivation, register=False):
    """a ⊙ f(b) for an activation f; its Jacobian is diag(f(b)) beside diag(a ⊙ f'(b))."""

    @property
    @abstractmethod
    def activation(self) -> Activation:
        """The activation of the second half."""

    def definition(self, x: Sequence[Any], mp: ModuleType) -> list[Any]:
        h = len(x) // 2
        return [a * self.activation.definition(b, mp) for a, b in zip(x[:h], x[h:], strict=True)]

    def _length(self, n: int) -> int:
        if n % 2:
            raise ValueError(
                f"{self.name}: the length of axis {self.axis} must be even, to be cut into two "
                f"halves; got {n}"
            )
        return n // 2

    def _run(
        self, kernel: str, inputs: list[np.ndarray], out: np.ndarray, axis: int, work: np.dtype
    ) -> None:
        """Run a kernel on the halves, which are views: no slice must fit into a block."""
        half = inputs[0].shape[axis] // 2
        lead = (slice(None),) * axis
        parts = (*lead, slice(None, half)), (*lead, slice(half, None))

        def halves(array: np.ndarray) -> list[np.ndarray]:
            return [array[part] for part in parts]

        if kernel == "_vjp":
            x, u = inputs
            operands, results = [*halves(x), u], halves(out)
        else:
            operands, results = [part for array in inputs for part in halves(array)], [out]
        _apply_to_all(getattr(self, kernel), operands, results, work)

    def _value(self, a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
        self.activation._value(b, out)
        self._weigh(a, b, out)

    def _jvp(
        self, a: np.ndarray, b: np.ndarray, va: np.ndarray, vb: np.ndarray, out: np.ndarray
    ) -> None:
        slope = np.empty_like(b)
        self.activation._slope(b, slope)
        self._weigh(a, b, slope)
        self.activation._value(b, out)
        np.copyto(out, _times(va, out) + _times(vb, slope))

    def _vjp(
        self, a: np.ndarray, b: np.ndarray, u: np.ndarray, out_a: np.ndarray, out_b: np.ndarray
    ) -> None:
        self.activation._value(b, out_a)
        np.copyto(out_a, _times(u, out_a))
        self.activation._slope(b, out_b)
        self._weigh(a, b, out_b)
        np.copyto(out_b, _times(u, out_b))

    def _weigh(self, a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
        """Multiply `out`, which is f(b) or f'(b), by a; where a is infinite, take the limit."""
        lost = np.isinf(a) & (out == 0.0)
        if not lost.any():
            out *= a
            return
        np.copyto(out, np.where(np.isfinite(b) & (b != 0.0), self._vanished(b), 0.0), where=lost)
        silent = lost & self._is_silent(b)
        out *= a
        out[silent] = 0.0

    def _vanished(self, b: np.ndarray) -> np.ndarray | float:
        """Return the sign that f(b) and f'(b) have where they are 0 by rounding alone."""
        return np.sign(b)

    def _is_silent(self, b: np.ndarray) -> np.ndarray | bool:
        """Return where f is truly 0 all around b, so that even ∞ is silenced."""
        return False


def _times(v: np.ndarray, entry: np.ndarray) -> np.ndarray:
    """Return a Jacobian's entries times a direction; what does not move counts 0, even times ∞."""
    product = v * entry
    if np.isnan(np.min(product)):
        product[(v == 0) & np.isinf(entry)] = 0.0
    return product


def _apply_to_all(
    kernel: Callable[..., None],
    inputs: list[np.ndarray],
    outputs: list[np.ndarray],
    work: np.dtype,
) -> None:
    """Run ``kernel(*blocks, *results)`` over arrays of one shape, a contiguous block at a time."""
    flags = ["contig", "aligned", "nbo", "overlap_assume_elementwise"]
    roles = [["readonly", *flags]] * len(inputs) + [["writeonly", *flags]] * len(outputs)
    blocks = np.nditer(
        [*inputs, *outputs],
        flags=["external_loop", "buffered", "zerosize_ok", "copy_if_overlap"],
        op_flags=roles,
        op_dtypes=[work] * len(roles),
        casting="unsafe",
        buffersize=BLOCK // 2,  # more arrays than elsewhere share the cache
    )
    with blocks:
        for block in blocks:
            read, filled = block[: len(inputs)], block[len(inputs) :]
            # With out=x both are the same memory, and a kernel may read after it has written.
            kernel(
                *(r.copy() if any(np.may_share_memory(r, f) for f in filled) else r for r in read),
                *filled,
            )


class GLU(_GatedLinearUnit):
    """The gated linear unit a ⊙ σ(b): the second half b opens the gate for the first, a.

    Parameters
    ----------
    axis : int, default -1
        The axis that is cut into two halves.

    References
    ----------
    Y. N. Dauphin, A. Fan, M. Auli, D. Grangier, "Language modeling with gated convolutional
    networks", ICML, PMLR 70 (2017) 933-941.

    Examples
    --------
    >>> glu = GLU()
    >>> glu([3.0, 5.0, 0.0, 100.0])
    array([1.5, 5. ])
    """

    name = "glu"
    reference = "dauphin2017"
    formula = r"a \odot \sigma(b)"

    def _vanished(self, b: np.ndarray) -> float:
        return 1.0

    @property
    def activation(self) -> Activation:
        """The logistic function."""
        return ACTIVATIONS["logistic"]


class ReGLU(_GatedLinearUnit):
    """The gate with ReLU, a ⊙ max(0, b): b in the second half. At b = 0 the slope is ReLU's, 0.

    Parameters
    ----------
    axis : int, default -1
        The axis that is cut into two halves.

    References
    ----------
    N. Shazeer, "GLU variants improve Transformer" (2020). arXiv:2002.05202

    Examples
    --------
    >>> reglu = ReGLU()
    >>> reglu([3.0, 5.0, -1.0, 2.0])
    array([ 0., 10.])
    """

    name = "reglu"
    reference = "shazeer2020"
    formula = r"a \odot \max(0, b)"

    def _is_silent(self, b: np.ndarray) -> np.ndarray:
        return b < 0.0

    @property
    def activation(self) -> Activation:
        """ReLU."""
        return ACTIVATIONS["relu"]


class GEGLU(_GatedLinearUnit):
    """The gate with GELU, a ⊙ b Φ(b): b in the second half.

    Parameters
    ----------
    axis : int, default -1
        The axis that is cut into two halves.
    approximate : {"none", "tanh", "sigmoid"}, default "none"
        The form of GELU.

    References
    ----------
    N. Shazeer, "GLU variants improve Transformer" (2020). arXiv:2002.05202

    Examples
    --------
    >>> geglu = GEGLU()
    >>> geglu([3.0, 5.0, 0.0, 1.0]).round(4)
    array([0.    , 4.2067])
    """

    approximate: str = parameter("none", one_of=("none", "tanh", "sigmoid"))

    name = "geglu"
    reference = "shazeer2020"

    @property
    def formula(self) -> str:
        """The formula of the chosen form."""
        return r"a \odot \operatorname{GELU}(b)"

    @property
    def activation(self) -> Activation:
        """GELU in the chosen form."""
        return ACTIVATIONS["gelu"].with_parameters(approximate=self.approximate)


class SwiGLU(_GatedLinearUnit):
    """The gate with Swish, a ⊙ b σ(beta b): b in the second half.

    Parameters
    ----------
    axis : int, default -1
        The axis that is cut into two halves.
    beta : float, default 1
        The sharpness of Swish.

    References
    ----------
    N. Shazeer, "GLU variants improve Transformer" (2020). arXiv:2002.05202

    Examples
    --------
    >>> swiglu = SwiGLU()
    >>> swiglu([3.0, 5.0, 0.0, 1.0]).round(4)
    array([0.    , 3.6553])
    """

    beta: float = parameter(1.0, at_least=0, examples=(0.0, 1.7))

    name = "swiglu"
    reference = "shazeer2020"
    formula = r"a \odot b \, \sigma(\beta b)"

    @property
    def activation(self) -> Activation:
        """Swish with this sharpness."""
        return ACTIVATIONS["swish"].with_parameters(beta=self.beta)
