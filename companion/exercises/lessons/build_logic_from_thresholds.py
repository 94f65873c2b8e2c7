"""Exercises of the lesson `build_logic_from_thresholds`."""

import numpy as np

from companion.exercises._answers import Hint, array, choice, function, number, numbers
from companion.exercises._engine import exercise
from companion.neurons import Gate, binary_inputs

_ROWS = binary_inputs(2)


@exercise("nor-bias")
def nor_bias(low: object, high: object, included: object) -> str:
    """Find all biases with which the weights −1, −1 make a NOR, and which end is one of them."""
    low = number(low, "the low end")
    high = number(high, "the high end")
    included = choice(included, ["low", "high", "both", "neither"], "the included end")
    if low >= high:
        raise Hint("The low end comes first, and the high end lies above it.")
    if low < 0:
        raise Hint("A bias below 0 keeps the neuron silent for 0, 0, the one row where NOR fires.")
    if low > 0:
        raise Hint("A smaller positive bias works too: what is the weighted sum for 0, 0?")
    if high == 2:
        raise Hint("That is how far row 1, 1 lets you go. Which row is stricter?")
    if high > 1:
        raise Hint(f"With a bias of {high:g}, what is the sum for 0, 1, and should the gate fire?")
    if high < 1:
        raise Hint("A larger bias works too: how far can it go before row 0, 1 fires?")
    if included in ("low", "both"):
        raise Hint("At the low end the sum for 0, 0 is exactly 0. Does the neuron fire there?")
    if included == "neither":
        raise Hint("At the high end the sum for 0, 1 is exactly 0. Is that wrong for a NOR?")
    return (
        "Row 0, 0 asks for b > 0, and rows 0, 1 and 1, 0 ask for b − 1 ≤ 0: a sum of exactly 0 is "
        "silent, which is wrong at the low end and right at the high end."
    )


@exercise("implication-neuron")
def implication_neuron(weights: object, bias: object) -> str:
    """Give the weights and the bias of one neuron that computes “if a then b”."""
    weights = np.array(numbers(weights, 2, "your weights"))
    bias = number(bias, "your bias")
    sums = _ROWS @ weights + bias
    fires = (sums > 0).astype(int)
    if fires.tolist() == [1, 0, 1, 1]:
        raise Hint("That is “if b then a”: it is silent for a = 0, b = 1. Which row breaks a rule?")
    for (a, b), z, fired, wanted in zip(_ROWS, sums, fires, [1, 1, 0, 1], strict=True):
        if fired == wanted:
            continue
        doing = "fires" if fired else "stays silent"
        truth = "kept" if wanted else "broken"
        tie = " A sum of exactly 0 does not fire." if z == 0 else ""
        raise Hint(
            f"For a = {a}, b = {b} the sum is {z:g}, so your neuron {doing}, and there the rule "
            f"“if a then b” is {truth}.{tie}"
        )
    return (
        "The rule is broken in one row only, a = 1 and b = 0: a inhibits, b excites, and the bias "
        "is large enough to fire without either."
    )


@exercise("xor-network")
def xor_network(first: object, second: object, output: object) -> str:
    """Build XOR from two hidden neurons and an output neuron, each a pair (weights, bias)."""
    hidden = np.column_stack(
        [_fire(_ROWS, first, "the first neuron"), _fire(_ROWS, second, "the second neuron")]
    )
    outputs = _fire(hidden, output, "the output neuron")
    wanted = _ROWS.sum(axis=1) % 2
    codes = [tuple(code) for code in hidden.tolist()]
    for i, j in ((0, 1), (0, 2), (1, 3), (2, 3)):
        if codes[i] == codes[j]:
            raise Hint(
                f"Your hidden neurons give {_bits(codes[i])} both for {_bits(_ROWS[i])} and for "
                f"{_bits(_ROWS[j])}, and XOR differs there: no output neuron can tell them apart."
            )
    if len(set(codes)) == 4:
        raise Hint(
            "Your hidden neurons still tell all four inputs apart, so the output neuron has a XOR "
            "to solve again. For which two inputs should the hidden layer look the same?"
        )
    for row, code, given, right in zip(_ROWS, codes, outputs, wanted, strict=True):
        if given != right:
            raise Hint(
                f"The hidden layer is fine. For {_bits(row)} it gives {_bits(code)}, and your "
                f"output neuron makes {given} of that."
            )
    return (
        "The hidden layer folds two inputs with the same answer onto one point. A line can split "
        "what is left, and the output neuron is that line."
    )


@exercise("silent-once")
def silent_once(silent_at: object) -> str:
    """Write a function of a row of bits that returns the neuron silent for that row alone."""
    mine = function(silent_at, "your `silent_at`", shape=[(None,), ()], outputs=2)
    for n in (2, 1, 3, 4):
        rows = binary_inputs(n)
        for row in rows:
            weights, bias = mine(row)
            if np.shape(weights) != (n,):
                raise Hint(
                    f"For the row {_bits(row)} the neuron needs {n} "
                    f"weight{'s' if n > 1 else ''}, and yours has {len(weights)}."
                )
            _judge_silent(rows, row, rows @ weights + bias)
    return (
        "It is the neuron that fires for that row alone, with every sign turned: an AND of such "
        "neurons, one for each 0 in a truth table, computes that table too."
    )


def _judge_silent(rows: np.ndarray, row: np.ndarray, sums: np.ndarray) -> None:
    """Say where the sums of one neuron are on the wrong side."""
    own = (rows == row).all(axis=1)
    if sums[own] > 0 and not (sums[~own] > 0).any():
        raise Hint(
            f"For the row {_bits(row)} your neuron fires there and nowhere else. It should do the "
            "opposite: what do you get from turning all its signs?"
        )
    if sums[own] > 0:
        raise Hint(
            f"For the row {_bits(row)} your neuron's sum is {sums[own][0]:g} at that row itself, "
            "so it fires where it should be silent."
        )
    if not (sums[~own] > 0).all():
        other, z = next((x, z) for x, z in zip(rows[~own], sums[~own], strict=True) if z <= 0)
        raise Hint(
            f"For the row {_bits(row)} your neuron is silent for {_bits(other)} as well: its sum "
            f"is {z:g} there."
        )


def _fire(inputs: np.ndarray, answer: object, name: str) -> np.ndarray:
    """Return the bits of one neuron that a reader gave as a gate or as a pair (weights, bias)."""
    if isinstance(answer, Gate):
        answer = (answer.weights, answer.bias)
    if not isinstance(answer, list | tuple) or len(answer) != 2:
        raise Hint(
            f"{name.capitalize()} should be a pair: two weights in a list, and the bias, as in "
            "`([1, 1], -1.5)`."
        )
    weights = array(answer[0], f"the weights of {name}", shape=(2,))
    bias = number(answer[1], f"the bias of {name}")
    return (inputs @ weights + bias > 0).astype(int)


def _bits(row) -> str:
    return f"({', '.join(str(bit) for bit in row)})"
