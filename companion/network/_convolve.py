"""The convolution layer: small filters that look at every place of an image."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from companion.network._checks import float_array, remembered, whole
from companion.network._initialisations import Initialisation, initialisation
from companion.network._layer import Layer


class Convolution(Layer):
    """A layer of units that see a small window each, and share their weights over all places.

    It is a dense layer most of whose weights are 0, since a unit sees its window alone, and whose
    others are shared. An image is a row, channel by channel and line by line, as everywhere here;
    so is the output, filter by filter. Windows lie wholly inside the image and move by one pixel.

    Parameters
    ----------
    weights : array_like of shape (filters, channels, height, width)
        The filters. As everywhere in networks, they are not flipped (a cross-correlation).
    biases : array_like of shape (filters,), optional
        One a filter; without them, zeros.
    image : tuple of int
        Channels, height and width of the images.

    Attributes
    ----------
    output_shape : tuple of int
        Filters, height and width of what comes out.

    Raises
    ------
    TypeError
        If something is not a real number.
    ValueError
        If the shapes do not fit.

    Examples
    --------
    A filter that finds edges, on an image that is dark on the left and bright on the right:

    >>> layer = Convolution([[[[-1.0, 1.0]]]], image=(1, 2, 4))
    >>> layer.forward(np.array([[0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0]]))
    array([[0., 1., 0., 0., 1., 0.]])
    >>> layer.output_shape
    (1, 2, 3)
    """

    def __init__(
        self,
        weights: ArrayLike,
        biases: ArrayLike | None = None,
        *,
        image: tuple[int, int, int],
    ):
        weights = float_array(weights, "weights").copy()
        self.image = tuple(whole(size, "image") for size in image)
        fits = (
            weights.ndim == 4
            and len(self.image) == 3
            and weights.shape[1] == self.image[0]
            and 0 < weights.shape[2] <= self.image[1]
            and 0 < weights.shape[3] <= self.image[2]
        )
        if not fits:
            raise ValueError(
                f"weights must have shape (filters, channels, height, width) and fit into images "
                f"of shape {self.image}, got {weights.shape}"
            )
        if biases is None:
            biases = np.zeros(len(weights))
        biases = float_array(biases, "biases", weights.dtype).copy()
        if biases.shape != weights.shape[:1]:
            raise ValueError(f"biases must have shape ({len(weights)},), got {biases.shape}")
        super().__init__(weights=weights, biases=biases)
        _, height, width = self.image
        self.output_shape = (
            len(weights),
            height - weights.shape[2] + 1,
            width - weights.shape[3] + 1,
        )
        self._windows: np.ndarray | None = None

    @classmethod
    def random(
        cls,
        image: tuple[int, int, int],
        filters: int,
        size: int,
        seed: int | np.random.Generator,
        weights: str | Initialisation = "he",
    ) -> Convolution:
        """Return a layer with random square filters.

        Parameters
        ----------
        image : tuple of int
            Channels, height and width of the images.
        filters, size : int
            How many filters, and how many pixels each is high and wide.
        seed : int or numpy.random.Generator
            Where the random numbers come from.
        weights : str or Initialisation
            How to draw them; a unit has channels · size² inputs.

        Returns
        -------
        Convolution

        Examples
        --------
        >>> Convolution.random((1, 8, 8), filters=6, size=3, seed=0)
        Convolution(weights (6, 1, 3, 3), biases (6,))
        """
        shape = whole(filters, "filters"), image[0], whole(size, "size"), size
        inputs = image[0] * size * size
        drawn = initialisation(weights)(filters, inputs, np.random.default_rng(seed))
        return cls(drawn.reshape(shape), image=image)

    @property
    def width(self) -> int:
        """The number of pixels of an image, over all channels."""
        return int(np.prod(self.image))

    def output_width(self, width: int) -> int:
        """Return the number of outputs, over all filters and places."""
        super().output_width(width)
        return int(np.prod(self.output_shape))

    def forward(self, inputs: np.ndarray, training: bool = False) -> np.ndarray:
        """Return every filter's weighted sum at every place."""
        filters, *places = self.output_shape
        weights = self.parameters["weights"]
        images = inputs.reshape(-1, *self.image)
        windows = sliding_window_view(images, weights.shape[2:], axis=(2, 3))
        # One window a row, so that all that is left to do is what a dense layer does.
        rows = windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, weights[0].size)
        self._windows = rows
        outputs = rows @ weights.reshape(filters, -1).T + self.parameters["biases"]
        outputs = outputs.reshape(len(inputs), *places, filters).transpose(0, 3, 1, 2)
        return outputs.reshape(len(inputs), -1)

    def backward(self, gradient: np.ndarray, through: bool = True) -> np.ndarray | None:
        """Fill the gradients, summed over all places; pass the gradient on."""
        rows = remembered(self._windows, self)
        weights = self.parameters["weights"]
        filters, height, width = self.output_shape
        images = gradient.reshape(-1, filters, height, width)
        by_window = images.transpose(0, 2, 3, 1).reshape(-1, filters)
        self.gradients["weights"][...] = (by_window.T @ rows).reshape(weights.shape)
        np.sum(by_window, axis=0, out=self.gradients["biases"])
        if not through:
            return None
        passed = np.zeros((len(images), *self.image), gradient.dtype)
        for i, j in np.ndindex(weights.shape[2:]):
            # Pixel (i, j) of the window of every place, from every filter.
            share = np.tensordot(images, weights[:, :, i, j], axes=(1, 0))
            passed[:, :, i : i + height, j : j + width] += share.transpose(0, 3, 1, 2)
        return passed.reshape(len(images), -1)
