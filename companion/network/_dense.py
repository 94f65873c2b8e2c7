"""The dense layer: every output is a weighted sum of all inputs, plus a bias."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.network._checks import float_array, remembered, whole
from companion.network._initialisations import Initialisation, initialisation
from companion.network._layer import Layer


class Dense(Layer):
    r"""The layer z = W x + b, for a batch of rows ``inputs @ weights.T + biases``.

    Backwards, with G the gradient with respect to z: W gets Gᵀ x, b the sum of G over the
    examples, and the input G W.

    Parameters
    ----------
    weights : array_like of shape (outputs, inputs)
        One row a neuron. float32 stays float32; all else becomes float64.
    biases : array_like of shape (outputs,), optional
        One a neuron; without them, zeros.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> layer = Dense([[1.0, 2.0], [0.0, -1.0], [3.0, 0.0]], [0.0, 0.5, 0.0])
    >>> layer.forward(np.array([[1.0, 1.0]]))
    array([[ 3. , -0.5,  3. ]])
    >>> layer.backward(np.array([[1.0, 0.0, 0.0]]))
    array([[1., 2.]])
    >>> layer.gradients["biases"]
    array([1., 0., 0.])
    """

    def __init__(self, weights: ArrayLike, biases: ArrayLike | None = None):
        weights = float_array(weights, "weights").copy()
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(f"weights must have shape (outputs, inputs), got {weights.shape}")
        if biases is None:
            biases = np.zeros(len(weights))
        biases = float_array(biases, "biases", weights.dtype).copy()
        if biases.shape != weights.shape[:1]:
            raise ValueError(
                f"biases must have shape ({len(weights)},), one for each row of weights, "
                f"got {biases.shape}"
            )
        super().__init__(weights=weights, biases=biases)
        self._inputs: np.ndarray | None = None

    @classmethod
    def random(
        cls,
        inputs: int,
        outputs: int,
        seed: int | np.random.Generator,
        weights: str | Initialisation = "he",
        biases: float | ArrayLike = 0.0,
    ) -> Dense:
        """Return a layer with random weights.

        Parameters
        ----------
        inputs, outputs : int
            How many numbers go in and out.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        weights : str or Initialisation
            How to draw them: a name in `INITIALISATIONS`, or an initialisation.
        biases : float or array_like of shape (outputs,)
            Where the biases start.

        Returns
        -------
        Dense

        Examples
        --------
        >>> Dense.random(64, 10, seed=0)
        Dense(weights (10, 64), biases (10,))
        """
        shape = whole(outputs, "outputs"), whole(inputs, "inputs")
        drawn = initialisation(weights)(*shape, np.random.default_rng(seed))
        start = float_array(biases, "biases", drawn.dtype)
        return cls(drawn, np.full(shape[:1], start) if start.ndim == 0 else start)

    @property
    def width(self) -> int:
        """The number of inputs of each neuron."""
        return self.parameters["weights"].shape[1]

    def output_width(self, width: int) -> int:
        """Return the number of neurons."""
        super().output_width(width)
        return len(self.parameters["weights"])

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return the weighted sums."""
        self._inputs = inputs
        outputs = inputs @ self.parameters["weights"].T
        outputs += self.parameters["biases"]
        return outputs

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill the gradients of weights and biases; pass the gradient on."""
        inputs = remembered(self._inputs, self)
        np.matmul(gradient.T, inputs, out=self.gradients["weights"])
        np.sum(gradient, axis=0, out=self.gradients["biases"])
        return gradient @ self.parameters["weights"] if through else None
