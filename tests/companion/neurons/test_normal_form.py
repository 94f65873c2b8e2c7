"""Merged terms compute their tables, and nothing in them can be left out."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.neurons import (
    binary_inputs,
    from_terms,
    from_truth_table,
    merged_terms,
    normal_form,
    truth_table,
)

tables = st.integers(0, 4).flatmap(
    lambda n: st.lists(st.integers(0, 1), min_size=2**n, max_size=2**n)
)


def holds(term, rows):
    return ((term == -1) | (term == rows)).all(axis=1)


def read(text, names, row):
    """Evaluate a written normal form with Python's own logic."""
    if text in ("never", "always"):
        return text == "always"
    values = dict(zip(names, map(bool, row), strict=True))
    return eval(re.sub(r"\b[a-d]\b", lambda m: str(values[m[0]]), text))


@given(tables)
def test_merged_terms_compute_the_table(table):
    network = from_terms(merged_terms(table))
    np.testing.assert_array_equal(truth_table(network), table)
    assert network.n_neurons <= from_truth_table(table).n_neurons


@given(tables)
def test_no_term_and_no_fixed_bit_can_be_left_out(table):
    table = np.array(table)
    terms = merged_terms(table)
    rows = binary_inputs(table.size.bit_length() - 1)
    for i, term in enumerate(terms):
        others = np.delete(terms, i, axis=0)
        covered = np.any([holds(other, rows) for other in others], axis=0)
        assert not np.array_equal(covered, table == 1)
        for j in np.flatnonzero(term >= 0):
            wider = term.copy()
            wider[j] = -1
            assert (holds(wider, rows) & (table == 0)).any()


@given(tables)
def test_the_written_form_says_the_same(table):
    n = len(table).bit_length() - 1
    names = "abcd"[:n]
    text = normal_form(table, names=names)
    for row, bit in zip(itertools.product([0, 1], repeat=n), table, strict=True):
        assert read(text, names, row) == bool(bit)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ([0, 1, 1, 0], "(not x₁ and x₂) or (x₁ and not x₂)"),
        ([0, 0, 0, 1], "x₁ and x₂"),
        ([0, 0], "never"),
        ([1, 1], "always"),
        ([1], "always"),
    ],
)
def test_a_few_forms(table, text):
    assert normal_form(table) == text


def test_parity_cannot_be_merged():
    parity = binary_inputs(6).sum(axis=1) % 2
    assert len(merged_terms(parity)) == 32


def test_rows_are_terms_too():
    rows = binary_inputs(3)
    vote = (rows.sum(axis=1) >= 2).astype(int)
    np.testing.assert_array_equal(truth_table(from_terms(rows[vote == 1])), vote)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: merged_terms([0, 1, 1]), ValueError, r"shape \(2\*\*n,\)"),
        (lambda: merged_terms([0, 2]), ValueError, "outputs must be 0 or 1, got 2"),
        (lambda: merged_terms(np.zeros(2**11, int)), ValueError, "got 11: .* up to 177147 terms"),
        (lambda: merged_terms(["a", "b"]), TypeError, "outputs must hold real numbers"),
        (lambda: normal_form([0, 1], names="ab"), ValueError, "names must have 1 names"),
        (lambda: from_terms([1, 0]), ValueError, r"terms must have shape \(m, n\)"),
        (lambda: from_terms([[1, 2]]), ValueError, "0, 1 and −1"),
        (lambda: from_terms([[1.0, 0.0]]), TypeError, "terms must hold integers"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
