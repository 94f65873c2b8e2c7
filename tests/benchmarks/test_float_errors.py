"""The stored errors are labelled and complete, and what can be measured again here agrees."""

import json
import math

import mpmath
import numpy as np
import pytest

from benchmarks import float_errors

FILE = float_errors.FILE
RECORD = json.loads(FILE.read_text("utf-8"))
OURS = ["textbook", "companion"]


def worst(record, kind, quantity, library):
    return max(map(float, record["errors"][kind][quantity][library]))


def test_the_file_is_small_and_says_where_it_comes_from():
    assert FILE.stat().st_size <= 100_000
    label = RECORD["label"]
    assert set(label["versions"]) == set(float_errors.LIBRARIES)
    assert all(label[name] for name in ("what", "made_by", "python", "machine", "date", "seed"))
    assert (FILE.parents[2] / label["made_by"]).exists()


def test_the_file_is_complete():
    assert set(RECORD["points"]) == set(float_errors.QUANTITIES)
    for kind in float_errors.KINDS:
        for quantity, x in RECORD["points"].items():
            for library in float_errors.LIBRARIES:
                assert len(RECORD["errors"][kind][quantity][library]) == len(x) > 100
        assert set(RECORD["special"][kind]) == set(float_errors.SPECIAL)


@pytest.fixture(scope="module")
def again():
    return float_errors.measure(OURS)


def test_the_same_inputs_are_drawn_again(again):
    assert again["points"] == RECORD["points"]


@pytest.mark.parametrize("quantity", float_errors.QUANTITIES)
@pytest.mark.parametrize("kind", float_errors.KINDS)
def test_the_companion_keeps_its_digits_here_and_in_the_file(again, kind, quantity):
    promised = 12 if quantity == "GELU" else 6 if kind == "float32" else 4
    for record in (again, RECORD):
        assert worst(record, kind, quantity, "companion") <= promised


@pytest.mark.parametrize("kind", float_errors.KINDS)
def test_the_textbook_loses_them_where_the_lesson_says_so(again, kind):
    for quantity in ("logistic slope", "tanh slope", "GELU", "ELU slope", "softplus"):
        for record in (again, RECORD):
            assert worst(record, kind, quantity, "textbook") > 1e6
    assert worst(again, kind, "swish", "textbook") < 4


@pytest.mark.parametrize("kind", float_errors.KINDS)
def test_special_inputs_give_the_limits(again, kind):
    for record in (again, RECORD):
        answers = {question: a["companion"] for question, a in record["special"][kind].items()}
        assert answers["GELU at −∞"] in ("0", "-0")
        assert answers["GELU at +∞"] == "inf"
        assert answers["swish at −∞"] in ("0", "-0")
        assert answers["ELU slope at NaN"] == "nan"
        assert float(answers["swish at the subnormal"]) > 0


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("x", [1.0, 1.5, 0.99, 3e-5, 1e-39, 1e-320, 12345.0])
def test_the_unit_is_the_gap_of_the_format(kind, x):
    if kind == "float32" and x < 1e-45:
        pytest.skip("no float32 is so small")
    stored = float_errors.KINDS[kind](x)
    assert float_errors.unit(mpmath.mpf(float(stored)), kind) == float(np.spacing(stored))


def test_an_error_is_counted_in_gaps():
    with mpmath.workdps(50):
        truth = mpmath.mpf(1) + mpmath.mpf(2) ** -53
        assert float_errors.error(1.0, truth, "float64") == 0.5
    assert float_errors.error(math.nan, truth, "float64") == "nan"
    assert float_errors.error(math.inf, truth, "float64") == "inf"


def test_text_is_json_with_one_list_a_line():
    record = {"a": {"b": [1.5, "nan", 2], "c": []}, "d": "x"}
    text = float_errors.as_text(record)
    assert json.loads(text) == record
    assert '[1.5,"nan",2]' in text


def test_it_writes_a_file_and_says_what_is_left_out(tmp_path, capsys, monkeypatch):
    def missing():
        raise ImportError("no module named torch")

    for name in ("PyTorch", "JAX"):
        monkeypatch.setitem(float_errors.LIBRARIES, name, (missing, "torch"))
    file = tmp_path / "errors.json"
    float_errors.main([str(file)])
    assert "left out, since not installed: JAX, PyTorch" in capsys.readouterr().out
    assert list(json.loads(file.read_text("utf-8"))["label"]["versions"]) == OURS
