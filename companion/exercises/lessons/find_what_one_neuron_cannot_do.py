"""Exercises of the lesson `find_what_one_neuron_cannot_do`."""

import numpy as np

from companion.exercises._answers import Hint, array, integer, number, numbers
from companion.exercises._engine import exercise
from companion.neurons import binary_inputs

_ROWS = binary_inputs(2)


@exercise("alike-certificate")
def alike_certificate(multipliers: object) -> str:
    """Give multipliers that add the four inequalities of “both alike” up to nonsense."""
    shares = np.array(numbers(multipliers, 4, "your multipliers"))
    if (shares < 0).any():
        raise Hint("No multiplier may be negative: that would turn an inequality round.")
    if not shares.any():
        raise Hint("All zeros prove nothing: at least one inequality has to be used.")
    signs = np.array([1, -1, -1, 1])
    left = (shares * signs) @ np.column_stack([_ROWS, np.ones(4)])
    for name, rest in zip(("w₁", "w₂", "the bias"), left, strict=True):
        if abs(rest) > 1e-9:
            raise Hint(
                f"Adding up leaves {rest:g} times {name}: the multipliers have to cancel it."
            )
    return (
        "Everything cancels on the left, and on the right something positive is left: 0 ≥ that is "
        "false. Any four equal numbers above 0 do, and nothing else does."
    )


@exercise("alike-clash")
def alike_clash(ones: object, zeros: object) -> str:
    """Find two inputs with answer 1 and two with answer 0 that have the same sum."""
    pairs = {}
    for name, value in (("your ones", ones), ("your zeros", zeros)):
        pairs[name] = array(value, name, shape=(2, 3))
        if not np.isin(pairs[name], [0, 1]).all():
            raise Hint(f"{name.capitalize()} should be rows of bits, each 0 or 1.")
    fires = {name: pair.sum(axis=1) % 3 == 0 for name, pair in pairs.items()}
    if not fires["your ones"].all():
        raise Hint("Only 000 and 111 have answer 1: use these among your ones.")
    if fires["your zeros"].any():
        raise Hint("000 and 111 have answer 1, so they cannot stand among your zeros.")
    first, second = (pair.sum(axis=0).astype(int).tolist() for pair in pairs.values())
    if len({tuple(row) for row in pairs["your ones"]}) == 1:
        raise Hint(
            f"Your ones sum to {first}. Which two rows of bits can sum to that but these two? "
            "Take two different ones."
        )
    if first != second:
        raise Hint(f"Your ones sum to {first} and your zeros to {second}: they have to agree.")
    return (
        "A row and its opposite always sum to 111. The neuron hears the same from both pairs, and "
        "should answer yes, yes to one and no, no to the other."
    )


@exercise("cover-capacity")
def cover_capacity(every_labelling: object, half_of_them: object) -> str:
    """Say for how many points a neuron with 9 inputs makes all labellings, and half of them."""
    every = integer(every_labelling, "the number of points with every labelling", low=1)
    half = integer(half_of_them, "the number of points with half of the labellings", low=1)
    if every == 9:
        raise Hint("With 9 points all is possible, and with one more as well: count the bias.")
    if every != 10:
        raise Hint("All labellings are possible for as many points as the neuron has parameters.")
    if half == 18:
        raise Hint("Nearly: that is twice the inputs. A neuron has a bias, too.")
    if half != 20:
        raise Hint("Where in the figure do all curves cross 50 %, and how many points is that?")
    return (
        "Ten parameters, so 10 points are always possible, and with 20 points half of all "
        "labellings are. A fit to fewer than 20 points is not much of a surprise."
    )


@exercise("parity-from-counters")
def parity_from_counters(output_weights: object, output_bias: object) -> str:
    """Give the output neuron that makes parity of three counters."""
    weights = np.array(numbers(output_weights, 3, "your weights"))
    bias = number(output_bias, "your bias")
    for ones, code in enumerate(((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1))):
        total = float(np.dot(weights, code) + bias)
        if (total > 0) != (ones % 2 == 1):
            doing = "fires" if total > 0 else "stays silent"
            tie = " A sum of exactly 0 does not fire." if total == 0 else ""
            raise Hint(
                f"With {ones} ones the hidden layer says {code}, your sum is {total:g}, and the "
                f"neuron {doing}.{tie}"
            )
    return (
        "Each further 1 switches one more counter on, and the signs alternate: so parity of n "
        "inputs takes n hidden neurons, not the 2ⁿ⁻¹ of the normal form."
    )
