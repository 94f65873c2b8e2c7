"""The benchmark runs, its result has the shape its readers expect, and nobody is left out."""

import json

import numpy as np
import pytest

from benchmarks import activations, report, vectors
from benchmarks.textbook import textbook

each_form = pytest.mark.parametrize("activation", activations.forms(), ids=repr)


@each_form
def test_every_activation_has_a_textbook_formula(activation):
    x = np.linspace(-4.0, 4.0, 33) + 1e-3
    np.testing.assert_allclose(textbook(activation)(x), activation(x), rtol=1e-9, atol=1e-12)
    assert textbook(activation)(x.astype(np.float32)).dtype == np.float32


def test_a_tiny_run_stores_what_the_table_needs(tmp_path, capsys):
    path = tmp_path / "tiny.json"
    sizes = ["--sizes", "100", "--repeats", "1", "--linear", "10", "100"]
    only = ["--only", "elu", "logistic", "gelu"]
    activations.main([*sizes, *only, "--output", str(path)])
    result = json.loads(path.read_text(encoding="utf-8"))
    forms = [a for a in activations.forms() if a.name in only]
    assert len(result["times"]) == len(result["memory"]) == len(forms) * 2 * 2
    assert {row["size"] for row in result["times"]} == {100}
    for row in result["times"]:
        assert {"copy", "fresh", "out"} <= set(row["ns"])
        assert ("textbook" in row["ns"]) == (row["method"] == "value")
        assert all(ns > 0 for ns in row["ns"].values())
    assert {r["activation"] for r in result["times"] if "scipy" in r["ns"]} == {
        "logistic",
        "gelu(approximate='none')",
    }
    assert {"processor", "simd", "avx512", "versions", "date"} <= set(result["machine"])
    assert len(result["linear"]) == 4 * 2
    written = path.with_suffix(".md").read_text(encoding="utf-8")
    assert written == report.table(result)
    assert written in capsys.readouterr().out
    assert all(wanted > 0 for *_, wanted in report.targets(result))
    report.main([str(path), "--plot", str(tmp_path / "bars.svg")])
    assert (tmp_path / "bars.svg").stat().st_size > 10_000


def test_the_extra_memory_is_small():
    x = np.zeros(300_000)
    for activation in activations.forms():
        for method in activations.METHODS:
            assert activations.peak_extra_memory(activation, method, x) <= 2**20, activation


def test_a_tiny_run_of_softmax(tmp_path, capsys):
    path = vectors.main(
        ["--elements", "200", "--repeats", "1", "--output", str(tmp_path / "v.json")]
    )
    result = json.loads(path.read_text(encoding="utf-8"))
    assert len(result["times"]) == 2 * 2
    assert all({"copy", "fresh", "out", "scipy"} <= row["ns"].keys() for row in result["times"])
    assert path.with_suffix(".md").read_text(encoding="utf-8") in capsys.readouterr().out


@pytest.mark.parametrize("name", vectors.NAMES)
def test_all_who_compute_softmax_agree(name):
    turns = vectors.line_up(name, np.random.default_rng(1).standard_normal((5, 7)))
    expected = turns.pop("fresh")()
    turns.pop("copy")
    for result in turns.values():
        np.testing.assert_allclose(np.asarray(result()), expected, rtol=1e-12)
