"""The targets of the threshold neuron are the gates, and its alt text tells their truth."""

import itertools

import numpy as np
import pytest

from companion.explorables import explore_threshold_neuron
from companion.explorables._threshold import TARGETS
from companion.neurons import GATES, binary_inputs, mp_neuron, truth_table

# All that the sliders can reach.
STOPS = np.arange(-3, 3.25, 0.25)


@pytest.mark.parametrize("name", [name for name in TARGETS if name in GATES])
def test_the_targets_are_the_gates(name):
    assert tuple(truth_table(GATES[name])) == TARGETS[name]


def test_the_other_targets_are_what_they_are_called():
    x1, x2 = binary_inputs(2).T
    assert TARGETS["XOR"] == tuple(x1 ^ x2)
    assert TARGETS["XNOR"] == tuple(1 - (x1 ^ x2))
    assert TARGETS["x₁ but not x₂"] == tuple(x1 & (1 - x2))
    assert TARGETS["if x₁ then x₂"] == tuple((1 - x1) | x2)


def rows_right():
    """Return, for every target, how many rows each setting of the sliders has right."""
    inputs = binary_inputs(2)
    found = {name: set() for name in TARGETS}
    for w1, w2 in itertools.product(STOPS, STOPS):
        sums = inputs @ [w1, w2]
        fires = (sums[None, :] + STOPS[:, None] > 0).astype(int)
        for name, wanted in TARGETS.items():
            found[name] |= set((fires == wanted).sum(axis=1).tolist())
    return found


def test_the_sliders_reach_all_targets_but_two():
    for name, counts in rows_right().items():
        if name in ("XOR", "XNOR"):
            assert counts == {1, 2, 3}
        else:
            assert max(counts) == 4


def test_the_alt_text_describes_the_first_state():
    start = {
        p["name"]: p["value"] for p in explore_threshold_neuron().spec["params"] if "bind" in p
    }
    fires = mp_neuron(binary_inputs(2), [start["w1"], start["w2"]], start["bias"])
    assert tuple(fires) == TARGETS["OR"]
    assert start["target"] == "AND"
    right = fires == np.array(TARGETS["AND"])
    assert right.tolist() == [True, False, False, True]
