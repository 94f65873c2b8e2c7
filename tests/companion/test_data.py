"""The data sets are real, whole, and the caller's own."""

import subprocess
import sys

import numpy as np
import pytest

from companion.data import digits


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


def test_digits_are_fresh():
    first = digits()
    first.images[:] = 0
    assert digits().images.max() == 1


def test_without_scikit_learn(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ModuleNotFoundError, match="python -m pip install scikit-learn"):
        digits()


def test_importing_does_not_load_scikit_learn():
    code = "import sys, companion.data; assert 'sklearn' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
