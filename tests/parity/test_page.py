"""The page about frameworks shows what is on record, and the companion's column is right."""

import pytest

from tests.parity import companion_functions
from tests.parity.conventions import NAMES, PAGE, ROWS, VERSIONS, same, with_tables
from tests.parity.parity_checks import worst_error


def test_the_tables_are_those_on_record():
    page = PAGE.read_text("utf-8")
    assert page == with_tables(page), "run `python -m tests.parity.conventions`"


def test_the_page_names_the_versions_and_every_section():
    page = PAGE.read_text("utf-8")
    assert f"PyTorch {VERSIONS['torch']}" in page
    assert f"JAX {VERSIONS['jax']}" in page
    assert page.count("| Function |") == len({row.section for row in ROWS}) + 1


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_companion_answers_as_recorded(row):
    function = companion_functions.function_of(row.activation, row.form)
    answer = row.measure(function, companion_functions.evaluate)
    assert same(answer, row.companion)
    if row.section == "digits":
        # In float32 the answer is one of few numbers.
        assert worst_error(row, answer) <= (1e-6 if row.dtype == "float32" else 1e-14)


@pytest.mark.parametrize("row", [r for r in ROWS if r.section in ("limits", "digits")], ids=str)
def test_a_row_about_errors_shows_one(row):
    others = [getattr(row, name) for name in NAMES if name != "companion"]
    assert any(o is not None and not same(o, row.companion) for o in others)
