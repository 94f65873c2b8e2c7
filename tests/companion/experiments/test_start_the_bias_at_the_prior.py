"""The experiments on biases draw what they say, and their step sizes were the best."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from companion.experiments import start_the_bias_at_the_prior as runs
from companion.sweeps import read_results

ROOT = Path(__file__).parents[3]


def test_rare_digits_are_rare_and_none_comes_twice():
    rare = runs.rare_digits(np.random.default_rng(1))
    assert (rare.labels.sum(), rare.test_labels.sum()) == (50, 35)
    every = np.concatenate([rare.images, rare.test_images])
    assert len(np.unique(every, axis=0)) == len(every) == 1700


def test_average_precision_is_scikit_learns_with_ties_too():
    rng = np.random.default_rng(2)
    for spread in (3, 1000):
        scores, labels = rng.integers(0, spread, 60).astype(float), rng.integers(0, 2, 60)
        expected = average_precision_score(labels, scores)
        assert runs.average_precision(scores, labels) == pytest.approx(expected)
    assert runs.average_precision(np.zeros(20), np.arange(20) < 1) == pytest.approx(0.05)


def test_shifted_digits():
    images = runs.rare_digits(np.random.default_rng(3)).images[:5]
    before = images.copy()
    found = {task: runs.shifted(images, task) for task in ("added", "cross", "moved", "negative")}
    np.testing.assert_array_equal(images, before)
    np.testing.assert_array_equal(found["cross"], np.minimum(found["added"], 1))
    np.testing.assert_array_equal(
        found["moved"].reshape(5, 8, 8)[:, :, 1:], images.reshape(5, 8, 8)[:, :, :-1]
    )
    np.testing.assert_array_equal(runs.shifted(found["negative"], "negative"), images)
    with pytest.raises(ValueError, match="task must be"):
        runs.shifted(images, "upside down")


def test_the_digit_of_a_strip_is_where_its_centre_says():
    images, centres = runs.strips(50, np.random.default_rng(4))
    for strip, centre in zip(images.reshape(50, 8, 24), centres.astype(int), strict=True):
        assert strip.any()
        assert strip[:, centre - 4 : centre + 4].sum() == strip.sum()


def _median(results, name, contender, step):
    cells = results.select(**contender, step=step)
    scores = [c.result[name] for c in cells if c.configuration["seed"] >= runs.CHOOSING]
    assert len(scores) == 5
    return np.median([np.mean(score) for score in scores])


@pytest.mark.parametrize(
    ("stored", "best", "name"),
    [(runs.STORED[0], runs.BEST_STARTS, "precision"), (runs.STORED[1], runs.BEST_TUNINGS, "after")],
)
def test_every_contender_has_its_best_step(stored, best, name):
    results = read_results(ROOT / stored.path)
    keys = list(results[0].configuration)[: len(next(iter(best)))]
    for values, chosen in best.items():
        contender = dict(zip(keys, values, strict=True))
        scores = {step: _median(results, name, contender, step) for step in results.axis("step")}
        assert scores[chosen] == max(scores.values()), contender
        assert len(results.select(**contender, step=chosen)) == 25
