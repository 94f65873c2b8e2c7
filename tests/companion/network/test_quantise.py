"""Quantised weights are few, near the old ones, and 0 where they were 0."""

import numpy as np
import pytest

from companion.network import Dense, Network, dense_network, prune, quantise


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("bits", [2, 3, 8])
def test_few_different_weights_and_none_far_from_the_old_one(bits, dtype):
    network = dense_network([20, 30, 4], "relu", seed=1, dtype=dtype)
    network.layers[0].parameters["biases"] += 0.123
    old = network.state()
    quantise(network, bits)
    for key, value in network.parameters().items():
        assert value.dtype == dtype
        if key[1] == "biases":
            np.testing.assert_array_equal(value, old[key])
            continue
        unit = np.abs(old[key]).max() / (2 ** (bits - 1) - 1)
        assert np.abs(value - old[key]).max() <= unit / 2 * (1 + 1e-5)
        assert len(np.unique(np.round(value / unit))) <= 2**bits - 1
        np.testing.assert_allclose(value / unit, np.round(value / unit), atol=1e-4)


def test_what_was_pruned_stays_pruned():
    network = dense_network([20, 30, 4], "relu", seed=1)
    prune(network, 0.2)
    zeros = network.layers[0].parameters["weights"] == 0
    quantise(network, 4)
    assert (network.layers[0].parameters["weights"][zeros] == 0).all()


def test_a_layer_of_zeros_stays():
    network = Network([Dense([[0.0, 0.0]])])
    quantise(network, 8)
    assert network.layers[0].parameters["weights"].tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(("bits", "error"), [(1, ValueError), (17, ValueError), (2.5, TypeError)])
def test_other_numbers_of_bits_are_refused(bits, error):
    with pytest.raises(error, match="bits"):
        quantise(Network([Dense([[1.0]])]), bits)
