"""Starts: how wide they scatter, and that signals and gradients keep their size."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from companion.activations import ACTIVATIONS
from companion.network import (
    INITIALISATIONS,
    Activate,
    Constant,
    Dense,
    He,
    LeCun,
    Network,
    Xavier,
    fitting_initialisation,
    gain,
)

VARIANCES = {"he": 2 / 300, "lecun": 1 / 300, "xavier": 2 / 800}


@pytest.mark.parametrize("name", INITIALISATIONS)
def test_scatter(name):
    rule = INITIALISATIONS[name]
    weights = rule(outputs=500, inputs=300, seed=0)
    variance = VARIANCES[name.removesuffix("_uniform")]
    assert weights.shape == (500, 300)
    assert_allclose(rule.scale(500, 300) ** 2, variance)
    assert abs(weights.mean()) < 4 * np.sqrt(variance / weights.size)
    assert_allclose(weights.var(), variance, rtol=0.02)
    if name.endswith("_uniform"):
        assert np.abs(weights).max() <= np.sqrt(3 * variance)
    else:
        assert np.abs(weights).max() > np.sqrt(12 * variance)


def test_gain_is_a_factor_and_constant_ignores_the_shape():
    assert_allclose(LeCun(gain=3.0).scale(5, 7), 3 * LeCun().scale(5, 7))
    assert Constant(gain=0.2).scale(1, 1) == Constant(gain=0.2).scale(100, 1000) == 0.2
    assert_allclose(LeCun(gain=gain("relu")).scale(5, 7), He().scale(5, 7))


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"heaviside"}))
@pytest.mark.parametrize("of", ["value", "slope"])
def test_gain_by_sampling(name, of):
    function = ACTIVATIONS[name]
    z = np.random.default_rng(0).standard_normal(50_000)
    sample = function(z) if of == "value" else function.derivative(z)
    assert_allclose(gain(name, of=of), 1 / np.sqrt(np.mean(sample**2)), rtol=0.03)


def test_known_gains():
    assert_allclose(gain("relu"), np.sqrt(2), rtol=1e-10)
    assert_allclose(gain("relu", of="slope"), np.sqrt(2), rtol=1e-10)
    assert_allclose(gain("identity"), 1, rtol=1e-10)
    assert_allclose(gain("selu"), 1, rtol=1e-6)  # variance 1 is SELU's fixed point
    leaky = ACTIVATIONS["leaky_relu"].with_parameters(negative_slope=0.5)
    assert_allclose(gain(leaky), np.sqrt(2 / 1.25), rtol=1e-10)


def test_gain_of_nothing():
    with pytest.raises(ValueError, match="0 almost everywhere"):
        gain("heaviside", of="slope")
    with pytest.raises(ValueError, match="of must be"):
        gain("relu", of="curvature")


def sizes_of_signals(name, start):
    """Return the mean square of the weighted sums, layer by layer."""
    rng, rule = np.random.default_rng(0), LeCun(gain=gain(name))
    layers = [x for _ in range(15) for x in (Activate(name), Dense.random(300, 300, rng, rule))]
    signals = Network(layers).signals(start * rng.standard_normal((20, 300)))
    return [np.mean(signal**2) for signal in signals[1::2]]


@pytest.mark.parametrize(("name", "layers"), [("relu", 4), ("tanh", 15), ("gelu", 3), ("elu", 3)])
def test_signals_keep_their_size(name, layers):
    sizes = sizes_of_signals(name, start=1.0)[:layers]
    assert 0.7 < sizes[-1] < 1.4


def test_a_deviation_heals_for_tanh_and_grows_for_gelu():
    assert 0.8 < sizes_of_signals("tanh", start=2.0)[-1] < 1.2
    assert sizes_of_signals("gelu", start=2.0)[-1] > 10


def test_fitting():
    assert fitting_initialisation(ACTIVATIONS["logistic"]) == Xavier()
    assert fitting_initialisation(ACTIVATIONS["hard_tanh"]) == Xavier()
    assert fitting_initialisation(ACTIVATIONS["identity"]) == Xavier()
    assert fitting_initialisation(ACTIVATIONS["elu"]) == He()


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: He("gaussian"), ValueError, "'normal' or 'uniform', got 'gaussian'"),
        (lambda: He(gain=0.0), ValueError, "gain must be"),
        (lambda: He(gain="big"), TypeError, "gain must be"),
        (lambda: Dense.random(2, 2, 0, weights="kaiming"), ValueError, "one of he, he_uniform"),
        (lambda: Dense.random(0, 2, 0), ValueError, "inputs must be a whole number >= 1"),
        (lambda: Dense.random(2, 2.0, 0), TypeError, "outputs must be a whole number"),
    ],
)
def test_refusals(make, error, message):
    with pytest.raises(error, match=message):
        make()
