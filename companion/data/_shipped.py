"""Data sets and photographs that scikit-learn brings along."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np


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


class Table(NamedTuple):
    """Measurements of many things, and which class each of them belongs to.

    Attributes
    ----------
    inputs : ndarray of float64, shape (n, quantities)
        One thing a row, in the units of the source.
    labels : ndarray of int64, shape (n,)
        The class, from 0.
    quantities : tuple of str
        What the columns hold.
    classes : tuple of str
        What the labels mean.
    """

    inputs: np.ndarray
    labels: np.ndarray
    quantities: tuple[str, ...]
    classes: tuple[str, ...]


class Photograph(NamedTuple):
    """A photograph, and whose it is.

    Attributes
    ----------
    pixels : ndarray of float64, shape (height, width, 3)
        Red, green and blue from 0 to 1, as stored (sRGB).
    credit : str
        Author, source and licence, to be shown wherever the picture is.
    """

    pixels: np.ndarray
    credit: str


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
    if file := _file_of_scikit_learn("data", "digits.csv.gz"):
        table = np.loadtxt(file, delimiter=",")
        pixels, labels = table[:, :-1], table[:, -1]
    else:
        pixels, labels = _from_scikit_learn("the digits", "load_digits", return_X_y=True)
    return Digits(pixels / 16, labels.astype(np.int64))


def breast_cancer() -> Table:
    """Load 569 breast masses: 30 measurements of cell nuclei, and whether the mass was malignant.

    Returns
    -------
    Table
        Label 1 is malignant (212 masses) and 0 benign (357): a yes is what is looked for.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed; the message has the command that installs it.

    Notes
    -----
    Source: *Breast Cancer Wisconsin (Diagnostic)* [1]_, as scikit-learn ships it. Licence:
    Creative Commons Attribution 4.0 International (CC BY 4.0). Changed here: scikit-learn's labels
    (0 malignant, 1 benign) are swapped. A course example, and no medical advice.

    References
    ----------
    .. [1] W. Wolberg, O. Mangasarian, N. Street, W. Street, "Breast Cancer Wisconsin
       (Diagnostic)", UCI Machine Learning Repository, 1993. https://doi.org/10.24432/C5DW2B

    Examples
    --------
    >>> table = breast_cancer()
    >>> table.inputs.shape, table.quantities[0], table.classes
    ((569, 30), 'mean radius', ('benign', 'malignant'))
    """
    found = _from_scikit_learn("the breast cancer data", "load_breast_cancer")
    names = tuple(map(str, found.feature_names))
    return Table(
        found.data.copy(), (1 - found.target).astype(np.int64), names, ("benign", "malignant")
    )


def wine() -> Table:
    """Load 178 wines of one Italian region: 13 chemical measurements, and the cultivar of each.

    Returns
    -------
    Table
        Three classes, with 59, 71 and 48 wines.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn is not installed; the message has the command that installs it.

    Notes
    -----
    Source: *Wine* [1]_, as scikit-learn ships it. Licence: Creative Commons Attribution 4.0
    International (CC BY 4.0).

    References
    ----------
    .. [1] S. Aeberhard and M. Forina, "Wine", UCI Machine Learning Repository, 1992.
       https://doi.org/10.24432/C5PC7J

    Examples
    --------
    >>> inputs, labels, quantities, classes = wine()
    >>> inputs.shape, quantities[0], np.bincount(labels)
    ((178, 13), 'alcohol', array([59, 71, 48]))
    """
    found = _from_scikit_learn("the wines", "load_wine")
    names = tuple(map(str, found.feature_names))
    classes = tuple(f"cultivar {number}" for number in (1, 2, 3))
    return Table(found.data.copy(), found.target.astype(np.int64), names, classes)


_CREDITS = {
    "temple": (
        "china.jpg",
        "Photograph: danielbuechele, https://www.flickr.com/photos/danielbuechele/6061409035/, "
        "CC BY 2.0",
    ),
    "flower": (
        "flower.jpg",
        "Photograph: vultilion, https://www.flickr.com/photos/vultilion/6056698931/, CC BY 2.0",
    ),
}


def photograph(name: str = "temple") -> Photograph:
    """Load a photograph of 427 × 640 pixels in colour.

    Parameters
    ----------
    name : {"temple", "flower"}
        A Chinese temple before a wooded hill, or a dahlia.

    Returns
    -------
    Photograph
        Fresh pixels, and the credit to print beside the picture.

    Raises
    ------
    ModuleNotFoundError
        If scikit-learn or Pillow is not installed; the message has the command that installs it.
    ValueError
        If there is no photograph of that name.

    Notes
    -----
    Licence of both: Creative Commons Attribution 2.0 Generic (CC BY 2.0). They come with
    scikit-learn, whose list of sources names one author for both; the credit here follows the
    pages that it links to. Changed here: the bytes 0 … 255 are divided by 255.

    Examples
    --------
    >>> pixels, credit = photograph("flower")
    >>> pixels.shape, credit[-9:]
    ((427, 640, 3), 'CC BY 2.0')
    """
    if name not in _CREDITS:
        raise ValueError(f"name must be one of {', '.join(map(repr, _CREDITS))}, got {name!r}")
    file, credit = _CREDITS[name]
    return Photograph(_photograph_pixels(file) / 255, credit)


def _photograph_pixels(name: str) -> np.ndarray:
    if (file := _file_of_scikit_learn("images", name)) and importlib.util.find_spec("PIL"):
        from PIL import Image

        with Image.open(file) as image:
            return np.asarray(image)
    return _from_scikit_learn("the photographs", "load_sample_image", name)


def _file_of_scikit_learn(*parts: str) -> Path | None:
    """Find a data file of scikit-learn without importing it.

    The import takes forty times as long as reading the digits. A scikit-learn that has its files
    elsewhere is asked for the data.
    """
    spec = importlib.util.find_spec("sklearn")
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder, "datasets", *parts)
        if file.is_file():
            return file
    return None


def _from_scikit_learn(what: str, loader: str, *arguments: Any, **options: Any) -> Any:
    """Call a loader of scikit-learn, or say what to install."""
    try:
        datasets = importlib.import_module("sklearn.datasets")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "sklearn":
            raise
        raise ModuleNotFoundError(
            f"{what} come with scikit-learn, which is not installed; "
            "install it with: python -m pip install scikit-learn",
            name="sklearn",
        ) from error
    try:
        return getattr(datasets, loader)(*arguments, **options)
    except ImportError as error:
        if "Pillow" not in str(error) and "Imaging Library" not in str(error):
            raise
        raise ModuleNotFoundError(
            f"{what} are read with Pillow, which is not installed; "
            "install it with: python -m pip install pillow",
            name="PIL",
        ) from error
