"""Gates, truth tables and two-layer networks, exhaustively."""

import itertools
import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.neurons import (
    GATES,
    Gate,
    LogicNetwork,
    and_,
    binary_inputs,
    from_truth_table,
    mp_neuron,
    nand,
    nor,
    not_,
    or_,
    truth_table,
)

PYTHON = {
    "NOT": lambda a: not a,
    "AND": lambda a, b: a and b,
    "OR": lambda a, b: a or b,
    "NAND": lambda a, b: not (a and b),
    "NOR": lambda a, b: not (a or b),
}


def all_functions(n):
    """Every truth table of n inputs."""
    return itertools.product([0, 1], repeat=2**n)


@pytest.mark.parametrize("n", range(5))
def test_binary_inputs_counts_upwards(n):
    rows = binary_inputs(n)
    assert rows.dtype == np.int64
    assert rows.shape == (2**n, n)
    assert [tuple(row) for row in rows.tolist()] == list(itertools.product([0, 1], repeat=n))


def test_gates_are_complete_and_read_only():
    assert set(GATES) == set(PYTHON)
    assert {gate.name: gate for gate in (not_, and_, or_, nand, nor)} == dict(GATES)
    with pytest.raises(TypeError):
        GATES["XOR"] = nor


@pytest.mark.parametrize("name", GATES)
def test_a_gate_computes_its_truth_table(name):
    gate, python = GATES[name], PYTHON[name]
    for row in itertools.product([0, 1], repeat=gate.n_inputs):
        output = gate(*row)
        assert type(output) is int
        assert output == int(python(*row))
    np.testing.assert_array_equal(truth_table(gate), truth_table(python, gate.n_inputs))


@pytest.mark.parametrize("name", GATES)
def test_a_gate_is_one_mp_neuron_and_keeps_half_a_unit_from_the_tie(name):
    gate = GATES[name]
    rows = binary_inputs(gate.n_inputs)
    np.testing.assert_array_equal(truth_table(gate), mp_neuron(rows, gate.weights, gate.bias))
    assert np.abs(rows @ gate.weights + gate.bias).min() == 0.5


def test_gates_take_arrays_and_broadcast_them():
    a, b = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    assert and_(or_(a, b), nand(a, b)).tolist() == [0, 1, 1, 0]
    assert nor(a[:, None], b).shape == (4, 4)
    assert and_(1, b).tolist() == [0, 1, 0, 1]
    assert or_(True, False) == 1
    assert not_(np.array([True, False])).tolist() == [0, 1]
    assert not_(1.0) == 0


@pytest.mark.parametrize("bad", [2, -1, 0.5, np.nan, np.inf])
def test_a_gate_refuses_what_is_not_a_bit(bad):
    with pytest.raises(ValueError, match="input 2 of AND must be 0 or 1, got"):
        and_(1, bad)


@pytest.mark.parametrize("bad", ["1", None, 1j])
def test_a_gate_refuses_what_is_not_a_number(bad):
    with pytest.raises(TypeError, match="input 1 of OR must hold real numbers"):
        or_(bad, 1)


def test_a_gate_refuses_the_wrong_number_of_inputs_and_shapes():
    with pytest.raises(TypeError, match="NOT takes 1 inputs, got 2"):
        not_(1, 0)
    with pytest.raises(
        ValueError, match=r"inputs of AND must broadcast, got shapes \(2,\), \(3,\)"
    ):
        and_([0, 1], [0, 1, 0])


@pytest.mark.parametrize(
    ("weights", "bias", "error", "message"),
    [
        (1, 0, ValueError, r"weights must have shape \(d,\), got shape \(\)"),
        ([[1]], 0, ValueError, r"weights must have shape \(d,\), got shape \(1, 1\)"),
        ([1], [0], ValueError, r"bias must be a single number, got shape \(1,\)"),
        ([np.nan], 0, ValueError, "weights must be finite numbers, got nan"),
        ([1], np.inf, ValueError, "bias must be finite numbers, got inf"),
        (["a"], 0, TypeError, "weights must hold real numbers"),
    ],
)
def test_a_gate_checks_its_numbers(weights, bias, error, message):
    with pytest.raises(error, match=message):
        Gate(weights, bias)


def test_a_gate_is_a_value():
    assert Gate([1, 1], -1.5, "AND") == and_
    assert hash(Gate(np.array([1, 1]), np.float32(-1.5), "AND")) == hash(and_)
    assert and_.weights == (1.0, 1.0)
    with pytest.raises(AttributeError):
        and_.bias = 0.0


def test_truth_table_accepts_bools_and_numpy_bits():
    assert truth_table(operator.xor, 2).tolist() == [0, 1, 1, 0]
    assert truth_table(lambda a: np.int8(a), 1).tolist() == [0, 1]
    assert truth_table(lambda: True, 0).tolist() == [1]


@pytest.mark.parametrize(
    ("function", "n", "error", "message"),
    [
        (3, 1, TypeError, "function must be callable"),
        (operator.xor, None, TypeError, "n must be given"),
        (operator.xor, 2.0, TypeError, "n must be an integer from 0 to 10, got 2.0"),
        (operator.xor, -1, ValueError, "n must be an integer from 0 to 10, got -1"),
        (operator.xor, 40, ValueError, r"n must be at most 10, got 40: .* 2\^40 rows"),
        (operator.add, 2, ValueError, r"the output for \(1, 1\) must be 0 or 1, got 2"),
        (lambda a: [a], 1, ValueError, r"the output for \(0,\) must be a single 0 or 1"),
        (lambda a: None, 1, TypeError, r"the output for \(0,\) must hold real numbers"),
    ],
)
def test_truth_table_refuses(function, n, error, message):
    with pytest.raises(error, match=message):
        truth_table(function, n)


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_every_function_of_up_to_three_inputs_is_a_two_layer_network(n):
    count = 0
    for outputs in all_functions(n):
        network = from_truth_table(outputs)
        assert tuple(truth_table(network).tolist()) == outputs
        assert network.n_inputs == n
        assert network.n_neurons == sum(outputs) + 1
        count += 1
    assert count == 2**2**n


@given(st.integers(4, 7).flatmap(lambda n: st.lists(st.booleans(), min_size=2**n, max_size=2**n)))
def test_larger_functions_too(outputs):
    network = from_truth_table(outputs)
    columns = binary_inputs(network.n_inputs).T
    assert network(*columns).tolist() == outputs


def test_each_hidden_neuron_fires_for_its_row_alone():
    outputs = np.array([0, 1, 1, 0, 1, 0, 0, 1])
    hidden = from_truth_table(outputs).hidden(*binary_inputs(3).T)
    np.testing.assert_array_equal(hidden, np.eye(8)[:, outputs == 1])


def test_the_largest_table_is_accepted_and_the_next_refused_with_its_price():
    parity = binary_inputs(10).sum(axis=1) % 2
    network = from_truth_table(parity)
    assert network.n_neurons == 513
    np.testing.assert_array_equal(network(*binary_inputs(10).T), parity)
    with pytest.raises(ValueError, match="at most 10 inputs, got 11: it would take 2049 neurons"):
        from_truth_table(np.ones(2**11))


@pytest.mark.parametrize(
    ("outputs", "error", "message"),
    [
        ([0, 1, 1], ValueError, r"one output for each row, got shape \(3,\)"),
        ([], ValueError, r"one output for each row, got shape \(0,\)"),
        ([[0, 1]], ValueError, r"got shape \(1, 2\)"),
        (1, ValueError, r"got shape \(\)"),
        ([0, 2], ValueError, "outputs must be 0 or 1, got 2"),
        (["a", "b"], TypeError, "outputs must hold real numbers"),
    ],
)
def test_from_truth_table_refuses(outputs, error, message):
    with pytest.raises(error, match=message):
        from_truth_table(outputs)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 1], [0], [1], 0), r"hidden_weights must have shape \(m, n\), got shape \(2,\)"),
        (([[1, 1]], [0, 0], [1], 0), r"hidden_bias must have shape \(1,\), got shape \(2,\)"),
        (([[1, 1]], [0], [1, 1], 0), r"output_weights must have shape \(1,\), got shape \(2,\)"),
        (([[1, 1]], [0], [1], [0]), r"output_bias must be a single number, got shape \(1,\)"),
        (([[1, np.nan]], [0], [1], 0), "hidden_weights must be finite numbers, got nan"),
    ],
)
def test_a_network_checks_its_numbers(arguments, message):
    with pytest.raises(ValueError, match=message):
        LogicNetwork(*arguments)


def test_a_network_does_not_share_or_change_its_numbers():
    weights = np.array([[1.0, 1.0]])
    network = LogicNetwork(weights, [-0.5], [1], -0.5)
    weights[...] = 0
    assert network(1, 0) == 1
    with pytest.raises(ValueError, match="read-only"):
        network.hidden_weights[0, 0] = 0


def test_a_network_refuses_the_wrong_number_of_inputs():
    with pytest.raises(TypeError, match="the network takes 2 inputs, got 1"):
        from_truth_table([0, 1, 1, 0])(1)
