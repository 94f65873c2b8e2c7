"""Exercises of the lesson `wire_neurons_into_networks`."""

import math
from itertools import product

import numpy as np

from companion.exercises._answers import Hint, function, integer, number, numbers
from companion.exercises._engine import exercise


@exercise("switch-with-memory")
def switch_with_memory(input_weights: object, own_weight: object, bias: object) -> str:
    """Design one threshold neuron with a loop that an on sets and an off resets."""
    weights = np.array(numbers(input_weights, 2, "your input weights"))
    own = number(own_weight, "the weight of its own last output")
    bias = number(bias, "your bias")
    for on, off, last in product((0, 1), repeat=3):
        total = float(weights @ [on, off] + own * last + bias)
        wanted = not off and (on or last)
        if (total > 0) != bool(wanted):
            doing = "fires" if total > 0 else "stays silent"
            tie = " A sum of exactly 0 does not fire." if total == 0 else ""
            raise Hint(
                f"With on = {on}, off = {off} and a last output of {last} your sum is {total:g}, "
                f"so the neuron {doing}.{tie}"
            )
    return (
        "One neuron and one loop hold a bit for as long as you like. Two stable states while "
        "nothing comes in are all that a memory needs."
    )


@exercise("hebb-weights")
def weights_by_hebb(weights: object) -> str:
    """Write the function that makes a Hopfield network's weights from its patterns."""
    mine = function(weights, "your `hebb_weights`", shape=(None, None))
    rng = np.random.default_rng(4)
    for count, neurons in ((3, 7), (1, 4), (5, 20)):
        patterns = rng.choice([-1, 1], size=(count, neurons))
        found = mine(patterns)
        wanted = patterns.T @ patterns / neurons
        np.fill_diagonal(wanted, 0)
        if np.shape(found) != (neurons, neurons):
            raise Hint(
                f"For {count} patterns of {neurons} neurons your weights have shape "
                f"{np.shape(found)}: there is one for each pair of neurons."
            )
        if np.allclose(found, wanted):
            continue
        off = ~np.eye(neurons, dtype=bool)
        if np.allclose(found[off], wanted[off]):
            raise Hint("Right between different neurons. Does a neuron hear itself?")
        if np.allclose(found[off], wanted[off] * neurons):
            raise Hint("The sums are right. By what number does the formula divide them?")
        if np.allclose(found[off], wanted[off] * neurons / count):
            raise Hint("You divide by the number of patterns; the formula divides by N.")
        raise Hint("For each pair of neurons: where do they agree, and where do they differ?")
    return "One matrix product does all pairs and all patterns, and the diagonal is taken out."


@exercise("hopfield-capacity")
def hopfield_capacity(few_errors: object, no_errors: object) -> str:
    """Say how many patterns fit into 2000 neurons, with few errors and with none."""
    few = integer(few_errors, "the number with few errors", low=0)
    none = integer(no_errors, "the number without errors", low=0)
    if (few, none) == (131, 276):
        raise Hint("These are the two numbers, the other way round: which demand is stricter?")
    if few != 276:
        raise Hint("For few errors, which share of N does statistical physics name?")
    if none == int(2000 / (2 * math.log10(2000))):
        raise Hint("That is with the logarithm to base 10; the formula has the natural one.")
    if none == int(2000 / (4 * math.log(2000))):
        raise Hint("That many fit if *all* have to be perfect; here it is most of them.")
    if none != 131:
        raise Hint("For perfect recall, put N = 2000 into N / (2 ln N) and round down.")
    return "The stricter demand costs more than half, and the larger N is, the larger its part."


@exercise("messages-by-hand")
def messages_by_hand(after_one: object, after_two: object) -> str:
    """Give what three people in a row hold after one and after two rounds of messages."""
    one = np.array(numbers(after_one, 3, "the numbers after one round"))
    two = np.array(numbers(after_two, 3, "the numbers after two rounds"))
    if np.allclose(one, [3, 6, 3]):
        raise Hint("You left out each person's own number: the mean is over both.")
    if np.allclose(one, [5, 5, 5]):
        raise Hint("The outer two do not know each other, so they do not hear each other.")
    rounds = (
        ("one round", one, (1.5, 5, 7.5)),
        ("two rounds", two, (3.25, 14 / 3, 6.25)),
    )
    for name, given, wanted in rounds:
        for person, (mine, right) in enumerate(zip(given, wanted, strict=True), 1):
            if abs(mine - right) > 1e-3:
                raise Hint(
                    f"After {name}, person {person} should hold another number than {mine:g}: whom "
                    "does that person hear, and what did they hold before?"
                )
    return "The numbers draw together. After many rounds they would be all alike, and tell nothing."
