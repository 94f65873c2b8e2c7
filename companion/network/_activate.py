"""Layers that apply an activation: any of the registry, and two whose shape is learned."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import (
    VECTOR_ACTIVATIONS,
    Activation,
    VectorActivation,
    find,
    logistic,
    prelu,
    relu,
)
from companion.network._checks import float_array, remembered
from companion.network._layer import Layer, PerUnit


class Activate(Layer):
    """Apply an activation: element by element, or as a gate or a maximum over groups of columns.

    Backwards, an activation of single numbers multiplies the gradient by its slope f′(z), taken
    of the input z and never of the output. An activation of vectors multiplies by its Jacobian.

    Parameters
    ----------
    activation : str, Activation or VectorActivation
        A name or alias from the registries of `companion.activations`, or the activation itself.
        Gates (``"swiglu"``) halve the number of columns, ``"maxout"`` divides it by its pieces.

    Raises
    ------
    TypeError, ValueError
        If there is no such activation, or it does not act along the last axis.

    Examples
    --------
    >>> Activate("leaky_relu").forward(np.array([[-1.0, 2.0]]))
    array([[-0.01,  2.  ]])
    >>> Activate("reglu").forward(np.array([[3.0, 5.0, -1.0, 2.0]]))
    array([[ 0., 10.]])
    """

    def __init__(self, activation: str | Activation | VectorActivation):
        super().__init__()
        self.activation = activation_of(activation)
        if getattr(self.activation, "axis", -1) != -1:
            raise ValueError(
                f"activation must act along the last axis, got {self.activation!r}: rows are "
                f"examples, and examples do not mix"
            )
        self._inputs: np.ndarray | None = None

    @property
    def by_element(self) -> bool:
        """Whether each output depends on one input alone, so that it has a slope."""
        return isinstance(self.activation, Activation)

    def output_width(self, width: int) -> int:
        """Return the number of outputs, fewer than inputs for gates and maxout."""
        return width if self.by_element else self.activation(np.zeros((1, width))).shape[1]

    def input_width(self, width: int) -> int:
        """Return how many inputs it takes for this number of outputs."""
        if self.by_element:
            return width
        pieces = getattr(self.activation, "pieces", None)
        if pieces is None:  # a gate, which takes two halves, or softmax
            pieces = 2 if self.activation(np.zeros((1, 2))).shape[1] == 1 else 1
        return pieces * width

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return f(z)."""
        self._inputs = inputs
        return self.activation(inputs)

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Return the gradient times f′(z)."""
        if not through:
            return None
        inputs = remembered(self._inputs, self)
        if not self.by_element:
            return self.activation.vjp(inputs, gradient)
        slopes = self.activation.derivative(inputs)
        slopes *= gradient
        return slopes

    def passes(self) -> np.ndarray:
        """Return where the last batch's gradient gets through: f′(z) ≠ 0, or f(z) ≠ 0 for gates."""
        inputs = remembered(self._inputs, self)
        return (self.activation.derivative if self.by_element else self.activation)(inputs) != 0

    def __repr__(self) -> str:
        return f"Activate({self.activation!r})"


class LearnablePReLU(PerUnit):
    """A ReLU that leaks on the left with a slope that is learned: max(0, z) + a·min(0, z).

    Parameters
    ----------
    slopes : float or array_like of shape (units,)
        Where the slopes start. One number: one slope that all units share.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: Surpassing human-level
    performance on ImageNet classification", ICCV (2015) 1026-1034. doi:10.1109/ICCV.2015.123

    Examples
    --------
    >>> layer = LearnablePReLU([0.25, 0.5])
    >>> layer.forward(np.array([[-2.0, -2.0], [1.0, 1.0]]))
    array([[-0.5, -1. ],
           [ 1. ,  1. ]])
    >>> gradient = layer.backward(np.ones((2, 2)))
    >>> layer.gradients["slopes"]
    array([-2., -2.])
    """

    def __init__(self, slopes: float | ArrayLike = 0.25):
        super().__init__(slopes=_per_unit(slopes, "slopes"))
        self._inputs: np.ndarray | None = None

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return max(0, z) + a·min(0, z)."""
        self._inputs = inputs
        return relu(inputs) + self.parameters["slopes"] * prelu.parameter_derivative(inputs)

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill the gradient of the slopes, min(0, z); multiply by 1 or a."""
        inputs = remembered(self._inputs, self)
        self._keep("slopes", gradient * prelu.parameter_derivative(inputs))
        if not through:
            return None
        return gradient * np.where(inputs > 0, gradient.dtype.type(1), self.parameters["slopes"])

    def passes(self) -> np.ndarray:
        """Return where the last batch's gradient gets through."""
        inputs = remembered(self._inputs, self)
        return (inputs > 0) | (self.parameters["slopes"] != 0)


class LearnableSwish(PerUnit):
    """Swish z·σ(βz) with a sharpness β that is learned.

    Parameters
    ----------
    betas : float or array_like of shape (units,)
        Where β starts. One number: one β that all units share. It may become negative.

    References
    ----------
    P. Ramachandran, B. Zoph, Q. V. Le, "Searching for activation functions" (2017).
    arXiv:1710.05941

    Examples
    --------
    >>> layer = LearnableSwish(0.0)
    >>> layer.forward(np.array([[-2.0, 3.0]]))
    array([[-1. ,  1.5]])
    >>> gradient = layer.backward(np.ones((1, 2)))
    >>> layer.gradients["betas"]  # z²/4 each, added up
    array([3.25])
    """

    def __init__(self, betas: float | ArrayLike = 1.0):
        super().__init__(betas=_per_unit(betas, "betas"))
        self._inputs: np.ndarray | None = None

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return z·σ(βz)."""
        self._inputs = inputs
        return inputs * logistic(self.parameters["betas"] * inputs)

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill the gradient of β, z²·σ′(βz); multiply by σ(βz) + βz·σ′(βz)."""
        inputs = remembered(self._inputs, self)
        steepness = self.parameters["betas"] * inputs
        bump = logistic.derivative(steepness)
        self._keep("betas", gradient * inputs * inputs * bump)
        return gradient * (logistic(steepness) + steepness * bump) if through else None

    def passes(self) -> np.ndarray:
        """Return where the last batch's gradient gets through."""
        steepness = self.parameters["betas"] * remembered(self._inputs, self)
        return logistic(steepness) + steepness * logistic.derivative(steepness) != 0


def activation_of(
    activation: str | Activation | VectorActivation,
) -> Activation | VectorActivation:
    """Return the activation of that name, of numbers or of vectors, or the activation itself."""
    if isinstance(activation, Activation | VectorActivation):
        return activation
    if not isinstance(activation, str):
        raise TypeError(
            f"activation must be a name or a member of companion.activations, got {activation!r}"
        )
    return VECTOR_ACTIVATIONS.get(activation) or find(activation)


def _per_unit(value: float | ArrayLike, name: str) -> np.ndarray:
    array = np.atleast_1d(float_array(value, name)).copy()
    if array.ndim != 1 or not array.size:
        raise ValueError(f"{name} must be a number or have shape (units,), got {array.shape}")
    return array
