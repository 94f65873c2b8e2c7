"""Layers one by one, against plain NumPy, and the ways in which they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import correlate2d

from companion.activations import ACTIVATIONS, VECTOR_ACTIVATIONS, softmax
from companion.network import (
    Activate,
    BatchNorm,
    Convolution,
    Dense,
    Dropout,
    KWinners,
    LearnablePReLU,
    LearnableSwish,
)

RNG = np.random.default_rng(0)
BATCH = RNG.standard_normal((7, 6))


def test_dense_is_the_formula():
    weights, biases = RNG.standard_normal((4, 6)), RNG.standard_normal(4)
    layer = Dense(weights, biases)
    expected = np.array([[w @ x + b for w, b in zip(weights, biases, strict=True)] for x in BATCH])
    assert_allclose(layer.forward(BATCH), expected, rtol=1e-13)
    gradient = RNG.standard_normal((7, 4))
    assert_allclose(layer.backward(gradient), gradient @ weights)
    outer = sum(np.outer(g, x) for g, x in zip(gradient, BATCH, strict=True))
    assert_allclose(layer.gradients["weights"], outer, rtol=1e-12)
    assert_allclose(layer.gradients["biases"], gradient.sum(axis=0))


def test_dense_keeps_its_own_copies():
    weights = np.ones((2, 3))
    layer = Dense(weights)
    layer.parameters["weights"][:] = 0
    assert weights.all()


@pytest.mark.parametrize(
    ("weights", "biases", "error", "message"),
    [
        ([1.0, 2.0], None, ValueError, r"weights must have shape \(outputs, inputs\)"),
        (np.ones((0, 2)), None, ValueError, "weights must have shape"),
        (np.ones((3, 2)), np.ones(2), ValueError, r"biases must have shape \(3,\)"),
        ([["a"]], None, TypeError, "weights must hold real numbers"),
        ([[1j]], None, TypeError, "weights must hold real numbers"),
    ],
)
def test_dense_refuses(weights, biases, error, message):
    with pytest.raises(error, match=message):
        Dense(weights, biases)


@pytest.mark.parametrize("name", [*ACTIVATIONS, *VECTOR_ACTIVATIONS])
def test_activate_applies_what_the_registry_has(name):
    layer = Activate(name)
    function = layer.activation
    assert_array_equal(layer.forward(BATCH), function(BATCH))
    width = layer.output_width(6)
    assert layer.forward(BATCH).shape == (7, width)
    assert layer.input_width(width) == 6
    gradient = RNG.standard_normal((7, width))
    if layer.by_element:
        assert_allclose(layer.backward(gradient), gradient * function.derivative(BATCH))
    else:
        assert_allclose(layer.backward(gradient), function.vjp(BATCH, gradient))


def test_activate_takes_aliases_and_instances():
    assert Activate("sigmoid").activation is ACTIVATIONS["logistic"]
    steep = ACTIVATIONS["swish"].with_parameters(beta=3.0)
    assert Activate(steep).activation is steep


@pytest.mark.parametrize(
    ("activation", "error", "message"),
    [
        ("relo", ValueError, "relu"),
        (np.tanh, TypeError, "activation must be a name"),
        (softmax.with_parameters(axis=0), ValueError, "last axis"),
    ],
)
def test_activate_refuses(activation, error, message):
    with pytest.raises(error, match=message):
        Activate(activation)


def test_a_gate_needs_two_halves():
    with pytest.raises(ValueError, match="even"):
        Activate("glu").output_width(5)


@pytest.mark.parametrize("slopes", [0.25, 0.0, np.linspace(-1, 2, 6)])
def test_learnable_prelu_is_the_formula(slopes):
    expected = np.where(BATCH > 0, BATCH, slopes * BATCH)
    assert_allclose(LearnablePReLU(slopes).forward(BATCH), expected)


@pytest.mark.parametrize("beta", [0.0, 1.0, 1.7])
def test_learnable_swish_starts_as_swish(beta):
    swish = ACTIVATIONS["swish"].with_parameters(beta=beta)
    layer = LearnableSwish(beta)
    assert_allclose(layer.forward(BATCH), swish(BATCH), rtol=1e-12)
    assert_allclose(layer.backward(np.ones_like(BATCH)), swish.derivative(BATCH), rtol=1e-11)


@pytest.mark.parametrize("layer", [LearnablePReLU, LearnableSwish])
@pytest.mark.parametrize("value", [np.ones((2, 2)), np.array([])])
def test_learnable_activations_refuse(layer, value):
    with pytest.raises(ValueError, match=r"\(units,\)"):
        layer(value)


def test_batch_norm_normalises_in_training_and_remembers():
    layer, inputs = BatchNorm(6), 3.0 + 2.0 * BATCH
    outputs = layer.forward(inputs, training=True)
    assert_allclose(outputs.mean(axis=0), 0, atol=1e-12)
    assert_allclose(outputs.var(axis=0), 1, rtol=1e-4)
    assert_allclose(layer.running_mean, 0.1 * inputs.mean(axis=0))
    assert_allclose(layer.running_variance, 0.9 + 0.1 * inputs.var(axis=0, ddof=1))
    before = layer.running_mean.copy()
    one_by_one = np.vstack([layer.forward(row[np.newaxis]) for row in inputs])
    assert_allclose(layer.forward(inputs), one_by_one)
    assert_array_equal(layer.running_mean, before)
    for _ in range(300):
        layer.forward(inputs, training=True)
    assert_allclose(layer.running_mean, inputs.mean(axis=0))


def test_batch_norm_can_put_the_mean_back():
    layer = BatchNorm(6)
    layer.parameters["shift"] += 2.0
    assert_allclose(layer.forward(BATCH, training=True).mean(axis=0), 2.0)


def test_batch_norm_needs_two_examples_in_training():
    with pytest.raises(ValueError, match="at least 2 examples"):
        BatchNorm(6).forward(BATCH[:1], training=True)


@pytest.mark.parametrize("momentum", [0.0, 1.0, -0.1, np.nan])
def test_batch_norm_refuses_momentum(momentum):
    with pytest.raises(ValueError, match="momentum must be"):
        BatchNorm(6, momentum=momentum)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dropout_keeps_the_mean(dtype):
    ones = np.ones((200, 500), dtype)
    outputs = Dropout(0.3, seed=0).forward(ones, training=True)
    assert outputs.dtype == dtype
    assert_allclose(np.unique(outputs), [0, 1 / 0.7], rtol=1e-6)
    assert abs(outputs.mean() - 1) < 0.01


def test_dropout_draws_anew_each_time_and_alike_from_one_seed():
    first, again = Dropout(0.5, seed=1), Dropout(0.5, seed=1)
    draws = [first.forward(np.ones((1, 40)), training=True) for _ in range(2)]
    assert not np.array_equal(*draws)
    assert_array_equal(again.forward(np.ones((1, 40)), training=True), draws[0])


@pytest.mark.parametrize("rate", [1.0, -0.1, "half", True])
def test_dropout_refuses(rate):
    with pytest.raises((TypeError, ValueError), match="rate must be"):
        Dropout(rate, seed=0)


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_k_winners_keep_the_largest(k, seed):
    inputs = np.random.default_rng(seed).integers(-3, 4, (5, 6)).astype(float)
    layer = KWinners(k)
    outputs = layer.forward(inputs)
    won = layer.passes()
    assert (won.sum(axis=1) == k).all()
    assert_array_equal(outputs, np.where(won, inputs, 0))
    for row, wins in zip(inputs, won, strict=True):
        assert row[wins].min() >= row[~wins].max(initial=-np.inf)


def test_k_winners_at_a_tie():
    assert_array_equal(KWinners(1).forward(np.array([[2.0, 2.0, 1.0]])), [[2, 0, 0]])


@pytest.mark.parametrize("winners", [0, -1, 1.5, True])
def test_k_winners_refuse(winners):
    with pytest.raises((TypeError, ValueError), match="winners must be"):
        KWinners(winners)
    with pytest.raises(ValueError, match="needs as many units"):
        KWinners(7).output_width(6)


def test_convolution_is_scipys():
    weights, images = RNG.standard_normal((3, 2, 2, 3)), RNG.standard_normal((4, 2, 5, 6))
    layer = Convolution(weights, [0.5, 0.0, -1.0], image=(2, 5, 6))
    outputs = layer.forward(images.reshape(4, -1)).reshape(4, *layer.output_shape)
    assert layer.output_shape == (3, 4, 4)
    for n in range(4):
        for f, bias in enumerate([0.5, 0.0, -1.0]):
            parts = [correlate2d(images[n, c], weights[f, c], mode="valid") for c in range(2)]
            assert_allclose(outputs[n, f], sum(parts) + bias)


def test_convolution_is_a_dense_layer_with_shared_weights():
    layer = Convolution.random((1, 4, 4), filters=2, size=3, seed=0)
    matrix = layer.forward(np.eye(16)).T  # one row an output
    assert matrix.shape == (8, 16)
    assert ((matrix != 0).sum(axis=1) == 9).all()
    gradient = RNG.standard_normal((5, 8))
    layer.forward(RNG.standard_normal((5, 16)))
    assert_allclose(layer.backward(gradient), gradient @ matrix)
    assert layer.output_width(16) == 8


@pytest.mark.parametrize(
    ("weights", "image", "message"),
    [
        (np.ones((2, 3, 3)), (1, 8, 8), "weights must have shape"),
        (np.ones((2, 3, 3, 3)), (1, 8, 8), r"images of shape \(1, 8, 8\)"),
        (np.ones((2, 1, 9, 3)), (1, 8, 8), "fit into images"),
        (np.ones((2, 1, 3, 3)), (8, 8), "fit into images"),
    ],
)
def test_convolution_refuses(weights, image, message):
    with pytest.raises(ValueError, match=message):
        Convolution(weights, image=image)
    with pytest.raises(ValueError, match=r"biases must have shape \(2,\)"):
        Convolution(np.ones((2, 1, 3, 3)), np.ones(3), image=(1, 8, 8))
    with pytest.raises(ValueError, match="takes 64 inputs"):
        Convolution(np.ones((2, 1, 3, 3)), image=(1, 8, 8)).output_width(63)


@pytest.mark.parametrize(
    "layer",
    [
        Dense(np.eye(2)),
        Convolution(np.ones((1, 1, 1, 1)), image=(1, 1, 2)),
        Activate("relu"),
        LearnablePReLU(),
        LearnableSwish(),
        BatchNorm(2),
        Dropout(0.1, 0),
        KWinners(1),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_backward_before_forward(layer):
    with pytest.raises(RuntimeError, match="call forward first"):
        layer.backward(np.ones((1, 2)))
