"""The recurrent layer is its unrolled network, and remembers what it should."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.activations import heaviside, identity, tanh
from companion.neurons import artificial_neuron
from companion.topologies import SimpleRNN

ADDER = SimpleRNN(np.ones((3, 2)), [[0, 1, 0]] * 3, [-0.5, -1.5, -2.5], activation=heaviside)


def layer_by_layer(network, inputs, start):
    """Unroll: one feed-forward layer a step, that hears the input and the layer before."""
    both = np.hstack([network.input_weights, network.recurrent_weights])
    h, path = start, []
    for x in inputs:
        h = artificial_neuron(np.concatenate([x, h]), both, network.bias, network.activation)
        path.append(h)
    return np.array(path)


@given(st.integers(1, 6), st.integers(1, 5), st.integers(1, 3), st.integers(0, 99))
def test_a_run_is_the_unrolled_network(steps, neurons, width, seed):
    rng = np.random.default_rng(seed)
    network = SimpleRNN.random(width, neurons, seed=rng)
    inputs, start = rng.normal(size=(steps, width)), rng.normal(size=neurons)
    np.testing.assert_allclose(
        network.run(inputs, start), layer_by_layer(network, inputs, start), rtol=1e-12, atol=1e-12
    )


def test_a_batch_is_each_sequence_by_itself():
    rng = np.random.default_rng(5)
    network = SimpleRNN.random(2, 4, seed=1)
    inputs = rng.normal(size=(3, 7, 2))
    batch = network.run(inputs)
    assert batch.shape == (3, 7, 4)
    for sequence, path in zip(inputs, batch, strict=True):
        np.testing.assert_allclose(network.run(sequence), path, rtol=1e-13)


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_three_neurons_add_numbers_of_any_length(a, b):
    places = range(max(a, b).bit_length() + 1)
    digits = [[a >> k & 1, b >> k & 1] for k in places]
    bits = (ADDER.run(digits) @ [1, -1, 1]).astype(int)
    assert sum(int(bit) << k for k, bit in enumerate(bits)) == a + b


def test_without_gain_there_is_no_memory_and_linear_runs_are_sums():
    network = SimpleRNN.random(1, 6, seed=0, gain=0)
    assert not network.recurrent_weights.any()
    linear = SimpleRNN([[1.0]], [[0.5]], [0.0], activation=identity)
    np.testing.assert_allclose(linear.run([[1], [0], [0]]).ravel(), [1, 0.5, 0.25])
    assert SimpleRNN([[1.0]], [[0.5]], [0.0]).activation is tanh


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: SimpleRNN([1], [[1]], [0]), ValueError, r"input_weights must have shape \(m, d\)"),
        (lambda: SimpleRNN([[1]], [[1, 2]], [0]), ValueError, r"recurrent_weights .* \(1, 1\)"),
        (lambda: SimpleRNN([[1]], [[1]], 0), ValueError, r"bias must have shape \(1,\)"),
        (lambda: SimpleRNN([[np.inf]], [[1]], [0]), ValueError, "input_weights must be finite"),
        (lambda: SimpleRNN([[1]], [[1]], [0], activation=3), TypeError, "activation must be"),
        (lambda: ADDER.run([1, 0]), ValueError, r"inputs must have shape \(T, 2\)"),
        (lambda: ADDER.run([[1, 0]], start=[0]), ValueError, r"start must have shape \(3,\)"),
        (lambda: SimpleRNN.random(0, 3), ValueError, "inputs must be at least 1, got 0"),
        (lambda: SimpleRNN.random(1, 0), ValueError, "neurons must be at least 1, got 0"),
        (lambda: SimpleRNN.random(1, 3, gain=-1), ValueError, "gain must be"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
