"""The 1943 neuron, against its rule in plain Python and against today's neuron."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.neurons import binary_inputs, mcculloch_pitts_1943, mp_neuron, truth_table

bits = st.lists(st.integers(0, 1), max_size=6)
thresholds = st.one_of(st.integers(1, 7), st.floats(0.01, 7))


@given(bits, bits, thresholds)
def test_it_is_the_rule_of_the_paper(excitatory, inhibitory, threshold):
    expected = 1 not in inhibitory and excitatory.count(1) > threshold
    output = mcculloch_pitts_1943(excitatory, inhibitory, threshold)
    assert type(output) is int
    assert output == int(expected)


@given(bits, bits, thresholds)
def test_without_excitation_it_is_silent(excitatory, inhibitory, threshold):
    assert mcculloch_pitts_1943([0] * len(excitatory), inhibitory, threshold) == 0


@given(bits, bits, thresholds)
def test_many_inhibitory_synapses_make_todays_neuron_agree(excitatory, inhibitory, threshold):
    # The remark under Theorem 4: absolute inhibition is relative inhibition, given often enough.
    weights = [1] * len(excitatory) + [-len(excitatory)] * len(inhibitory)
    today = mp_neuron(excitatory + inhibitory, weights, -threshold)
    assert mcculloch_pitts_1943(excitatory, inhibitory, threshold) == today


def test_weight_minus_one_and_absolute_inhibition_differ_exactly_where_excess_is_left():
    rows = binary_inputs(4)
    absolute = mcculloch_pitts_1943(rows[:, :3], rows[:, 3:], 1)
    relative = mp_neuron(rows, [1, 1, 1, -1], -1)
    differ = [tuple(row) for row in rows[absolute != relative].tolist()]
    assert differ == [(1, 1, 1, 1)]


def test_the_nets_of_figure_1():
    """(b) OR, (c) AND, (d) the first but not the second."""
    assert truth_table(lambda a, b: mcculloch_pitts_1943([a, a, b, b], [], 1), 2).tolist() == [
        0,
        1,
        1,
        1,
    ]
    assert truth_table(lambda a, b: mcculloch_pitts_1943([a, b], [], 1), 2).tolist() == [0, 0, 0, 1]
    assert truth_table(lambda a, b: mcculloch_pitts_1943([a, a], [b], 1), 2).tolist() == [
        0,
        0,
        1,
        0,
    ]


def test_a_batch_is_a_loop_and_no_inhibition_fits_any_batch():
    rows = np.array(list(itertools.product([0, 1], repeat=5)))
    batch = mcculloch_pitts_1943(rows[:, :3], rows[:, 3:], 1)
    loop = [mcculloch_pitts_1943(row[:3], row[3:], 1) for row in rows]
    assert batch.dtype == np.int64
    assert batch.tolist() == loop
    assert mcculloch_pitts_1943(rows[:, :3], [], 1).shape == (32,)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([2], [], 1), ValueError, "excitatory must be 0 or 1, got 2"),
        (([1], [np.nan], 1), ValueError, "inhibitory must be 0 or 1, got nan"),
        ((1, [], 1), ValueError, "excitatory must have shape"),
        (([1], 1, 1), ValueError, "inhibitory must have shape"),
        (([1], [], 0), ValueError, "threshold must be a single number greater than 0, got 0"),
        (([1], [], -1), ValueError, "threshold must be a single number greater than 0"),
        (([1], [], [1]), ValueError, "threshold must be a single number greater than 0"),
        (([1], [], np.nan), ValueError, "threshold must be finite numbers, got nan"),
        (([1], [], "1"), TypeError, "threshold must hold real numbers"),
        (([[1], [1]], [[1], [1], [1]], 1), ValueError, r"same moments, got shapes \(2, 1\)"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(arguments, error, message):
    with pytest.raises(error, match=message):
        mcculloch_pitts_1943(*arguments)
