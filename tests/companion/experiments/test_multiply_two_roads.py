"""The contest of gated and plain networks is as fair as its lesson says."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from companion.data import digits
from companion.experiments import multiply_two_roads as lab
from companion.network import Activate
from companion.sweeps import Cell, SweepResults

RUN = lab.REPORTED[0]


def _network(task, contender):
    return lab.fresh_network(task, contender, np.random.default_rng(0))


@pytest.mark.parametrize("task", lab.TASKS)
def test_contenders_have_as_many_parameters_up_to_half_a_unit(task):
    inputs, outputs, hidden = lab.TASKS[task]
    plain = lab.parameters(inputs, hidden, outputs)
    for contender in lab.CONTENDERS:
        count = _network(task, contender).count()
        assert abs(count - plain) <= (2 * (inputs + 1) + outputs) / 2, contender


def test_the_count_is_that_of_the_network():
    for contender, roads in (("ReLU", 1), ("SwiGLU", 2), ("maxout", 2)):
        network = _network("read", contender)
        units = network.layers[2].parameters["weights"].shape[1]
        assert network.count() == lab.parameters(64, units, 10, roads)


def test_two_thirds_exactly_where_both_ends_are_as_wide_and_biases_few():
    assert lab.equal_units(10_000, 3000, 10_000) == 2000
    assert lab.equal_units(64, 28, 10) == 15


@pytest.mark.parametrize("contender", lab.CONTENDERS)
def test_everybody_starts_with_outputs_of_one_size(contender):
    inputs = np.random.default_rng(1).standard_normal((500, 32))
    sizes = [
        np.mean(lab.fresh_network("complete", contender, np.random.default_rng(seed))(inputs) ** 2)
        for seed in range(20)
    ]
    assert_allclose(np.mean(sizes), 1, atol=0.12)


def test_pairs_differ_in_the_second_road_alone():
    for gated, plain in lab.PAIRS.items():
        gate, alone = lab.CONTENDERS[gated][0], lab.CONTENDERS[plain][0]
        assert Activate(gate).input_width(1) == 2
        g = np.linspace(-3, 3, 13)
        factor = 2 if gated == "bilinear" else 1
        through = factor * gate(np.stack([np.ones(13), g], axis=-1))[:, 0]
        assert_allclose(through, alone(g), rtol=1e-12, atol=1e-15)


def test_parts_do_not_overlap_and_are_those_of_the_digits():
    parts = lab.material("read", RUN)
    assert [len(labels) for _, labels in parts] == [lab.LEARN, lab.VALIDATE, 497]
    images = lab.ink(np.concatenate([pixels for pixels, _ in parts]), RUN)
    given = digits().images
    assert_allclose(np.sort(images @ np.arange(64)), np.sort(given @ np.arange(64)), atol=1e-9)


def test_scaling_knows_the_learned_images_alone():
    (learned, _), *_ = lab.material("read", RUN)
    assert_allclose(learned.mean(axis=0), 0, atol=1e-12)
    assert_allclose(np.mean(learned**2), 1)


def test_halves_belong_together():
    whole, halves = (lab.material(task, RUN) for task in ("read", "complete"))
    assert_allclose(np.hstack(halves[2]), whole[2][0])


def test_the_made_up_task_is_a_sum_of_products():
    inputs, targets = lab.material("multiply", RUN)[1]
    products = [inputs[:, i] * inputs[:, i + 4] for i in range(4)]
    assert_allclose(targets[:, 0], np.sum(products, axis=0) / 2)


def test_a_run_depends_on_its_configuration_alone():
    configuration = {"task": "multiply", "contender": "bilinear", "step": 0.03, "run": RUN}
    first, second = (lab.contest(configuration, np.random.default_rng(seed)) for seed in (0, 1))
    np.testing.assert_equal(first, second)
    assert first["error"] < 0.01


def test_a_run_that_diverges_counts_as_the_worst():
    found = lab.contest({"task": "read", "contender": "bilinear", "step": 1e200, "run": 0}, None)
    assert found["choice"] == found["error"] == np.inf
    assert found["right"] == 0


def test_each_run_takes_the_decay_that_it_chose():
    own = {"task": "complete", "contender": "GLU", "step": 0.01}
    # By the examples for choosing, even runs are best without decay and odd ones with 0.3.
    without = [
        Cell(own | {"run": run}, {"choice": 0.5, "error": 10.0 + run}) for run in lab.REPORTED
    ]
    decayed = [
        Cell(
            own | {"decay": decay, "run": run},
            {"choice": 0.4 if decay == 0.3 and run % 2 else 0.6, "error": 100 * decay + run},
        )
        for decay in lab.DECAYS
        for run in lab.REPORTED
    ]
    errors, decays = lab.tuned(SweepResults(tuple(without)), SweepResults(tuple(decayed)), "GLU")
    assert decays.tolist() == [0.3 if run % 2 else 0.0 for run in lab.REPORTED]
    assert errors.tolist() == [(30.0 if run % 2 else 10.0) + run for run in lab.REPORTED]


def test_weight_decay_shrinks_weights():
    (plain, _), (decayed, _) = (
        lab.trained("multiply", "bilinear", 0.03, RUN, decay=decay) for decay in (0.0, 0.3)
    )
    sizes = [np.abs(n.layers[0].parameters["weights"]).mean() for n in (plain, decayed)]
    assert sizes[1] < sizes[0]
