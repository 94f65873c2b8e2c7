"""Losses: how wrong the outputs are, as one number, and which way each output should move.

A loss is the mean over the examples of what is lost on each. All but the squared error take
*logits*, that is, weighted sums: softmax and the logistic function are part of the loss, where
their logarithms lose no digits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import log_softmax, logistic, softplus
from companion.network._checks import float_array, number


class Loss(ABC):
    """A measure of error with its gradient.

    Call it for the value; `gradient` gives the derivative with respect to the outputs. A training
    step wants both, and `value_and_gradient` computes them together.
    """

    @abstractmethod
    def targets_for(self, targets: ArrayLike, outputs_shape: tuple[int, int]) -> np.ndarray:
        """Return the targets as this loss computes with them, or raise an error that names one.

        Parameters
        ----------
        targets : array_like
            One target an example.
        outputs_shape : tuple of int
            The shape (n, k) of the outputs that they belong to.

        Returns
        -------
        ndarray
        """

    @abstractmethod
    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the loss of each example (or each output), and their gradients."""

    @abstractmethod
    def is_right(self, outputs: np.ndarray, targets: np.ndarray) -> np.ndarray | None:
        """Return for each example whether the answer is right; None if there is no right."""

    def value_and_gradient(
        self, outputs: np.ndarray, targets: ArrayLike
    ) -> tuple[float, np.ndarray]:
        """Return the mean loss, and its gradient with respect to the outputs.

        Parameters
        ----------
        outputs : ndarray of shape (n, k)
            What the network says.
        targets : array_like
            What is right, one an example.

        Returns
        -------
        value : float
        gradient : ndarray of shape (n, k)

        Raises
        ------
        TypeError, ValueError
            If the targets do not fit; the message names the first that does not.
        """
        targets = self.targets_for(targets, outputs.shape)
        losses, gradient = self._losses_and_gradients(outputs, targets)
        gradient /= len(outputs)
        return float(losses.sum()) / len(outputs), gradient

    def __call__(self, outputs: ArrayLike, targets: ArrayLike) -> float:
        """Return the mean loss."""
        return self.value_and_gradient(_batch(outputs), targets)[0]

    def gradient(self, outputs: ArrayLike, targets: ArrayLike) -> np.ndarray:
        """Return the gradient of the mean loss with respect to the outputs."""
        return self.value_and_gradient(_batch(outputs), targets)[1]

    def accuracy(self, outputs: ArrayLike, targets: ArrayLike) -> float:
        """Return the share of examples with the right answer; NaN if there is no right."""
        outputs = _batch(outputs)
        right = self.is_right(outputs, self.targets_for(targets, outputs.shape))
        return float("nan") if right is None else float(np.mean(right))


class _OfLabels(Loss):
    """A loss whose targets are class numbers 0 … k − 1, one an example."""

    def targets_for(self, targets: ArrayLike, outputs_shape: tuple[int, int]) -> np.ndarray:
        """Return the labels as integers, each of them a column of the outputs."""
        labels = np.asarray(targets)
        n, k = outputs_shape
        if labels.shape != (n,):
            raise ValueError(f"labels must have shape ({n},), one an example, got {labels.shape}")
        if labels.dtype.kind not in "iu":
            labels = _whole_labels(labels)
        if n and (labels.min() < 0 or labels.max() >= k):
            row = int(np.flatnonzero((labels < 0) | (labels >= k))[0])
            raise ValueError(
                f"labels must be from 0 to {k - 1} for {k} outputs, got {labels[row]} for "
                f"example {row}"
            )
        return labels

    def is_right(self, outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Return where the largest output is the label's."""
        return outputs.argmax(axis=1) == targets


class CrossEntropy(_OfLabels):
    """The cross-entropy of softmax: −log of the probability given to the right class.

    With z the logits and p = softmax(z), the loss of an example of class t is −log p_t, and its
    gradient is p − e_t: the probabilities, less 1 at the right class.

    Examples
    --------
    >>> loss = CrossEntropy()
    >>> round(loss([[0.0, 0.0, 0.0]], [2]), 4)  # log 3: no idea
    1.0986
    >>> loss.gradient([[0.0, 0.0, 0.0]], [2]).round(3)
    array([[ 0.333,  0.333, -0.667]])
    """

    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        log_p = log_softmax(outputs)
        rows = np.arange(len(outputs))
        losses = -log_p[rows, targets]
        gradient = np.exp(log_p, out=log_p)
        # −expm1(−loss) is 1 − p_t, and keeps its digits where p_t is nearly 1.
        gradient[rows, targets] = np.expm1(-losses)
        return losses, gradient

    def __repr__(self) -> str:
        return "CrossEntropy()"


@dataclass(frozen=True)
class Focal(_OfLabels):
    """The focal loss of softmax, −(1 − p_t)^γ log p_t: examples that are easy count less.

    Parameters
    ----------
    gamma : float, default 2
        How strongly; 0 gives the cross-entropy.

    Raises
    ------
    TypeError, ValueError
        If `gamma` is no number from 0 on.

    References
    ----------
    T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal loss for dense object detection",
    ICCV (2017) 2999-3007. doi:10.1109/ICCV.2017.324

    Examples
    --------
    >>> outputs, labels = [[0.0, 3.0], [0.0, -3.0]], [1, 1]
    >>> [round(Focal(gamma)(outputs, labels), 4) for gamma in (0.0, 2.0)]
    [1.5486, 1.3832]
    """

    gamma: float = 2.0

    def __post_init__(self):
        number(self.gamma, "gamma", at_least=0)

    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        entropies, gradient = CrossEntropy()._losses_and_gradients(outputs, targets)
        weights, slopes = _focus(entropies, self.gamma)
        gradient *= slopes[:, np.newaxis]
        return weights * entropies, gradient


class _OfProbabilities(Loss):
    """A loss whose targets are probabilities of a yes, mostly 0 or 1, one for each output."""

    def targets_for(self, targets: ArrayLike, outputs_shape: tuple[int, int]) -> np.ndarray:
        """Return the targets as floats in the shape of the outputs."""
        array = float_array(targets, "targets")
        if array.ndim == 1 and outputs_shape[1:] == (1,):
            array = array[:, np.newaxis]
        _expect_shape(array, outputs_shape)
        if array.size and not (array.min() >= 0 and array.max() <= 1):
            row, column = map(int, np.argwhere(~((array >= 0) & (array <= 1)))[0])
            raise ValueError(
                f"targets must be from 0 (no) to 1 (yes), got {array[row, column]:g} for example "
                f"{row}"
            )
        return array

    def is_right(self, outputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Return where the sign of every logit says what the target says."""
        return ((outputs > 0) == (targets > 0.5)).all(axis=1)


class BinaryCrossEntropy(_OfProbabilities):
    """The cross-entropy of the logistic function, for one yes or no an output.

    With z a logit and t its target, the loss is log(1 + exp(z)) − t·z, added up over the outputs,
    and its gradient is σ(z) − t.

    Examples
    --------
    >>> loss = BinaryCrossEntropy()
    >>> round(loss([[0.0]], [1]), 4)  # log 2: no idea
    0.6931
    >>> loss.gradient([[0.0], [2.0]], [1, 0]).round(4)  # of the mean over two examples
    array([[-0.25  ],
           [ 0.4404]])
    """

    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        targets = targets.astype(outputs.dtype, copy=False)
        # Weighing both answers, where subtracting t·z would lose the digits of small losses.
        losses = targets * softplus(-outputs) + (1 - targets) * softplus(outputs)
        gradient = (1 - targets) * logistic(outputs) - targets * logistic(-outputs)
        return losses, gradient

    def __repr__(self) -> str:
        return "BinaryCrossEntropy()"


@dataclass(frozen=True)
class BinaryFocal(_OfProbabilities):
    """The focal loss of the logistic function, −α_t (1 − p_t)^γ log p_t, for one yes or no.

    Parameters
    ----------
    gamma : float, default 2
        How much less easy examples count; 0 gives the cross-entropy, if there is no `alpha`.
    alpha : float, optional
        Weight of the yeses, from 0 to 1; the noes get 1 − alpha. Without it, both get 1.

    Raises
    ------
    TypeError, ValueError
        If a parameter is outside its range.

    References
    ----------
    T.-Y. Lin, P. Goyal, R. Girshick, K. He, P. Dollár, "Focal loss for dense object detection",
    ICCV (2017) 2999-3007. doi:10.1109/ICCV.2017.324

    Examples
    --------
    >>> [round(BinaryFocal(gamma)([[3.0]], [1]), 6) for gamma in (0.0, 2.0)]  # easily a yes
    [0.048587, 0.000109]
    """

    gamma: float = 2.0
    alpha: float | None = None

    def __post_init__(self):
        number(self.gamma, "gamma", at_least=0)
        if self.alpha is not None:
            number(self.alpha, "alpha", above=0, below=1)

    def targets_for(self, targets: ArrayLike, outputs_shape: tuple[int, int]) -> np.ndarray:
        """Return the targets, each of them 0 or 1."""
        array = super().targets_for(targets, outputs_shape)
        if not ((array == 0) | (array == 1)).all():
            raise ValueError("targets of the focal loss must be 0 or 1, got numbers in between")
        return array

    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        signs = (2 * targets - 1).astype(outputs.dtype)
        margins = signs * outputs  # how far on the right side
        entropies = softplus(-margins)
        weights, slopes = _focus(entropies, self.gamma)
        if self.alpha is not None:
            share = np.where(targets == 1, self.alpha, 1 - self.alpha).astype(outputs.dtype)
            weights, slopes = weights * share, slopes * share
        return weights * entropies, -signs * slopes * logistic(-margins)


class SquaredError(Loss):
    """Half the squared distance between outputs and targets, ½ Σ (y − t)².

    The half makes the gradient y − t. The sum runs over the outputs and the mean over the examples
    (PyTorch's ``mse_loss`` is without the half and a mean over both).

    Examples
    --------
    >>> loss = SquaredError()
    >>> loss([[1.0, 2.0]], [[0.0, 0.0]]), loss.gradient([[1.0, 2.0]], [[0.0, 0.0]])
    (2.5, array([[1., 2.]]))
    """

    def targets_for(self, targets: ArrayLike, outputs_shape: tuple[int, int]) -> np.ndarray:
        """Return the targets as floats in the shape of the outputs."""
        array = float_array(targets, "targets")
        if array.ndim == 1 and outputs_shape[1:] == (1,):
            array = array[:, np.newaxis]
        _expect_shape(array, outputs_shape)
        return array

    def _losses_and_gradients(
        self, outputs: np.ndarray, targets: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        gradient = outputs - targets.astype(outputs.dtype, copy=False)
        return 0.5 * np.square(gradient), gradient

    def is_right(self, outputs: np.ndarray, targets: np.ndarray) -> None:
        """Return None: numbers are near or far, not right or wrong."""
        return

    def __repr__(self) -> str:
        return "SquaredError()"


def _focus(entropies: np.ndarray, gamma: float) -> tuple[np.ndarray, np.ndarray]:
    """Return (1 − p)^γ, and the slope of (1 − p)^γ·l with respect to l = −log p."""
    doubt = -np.expm1(-entropies)  # 1 − p
    weights = doubt**gamma
    # l/(1 − p) tends to 1 where both are 0; a power γ − 1 < 0 would be infinite there.
    ratio = np.divide(entropies, doubt, out=np.ones_like(doubt), where=doubt > 0)
    return weights, weights * (1 + gamma * np.exp(-entropies) * ratio)


def _batch(outputs: ArrayLike) -> np.ndarray:
    array = float_array(outputs, "outputs")
    if array.ndim != 2 or not len(array):
        raise ValueError(f"outputs must have shape (n, k) with n >= 1, got {array.shape}")
    return array


def _expect_shape(targets: np.ndarray, outputs_shape: tuple[int, int]) -> None:
    if targets.shape != outputs_shape:
        raise ValueError(
            f"targets must have the outputs' shape {outputs_shape}, got {targets.shape}"
        )


def _whole_labels(labels: np.ndarray) -> np.ndarray:
    if labels.dtype.kind not in "fb":
        raise TypeError(f"labels must be whole numbers, got dtype {labels.dtype}")
    wrong = np.flatnonzero(~(np.isfinite(labels) & (labels == np.round(labels))))
    if wrong.size:
        raise ValueError(
            f"labels must be whole numbers, got {labels[wrong[0]]} for example {wrong[0]}"
        )
    return labels.astype(np.int64)
