"""The task of keeping a number is what it says, and each contender ran with its own best step."""

from pathlib import Path

import numpy as np
import pytest

from companion.experiments import remember_through_a_gate as lab
from companion.sweeps import read_results

BOOK = Path(__file__).parents[3] / "book/5-gated-activations"


def test_the_marked_number_is_the_answer_and_nothing_else_tells_it():
    inputs, wanted = lab.sequences(np.random.default_rng(0), 4000, lag=5)
    np.testing.assert_array_equal(inputs[:, 0, :1], wanted)
    np.testing.assert_array_equal(inputs[:, :, 1], [[1, 0, 0, 0, 0, 0]] * 4000)
    others = np.corrcoef(inputs[:, :, 0].T)[0, 1:]
    assert np.abs(others).max() < 0.06
    assert np.mean(wanted**2) == pytest.approx(1 / 3, abs=0.02)


def test_bits_are_marked_and_louder_than_the_noise():
    inputs, wanted = lab.bits(np.random.default_rng(0), 4000, lag=3)
    np.testing.assert_array_equal(inputs[:, 0, :1], wanted)
    assert set(wanted.ravel()) == {-1.0, 1.0}
    assert abs(wanted.mean()) < 0.05
    assert inputs[:, 1:, 0].std() == pytest.approx(0.2, abs=0.01)
    np.testing.assert_array_equal(inputs[:, :, 1], [[1, 0, 0, 0]] * 4000)


def test_a_guess_has_an_error_of_1_and_gives_up_at_half_time():
    found = lab.learn("LSTM, bias 0", 30, 1e-9, 0)
    assert found["updates"] == lab.UPDATES // 2
    assert not found["solved"]
    assert found["error"] == pytest.approx(1, abs=0.3)


def test_every_contender_has_sixteen_units_and_its_own_start():
    cells = {name: draw(np.random.default_rng(1)) for name, draw in lab.CONTENDERS.items()}
    assert {cell.units for cell in cells.values()} == {16}
    assert {cell.inputs for cell in cells.values()} == {2}
    for name, cell in cells.items():
        if "bias" in name:
            gate = "forget" if name.startswith("LSTM") else "update"
            assert (cell.block(gate) == float(name[-1])).all()


def test_own_steps_are_those_of_the_stored_choice():
    stored = read_results(BOOK / "remember-through-a-gate-steps.jsonl")
    assert lab.best_steps(stored) == lab.OWN_STEP
    kept = read_results(BOOK / "remember-through-a-gate.jsonl")
    for name in lab.CONTENDERS:
        for lag, step in zip(lab.LAGS, lab.OWN_STEP[name], strict=True):
            assert set(kept.values("step", contender=name, lag=lag)) == {step}


def test_runs_that_choose_are_not_reported():
    assert not set(lab.CHOOSING) & set(lab.REPORTED)
    assert len(lab.REPORTED) == 20
