"""Stored results are whole and belong to today's sweeps; an experiment still gives their kind."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from companion.experiments import STORED_SWEEPS, StoredSweep
from companion.experiments.__main__ import main
from companion.experiments._stored import stored_in
from companion.sweeps import Sweep, grid, read_results

ROOT = Path(__file__).parents[3]
each_sweep = pytest.mark.parametrize("stored", STORED_SWEEPS.values(), ids=STORED_SWEEPS.keys())


@each_sweep
def test_every_cell_is_stored(stored):
    results = read_results(ROOT / stored.path)
    sweep = stored.sweep
    assert {name: results.header[name] for name in sweep.header} == sweep.header
    assert {"python", "numpy", "date"} <= results.header.keys()
    # In the order of the grid, and nothing that the grid has lost.
    assert [cell.configuration for cell in results] == list(sweep.configurations)
    assert results.failures == ()


@each_sweep
def test_a_cell_run_today_measures_the_same_things(stored):
    """The numbers themselves may differ a little from processor to processor; lessons say more."""
    results = read_results(ROOT / stored.path)
    cell = results[0]
    today = stored.sweep.run_cell(cell.configuration)
    assert today.keys() == cell.result.keys()
    for name, value in cell.result.items():
        assert np.shape(today[name]) == np.shape(value), name


def test_the_file_stands_beside_a_lesson():
    for stored in STORED_SWEEPS.values():
        assert list((ROOT / stored.path).parent.glob("*.ipynb")), stored.path


def test_an_unknown_name_and_a_foreign_folder_are_refused(capsys, tmp_path, monkeypatch):
    with pytest.raises(SystemExit):
        main(["no-such-sweep"])
    assert "there is no sweep 'no-such-sweep'" in capsys.readouterr().err
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main([])
    assert "from the project's root" in capsys.readouterr().err


def test_another_suffix_is_refused():
    with pytest.raises(ValueError, match=r"path must end with .jsonl"):
        StoredSweep(Sweep("s", dict, grid(k=[1])), "book/results.csv")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "companion.experiments.fresh has no STORED; it must name its sweeps"),
        ({"STORED": ["results.jsonl"]}, "results.jsonl"),
        ({"STORED": StoredSweep(Sweep("s", dict, grid(k=[1])), "s.jsonl")}, "has STORED = Stored"),
    ],
)
def test_a_module_that_names_no_sweeps_is_refused(named, said):
    module = ModuleType("companion.experiments.fresh")
    vars(module).update(named)
    with pytest.raises(TypeError, match=said):
        stored_in(module)


def test_one_experiment_does_not_load_the_others():
    program = (
        "import sys, companion.experiments.keep_the_mean_at_zero;"
        "print(*(m for m in sys.modules if m.startswith('companion.experiments.')))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "companion.experiments.keep_the_mean_at_zero" in loaded
    assert "companion.experiments.measure_sparsity" not in loaded
