"""What one threshold can split, against known counts, a search and exact arithmetic."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from companion.neurons import (
    binary_inputs,
    clash,
    count_labellings,
    cover_count,
    mp_neuron,
    separate,
    threshold_tables,
)

# The On-Line Encyclopedia of Integer Sequences, A000609.
KNOWN = [2, 4, 14, 104, 1882]
XOR = [0, 1, 1, 0]


def is_proof(points, labels, certificate):
    """Whether a certificate proves that no line separates, in exact fractions."""
    shares = [Fraction(float(share)).limit_denominator(10**6) for share in certificate]
    signs = [2 * int(label) - 1 for label in labels]
    columns = [*zip(*points, strict=True), [1] * len(points)]
    return (
        min(shares) >= 0
        and sum(shares) > 0
        and all(
            sum(l * s * int(x) for l, s, x in zip(shares, signs, column, strict=True)) == 0  # noqa: E741
            for column in columns
        )
    )


@pytest.mark.parametrize(("n", "count"), list(enumerate(KNOWN)))
def test_the_counts_are_the_known_sequence(n, count):
    tables = threshold_tables(n)
    assert tables.shape == (count, 2**n)
    numbers = tables @ 2 ** np.arange(2**n)[::-1]
    assert (np.diff(numbers) > 0).all()


@pytest.mark.parametrize("n", range(4))
def test_tables_are_those_that_the_linear_program_separates(n):
    rows = binary_inputs(n)
    with_neuron = {tuple(table) for table in threshold_tables(n).tolist()}
    for table in binary_inputs(2**n):
        assert separate(rows, table).separable == (tuple(table.tolist()) in with_neuron)


@given(st.integers(0, 2**16 - 1))
def test_any_table_of_four_inputs_has_a_neuron_or_a_clash(number):
    table = number >> np.arange(16)[::-1] & 1
    rows = binary_inputs(4)
    found, answer = clash(table), separate(rows, table)
    assert answer.separable == (found is None)
    if answer.separable:
        np.testing.assert_array_equal(mp_neuron(rows, answer.weights, answer.bias), table)
        assert answer.certificate is None
    else:
        ones, zeros = found
        np.testing.assert_array_equal(ones.sum(axis=0), zeros.sum(axis=0))
        places = 2 ** np.arange(4)[::-1]
        assert table[ones @ places].all()
        assert not table[zeros @ places].any()
        assert is_proof(rows.tolist(), table, answer.certificate)
        assert answer.bias is None


@given(
    arrays(np.float64, (6, 2), elements=st.integers(-4, 4)),
    arrays(np.int64, 6, elements=st.integers(0, 1)),
)
def test_separate_gives_a_neuron_or_a_proof_for_any_points(points, labels):
    answer = separate(points, labels)
    if answer.separable:
        np.testing.assert_array_equal(mp_neuron(points, answer.weights, answer.bias), labels)
    else:
        assert is_proof(points.tolist(), labels, answer.certificate)


def test_separation_is_a_matter_of_position_only():
    rng = np.random.default_rng(0)
    points, labels = rng.normal(size=(9, 3)), rng.integers(0, 2, 9)
    moved = points @ rng.normal(size=(3, 3)) + rng.normal(size=3)
    assert separate(points, labels).separable == separate(moved, labels).separable
    assert separate(points, 1 - labels).separable == separate(points, labels).separable


def test_one_class_alone_is_always_separable():
    assert separate([[1.0, 2.0]], [1]).separable
    assert separate([[1.0], [2.0]], [0, 0]).separable
    assert not separate([[1.0], [1.0]], [0, 1]).separable


@pytest.mark.parametrize("d", [1, 2, 3])
def test_cover_counts_what_is_counted(d):
    rng = np.random.default_rng(d)
    for n in range(1, 7):
        assert count_labellings(rng.normal(size=(n, d))) == cover_count(n, d)


def test_cover_is_met_by_random_search_too():
    rng = np.random.default_rng(3)
    angles = 2 * np.pi * np.arange(5) / 5 + rng.uniform(0, 0.3, 5)
    points = np.column_stack([np.cos(angles), np.sin(angles)])
    seen = mp_neuron(points, rng.normal(size=(20_000, 2)), rng.normal(size=20_000))
    assert len(np.unique(seen.T, axis=0)) == cover_count(5, 2) == 22


@given(st.integers(1, 40), st.integers(0, 12))
def test_cover_obeys_its_recursion_and_limits(n, d):
    assert cover_count(n, d) <= 2**n
    if n <= d + 1:
        assert cover_count(n, d) == 2**n
    assert cover_count(n + 1, d + 1) == cover_count(n, d + 1) + cover_count(n, d)
    assert 2 * cover_count(2 * (d + 1), d) == 2 ** (2 * (d + 1))
    assert cover_count(n, 0) == 2
    assert cover_count(n, 1) == 2 * (1 + comb(n - 1, 1))


def test_points_that_are_not_in_general_position_have_fewer_labellings():
    assert count_labellings([[0, 0], [1, 1], [2, 2]]) == 6 < cover_count(3, 2)


@pytest.mark.parametrize(
    ("n", "error", "message"),
    [
        (5, ValueError, "n must be at most 4, got 5: there are 4294967296 tables"),
        (9, ValueError, r"n must be at most 4, got 9: there are 2\^512 tables"),
        (-1, ValueError, "n must be an integer of at least 0, got -1"),
        (2.0, TypeError, "n must be an integer, got 2.0"),
    ],
)
def test_too_many_tables_are_refused_with_their_number(n, error, message):
    with pytest.raises(error, match=message):
        threshold_tables(n)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: separate(np.empty((0, 2)), []), ValueError, "at least one point"),
        (lambda: separate([1, 2], [0, 1]), ValueError, r"shape \(n, d\)"),
        (lambda: separate([[1], [2]], [0, 2]), ValueError, "labels must be 0 or 1, got 2"),
        (lambda: separate([[1], [2]], [0]), ValueError, r"labels must have shape \(2,\)"),
        (lambda: separate([[np.nan]], [0]), ValueError, "inputs must be finite"),
        (lambda: separate([["a"]], [0]), TypeError, "inputs must hold real numbers"),
        (lambda: count_labellings(np.eye(13)), ValueError, "would take 4096 linear programs"),
        (lambda: cover_count(0, 2), ValueError, "points must be an integer of at least 1"),
        (lambda: cover_count(3, -1), ValueError, "inputs must be an integer of at least 0"),
        (lambda: cover_count(3.5, 1), TypeError, "points must be an integer, got 3.5"),
        (lambda: clash([0, 1, 1]), ValueError, r"outputs must have shape \(2\*\*n,\)"),
        (lambda: clash([0, 3]), ValueError, "outputs must be 0 or 1, got 3"),
    ],
)
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_solver_that_gives_up_is_an_error_and_no_answer(monkeypatch):
    class GaveUp:
        status, message = 4, "numerical difficulties"

    monkeypatch.setattr("scipy.optimize.linprog", lambda *_, **__: GaveUp)
    with pytest.raises(RuntimeError, match=r"neither a neuron \(numerical difficulties\)"):
        separate([[0.0], [1.0]], [0, 1])


def test_xor_is_infeasible_for_the_solver_itself():
    signs = 2 * np.array(XOR) - 1
    left = -signs[:, None] * np.column_stack([binary_inputs(2), np.ones(4)])
    assert linprog(np.zeros(3), A_ub=left, b_ub=-np.ones(4), bounds=(None, None)).status == 2
