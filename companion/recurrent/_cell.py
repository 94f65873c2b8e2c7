"""What all recurrent cells share: a loop over the steps, and the same loop backwards."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import float_array, remembered, whole
from companion.recurrent._draw import recurrent_start, uniform

#: A state at one step, or its gradient: by name, arrays of shape (n, m).
State = dict[str, np.ndarray]


class Cell(ABC):
    """A layer of m units that is used again at every step, and carries its state along.

    A batch is n sequences of T steps with d inputs each. The weights stand in blocks of m rows, one
    block for each sum that a unit forms; `blocks` names them from top to bottom. That is PyTorch's
    layout.

    Parameters
    ----------
    input_weights : array_like of shape (blocks · m, d)
        W, from the inputs.
    recurrent_weights : array_like of shape (blocks · m, m)
        U, from the unit's own last outputs.
    biases : array_like of shape (blocks · m,), optional
        b; without them, zeros.

    Attributes
    ----------
    parameters, gradients : dict of str to ndarray
        What is learned, and the gradients of the loss, as `backward` has left them.
    path : dict of str to ndarray of shape (n, T + 1, m)
        Each part of the state, from the start to the end, as `forward` has left it.
    path_gradients : dict of str to ndarray of shape (n, T + 1, m)
        The gradients with respect to these states, as `backward` has left them. A state's gradient
        is that of all that comes *after* it: what a run that started in this state would find.
    gates : dict of str to ndarray of shape (n, T, m)
        How far each gate was open at each step.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If the shapes do not fit.
    """

    #: What the rows of the weights are, in blocks of m.
    blocks: ClassVar[tuple[str, ...]]
    #: The parts of the state.
    state_names: ClassVar[tuple[str, ...]] = ("hidden",)
    #: Which blocks are gates.
    gate_names: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        input_weights: ArrayLike,
        recurrent_weights: ArrayLike,
        biases: ArrayLike | None = None,
    ):
        w = float_array(input_weights, "input_weights").copy()
        u = float_array(recurrent_weights, "recurrent_weights", w.dtype).copy()
        count = len(self.blocks)
        if w.ndim != 2 or 0 in w.shape or len(w) % count:
            rows = "m" if count == 1 else f"{count}m"
            raise ValueError(
                f"input_weights must have shape ({rows}, d), for the blocks "
                f"{', '.join(self.blocks)}; got {w.shape}"
            )
        self._expect(u, "recurrent_weights", (len(w), len(w) // count))
        b = np.zeros(len(w)) if biases is None else biases
        b = float_array(b, "biases", w.dtype).copy()
        self._expect(b, "biases", (len(w),))
        self.parameters = {"input_weights": w, "recurrent_weights": u, "biases": b}
        self.gradients = {name: np.zeros_like(value) for name, value in self.parameters.items()}
        self.path: State = {}
        self.path_gradients: State = {}
        self._kept: tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]] | None = None

    @staticmethod
    def _expect(array: np.ndarray, name: str, shape: tuple[int, ...]) -> None:
        if array.shape != shape:
            raise ValueError(f"{name} must have shape {shape}, got {array.shape}")

    @classmethod
    def _drawn(
        cls, inputs: int, units: int, seed: int | np.random.Generator, recurrent: str, gain: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return random weights, from the inputs and recurrent, for `random`."""
        rng = np.random.default_rng(seed)
        d, m = whole(inputs, "inputs"), whole(units, "units")
        w = uniform(rng, (len(cls.blocks) * m, d), m)
        u = [recurrent_start(rng, m, recurrent, gain) for _ in cls.blocks]
        return w, np.concatenate(u)

    @property
    def inputs(self) -> int:
        """How many numbers come in at each step, d."""
        return self.parameters["input_weights"].shape[1]

    @property
    def units(self) -> int:
        """How many units there are, m."""
        return self.parameters["recurrent_weights"].shape[1]

    def block(self, name: str, of: str = "biases") -> np.ndarray:
        """Return the rows of a parameter that belong to one block; a view, to be written into.

        Parameters
        ----------
        name : str
            One of `blocks`.
        of : str
            The parameter.

        Returns
        -------
        ndarray

        Raises
        ------
        ValueError
            If there is no such block or parameter.
        """
        if name not in self.blocks:
            raise ValueError(f"name must be one of {', '.join(self.blocks)}, got {name!r}")
        rows = len(self.blocks) * self.units
        tall = [key for key, value in self.parameters.items() if len(value) == rows]
        if of not in tall:
            raise ValueError(f"of must be one of {', '.join(tall)}, got {of!r}")
        start = self.blocks.index(name) * self.units
        return self.parameters[of][start : start + self.units]

    # Forwards -------------------------------------------------------------------------------

    def forward(
        self, inputs: ArrayLike, start: Mapping[str, ArrayLike] | None = None
    ) -> np.ndarray:
        """Send a batch of sequences through, step by step.

        Parameters
        ----------
        inputs : array_like of shape (n, T, d)
            n sequences of T >= 1 steps.
        start : mapping of str to array_like of shape (m,) or (n, m), optional
            The state before the first step, by the names in `state_names`. What is left out is 0.

        Returns
        -------
        ndarray of shape (n, T, m)
            The units' outputs after each step, the hidden states.

        Raises
        ------
        TypeError, ValueError
            If something is not a real number, a shape does not fit or a state has another name.
        """
        own = self.parameters["input_weights"].dtype
        x = float_array(inputs, "inputs", own)
        if x.ndim != 3 or x.shape[-1] != self.inputs or 0 in x.shape:
            raise ValueError(f"inputs must have shape (n, T, {self.inputs}), got {x.shape}")
        x = np.ascontiguousarray(x.swapaxes(0, 1))  # steps first, so that each is one piece
        w, u, b = (self.parameters[k] for k in ("input_weights", "recurrent_weights", "biases"))
        # Inputs do not depend on the state: their sums are formed for all steps at once.
        driven = x @ w.T + b
        state = self._start(start, x.shape[1], own)
        path, kept = [state], []
        # The cells use SciPy's logistic and NumPy's tanh: the companion's own look at what they are
        # given, which takes longer than to compute so few numbers.
        for sums in driven:
            state, memory = self._step(sums, state["hidden"] @ u.T, state)
            path.append(state)
            kept.append(memory)
        stacked = {name: np.stack([state[name] for state in path]) for name in self.state_names}
        self._kept = x, stacked["hidden"], tuple(map(np.stack, zip(*kept, strict=True)))
        self.path = {name: values.swapaxes(0, 1) for name, values in stacked.items()}
        return self.path["hidden"][:, 1:]

    __call__ = forward

    def _start(self, start: Mapping[str, ArrayLike] | None, n: int, dtype: np.dtype) -> State:
        given = {} if start is None else dict(start)
        for name in given:
            if name not in self.state_names:
                raise ValueError(
                    f"start must have names among {', '.join(self.state_names)}, got {name!r}"
                )
        state = {}
        for name in self.state_names:
            value = float_array(given.get(name, np.zeros(self.units)), f"start {name}", dtype)
            if value.shape not in ((self.units,), (n, self.units)):
                raise ValueError(
                    f"start {name} must have shape ({self.units},) or ({n}, {self.units}), "
                    f"got {value.shape}"
                )
            state[name] = np.broadcast_to(value, (n, self.units)).copy()
        return state

    @property
    def gates(self) -> dict[str, np.ndarray]:
        """How far each gate was open at each step of the last `forward`."""
        _, _, kept = remembered(self._kept, self)
        return {
            name: values.swapaxes(0, 1) for name, values in zip(self.gate_names, kept, strict=False)
        }

    @abstractmethod
    def _step(
        self, driven: np.ndarray, recurrent: np.ndarray, before: State
    ) -> tuple[State, tuple[np.ndarray, ...]]:
        """Return the next state, and what going back will need, the gates first."""

    # Backwards ------------------------------------------------------------------------------

    def backward(
        self,
        gradient: ArrayLike | None = None,
        end: Mapping[str, ArrayLike] | None = None,
        through: bool = True,
    ) -> np.ndarray | None:
        """Go back through time, and fill `gradients` and `path_gradients`.

        Parameters
        ----------
        gradient : array_like of shape (n, T, m), optional
            The gradient of the loss with respect to what `forward` returned last.
        end : mapping of str to array_like of shape (n, m), optional
            The gradient with respect to the last state, on top of that.
        through : bool
            Whether to go on to the inputs.

        Returns
        -------
        ndarray of shape (n, T, d) or None
            The gradient with respect to the inputs.

        Raises
        ------
        RuntimeError
            If there was no `forward`.
        TypeError, ValueError
            As for `forward`.
        """
        x, hidden, kept = remembered(self._kept, self)
        steps, n, _ = x.shape
        flow = self._start(end, n, x.dtype)
        from_above = None
        if gradient is not None:
            from_above = float_array(gradient, "gradient", x.dtype)
            self._expect(from_above, "gradient", (n, steps, self.units))
        u = self.parameters["recurrent_weights"]
        slopes = list(zip(*self._slopes(kept), strict=True))
        flows, to_sums = [flow], []
        for t in reversed(range(steps)):
            if from_above is not None:
                flow = flow | {"hidden": flow["hidden"] + from_above[:, t]}
            to_driven, to_recurrent, flow = self._step_back(slopes[t], flow)
            through_sums = to_recurrent @ u
            flow["hidden"] = flow["hidden"] + through_sums if "hidden" in flow else through_sums
            flows.append(flow)
            to_sums.append((to_driven, to_recurrent))
        self.path_gradients = {
            name: np.stack([flow[name] for flow in reversed(flows)], axis=1)
            for name in self.state_names
        }
        to_driven, to_recurrent = map(np.stack, zip(*reversed(to_sums), strict=True))
        return self._collect(to_driven, to_recurrent, x, hidden, through)

    def _collect(
        self,
        to_driven: np.ndarray,
        to_recurrent: np.ndarray,
        x: np.ndarray,
        hidden: np.ndarray,
        through: bool,
    ) -> np.ndarray | None:
        """Sum the gradients of the parameters over all steps, since all share them."""
        found = self.gradients
        found["input_weights"][:] = np.tensordot(to_driven, x, ([0, 1], [0, 1]))
        found["recurrent_weights"][:] = np.tensordot(to_recurrent, hidden[:-1], ([0, 1], [0, 1]))
        found["biases"][:] = to_driven.sum(axis=(0, 1))
        if not through:
            return None
        return (to_driven @ self.parameters["input_weights"]).swapaxes(0, 1)

    @abstractmethod
    def _slopes(self, kept: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        """Return all that a step back needs and no gradient enters, for all steps at once."""

    @abstractmethod
    def _step_back(
        self, slopes: tuple[np.ndarray, ...], flow: State
    ) -> tuple[np.ndarray, np.ndarray, State]:
        """Return the gradients of both sums and of the state before.

        `flow` is the gradient of the state after the step, the loss's own share included. The part
        that goes back through the recurrent sums is added by the loop.
        """

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.inputs} inputs, {self.units} units)"
