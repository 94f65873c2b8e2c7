"""The benchmark of the training step runs, is stored with its target met, and steps do learn."""

import json

import numpy as np
import pytest

from benchmarks import training_step

STORED = sorted(training_step.RESULTS.glob("training-step-*.json"))


def test_a_tiny_run_stores_what_the_table_needs(tmp_path, capsys):
    path = training_step.main(
        ["--batches", "4", "--repeats", "1", "--output", str(tmp_path / "tiny.json")]
    )
    result = json.loads(path.read_text(encoding="utf-8"))
    assert len(result["steps"]) == 6
    assert all(row["microseconds"]["companion"] > 0 for row in result["steps"])
    written = path.with_suffix(".md").read_text(encoding="utf-8")
    assert written == training_step.table(result)
    assert written in capsys.readouterr().out


@pytest.mark.parametrize("name", training_step.contenders())
@pytest.mark.parametrize("optimiser", training_step.OPTIMISERS)
def test_steps_learn(name, optimiser):
    step = training_step.contenders()[name]("relu", optimiser, 16)
    losses = [step() for _ in range(20)]
    assert np.isfinite(losses).all()
    assert losses[-1] < losses[0]


def test_a_measurement_is_stored():
    assert STORED


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_the_target_was_met(path):
    result = json.loads(path.read_text(encoding="utf-8"))
    assert {row["batch"] for row in result["steps"]} >= {64, 128}
    assert all(row["ratio"] <= training_step.TARGET for row in result["steps"])
    assert path.with_suffix(".md").read_text("utf-8") == training_step.table(result)
