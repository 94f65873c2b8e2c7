"""The networks with other gates compute what they say, and their step sizes were the best."""

from pathlib import Path

import numpy as np
import pytest

from companion.activations import gelu, relu
from companion.data import digits
from companion.experiments import gate_by_chance as forms
from companion.experiments import let_a_neuron_gate_itself as gates
from companion.experiments._digits import shuffled_digits
from companion.network import LearnableSwish, Network
from companion.sweeps import read_results

ROOT = Path(__file__).parents[3]


def test_digits_are_dealt_out_once_each_and_centred_on_what_is_learned():
    parts = shuffled_digits(1, 2)
    assert [len(images) for images, _ in parts] == [1000, 400, 397]
    everything = np.concatenate([images for images, _ in parts])
    assert len(np.unique(everything, axis=0)) == len(np.unique(digits()[0], axis=0))
    learned = parts[0][0]
    np.testing.assert_allclose(learned.mean(axis=0), 0, atol=1e-12)
    assert np.mean(learned**2) == pytest.approx(1)
    assert (shuffled_digits(1, 3)[0][1] != parts[0][1]).any()


def test_contenders_start_from_the_same_weights_but_for_a_factor():
    networks = [gates.fresh_network(name, 5) for name in gates.CONTENDERS]
    for layer in (0, 2, 4, 6):
        weights = [network.layers[layer].parameters["weights"] for network in networks]
        for other in weights[1:]:
            ratio = other / weights[0]
            np.testing.assert_allclose(ratio, ratio[0, 0])


def test_a_folded_network_computes_the_same_with_every_beta_1():
    rng = np.random.default_rng(6)
    network = gates.fresh_network("β learned, from 1", rng)
    for betas in gates.sharpnesses(network):
        betas[:] = rng.uniform(0.3, 2, len(betas)) * rng.choice([-1, 1], len(betas))
    images = rng.standard_normal((20, 64))
    before, folded = network(images), gates.folded(network)
    np.testing.assert_allclose(folded(images), before, rtol=1e-10, atol=1e-10)
    assert all((betas == 1).all() for betas in gates.sharpnesses(folded))
    np.testing.assert_array_equal(network(images), before)


def test_a_line_cannot_be_folded():
    with pytest.raises(ValueError, match="a unit with β = 0"):
        gates.folded(gates.fresh_network("β learned, from 0", 7))
    fixed = gates.fresh_network("ReLU", 7)
    assert not any(isinstance(layer, LearnableSwish) for layer in gates.folded(fixed).layers)


@pytest.mark.parametrize("name", forms.NAMES)
def test_every_form_has_its_slope(name):
    x = np.linspace(-4, 4, 41)[None, :] + 0.01
    layer, h = forms.Form(name), 1e-6
    layer.forward(x)
    slope = layer.backward(np.ones_like(x))
    plain = (forms.Form(name).forward(x + h) - forms.Form(name).forward(x - h)) / (2 * h)
    np.testing.assert_allclose(slope, plain, atol=1e-7)
    np.testing.assert_array_equal(layer.passes(), slope != 0)
    assert layer.backward(x, through=False) is None


def test_the_three_forms_and_relu_are_the_companions():
    x = np.linspace(-6, 6, 241)
    for name, wanted in {
        "exact": gelu(x),
        "tanh form": gelu(x, approximate="tanh"),
        "sigmoid form": gelu(x, approximate="sigmoid"),
        "ReLU": relu(x),
    }.items():
        np.testing.assert_allclose(forms.Form(name).forward(x), wanted, atol=1e-14)


def test_an_exchange_leaves_weights_and_the_first_network_alone():
    network = forms.fresh_network("exact", 8)
    images, labels = shuffled_digits(8, 0)[2]
    before = network(images)
    other = forms.exchanged(network, "√2")
    np.testing.assert_array_equal(
        other.layers[0].parameters["weights"], network.layers[0].parameters["weights"]
    )
    rounded = forms.exchanged(network, forms.ROUNDED)
    for values in rounded.parameters().values():
        np.testing.assert_array_equal(values, values.astype(np.float16))
    np.testing.assert_array_equal(network(images), before)
    same = forms.swap(network, "exact", images, labels)
    assert (same["moved"], same["flipped"]) == (0, 0)


def test_what_moves_is_measured_as_a_share_and_without_what_softmax_ignores():
    network = forms.fresh_network("exact", 9)
    images, labels = shuffled_digits(9, 0)[2]
    moved = forms.swap(network, "√2/π", images, labels)["moved"]
    larger = Network(network.copy().layers)
    larger.layers[-1].parameters["weights"] *= 7
    larger.layers[-1].parameters["biases"] += 100
    assert forms.swap(larger, "√2/π", images, labels)["moved"] == pytest.approx(moved, rel=0.01)
    with_float = forms.swap(network, forms.ROUNDED, images, labels)["moved"]
    assert 0 < with_float < moved < 1


@pytest.mark.parametrize(
    ("lab", "who"), [(gates, "contender"), (forms, "trained_with")], ids=["swish", "gelu"]
)
def test_every_contender_has_its_best_step(lab, who):
    results = read_results(ROOT / lab.STORED[0].path)
    for name, chosen in lab.CHOSEN.items():
        medians = {}
        for step in lab.STEPS:
            cells = results.select(**{who: name, "step": step})
            choices = [c.result["choice"] for c in cells if c.configuration["run"] in lab.CHOOSING]
            assert len(choices) == len(lab.CHOOSING)
            medians[step] = np.median(choices)
        assert chosen == min(medians, key=medians.get), name
