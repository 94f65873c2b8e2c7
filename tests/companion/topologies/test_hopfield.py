"""The memory: Hebb's weights, falling energy, recall, and the capacity that theory gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from companion.topologies import (
    LETTER_SHAPE,
    HopfieldNetwork,
    letter_patterns,
    measure_recall,
)

signs = st.sampled_from([-1, 1])
patterns = st.tuples(st.integers(1, 4), st.integers(2, 12)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=signs)
)


@given(patterns)
def test_weights_are_hebbs(stored):
    memory = HopfieldNetwork(stored, overload=True)
    n = stored.shape[1]
    for i in range(n):
        for j in range(n):
            wanted = 0 if i == j else sum(p[i] * p[j] for p in stored) / n
            assert memory.weights[i, j] == pytest.approx(wanted)


@given(patterns, st.integers(0, 99))
def test_energy_never_rises_and_recall_ends_in_a_stable_state(stored, seed):
    memory = HopfieldNetwork(stored, overload=True)
    state = np.random.default_rng(seed).choice([-1, 1], size=(3, stored.shape[1]))
    swept = memory.sweep(state, seed)
    assert (memory.energy(swept) <= memory.energy(state) + 1e-12).all()
    ends = memory.recall(state, seed)
    assert memory.is_stable(ends).all()
    assert (memory.energy(ends) <= memory.energy(swept) + 1e-12).all()


@given(patterns, st.integers(0, 99))
def test_a_sweep_is_one_neuron_after_the_other(stored, seed):
    memory = HopfieldNetwork(stored, overload=True)
    state = np.random.default_rng(seed).choice([-1, 1], size=stored.shape[1])
    plain = state.astype(float)
    products = stored.T @ stored
    for i in np.random.default_rng(seed).permutation(len(state)):
        total = products[i] @ plain - products[i, i] * plain[i]
        plain[i] = plain[i] if total == 0 else np.sign(total)
    np.testing.assert_array_equal(memory.sweep(state, seed), plain)


def test_energy_is_its_formula():
    rng = np.random.default_rng(0)
    memory = HopfieldNetwork(rng.choice([-1, 1], size=(2, 20)))
    states = rng.choice([-1, 1], size=(4, 20))
    wanted = [-0.5 * s @ memory.weights @ s for s in states]
    np.testing.assert_allclose(memory.energy(states), wanted)
    assert np.shape(memory.energy(states[0])) == ()


def test_one_pattern_is_recalled_from_less_than_half_wrong_and_so_is_its_negative():
    pattern = np.random.default_rng(1).choice([-1, 1], size=21)
    memory = HopfieldNetwork([pattern])
    for wrong in range(10):
        start = pattern.copy()
        start[:wrong] *= -1
        np.testing.assert_array_equal(memory.recall(start), pattern)
        np.testing.assert_array_equal(memory.recall(-start), -pattern)


def test_letters_are_stable_and_overlap_with_themselves():
    letters = letter_patterns("HTX")
    memory = HopfieldNetwork(letters)
    assert letters.shape == (3, LETTER_SHAPE[0] * LETTER_SHAPE[1])
    assert memory.is_stable(letters).all()
    np.testing.assert_array_equal(np.diag(memory.overlaps(letters)), 1)


def test_capacity_lies_where_theory_has_it():
    """Amit and others: overlap near 1 below 0.138, collapse above; McEliece and others: exactly."""
    assert measure_recall(400, round(0.05 * 400), seed=2).exact == 1
    below = measure_recall(400, round(0.11 * 400), seed=2)
    above = measure_recall(400, round(0.2 * 400), seed=2)
    assert below.overlap > 0.98
    assert below.exact < 0.95
    assert above.overlap < 0.75


def test_recall_is_repeatable():
    assert measure_recall(60, 12, flipped=0.1, seed=3) == measure_recall(
        60, 12, flipped=0.1, seed=3
    )


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: HopfieldNetwork([]), ValueError, "at least one pattern"),
        (lambda: HopfieldNetwork(np.empty((0, 5))), ValueError, r"got shape \(0, 5\)"),
        (lambda: HopfieldNetwork([[1]]), ValueError, "at least two neurons"),
        (lambda: HopfieldNetwork([1, -1]), ValueError, r"shape \(p, N\)"),
        (lambda: HopfieldNetwork([[1, 0]]), ValueError, "patterns must hold −1 and .1 only, got 0"),
        (lambda: HopfieldNetwork([[1, np.nan]]), ValueError, "got nan"),
        (lambda: HopfieldNetwork([["a", "b"]]), TypeError, "patterns must hold real numbers"),
        (lambda: HopfieldNetwork(np.ones((14, 100))), ValueError,
         "at most 0.138 N = 13 for N = 100 neurons, got 14: beyond that recall breaks down"),
        (lambda: HopfieldNetwork([[1, -1, 1]]).recall([1, -1]), ValueError, r"states .* \(3,\)"),
        (lambda: HopfieldNetwork([[1, -1]]).energy([0.5, 1]), ValueError, "states must hold"),
        (lambda: measure_recall(1, 1), ValueError, "neurons must be at least 2, got 1"),
        (lambda: measure_recall(10, 0), ValueError, "patterns must be at least 1, got 0"),
        (lambda: measure_recall(10, 2.0), TypeError, "patterns must be an integer, got 2.0"),
        (lambda: measure_recall(10, 1, flipped=0.6), ValueError, "flipped must be a share"),
        (lambda: letter_patterns("AH"), ValueError, "letters must be some of .*, got A"),
        (lambda: letter_patterns(""), ValueError, "got none"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_overload_is_possible_on_purpose():
    assert HopfieldNetwork(np.ones((14, 100)), overload=True).n_neurons == 100


def test_what_is_stored_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        HopfieldNetwork([[1, -1]]).patterns[0, 0] = -1
