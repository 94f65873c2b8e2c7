"""Batch normalisation: give every unit mean 0 and variance 1, then let the network undo it."""

from __future__ import annotations

import numpy as np

from companion.network._checks import number, remembered, whole
from companion.network._layer import Layer


class BatchNorm(Layer):
    r"""Normalise each unit over the batch, then scale by γ and shift by β, both learned.

    In training, the mean and the variance are those of the batch, and the gradient runs through
    them. Otherwise they are running averages of what was seen in training, so that the output for
    one example does not depend on which others stand beside it.

    Parameters
    ----------
    units : int
        How many columns there are.
    momentum : float, default 0.1
        The share of the newest batch in the running averages.
    epsilon : float, default 1e-5
        Added to the variance, so that a constant unit is not divided by 0.

    Attributes
    ----------
    running_mean, running_variance : ndarray of shape (units,)
        The averages; the variances in them are divided by n − 1, the batch's own by n.

    Raises
    ------
    TypeError, ValueError
        If a parameter is not of its kind, or in training a batch has a single example.

    References
    ----------
    S. Ioffe, C. Szegedy, "Batch normalization: Accelerating deep network training by reducing
    internal covariate shift", ICML, PMLR 37 (2015) 448-456. arXiv:1502.03167

    Examples
    --------
    >>> layer = BatchNorm(2)
    >>> layer.forward(np.array([[1.0, 10.0], [3.0, 30.0]]), training=True).round(3)
    array([[-1., -1.],
           [ 1.,  1.]])
    >>> layer.running_mean
    array([0.2, 2. ])
    """

    def __init__(self, units: int, momentum: float = 0.1, epsilon: float = 1e-5):
        units = whole(units, "units")
        super().__init__(scale=np.ones(units), shift=np.zeros(units))
        self.momentum = number(momentum, "momentum", above=0, below=1)
        self.epsilon = number(epsilon, "epsilon", above=0)
        self.running_mean = np.zeros(units)
        self.running_variance = np.ones(units)
        self._past: tuple[np.ndarray, np.ndarray, bool] | None = None

    def buffers(self) -> dict[str, np.ndarray]:
        """Return the running averages by name."""
        return {name: getattr(self, name) for name in ("running_mean", "running_variance")}

    @property
    def width(self) -> int:
        """The number of units."""
        return len(self.running_mean)

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return γ·(z − mean)/√(variance + ε) + β."""
        mean, variance = self.running_mean, self.running_variance
        if training:
            mean, variance = self._statistics(inputs)
        spread = np.sqrt(variance + self.epsilon)
        normal = (inputs - mean) / spread
        self._past = normal, spread, training
        return self.parameters["scale"] * normal + self.parameters["shift"]

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill the gradients of γ and β; pass the gradient on, through the statistics as well."""
        normal, spread, training = remembered(self._past, self)
        np.sum(gradient * normal, axis=0, out=self.gradients["scale"])
        np.sum(gradient, axis=0, out=self.gradients["shift"])
        if not through:
            return None
        gradient = gradient * self.parameters["scale"]
        if training:
            # What moves all examples alike, or stretches them, is undone by the normalisation.
            gradient -= gradient.mean(axis=0) + normal * np.mean(gradient * normal, axis=0)
        return gradient / spread

    def _statistics(self, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        n = len(inputs)
        if n < 2:
            raise ValueError("BatchNorm needs batches of at least 2 examples in training, got 1")
        mean, variance = inputs.mean(axis=0), inputs.var(axis=0)
        for running, seen in (
            (self.running_mean, mean),
            (self.running_variance, variance * (n / (n - 1))),
        ):
            running += self.momentum * (seen - running)
        return mean, variance
