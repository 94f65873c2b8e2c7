"""Optimisers step by step, against the recursions written out, and their traps."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.network import SGD, Adam, Dense, Network, SquaredError, gradient_norm, shrink


def one_number(start=2.0):
    return Network([Dense([[start]], [0.0])])


def set_gradients(network, weights, biases=0.0):
    network.layers[0].gradients["weights"][:] = weights
    network.layers[0].gradients["biases"][:] = biases


def weight(network):
    return network.layers[0].parameters["weights"].item()


def bias(network):
    return network.layers[0].parameters["biases"].item()


GRADIENTS = [1.0, -0.5, 3.0, 0.25]


def test_momentum():
    network, optimiser = one_number(), SGD(step=0.1, momentum=0.9)
    w, v = 2.0, 0.0
    for g in GRADIENTS:
        set_gradients(network, g)
        optimiser.update(network)
        v = 0.9 * v + g
        w -= 0.1 * v
        assert_allclose(weight(network), w, rtol=1e-14)


def test_adam():
    network, optimiser = one_number(), Adam(step=0.1, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    w, m, s = 2.0, 0.0, 0.0
    for t, g in enumerate(GRADIENTS, 1):
        set_gradients(network, g)
        optimiser.update(network)
        m, s = 0.8 * m + 0.2 * g, 0.95 * s + 0.05 * g * g
        w -= 0.1 * (m / (1 - 0.8**t)) / (np.sqrt(s / (1 - 0.95**t)) + 1e-3)
        assert_allclose(weight(network), w, rtol=1e-12)


@pytest.mark.parametrize("make", [SGD, Adam])
def test_decay_pulls_weights_and_leaves_biases(make):
    network = Network([Dense([[2.0]], [2.0])])
    make(step=0.1, weight_decay=0.5).update(network)
    assert_allclose(weight(network), 2.0 * (1 - 0.1 * 0.5))
    assert bias(network) == 2.0
    make(step=0.1, bias_decay=0.5).update(network)
    assert_allclose(bias(network), 2.0 * (1 - 0.1 * 0.5))


def test_l1_stops_at_exactly_zero():
    network = Network([Dense([[0.05, -0.05, 1.0, -1.0]], [0.01])])
    SGD(step=0.1, l1=1.0).update(network)
    weights = network.layers[0].parameters["weights"]
    assert_allclose(weights, [[0.0, 0.0, 0.9, -0.9]])
    assert (weights[0, :2] == 0).all()
    assert bias(network) == 0.01


def test_shrink_solves_the_proximal_problem():
    """It minimises (w − v)²/2 + a|w|, looked up on a fine grid."""
    grid = np.linspace(-3, 3, 60_001)
    for v in (-2.0, -0.3, 0.1, 0.7, 2.5):
        best = grid[np.argmin(0.5 * (grid - v) ** 2 + 0.6 * np.abs(grid))]
        value = np.array([v])
        shrink(value, 0.6)
        assert_allclose(value, best, atol=1e-4)


@pytest.mark.parametrize("clip", [0.5, 5.0, 100.0])
def test_clipping_shortens_all_gradients_together(clip):
    network = one_number()
    set_gradients(network, 3.0, 4.0)
    SGD(step=1.0, clip=clip).update(network)
    moved = np.array([2.0 - weight(network), 0.0 - bias(network)])
    assert_allclose(np.linalg.norm(moved), min(clip, 5.0))
    assert_allclose(moved[0] / moved[1], 0.75)
    assert network.layers[0].gradients["weights"].item() == 3.0  # the gradient is left alone


def test_clipping_a_gradient_of_zero():
    network = one_number()
    SGD(clip=1.0).update(network)
    assert weight(network) == 2.0


@pytest.mark.parametrize("make", [SGD, Adam])
def test_frozen_parameters_stay_and_do_not_count_when_clipping(make):
    network = one_number()
    network.train_only("biases")
    set_gradients(network, 1000.0, 0.5)
    make(step=1.0, clip=1.0).update(network)
    assert weight(network) == 2.0
    assert bias(network) != 0.0
    if make is SGD:
        assert bias(network) == -0.5


def test_what_is_remembered_of_one_network_does_not_move_another():
    optimiser = SGD(step=0.1, momentum=0.9)
    first, second, alone = one_number(), one_number(), one_number()
    for network, own in ((first, optimiser), (second, optimiser), (alone, SGD(0.1, 0.9))):
        for g in GRADIENTS:
            set_gradients(network, g)
            own.update(network)
    assert weight(second) == weight(alone) == weight(first)


def test_a_full_step_to_the_minimum():
    """½(wx − y)² has curvature x²; the step 1/x² leads to its minimum at once."""
    network = one_number()
    network.train_only("weights")
    network.differentiate([[2.0]], [[6.0]], SquaredError())
    SGD(step=0.25).update(network)
    assert_allclose(weight(network), 3.0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("make", [SGD, Adam])
def test_parameters_keep_their_type(make, dtype):
    network = Network([Dense(np.ones((3, 2)))], dtype)
    optimiser = make(weight_decay=0.1, l1=0.1, clip=1.0)
    for _ in range(2):
        network.differentiate(np.ones((4, 2)), np.zeros((4, 3)), SquaredError())
        optimiser.update(network)
    assert all(value.dtype == dtype for value in network.parameters().values())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SGD(step=0.0), "step must be a finite number > 0"),
        (lambda: SGD(step=-1.0), "step"),
        (lambda: SGD(step=np.nan), "step"),
        (lambda: Adam(step=np.inf), "step"),
        (lambda: SGD(momentum=1.0), "momentum must be a finite number >= 0 and < 1"),
        (lambda: Adam(beta_2=1.0), "beta_2"),
        (lambda: Adam(epsilon=0.0), "epsilon"),
        (lambda: SGD(clip=0.0), "clip"),
        (lambda: SGD(l1=-1.0), "l1"),
        (lambda: SGD(weight_decay=-1.0), "weight_decay"),
    ],
)
def test_refusals(make, message):
    with pytest.raises(ValueError, match=message):
        make()
    with pytest.raises(TypeError, match="step must be"):
        SGD(step="fast")


def test_gradient_norm():
    rng = np.random.default_rng(0)
    parts = [rng.standard_normal(3), rng.standard_normal((2, 4))]
    everything = np.concatenate([part.ravel() for part in parts])
    assert_allclose(gradient_norm(parts), np.linalg.norm(everything))
    assert_array_equal(gradient_norm([]), 0.0)
