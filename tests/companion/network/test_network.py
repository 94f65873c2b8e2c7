"""The network as a whole: shapes that chain, types, state, and learning."""

import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import relu
from companion.mirrors import run_network
from companion.network import (
    SGD,
    Activate,
    Adam,
    BatchNorm,
    CrossEntropy,
    Dense,
    Dropout,
    KWinners,
    LearnablePReLU,
    Network,
    SquaredError,
    dense_network,
    prune,
)

INPUTS = np.random.default_rng(0).standard_normal((8, 5))


def test_it_computes_what_its_arrays_say():
    network = dense_network([5, 7, 6, 3], "relu", seed=1)
    weights = [v for (_, name), v in network.parameters().items() if name == "weights"]
    biases = [v for (_, name), v in network.parameters().items() if name == "biases"]
    assert_allclose(network(INPUTS), run_network(INPUTS, weights, biases, relu), rtol=1e-13)
    signals = network.signals(INPUTS)
    assert [signal.shape[1] for signal in signals] == [7, 7, 6, 6, 3]
    assert_array_equal(signals[-1], network(INPUTS))


def test_backward_reaches_the_inputs_only_if_asked():
    network = dense_network([5, 7, 3], "tanh", seed=1)
    outputs = network(INPUTS)
    assert network.backward(np.ones_like(outputs)) is None
    assert network.backward(np.ones_like(outputs), through=True).shape == INPUTS.shape


@pytest.mark.parametrize(
    ("activation", "hidden"), [("swiglu", 14), ("maxout", 14), ("softmax", 7), ("relu", 7)]
)
def test_dense_layers_before_gates_are_wider(activation, hidden):
    network = dense_network([5, 7, 3], activation, seed=1)
    assert network.layers[0].parameters["weights"].shape == (hidden, 5)
    assert network.layers[-1].parameters["weights"].shape == (3, 7)


def test_options_add_layers():
    network = dense_network([5, 7, 7, 3], "relu", seed=1, batch_norm=True, dropout=0.2)
    kinds = [type(layer) for layer in network.layers]
    assert kinds == [Dense, BatchNorm, Activate, Dropout] * 2 + [Dense]


def test_one_seed_gives_one_network():
    first, again, other = (dense_network([5, 7, 3], seed=s) for s in (1, 1, 2))
    assert_array_equal(first(INPUTS), again(INPUTS))
    assert not np.array_equal(first(INPUTS), other(INPUTS))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_everything_is_of_one_type(dtype):
    network = Network(
        [Dense.random(5, 6, 0), BatchNorm(6), LearnablePReLU(), KWinners(3), Dense.random(6, 2, 0)],
        dtype,
    )
    value = network.differentiate(INPUTS, [0, 1] * 4, CrossEntropy())
    assert isinstance(value, float)
    arrays = [*network.state().values(), *(g for _, _, g in network.trainable()), network(INPUTS)]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}


def test_float32_agrees_with_float64():
    double = dense_network([5, 20, 20, 3], "gelu", seed=0)
    single = Network([*double.copy().layers], "float32")
    labels = [0, 1, 2, 0, 1, 2, 0, 1]
    values = [n.differentiate(INPUTS, labels, CrossEntropy()) for n in (single, double)]
    assert_allclose(*values, rtol=1e-5)
    for (_, _, one), (_, _, other) in zip(single.trainable(), double.trainable(), strict=True):
        assert_allclose(one, other, rtol=1e-3, atol=1e-5)


def test_the_type_is_that_of_the_first_arrays():
    assert Network([Dense(np.eye(2, dtype="float32"))]).dtype == np.float32
    assert Network([Dense([[1, 2]])]).dtype == np.float64
    with pytest.raises(ValueError, match="float32 or float64, got float16"):
        Network([Dense(np.eye(2))], "float16")


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([Dense(np.ones((4, 3))), Dense(np.ones((2, 5)))], r"layer 1: .* takes 5 inputs.* gives 4"),
        ([Dense(np.ones((4, 3))), BatchNorm(3)], "layer 1: .* takes 3 inputs"),
        ([Dense(np.ones((3, 3))), Activate("glu")], "layer 1: .* even"),
        ([Dense(np.ones((4, 3))), LearnablePReLU([0.1, 0.2])], "layer 1: .* takes 2 inputs"),
        ([Dense(np.ones((4, 3))), KWinners(5)], "layer 1: .* needs as many units"),
        ([Activate("relu")], "at least one layer with parameters"),
        ([], "at least one layer with parameters"),
    ],
)
def test_shapes_that_do_not_chain(layers, message):
    with pytest.raises(ValueError, match=message):
        Network(layers)


def test_a_layer_cannot_stand_twice():
    layer = Dense(np.eye(2))
    with pytest.raises(ValueError, match="one place only"):
        Network([layer, layer])
    with pytest.raises(TypeError, match="layers must be layers"):
        Network([np.tanh])


@pytest.mark.parametrize(
    ("inputs", "error"),
    [
        (np.ones(5), ValueError),
        (np.ones((2, 4)), ValueError),
        ([["a"] * 5], TypeError),
        (np.ones((2, 5), complex), TypeError),
    ],
)
def test_inputs_that_do_not_fit(inputs, error):
    with pytest.raises(error, match="inputs must"):
        dense_network([5, 3], seed=0)(inputs)


@pytest.mark.parametrize(
    ("sizes", "error"), [([5], ValueError), ([5, 0], ValueError), ([5, 2.5], TypeError)]
)
def test_sizes_that_do_not_fit(sizes, error):
    with pytest.raises(error, match="sizes"):
        dense_network(sizes, seed=0)


def test_state_comes_back_and_copies_are_apart():
    network = dense_network([5, 7, 3], "relu", seed=1, batch_norm=True)
    before, outputs, twin = network.state(), network(INPUTS), network.copy()
    optimiser, labels = Adam(0.1), [0, 1, 2, 0, 1, 2, 0, 1]
    for _ in range(3):
        network.differentiate(INPUTS, labels, CrossEntropy())
        optimiser.update(network)
    assert not np.allclose(network(INPUTS), outputs)
    assert_array_equal(twin(INPUTS), outputs)
    network.load(before)
    assert_array_equal(network(INPUTS), outputs)


def test_a_foreign_state_is_refused_whole():
    network = dense_network([5, 7, 3], seed=1)
    before = network(INPUTS)
    for other in (dense_network([5, 6, 3], seed=0), dense_network([5, 7, 7, 3], seed=0)):
        with pytest.raises(ValueError, match="same layers and shapes"):
            network.load(other.state())
    assert_array_equal(network(INPUTS), before)


def test_train_only():
    network = dense_network([5, 7, 3], "relu", seed=1, batch_norm=True)
    assert network.count() == 5 * 7 + 7 + 2 * 7 + 7 * 3 + 3
    network.train_only("biases", "shift")
    assert {name for (_, name), _, _ in network.trainable()} == {"biases", "shift"}
    assert network.count(trainable=True) == 7 + 7 + 3
    network.train_only()
    assert network.count(trainable=True) == network.count()
    with pytest.raises(ValueError, match="among biases, scale, shift, weights, got 'bias'"):
        network.train_only("bias")


@pytest.mark.parametrize("keep", [0.1, 0.3, 1.0])
def test_pruning_keeps_the_largest_and_can_be_kept_up(keep):
    network = dense_network([5, 20, 3], seed=1)
    before = network.state()
    keep_pruned = prune(network, keep)
    weights = [(before[k], v) for k, v in network.parameters().items() if k[1] == "weights"]
    old, new = (np.concatenate([pair[i].ravel() for pair in weights]) for i in (0, 1))
    assert np.count_nonzero(new) == round(keep * 160)
    assert_array_equal(new[new != 0], old[new != 0])
    assert np.abs(old[new == 0]).max(initial=0) <= np.abs(old[new != 0]).min()
    network.load(before)
    keep_pruned(network, 7)
    assert_array_equal(network.parameters()[0, "weights"], weights[0][1])
    assert_array_equal(network.parameters()[0, "biases"], before[0, "biases"])


@pytest.mark.parametrize("keep", [0.0, 1.01, -1.0, np.nan])
def test_pruning_refuses(keep):
    with pytest.raises(ValueError, match="keep must be"):
        prune(dense_network([5, 3], seed=1), keep)


@pytest.mark.parametrize("optimiser", [SGD(0.3), SGD(0.05, momentum=0.9), Adam(0.02)], ids=repr)
def test_it_learns_exclusive_or(optimiser):
    inputs, labels = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    network = dense_network([2, 12, 2], "tanh", seed=0)
    for _ in range(500):
        value = network.differentiate(inputs, labels, CrossEntropy())
        optimiser.update(network)
    assert value < 0.1
    assert_array_equal(network(inputs).argmax(axis=1), labels)


def test_it_solves_least_squares():
    rng = np.random.default_rng(0)
    inputs = rng.standard_normal((60, 3))
    targets = inputs @ rng.standard_normal((3, 2)) + 0.1 * rng.standard_normal((60, 2)) + 1.0
    network, optimiser = Network([Dense(np.zeros((2, 3)))]), SGD(0.5)
    for _ in range(300):
        network.differentiate(inputs, targets, SquaredError())
        optimiser.update(network)
    exact = np.linalg.lstsq(np.c_[inputs, np.ones(60)], targets, rcond=None)[0]
    assert_allclose(network.layers[0].parameters["weights"], exact[:3].T, rtol=1e-8)
    assert_allclose(network.layers[0].parameters["biases"], exact[3], rtol=1e-8)


def test_importing_loads_nothing_heavy():
    heavy = ("sklearn", "matplotlib", "tqdm", "scipy.stats", "scipy.integrate", "torch")
    code = (
        "import sys, companion.network, companion.training; "
        f"assert not [name for name in {heavy} if name in sys.modules]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
