"""What is measured inside a network, against networks made so that the answer is known."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.network import (
    Activate,
    BatchNorm,
    CrossEntropy,
    Dense,
    Dropout,
    KWinners,
    LearnablePReLU,
    LearnableSwish,
    Network,
    dense_network,
    gradient_errors,
)
from companion.training import History, measure

INPUTS = np.random.default_rng(0).standard_normal((50, 4))
LABELS = np.arange(50) % 3


def test_activity_and_death_by_hand():
    hidden = np.vstack([np.eye(4), -np.eye(4)[:1], np.eye(4)[:1]])
    biases = np.array([0.0, 0.0, 0.0, 0.0, 0.0, -99.0])  # the sixth is never on
    network = Network([Dense(hidden, biases), Activate("relu"), Dense(np.ones((3, 6)))])
    found = measure(network, INPUTS, LABELS, CrossEntropy())
    sums = INPUTS @ hidden.T + biases
    assert_allclose(found["activity"], [(sums > 0).mean()])
    assert_array_equal(found["dead"], [1])
    outputs = np.maximum(sums, 0)
    assert_allclose(found["mean"], [outputs.mean()])
    length = np.sqrt((outputs**2).sum(axis=1).mean())
    assert_allclose(found["mean_shift"], [np.linalg.norm(outputs.mean(axis=0)) / length])


@pytest.mark.parametrize(
    ("activation", "dead"),
    [("relu", 2), ("leaky_relu", 0), ("elu", 0), ("softplus", 0), ("hard_tanh", 3), ("tanh", 0)],
)
def test_who_can_die(activation, dead):
    """Far left a ReLU is dead and a leaky one is not; a hard tanh dies on both sides."""
    biases = [-30.0, -25.0, 0.0, 30.0]
    network = Network([Dense(np.eye(4), biases), Activate(activation), Dense(np.ones((3, 4)))])
    assert measure(network, INPUTS, LABELS, CrossEntropy())["dead"] == [dead]


def test_dead_units_have_no_gradient():
    network = dense_network([4, 30, 3], "relu", seed=0)
    network.layers[0].parameters["biases"][:] = np.linspace(-12, 1, 30)
    dead = measure(network, INPUTS, LABELS, CrossEntropy())["dead"][0]
    gradients = network.layers[0].gradients
    still = (gradients["weights"] == 0).all(axis=1) & (gradients["biases"] == 0)
    assert 0 < dead == still.sum() < 30


@pytest.mark.parametrize(
    "layer", [LearnablePReLU(0.25), LearnableSwish(1.0), KWinners(2), Activate("glu")], ids=repr
)
def test_every_kind_of_activation_is_looked_at(layer):
    network = Network([Dense.random(4, 6, 0), layer, Dense.random(layer.output_width(6), 3, 1)])
    found = measure(network, INPUTS, LABELS, CrossEntropy())
    assert len(found["activity"]) == len(found["dead"]) == 1
    if isinstance(layer, KWinners):
        assert_allclose(found["activity"], [2 / 6])


def test_gradient_norms_are_those_of_the_loss():
    network = dense_network([4, 6, 3], "tanh", seed=0)
    assert max(gradient_errors(network, INPUTS, LABELS, CrossEntropy()).values()) < 1e-6
    network.differentiate(INPUTS, LABELS, CrossEntropy(), training=False)
    expected = [np.linalg.norm(network.layers[i].gradients["weights"]) for i in (0, 2)]
    found = measure(network, INPUTS, LABELS, CrossEntropy())
    assert_allclose(found["gradient_norm"], expected)


def test_measuring_is_evaluation():
    network = Network([Dense.random(4, 6, 0), BatchNorm(6), Dropout(0.5, 0), Dense.random(6, 3, 1)])
    before = network.state()
    first = measure(network, INPUTS, LABELS, CrossEntropy())["loss"]
    assert measure(network, INPUTS, LABELS, CrossEntropy())["loss"] == first
    assert all(np.array_equal(before[key], value) for key, value in network.state().items())


@pytest.mark.parametrize(("shift", "expected"), [(0.0, 0.0), (1e6, 1.0)])
def test_mean_shift_from_none_to_all(shift, expected):
    inputs = np.vstack([INPUTS, -INPUTS])
    network = Network([Dense(np.eye(4), np.full(4, shift)), Activate("identity")])
    found = measure(network, inputs, np.arange(100) % 4, CrossEntropy())
    assert_allclose(found["mean_shift"], [expected], atol=1e-9)


def test_a_silent_layer_has_no_shift():
    network = Network([Dense(np.zeros((4, 4))), Activate("relu")])
    assert measure(network, INPUTS, LABELS, CrossEntropy())["mean_shift"] == [0]


def test_records_must_be_alike():
    history = History((), ())
    assert (len(history), repr(history), history.names) == (0, "History(no records)", ())
    history.add(step=0, loss=1.0)
    assert repr(history) == "History(1 records, steps 0 to 0, loss 1 to 1)"
    with pytest.raises(ValueError, match="must have step, loss, got step"):
        history.add(step=1)
