"""Every layer, activation and loss: `backward` is the slope of `forward`, by differences."""

import numpy as np
import pytest

from companion.activations import ACTIVATIONS, VECTOR_ACTIVATIONS
from companion.network import (
    Activate,
    BatchNorm,
    BinaryCrossEntropy,
    BinaryFocal,
    Convolution,
    CrossEntropy,
    Dense,
    Dropout,
    Focal,
    KWinners,
    LearnablePReLU,
    LearnableSwish,
    Network,
    SquaredError,
    dense_network,
    gradient_errors,
)

WORST = 1e-6
LABELS = np.array([0, 2, 1, 1, 0])


def batch(columns, seed=1):
    return np.random.default_rng(seed).standard_normal((5, columns))


def network_around(*middle, width, narrow, seed):
    rng = np.random.default_rng(seed)
    return Network([Dense.random(4, width, rng), *middle, Dense.random(narrow, 3, rng, biases=0.1)])


def kinks_are_far(network, inputs, margin=1e-3):
    """Whether no weighted sum lies where a difference would reach over a kink."""
    signals = [inputs, *network.signals(inputs)]
    for layer, signal in zip(network.layers, signals[:-1], strict=True):
        if isinstance(layer, Activate) and layer.by_element:
            for kink in layer.activation.kinks:
                if np.abs(signal - kink).min() < margin:
                    return False
    return True


def worst_error(make, inputs, targets, loss, **options):
    for seed in range(50):
        network = make(seed)
        if kinks_are_far(network, inputs):
            return max(gradient_errors(network, inputs, targets, loss, **options).values())
    raise AssertionError("no seed keeps away from the kinks")


VARIANTS = [v for a in ACTIVATIONS.values() for v in type(a).variants()]


@pytest.mark.parametrize("activation", VARIANTS, ids=repr)
def test_every_activation(activation):
    def make(seed):
        return network_around(Activate(activation), width=6, narrow=6, seed=seed)

    assert worst_error(make, batch(4), LABELS, CrossEntropy()) <= WORST


VECTORS = [v for a in VECTOR_ACTIVATIONS.values() for v in type(a).variants() if v.axis == -1]


@pytest.mark.parametrize("activation", VECTORS, ids=repr)
def test_every_activation_of_vectors(activation):
    def make(seed):
        layer = Activate(activation)
        return network_around(layer, width=6, narrow=layer.output_width(6), seed=seed)

    assert worst_error(make, batch(4), LABELS, CrossEntropy()) <= WORST


LAYERS = {
    "shared slope": lambda: LearnablePReLU(0.25),
    "a slope each": lambda: LearnablePReLU([0.25, -0.5, 0.0, 1.0, 2.0, 0.1]),
    "shared beta": lambda: LearnableSwish(1.7),
    "a beta each": lambda: LearnableSwish([1.0, 0.0, -0.5, 3.0, 0.3, 1.2]),
    "batch norm": lambda: BatchNorm(6),
    "k winners": lambda: KWinners(2),
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("name", LAYERS)
def test_every_layer(name, training):
    def make(seed):
        network = network_around(LAYERS[name](), width=6, narrow=6, seed=seed)
        network.forward(batch(4, seed=2), training=True)  # running averages off their start
        return network

    error = worst_error(make, batch(4), LABELS, CrossEntropy(), training=training)
    assert error <= WORST


LOSSES = {
    "cross-entropy": (CrossEntropy(), LABELS),
    "focal": (Focal(), LABELS),
    "focal, gamma 0.5": (Focal(0.5), LABELS),
    "focal, gamma 0": (Focal(0.0), LABELS),
    "binary": (BinaryCrossEntropy(), batch(3, seed=3) > 0),
    "binary, soft": (BinaryCrossEntropy(), np.random.default_rng(4).random((5, 3))),
    "binary focal": (BinaryFocal(), batch(3, seed=3) > 0),
    "binary focal, alpha": (BinaryFocal(1.5, alpha=0.25), batch(3, seed=3) > 0),
    "squared": (SquaredError(), batch(3, seed=3)),
}


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss(name):
    loss, targets = LOSSES[name]

    def make(seed):
        return network_around(Activate("tanh"), width=6, narrow=6, seed=seed)

    assert worst_error(make, batch(4), targets, loss) <= WORST


@pytest.mark.parametrize("front", [True, False])
def test_convolution(front):
    rng = np.random.default_rng(0)
    layer = Convolution.random((2, 4, 3), filters=3, size=2, seed=rng)
    layers = [layer, Activate("tanh"), Dense.random(18, 3, rng)]
    if not front:
        layers = [Dense.random(4, 24, rng), *layers]
    network = Network(layers)
    errors = gradient_errors(network, batch(network.inputs), LABELS, CrossEntropy())
    assert max(errors.values()) <= WORST


def test_every_layer_at_the_front_and_a_deep_network():
    rng = np.random.default_rng(0)
    layers = [
        BatchNorm(4),
        LearnableSwish([1.0, 0.5, 2.0, 0.1]),
        Dense.random(4, 8, rng, "lecun"),
        Activate("swiglu"),
        Dense.random(4, 6, rng),
        LearnablePReLU(0.25),
        BatchNorm(6),
        Dense.random(6, 3, rng),
    ]
    errors = gradient_errors(Network(layers), batch(4), LABELS, CrossEntropy())
    assert len(errors) == 1 + 2 * 5 + 2
    assert max(errors.values()) <= WORST


def test_a_wrong_gradient_is_found(monkeypatch):
    network = dense_network([4, 6, 3], "relu", seed=0)
    right = Dense.backward

    def of_the_output(self, gradient, through=True):
        passed = right(self, gradient, through)
        self.gradients["biases"] *= 0.5
        return passed

    monkeypatch.setattr(Dense, "backward", of_the_output)
    errors = gradient_errors(network, batch(4), LABELS, CrossEntropy())
    assert errors["0.biases"] > 0.1
    assert errors["0.weights"] <= WORST


def test_the_check_leaves_the_network_as_it_was():
    network = Network([Dense.random(4, 5, 0), BatchNorm(5), Dense.random(5, 3, 1)])
    before = network.state()
    gradient_errors(network, batch(4), LABELS, CrossEntropy())
    after = network.state()
    assert before.keys() == after.keys()
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_the_check_refuses_float32():
    network = dense_network([4, 3], seed=0, dtype="float32")
    with pytest.raises(ValueError, match="float64"):
        gradient_errors(network, batch(4), LABELS, CrossEntropy())


def test_dropout_sends_back_through_the_same_holes():
    layer = Dropout(0.5, seed=0)
    outputs = layer.forward(np.ones((40, 50)), training=True)
    gradient = layer.backward(np.ones((40, 50)))
    np.testing.assert_array_equal(gradient, outputs)


@pytest.mark.parametrize("through", [True, False])
@pytest.mark.parametrize("make", [lambda: Dense.random(3, 3, 0), lambda: Activate("tanh")])
def test_only_what_is_asked_for_is_passed_on(make, through):
    layer = make()
    layer.forward(batch(3))
    passed = layer.backward(batch(3), through=through)
    assert (passed is not None) == through
