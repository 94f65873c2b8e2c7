"""Right answers to the exercises of the ReLU chapter, also those that no solution shows."""

import numpy as np
import pytest

from companion.activations import relu
from companion.exercises import check

W1, B1 = np.array([[1, 3], [-2, 1], [0.5, -1]]), np.array([0.5, -1, 2])
W2, B2 = np.array([[2.0, -1, 4]]), np.array([-3.0])


@pytest.mark.parametrize("places", [(-1.5, 0.5, 2), [2, -1.5, 0.5], np.array([0.5, 2, -1.5])])
def test_bends_in_any_order(places):
    assert check("relu-bends", places).passed


@pytest.mark.parametrize(
    "slope",
    [
        relu.derivative,
        lambda x: (x > 0).astype(x.dtype),
        lambda x: np.where(x > 0, 1, 0).astype(x.dtype),
        lambda x: (relu(x) > 0).astype(x.dtype),
        lambda x: np.heaviside(x, x.dtype.type(0)),
        lambda x: np.maximum(np.sign(x), 0),
    ],
)
def test_derivative_in_many_ways(slope):
    assert check("relu-derivative", slope).passed


def test_mirror_by_signs():
    assert check("relu-mirror-rewrite", -W1, -B1, -W2, B2).passed


def test_mirror_by_any_network_that_computes_the_same():
    order = [2, 0, 1]
    rewritten = -2 * W1[order], -2 * B1[order], -W2[:, order] / 2, B2
    assert check("relu-mirror-rewrite", *rewritten).passed


def test_answers_are_left_alone():
    answer = [-W1, -B1, -W2, B2.copy()]
    before = [part.copy() for part in answer]
    check("relu-mirror-rewrite", *answer)
    assert all(np.array_equal(*pair) for pair in zip(answer, before, strict=True))
