"""Real data sets, small enough to ship with scikit-learn, so that no lesson needs the network.

Only here does the companion touch scikit-learn, and only when a data set is asked for.
"""

from typing import NamedTuple

import numpy as np

__all__ = ["Digits", "digits"]


class Digits(NamedTuple):
    """Images of handwritten digits, and which digit each of them shows.

    Attributes
    ----------
    images : ndarray of float64, shape (1797, 64)
        One image a row: 8 × 8 pixels read line by line, ink from 0 (none) to 1 (full).
    labels : ndarray of int64, shape (1797,)
        The digit, 0 … 9.
    """

    images: np.ndarray
    labels: np.ndarray


def digits() -> Digits:
    """Load 1797 handwritten digits.

    Each image was a bitmap of 32 × 32 pixels, cut into 4 × 4 blocks. A pixel here is the number
    of inked pixels in a block, divided by 16.

    Returns
    -------
    Digits
        Fresh arrays, yours to change.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed; the message has the command that installs it.

    Notes
    -----
    Source: the 1797 test images of *Optical Recognition of Handwritten Digits* by E. Alpaydin
    and C. Kaynak [1]_, as scikit-learn ships them. Licence: Creative Commons Attribution 4.0
    International (CC BY 4.0). Changed here: the counts 0 … 16 are divided by 16.

    References
    ----------
    .. [1] E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
       Learning Repository, 1998. https://doi.org/10.24432/C50P49

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, images.min().item(), images.max().item()
    ((1797, 64), 0.0, 1.0)
    >>> labels[:5]
    array([0, 1, 2, 3, 4])
    """
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "sklearn":
            raise
        raise ModuleNotFoundError(
            "the digits come with scikit-learn, which is not installed; "
            "install it with: python -m pip install scikit-learn",
            name="sklearn",
        ) from error
    pixels, labels = load_digits(return_X_y=True)
    return Digits(pixels / 16, labels.astype(np.int64))
