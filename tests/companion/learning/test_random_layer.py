"""The random hidden layer against the normal equations and the pseudo-inverse."""

import numpy as np
import pytest

from companion.activations import relu, tanh
from companion.learning import RandomHiddenLayer


def rng():
    return np.random.default_rng(2006)


X = np.random.default_rng(1).normal(size=(60, 4))
T = np.column_stack([X[:, 0] * X[:, 1], np.sin(X[:, 2]), X.sum(axis=1)])


def test_output_weights_are_the_pseudo_inverse():
    for hidden in (10, 100):  # fewer and more hidden neurons than patterns
        net = RandomHiddenLayer.fit(X, T, hidden, rng=rng(), activation=tanh)
        g = tanh(X @ net.hidden_weights.T + net.hidden_biases)
        np.testing.assert_allclose(net.hidden(X), g)
        beta = (np.linalg.pinv(g) @ T).T
        assert net.output_weights.shape == (3, hidden)
        np.testing.assert_allclose(net.output_weights, beta, atol=1e-8 * np.abs(beta).max())
        np.testing.assert_allclose(net(X), g @ beta.T, atol=1e-8)


def test_ridge_solves_its_normal_equations():
    net = RandomHiddenLayer.fit(X, T, 30, rng=rng(), ridge=0.3)
    g = net.hidden(X)
    left = (g.T @ g + 0.3 * np.eye(30)) @ net.output_weights.T
    np.testing.assert_allclose(left, g.T @ T, atol=1e-9)


def test_nothing_fits_better():
    net = RandomHiddenLayer.fit(X, T, 20, rng=rng(), activation=relu)
    best = ((net(X) - T) ** 2).sum()
    for seed in range(20):
        nudge = 1e-3 * np.random.default_rng(seed).normal(size=net.output_weights.shape)
        other = net.hidden(X) @ (net.output_weights + nudge).T
        assert ((other - T) ** 2).sum() > best


def test_as_many_neurons_as_patterns_fit_everything():
    net = RandomHiddenLayer.fit(X, T, 200, rng=rng(), activation=tanh)
    np.testing.assert_allclose(net(X), T, atol=1e-8)


def test_the_hidden_layer_is_normal_with_the_scale_given_and_seeded():
    net = RandomHiddenLayer.fit(X, T, 5000, rng=rng(), scale=0.2)
    assert net.hidden_weights.std() == pytest.approx(0.2, rel=0.02)
    assert net.hidden_biases.std() == pytest.approx(0.2, rel=0.05)
    again = RandomHiddenLayer.fit(X, T, 5000, rng=rng(), scale=0.2)
    np.testing.assert_array_equal(net.hidden_weights, again.hidden_weights)


@pytest.mark.parametrize(
    ("arguments", "keywords", "error", "says"),
    [
        (([], T, 5), {}, ValueError, "inputs must have shape"),
        ((X, np.zeros((0, 3)), 5), {}, ValueError, "targets must hold at least one"),
        ((X, T[:, 0], 5), {}, ValueError, "targets must have shape"),
        ((X, T[:9], 5), {}, ValueError, "targets must have one row for each of the 60 inputs"),
        ((X, T * np.nan, 5), {}, ValueError, "targets must be finite"),
        ((X, T, 0), {}, ValueError, "hidden must be at least 1"),
        ((X, T, 5.0), {}, TypeError, "hidden must be a whole number"),
        ((X, T, 5), {"scale": 0.0}, ValueError, "scale must be finite and greater than 0"),
        ((X, T, 5), {"ridge": -1.0}, ValueError, "ridge must be finite and at least 0"),
        ((X, T, 5), {"ridge": "1"}, TypeError, "ridge must be a real number"),
        ((X, T, 5), {"rng": 7}, TypeError, "rng must be a numpy.random.Generator"),
        ((X, T, 5), {"activation": "tanh"}, TypeError, "activation must be callable"),
        ((X, T, 5), {"activation": np.sum}, ValueError, "activation"),
    ],
)
def test_bad_input_is_refused_by_name(arguments, keywords, error, says):
    with pytest.raises(error, match=says):
        RandomHiddenLayer.fit(*arguments, **({"rng": rng()} | keywords))


def test_shapes_must_chain():
    net = RandomHiddenLayer.fit(X, T, 5, rng=rng())
    for call in (net, net.hidden):
        with pytest.raises(ValueError, match="inputs must have 4 numbers a row, got 3"):
            call(X[:, :3])
