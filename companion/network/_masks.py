"""Layers that silence units: some at random, or all but the strongest."""

from __future__ import annotations

import numpy as np

from companion.network._checks import number, remembered, whole
from companion.network._layer import Layer


class Dropout(Layer):
    """In training, silence each unit with a given probability; else do nothing.

    The units that stay are divided by the share that stays, so that sums keep their mean.

    Parameters
    ----------
    rate : float
        The probability of silence, from 0 to less than 1.
    seed : int or numpy.random.Generator
        Where the random numbers come from.

    Raises
    ------
    TypeError, ValueError
        If `rate` is not such a number.

    References
    ----------
    N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: A simple way
    to prevent neural networks from overfitting", Journal of Machine Learning Research 15 (2014)
    1929-1958.

    Examples
    --------
    >>> layer = Dropout(0.5, seed=0)
    >>> layer.forward(np.ones((1, 5)), training=True)
    array([[2., 0., 0., 0., 2.]])
    >>> layer.forward(np.ones((1, 5)))
    array([[1., 1., 1., 1., 1.]])
    """

    def __init__(self, rate: float, seed: int | np.random.Generator):
        super().__init__()
        self.rate = number(rate, "rate", at_least=0, below=1)
        self._rng = np.random.default_rng(seed)
        self._mask: np.ndarray | float | None = None

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the inputs, in training with holes."""
        if not training or not self.rate:
            self._mask = 1.0
            return inputs
        # Numbers of the input's own type cost half as much in float32.
        kept = self._rng.random(inputs.shape, dtype=inputs.dtype) >= self.rate
        self._mask = kept * inputs.dtype.type(1.0 / (1.0 - self.rate))
        return inputs * self._mask

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Return the gradient, with the same holes."""
        return gradient * remembered(self._mask, self) if through else None

    def __repr__(self) -> str:
        return f"Dropout({self.rate:g})"


class KWinners(Layer):
    """Keep the k largest numbers of each row, and put 0 for the others.

    Parameters
    ----------
    winners : int
        How many units of each row stay, k. At a tie the earlier unit wins.

    Raises
    ------
    TypeError, ValueError
        If `winners` is no whole number from 1 on, or at a batch has more than its columns.

    References
    ----------
    A. Makhzani, B. Frey, "k-Sparse autoencoders" (2013). arXiv:1312.5663

    Examples
    --------
    >>> layer = KWinners(2)
    >>> layer.forward(np.array([[1.0, -3.0, 4.0, 2.0]]))
    array([[0., 0., 4., 2.]])
    >>> layer.backward(np.ones((1, 4)))
    array([[0., 0., 1., 1.]])
    """

    def __init__(self, winners: int):
        super().__init__()
        self.winners = whole(winners, "winners")
        self._mask: np.ndarray | None = None

    def output_width(self, width: int) -> int:
        """Return `width`, of which there must be at least as many as winners."""
        if width < self.winners:
            raise ValueError(f"KWinners({self.winners}) needs as many units, got {width}")
        return width

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the inputs without the losers."""
        # Sorting the negatives stably puts the earlier of two equals first.
        order = np.argsort(-inputs, axis=1, kind="stable")[:, : self.winners]
        self._mask = np.zeros(inputs.shape, bool)
        np.put_along_axis(self._mask, order, True, axis=1)
        return np.where(self._mask, inputs, inputs.dtype.type(0))

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Return the gradient of the winners, 0 for the others."""
        return gradient * remembered(self._mask, self) if through else None

    def passes(self) -> np.ndarray:
        """Return where the last batch's gradient gets through: the winners."""
        return remembered(self._mask, self)

    def __repr__(self) -> str:
        return f"KWinners({self.winners})"
