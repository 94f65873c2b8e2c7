"""A network and its rewritten mirror image compute the same."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import logistic
from companion.mirrors import MIRRORS, Mirror, rewritten, run_network


def random_network(sizes, seed=0):
    rng = np.random.default_rng(seed)
    pairs = list(pairwise(sizes))
    return [rng.standard_normal((m, n)) for n, m in pairs], [
        rng.standard_normal(m) for _, m in pairs
    ]


def test_the_four_mirrors_are_what_their_names_say():
    x = np.linspace(-3, 3, 13)
    expected = {
        "relu(x)": np.maximum(x, 0),
        "relu(−x)": np.maximum(-x, 0),
        "−relu(x)": np.minimum(-x, 0),
        "−relu(−x)": np.minimum(x, 0),
    }
    assert MIRRORS.keys() == expected.keys()
    for name, values in expected.items():
        assert_array_equal(MIRRORS[name](x), values)


@pytest.mark.parametrize("name", MIRRORS)
@pytest.mark.parametrize("sizes", [(3, 2), (3, 5, 2), (4, 6, 5, 3), (2, 3, 3, 3, 1)])
def test_same_function(name, sizes):
    weights, biases = random_network(sizes)
    x = np.random.default_rng(1).standard_normal((50, sizes[0]))
    signal = x
    for matrix, vector in zip(weights[:-1], biases[:-1], strict=True):
        signal = np.maximum(signal @ matrix.T + vector, 0)
    plain = signal @ weights[-1].T + biases[-1]
    assert_allclose(run_network(x, weights, biases), plain, rtol=1e-12)
    mirrored = run_network(x, *rewritten(weights, biases, MIRRORS[name]), MIRRORS[name])
    assert_allclose(mirrored, plain, rtol=1e-12)


@pytest.mark.parametrize("name", [name for name in MIRRORS if name != "relu(x)"])
def test_without_rewriting_the_function_changes(name):
    weights, biases = random_network((3, 5, 2))
    x = np.random.default_rng(1).standard_normal((50, 3))
    plain = run_network(x, weights, biases)
    assert np.abs(run_network(x, weights, biases, MIRRORS[name]) - plain).max() > 0.1


def test_rewriting_twice_gives_the_network_back_and_changes_nothing_given():
    weights, biases = random_network((3, 5, 2))
    before = [part.copy() for part in weights + biases]
    again = rewritten(*rewritten(weights, biases, Mirror(-1, -1)), Mirror(-1, -1))
    for part, old, new in zip(weights + biases, before, again[0] + again[1], strict=True):
        assert_array_equal(part, old)
        assert_array_equal(new, old)


def test_any_activation():
    weights, biases = random_network((3, 5, 2))
    x = np.ones((1, 3))
    expected = logistic(x @ weights[0].T + biases[0]) @ weights[1].T + biases[1]
    assert_allclose(run_network(x, weights, biases, logistic), expected)


@pytest.mark.parametrize("signs", [(0, 1), (1, 2), (-1, 0.5)])
def test_signs_are_signs(signs):
    with pytest.raises(ValueError, match="must be 1 or -1"):
        Mirror(*signs)


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([], [], "at least one"),
        ([np.eye(2)], [], "as many weights as biases"),
        ([np.ones(2)], [np.ones(2)], "layer 0"),
        ([np.eye(2)], [np.ones(3)], "layer 0"),
        ([np.eye(2), np.eye(3)], [np.ones(2), np.ones(3)], "layer 1"),
    ],
)
def test_shapes_that_do_not_fit(weights, biases, message):
    with pytest.raises(ValueError, match=message):
        run_network(np.ones((1, 2)), weights, biases)


@pytest.mark.parametrize("inputs", [np.ones(2), np.ones((1, 3))])
def test_inputs_that_do_not_fit(inputs):
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        run_network(inputs, [np.eye(2)], [np.ones(2)])
