"""What every layer can do: pass a batch forward, and pass the gradient of the loss back."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np


class Layer(ABC):
    """One step of a network.

    A batch has one example a row. ``forward`` turns it into the layer's output and remembers what
    ``backward`` will need. ``backward`` takes the gradient of the loss with respect to that
    output, fills `gradients`, and returns the gradient with respect to the layer's input.

    Attributes
    ----------
    parameters : dict of str to ndarray
        What is learned, by name. Optimisers change these arrays in place.
    gradients : dict of str to ndarray
        The gradient of the loss with respect to each of them, as the last ``backward`` left it.
    frozen : set of str
        The names of parameters that optimisers leave alone.
    """

    def __init__(self, **parameters: np.ndarray):
        self.parameters = parameters
        self.gradients = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.frozen: set[str] = set()

    @abstractmethod
    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the output for a batch, shape (n, inputs) to (n, outputs)."""

    @abstractmethod
    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill `gradients`; return the gradient with respect to the input if `through`."""

    @property
    def width(self) -> int | None:
        """The number of inputs that it insists on; None if any will do."""
        return None

    def output_width(self, width: int) -> int:
        """Return the number of outputs for a number of inputs, or raise ValueError."""
        if self.width not in (None, width):
            raise ValueError(
                f"{self!r} takes {self.width} inputs, but what comes before it gives {width}"
            )
        return width

    def buffers(self) -> dict[str, np.ndarray]:
        """Return, by name, arrays that belong to the layer's state but are not learned."""
        return {}

    def convert(self, dtype: np.dtype) -> None:
        """Turn all arrays of the layer into this type."""
        for arrays in (self.parameters, self.gradients):
            arrays.update({name: value.astype(dtype) for name, value in arrays.items()})
        for name, value in self.buffers().items():
            setattr(self, name, value.astype(dtype))

    def __repr__(self) -> str:
        shapes = ", ".join(f"{name} {value.shape}" for name, value in self.parameters.items())
        return f"{type(self).__name__}({shapes})"


class PerUnit(Layer):
    """A layer whose parameters hold one number a unit, or one number that all units share."""

    @property
    def width(self) -> int | None:
        """The number of units, unless all share one number."""
        units = len(next(iter(self.parameters.values())))
        return units if units > 1 else None

    def _keep(self, name: str, gradient: np.ndarray) -> None:
        """Store a parameter's gradient, summed over the examples and over units that share it."""
        kept = self.gradients[name]
        kept[:] = gradient.sum(axis=0) if len(kept) > 1 else gradient.sum()
