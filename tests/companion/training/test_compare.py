"""Comparisons: the search finds the best, the interval covers, and divergence is not hidden."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from companion.network import SGD, SquaredError, dense_network
from companion.training import (
    DivergenceError,
    History,
    best_step,
    median_interval,
    over_seeds,
    train,
)

STEPS = [1.0, 0.01, 0.1]


def diverging(step, seed):
    if step > 0.5:
        raise DivergenceError(3, 1, 0, "on purpose", History((), ()))
    return step + seed


@pytest.mark.parametrize(("better", "best"), [("higher", 0.1), ("lower", 0.01)])
def test_the_best_step(better, best):
    search = best_step(diverging, STEPS, range(3), better)
    assert search.steps == (0.01, 0.1, 1.0)
    assert search.scores.shape == (3, 3)
    assert np.isnan(search.scores[2]).all()
    assert search.best == best
    assert search.at_edge == (best == 0.01)


def test_one_divergence_of_three_counts_as_the_worst():
    def run(step, seed):
        if step == 1.0 and seed == 0:
            raise DivergenceError(1, 1, 0, "on purpose", History((), ()))
        return 0.9 if step == 1.0 else 0.8

    search = best_step(run, [0.1, 1.0], range(3))
    assert search.best == 1.0
    assert_array_equal(search.medians, [0.8, 0.9])


def test_the_best_step_of_a_real_run():
    rng = np.random.default_rng(0)
    inputs = rng.standard_normal((80, 3))
    targets = inputs @ [[1.0], [2.0], [3.0]]

    def run(step, seed):
        network = dense_network([3, 1], seed=seed)
        history = train(network, inputs, targets, SquaredError(), SGD(step), epochs=60, batch=80)
        return history.last("loss")

    curvature = np.linalg.eigvalsh(inputs.T @ inputs / 80)
    steps = np.array([0.02, 1.0, 1e12]) / curvature[-1]
    search = best_step(run, steps, [0], better="lower")
    assert search.best == pytest.approx(1.0 / curvature[-1])
    assert np.isnan(search.scores[2, 0])


def test_over_seeds():
    assert_array_equal(over_seeds(lambda seed: diverging(0.1, seed), [1, 2]), [1.1, 2.1])
    assert np.isnan(over_seeds(lambda seed: diverging(1.0, seed), [1])).all()


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"better": "best"}, ValueError, "better must be 'higher' or 'lower'"),
        ({"steps": []}, ValueError, "must not be empty"),
        ({"seeds": []}, ValueError, "must not be empty"),
        ({"steps": [0.0]}, ValueError, "steps must be a finite number > 0"),
        ({"steps": [-1.0]}, ValueError, "steps must be"),
    ],
)
def test_searches_that_make_no_sense(changes, error, message):
    arguments = {"steps": STEPS, "seeds": [0], "better": "higher"} | changes
    with pytest.raises(error, match=message):
        best_step(diverging, **arguments)


def test_other_errors_are_not_swallowed():
    def broken(seed):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        over_seeds(broken, [0])


def test_the_interval_covers_about_as_often_as_it_says():
    rng = np.random.default_rng(0)
    hits = 0
    for seed in range(120):
        found = median_interval(rng.standard_normal(15), 0.9, resamples=400, seed=seed)
        hits += found.low <= 0 <= found.high
        assert found.low <= found.median <= found.high
    assert 0.8 <= hits / 120 <= 0.98


def test_the_interval_is_the_same_every_time_and_wider_for_more_confidence():
    values = np.random.default_rng(1).standard_normal(12)
    narrow, again, wide = (median_interval(values, c) for c in (0.5, 0.5, 0.99))
    assert narrow == again
    assert wide.low < narrow.low < narrow.high < wide.high
    assert narrow.median == np.median(values)
    assert narrow.count == 12


def test_equal_values_have_an_interval_of_no_width():
    assert median_interval([3.0, 3.0, 3.0]) == (3.0, 3.0, 3.0, 3)


@pytest.mark.parametrize(
    ("values", "message"),
    [([1.0], "n >= 2"), ([[1.0, 2.0]], "n >= 2"), ([1.0, np.nan], "1 of 2 are not")],
)
def test_values_that_have_no_interval(values, message):
    with pytest.raises(ValueError, match=message):
        median_interval(values)


@pytest.mark.parametrize("options", [{"confidence": 1.0}, {"resamples": 10}])
def test_options_that_make_no_sense(options):
    with pytest.raises(ValueError, match="must be"):
        median_interval([1.0, 2.0, 4.0], **options)
