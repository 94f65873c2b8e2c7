"""The perceptron rule against its definition, its bound, and the cases it cannot learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from companion.learning import margin, perceptron_rule
from companion.neurons import binary_inputs, mp_neuron

CORNERS = binary_inputs(2)
XOR = [0, 1, 1, 0]


@st.composite
def separable(draw):
    """Whole-number patterns, labelled by a hidden line that passes through none of them."""
    d = draw(st.integers(1, 4))
    n = draw(st.integers(1, 12))
    patterns = draw(arrays(np.int64, (n, d), elements=st.integers(-5, 5)))
    hidden = draw(arrays(np.int64, d, elements=st.integers(-3, 3)))
    offset = draw(st.integers(-3, 3)) + 0.5
    return patterns, np.where(patterns @ hidden + offset > 0, 1, -1)


@given(separable())
def test_it_converges_within_the_bound(data):
    patterns, labels = data
    run = perceptron_rule(patterns, labels)
    assert run.converged
    assert run.cycle is None
    assert (labels * (patterns @ run.weights + run.bias) > 0).all()
    assert run.updates <= margin(patterns, labels).most_updates * (1 + 1e-9)


@given(separable())
def test_the_record_is_the_rule_replayed(data):
    patterns, labels = data
    run = perceptron_rule(patterns, labels)
    extended = np.column_stack([patterns, np.ones(len(patterns))])
    for before, after, which in zip(run.history, run.history[1:], run.mistakes, strict=False):
        assert labels[which] * (extended[which] @ before) <= 0
        np.testing.assert_array_equal(after, before + labels[which] * extended[which])
    assert sum(run.updates_per_pass) == run.updates == len(run.history) - 1
    assert run.updates_per_pass[-1] == 0


@pytest.mark.parametrize("table", range(16))
def test_of_sixteen_truth_tables_two_are_out_of_reach(table):
    labels = [table >> bit & 1 for bit in range(4)]
    run = perceptron_rule(CORNERS, labels)
    assert run.converged == (table not in (0b0110, 0b1001))
    if run.converged:
        assert mp_neuron(CORNERS, run.weights, run.bias).tolist() == labels
    else:
        first, again = run.cycle
        updates = np.cumsum((0, *run.updates_per_pass))
        np.testing.assert_array_equal(run.history[updates[first]], run.history[updates[again]])


@given(arrays(np.int64, 3, elements=st.integers(-20, 20)))
def test_xor_cycles_from_every_start(start):
    run = perceptron_rule(CORNERS, XOR, start=start)
    assert not run.converged
    assert run.cycle is not None


def test_labels_may_be_bits_or_signs():
    bits = perceptron_rule(CORNERS, [0, 0, 0, 1])
    signs = perceptron_rule(CORNERS, [-1, -1, -1, 1])
    np.testing.assert_array_equal(bits.history, signs.history)


def test_without_a_bias_a_line_through_the_origin():
    run = perceptron_rule([[1.0, 2.0], [-1.0, -2.0]], [1, -1], bias=False)
    assert run.converged
    assert run.bias == 0
    assert run.weights.tolist() == [1.0, 2.0]
    stuck = perceptron_rule([[0.0, 0.0]], [1], bias=False)
    assert stuck.cycle == (0, 1)


def test_it_gives_up_after_max_passes():
    run = perceptron_rule([[1.0], [1.01]], [-1, 1], max_passes=3)
    assert not run.converged
    assert run.cycle is None
    assert len(run.updates_per_pass) == 3


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (([], []), ValueError, "inputs must have shape"),
        ((np.zeros((0, 2)), []), ValueError, "at least one pattern"),
        ((np.zeros((2, 0)), [1, 0]), ValueError, "at least one pattern"),
        (([[1, 2], [3]], [1, 0]), ValueError, "rectangular"),
        (([[1, np.nan]], [1]), ValueError, "inputs must be finite"),
        (([[1j, 2]], [1]), TypeError, "inputs must hold real"),
        ((CORNERS, [0, 1, 2, 1]), ValueError, "labels must be −1 and 1, or 0 and 1"),
        ((CORNERS, [-1, 0, 1, 1]), ValueError, "labels must be"),
        ((CORNERS, [0, 1]), ValueError, r"labels must have shape \(4,\)"),
        ((CORNERS, [0, 1, 1, np.nan]), ValueError, "labels must be finite"),
    ],
)
def test_bad_data_is_refused_by_name(arguments, error, says):
    for learn in (perceptron_rule, margin):
        with pytest.raises(error, match=says):
            learn(*arguments)


@pytest.mark.parametrize(
    ("keywords", "error", "says"),
    [
        ({"start": [0, 0]}, ValueError, r"start must have shape \(3,\)"),
        ({"start": [0, 0, np.inf]}, ValueError, "start must be finite"),
        ({"max_passes": 0}, ValueError, "max_passes must be at least 1"),
        ({"max_passes": 2.0}, TypeError, "max_passes must be a whole number"),
        ({"bias": 1}, TypeError, "bias must be True or False"),
    ],
)
def test_bad_settings_are_refused_by_name(keywords, error, says):
    with pytest.raises(error, match=says):
        perceptron_rule(CORNERS, XOR, **keywords)
