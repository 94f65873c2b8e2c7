"""The stored runs are labelled, complete and repeatable, and the charts show nothing else."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import training_runs
from companion.explorables import explore_dying_relu, explore_vanishing_gradient

RECORD = json.loads(training_runs.FILE.read_text("utf-8"))
FADING, DYING = RECORD["fading"], RECORD["dying"]


def fading_at(name, depth, power):
    """Return the stored logarithms, lowest layer first."""
    by_depth = FADING["log10_lengths"][name]
    return by_depth[FADING["depths"].index(depth)][FADING["gain_powers"].index(power)]


def test_the_file_is_small_and_says_where_it_comes_from():
    assert training_runs.FILE.stat().st_size <= 100_000
    label = RECORD["label"]
    assert all(label[key] for key in ("what", "made_by", "seed", "python", "versions", "date"))
    assert (Path(training_runs.__file__).parents[1] / label["made_by"]).exists()


def test_the_file_is_complete():
    assert set(FADING["log10_lengths"]) == set(training_runs.FADING)
    for by_depth in FADING["log10_lengths"].values():
        for depth, by_gain in zip(training_runs.DEPTHS, by_depth, strict=True):
            assert np.shape(by_gain) == (len(training_runs.GAIN_POWERS), depth)
            assert np.array(by_gain)[:, -1].tolist() == [0] * len(by_gain)
    assert set(DYING["shares"]) == set(training_runs.DYING)
    for run in DYING["shares"].values():
        assert np.shape(run["dead"]) == (len(training_runs.STEP_POWERS), len(training_runs.LOOKS))
        assert np.shape(run["right"]) == (len(training_runs.STEP_POWERS),)


def test_the_settings_in_the_file_are_those_of_the_script():
    assert FADING["depths"] == list(training_runs.DEPTHS)
    assert FADING["gain_powers"] == list(training_runs.GAIN_POWERS)
    assert (FADING["width"], FADING["repeats"]) == (training_runs.WIDTH, training_runs.REPEATS)
    assert DYING["step_powers"] == list(training_runs.STEP_POWERS)
    assert DYING["updates"] == list(training_runs.LOOKS)
    assert (DYING["runs"], DYING["still"]) == (training_runs.RUNS, training_runs.STILL)


@pytest.mark.parametrize("name", ["logistic", "relu"])
def test_fading_measured_again_agrees(name):
    again = training_runs.fading(name, 10, [0.0, 0.5])
    assert np.allclose(again[0], fading_at(name, 10, 0.0), atol=0.02)
    assert np.allclose(again[1], fading_at(name, 10, 0.5), atol=0.02)


def test_a_run_measured_again_agrees():
    at = training_runs.STEP_POWERS.index(1.0)
    runs = [training_runs.dying("relu", 10.0, run) for run in range(training_runs.RUNS)]
    again = np.mean([shares for shares, _ in runs], axis=0)
    # Rounding differs between processors, and training at this step magnifies it.
    assert np.allclose(again, DYING["shares"]["relu"]["dead"][at], atol=0.1)


def test_the_gradient_of_a_linear_network_is_the_product_of_its_matrices():
    rng = np.random.default_rng(1)
    layers = [training_runs.Dense.random(6, 6, rng) for _ in range(4)]
    direction, batch = rng.standard_normal(6), rng.standard_normal((3, 6))
    lengths = training_runs.lengths(layers, "identity", batch, direction)
    expected = [direction]
    for layer in layers[:0:-1]:
        expected.append(expected[-1] @ layer.parameters["weights"])
    assert np.allclose(lengths[:-1], [np.linalg.norm(e) for e in expected[:0:-1]])
    assert lengths[-1] == 1


def test_a_unit_is_dead_if_it_is_silent_for_every_input():
    network = training_runs.dense_network([2, 3, 1], "relu", seed=0)
    dense = network.layers[0]
    dense.parameters["weights"][:] = [[1, 1], [-1, -1], [0, 0]]
    dense.parameters["biases"][:] = [0, 0, -1]
    assert training_runs.dead(network, np.array([[1.0, 2.0], [3.0, 4.0]])) == pytest.approx(2 / 3)
    assert training_runs.dead(network, np.array([[1.0, 2.0], [-3.0, -4.0]])) == pytest.approx(1 / 3)


# What the pages say about the figures.


def test_every_run_starts_healthy():
    for run in DYING["shares"].values():
        assert {line[0] for line in run["dead"]} == {0.0}


def test_relu_dies_of_large_steps_and_leaky_relu_never_does():
    relu, leaky = DYING["shares"]["relu"], DYING["shares"]["leaky_relu"]
    ends = [line[-1] for line in relu["dead"]]
    assert max(ends[:9]) == 0  # up to a step of 3
    assert ends == sorted(ends)
    assert ends[-1] > 0.9
    assert np.max(leaky["dead"]) == 0
    assert leaky["right"][-1] < 0.5  # and yet it does not learn with such a step


def test_depth_and_scale_do_what_the_page_says():
    assert fading_at("logistic", 30, 0.0)[0] < -15
    assert abs(fading_at("relu", 50, 0.5)[0]) < 1  # He's scale
    assert fading_at("relu", 50, 0.0)[0] < -6
    assert fading_at("relu", 50, 1.0)[0] > 6
    # No scale on the slider saves the logistic function.
    assert max(fading_at("logistic", 50, power)[0] for power in FADING["gain_powers"]) < -5


@pytest.mark.parametrize("explore", [explore_vanishing_gradient, explore_dying_relu])
def test_the_chart_fits_into_a_page(explore):
    explorable = explore()
    assert len(json.dumps(explorable.spec)) < 90_000
    assert explorable.still.startswith(b"\x89PNG")


def test_the_alt_texts_say_what_was_measured():
    dead = DYING["shares"]
    at = training_runs.STEP_POWERS.index(1.0)
    alt = explore_dying_relu().alt
    assert f"{dead['relu']['dead'][at][-1]:.0%} and {dead['elu']['dead'][at][-1]:.0%}" in alt
    for name in ("leaky_relu", "gelu", "swish"):
        assert dead[name]["dead"][at][-1] < 0.02
    assert f"10 to the power of {fading_at('logistic', 30, 0.0)[0]:.0f}" in (
        explore_vanishing_gradient().alt
    )
