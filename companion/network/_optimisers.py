"""Optimisers: how far to move each parameter once its gradient is known."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from companion.network._checks import number

if TYPE_CHECKING:
    from companion.network._network import Network


class Optimiser(ABC):
    """What all optimisers share: the step size, clipping, decay, L1 and what stays frozen.

    An optimiser may serve several networks in turn: what it remembers, such as momentum, it keeps
    for each of them apart.

    Parameters
    ----------
    step : float
        The step size, also called the learning rate.
    weight_decay : float, default 0
        Pulls weights towards 0: its product with a weight is added to that weight's gradient.
    bias_decay : float, default 0
        The same for biases and all other parameters, which mostly do better without.
    l1 : float, default 0
        Subtracts step · l1 from the size of each weight after the step, and stops at exactly 0:
        the proximal step for the penalty l1 · Σ|w|.
    clip : float, optional
        The largest norm of the gradient of all parameters together; a longer gradient is
        shortened to it.

    Raises
    ------
    TypeError, ValueError
        If a parameter is outside its range.
    """

    def __init__(
        self,
        step: float,
        *,
        weight_decay: float = 0.0,
        bias_decay: float = 0.0,
        l1: float = 0.0,
        clip: float | None = None,
    ):
        self.step = number(step, "step", above=0)
        self.weight_decay = number(weight_decay, "weight_decay", at_least=0)
        self.bias_decay = number(bias_decay, "bias_decay", at_least=0)
        self.l1 = number(l1, "l1", at_least=0)
        self.clip = None if clip is None else number(clip, "clip", above=0)
        self._memories: WeakKeyDictionary[Network, dict[Any, dict[str, Any]]] = WeakKeyDictionary()

    def update(self, network: Network) -> None:
        """Move every parameter that is not frozen, once.

        Parameters
        ----------
        network : Network
            Its gradients must be those of the batch just seen.
        """
        memories = self._memories.setdefault(network, {})
        shorten = self._shortening(network)
        for key, value, gradient in network.trainable():
            memory = memories.setdefault(key, {"move": np.empty_like(value)})
            # Not to be written into: the gradient belongs to the network.
            move = np.multiply(gradient, shorten, out=memory["move"])
            is_weight = key[1].endswith("weights")
            self._move(value, move, memory, self.weight_decay if is_weight else self.bias_decay)
            if self.l1 and is_weight:
                shrink(value, self.step * self.l1)

    def _shortening(self, network: Network) -> float:
        if self.clip is None:
            return 1.0
        length = gradient_norm(gradient for _, _, gradient in network.trainable())
        return min(1.0, self.clip / length) if length > 0 else 1.0

    @abstractmethod
    def _move(
        self, value: np.ndarray, gradient: np.ndarray, memory: dict[str, Any], decay: float
    ) -> None:
        """Change `value` in place; `gradient` may be overwritten."""


class SGD(Optimiser):
    r"""Stochastic gradient descent, with momentum if asked: w ← w − step · v, v ← μv + gradient.

    Parameters
    ----------
    step : float, default 0.1
        The step size.
    momentum : float, default 0
        How much of the last move goes on, μ, from 0 to less than 1.
    weight_decay, bias_decay, l1, clip
        As for every `Optimiser`.

    References
    ----------
    I. Sutskever, J. Martens, G. Dahl, G. Hinton, "On the importance of initialization and momentum
    in deep learning", ICML, PMLR 28(3) (2013) 1139-1147.

    Examples
    --------
    >>> from companion.network import Dense, Network, SquaredError
    >>> network = Network([Dense([[2.0]], [0.0])])
    >>> network.differentiate([[1.0]], [[1.0]], SquaredError())
    0.5
    >>> SGD(step=0.5).update(network)
    >>> network([[1.0]])  # w and b have each moved by −0.5
    array([[1.]])
    """

    def __init__(self, step: float = 0.1, momentum: float = 0.0, **others: Any):
        super().__init__(step, **others)
        self.momentum = number(momentum, "momentum", at_least=0, below=1)

    def _move(
        self, value: np.ndarray, gradient: np.ndarray, memory: dict[str, Any], decay: float
    ) -> None:
        if decay:
            gradient += decay * value
        if self.momentum:
            velocity = memory.setdefault("velocity", np.zeros_like(value))
            velocity *= self.momentum
            velocity += gradient
            np.copyto(gradient, velocity)
        gradient *= self.step
        value -= gradient

    def __repr__(self) -> str:
        return f"SGD(step={self.step:g}, momentum={self.momentum:g})"


class Adam(Optimiser):
    r"""Adam: steps of about the same size for every parameter, whatever the size of its gradient.

    m and s are running means of the gradient and of its square, each divided by 1 − βᵗ after t
    steps since it starts at 0; then w ← w − step · m / (√s + ε).

    Parameters
    ----------
    step : float, default 0.001
        The step size.
    beta_1, beta_2 : float
        How slowly the two means forget.
    epsilon : float
        Keeps the division finite.
    weight_decay, bias_decay, l1, clip
        As for every `Optimiser`, but decay acts on the parameter itself, by step · decay, and is
        not divided by √s (AdamW).

    References
    ----------
    D. P. Kingma, J. Ba, "Adam: A method for stochastic optimization", ICLR (2015).
    arXiv:1412.6980

    I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR (2019).
    arXiv:1711.05101

    Examples
    --------
    >>> from companion.network import Dense, Network, SquaredError
    >>> network = Network([Dense([[2.0]], [0.0])])
    >>> network.differentiate([[1000.0]], [[0.0]], SquaredError())
    2000000.0
    >>> Adam(step=0.5).update(network)
    >>> network.layers[0].parameters["weights"].round(6)  # one step of 0.5, for all that gradient
    array([[1.5]])
    """

    def __init__(
        self,
        step: float = 1e-3,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float = 1e-8,
        **others: Any,
    ):
        super().__init__(step, **others)
        self.beta_1 = number(beta_1, "beta_1", at_least=0, below=1)
        self.beta_2 = number(beta_2, "beta_2", at_least=0, below=1)
        self.epsilon = number(epsilon, "epsilon", above=0)

    def _move(
        self, value: np.ndarray, gradient: np.ndarray, memory: dict[str, Any], decay: float
    ) -> None:
        if decay:
            value *= 1.0 - self.step * decay
        if "steps" not in memory:
            memory.update(steps=0, mean=np.zeros_like(value), square=np.zeros_like(value))
        memory["steps"] += 1
        mean, square, t = memory["mean"], memory["square"], memory["steps"]
        mean *= self.beta_1
        mean += (1.0 - self.beta_1) * gradient
        square *= self.beta_2
        np.square(gradient, out=gradient)
        gradient *= 1.0 - self.beta_2
        square += gradient
        scale = np.sqrt(square, out=gradient)
        scale /= math.sqrt(1.0 - self.beta_2**t)
        scale += self.epsilon
        np.divide(mean, scale, out=scale)
        scale *= self.step / (1.0 - self.beta_1**t)
        value -= scale

    def __repr__(self) -> str:
        return f"Adam(step={self.step:g})"


def gradient_norm(gradients: Any) -> float:
    """Return the length of all gradients together, as one long vector.

    Parameters
    ----------
    gradients : iterable of ndarray

    Returns
    -------
    float

    Examples
    --------
    >>> gradient_norm([np.array([3.0]), np.array([[0.0, 4.0]])])
    5.0
    """
    return math.sqrt(sum(float(np.vdot(gradient, gradient)) for gradient in gradients))


def shrink(value: np.ndarray, amount: float) -> None:
    """Move every number towards 0 by `amount`, in place, and stop at exactly 0.

    This is the proximal step for a penalty on absolute values, and what gives L1 its exact zeros:
    a gradient step would jump over 0 and back.

    Parameters
    ----------
    value : ndarray
        Changed in place.
    amount : float
        How far.

    Examples
    --------
    >>> weights = np.array([-2.0, -0.1, 0.0, 0.3, 1.0])
    >>> shrink(weights, 0.3)
    >>> weights
    array([-1.7,  0. ,  0. ,  0. ,  0.7])
    """
    value -= np.clip(value, -amount, amount)
