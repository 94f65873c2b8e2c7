"""The data sets are real, whole, and the caller's own."""

import subprocess
import sys

import numpy as np
import pytest

from companion.data import breast_cancer, digits, photograph, wine

LOADERS = (digits, breast_cancer, wine, photograph)


def test_digits():
    images, labels = digits()
    assert images.shape == (1797, 64)
    assert images.dtype == np.float64
    assert (images.min(), images.max()) == (0, 1)
    assert np.array_equal(images * 16, np.round(images * 16))
    assert labels.dtype == np.int64
    assert np.array_equal(np.unique(labels), np.arange(10))


def test_digits_look_like_digits():
    images, labels = digits()
    means = np.array([images[labels == digit].mean(axis=0).reshape(8, 8) for digit in range(10)])
    # A nought is empty in the middle, where a one has its ink.
    assert means[0][3:5, 3:5].mean() < 0.2
    assert means[1][3:5, 3:5].mean() > 0.7


@pytest.mark.parametrize(
    ("load", "shape", "counts"),
    [(breast_cancer, (569, 30), (357, 212)), (wine, (178, 13), (59, 71, 48))],
)
def test_tables(load, shape, counts):
    table = load()
    assert table.inputs.shape == shape
    assert table.inputs.dtype == np.float64
    assert np.isfinite(table.inputs).all()
    assert table.labels.dtype == np.int64
    assert tuple(np.bincount(table.labels)) == counts
    assert len(table.quantities) == shape[1]
    assert len(table.classes) == len(counts)


def test_malignant_masses_are_larger():
    inputs, labels, quantities, classes = breast_cancer()
    radius = inputs[:, quantities.index("mean radius")]
    malignant = classes.index("malignant")
    assert radius[labels == malignant].mean() > 1.3 * radius[labels != malignant].mean()


@pytest.mark.parametrize(
    ("name", "author"), [("temple", "danielbuechele"), ("flower", "vultilion")]
)
def test_photographs(name, author):
    pixels, credit = photograph(name)
    assert pixels.shape == (427, 640, 3)
    assert pixels.dtype == np.float64
    assert pixels.min() >= 0
    assert 0.9 < pixels.max() <= 1
    assert author in credit
    assert "CC BY 2.0" in credit


def test_a_photograph_that_is_not_there():
    with pytest.raises(ValueError, match="'temple', 'flower', got 'cat'"):
        photograph("cat")


@pytest.mark.parametrize("load", LOADERS)
def test_arrays_are_fresh(load):
    load()[0][:] = 77
    assert not (load()[0] == 77).all()


@pytest.mark.parametrize("load", LOADERS)
def test_without_scikit_learn(load, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ModuleNotFoundError, match="python -m pip install scikit-learn"):
        load()


def test_without_pillow(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ModuleNotFoundError, match="python -m pip install pillow"):
        photograph()


def test_importing_does_not_load_scikit_learn():
    code = "import sys, companion.data; assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_digits_and_photographs_load_without_importing_scikit_learn():
    code = (
        "import sys; from companion.data import digits, photograph; digits(), photograph();"
        "assert 'sklearn' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("load", [digits, photograph])
def test_a_scikit_learn_with_its_files_elsewhere_gives_the_same(load, monkeypatch):
    found = load()
    monkeypatch.setattr("companion.data._shipped._file_of_scikit_learn", lambda *parts: None)
    for value, again in zip(found, load(), strict=True):
        np.testing.assert_array_equal(value, again)
