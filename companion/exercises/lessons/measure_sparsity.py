"""Exercises of the lesson `measure_sparsity`."""

import numpy as np

from companion.exercises._answers import Hint, function, number
from companion.exercises._engine import exercise
from companion.network import shrink

_SUMS = np.array(
    [[0.3, -5.0, 2.0, 0.1, 1.2], [-1.0, -2.0, -0.5, -4.0, -3.0], [9.0, 8.0, -20.0, 6.0, 5.0]]
)


@exercise("sparse-shrink")
def sparse_shrink(answer):
    """Write the proximal step for L1: every weight moves towards 0 and stops there."""
    given = function(answer, "your `my_shrink`")
    weights = np.array([-3.0, -1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0, 3.0])
    amount = 0.5
    right = weights.copy()
    shrink(right, amount)
    after = given(weights, amount)
    if np.allclose(after, right):
        matrix = np.linspace(-2, 2, 12).reshape(3, 4)
        shrunk = matrix.copy()
        shrink(shrunk, 0.3)
        if not np.allclose(given(matrix, 0.3), shrunk):
            raise Hint(
                "Right for a list of weights, and wrong for a matrix of them, at amount 0.3."
            )
        return (
            "Large weights lose the amount, small ones become exactly 0, and no weight changes "
            "sign. That is the exact minimum of the penalty plus half the squared way."
        )
    if np.allclose(after, weights):
        raise Hint("Nothing has moved. By how much is each weight to come nearer to 0?")
    if np.allclose(after, weights - amount * np.sign(weights)):
        raise Hint(
            "Large weights are right. But 0.2 has become −0.3: it jumped over 0. Where should it "
            "have stopped?"
        )
    if np.allclose(after, np.where(np.abs(weights) > amount, weights, 0.0)):
        raise Hint(
            "The small ones are right. But 3 is still 3: a penalty on size pulls at large weights "
            "as well, with the same force."
        )
    if np.allclose(after, np.maximum(weights - amount, 0.0)):
        raise Hint("Right for positive weights. What should become of −3?")
    if np.allclose(after, weights - amount):
        raise Hint("That moves every weight to the left. Towards 0 means: against its own sign.")
    if np.allclose(after, np.abs(right)):
        raise Hint("The sizes are right. Which numbers had a minus sign before?")
    if np.allclose(after, weights * (1 - amount)):
        raise Hint(
            "That takes a share of each weight, as weight decay does, so none ever reaches 0. "
            "Here each loses the same amount."
        )
    worst = int(np.argmax(np.abs(after - right)))
    raise Hint(
        f"With an amount of 0.5, {weights[worst]:g} becomes {after[worst]:.3g} with you. How far "
        "may it move, and where must it stop?"
    )


@exercise("sparse-winners")
def sparse_winners(answer):
    """Keep the k largest sums of each row, and put 0 for the others."""
    given = function(answer, "your `my_winners`")
    for k in (2, 1, 4):
        kept = given(_SUMS, k)
        order = np.argsort(-_SUMS, axis=1)[:, :k]
        right = np.zeros_like(_SUMS)
        np.put_along_axis(right, order, np.take_along_axis(_SUMS, order, 1), 1)
        if np.allclose(kept, right):
            continue
        if np.allclose(kept, np.where(right != 0, 1.0, 0.0)):
            raise Hint("You mark the winners with 1. They should pass on the sums they had.")
        if np.allclose(kept, np.where(right == 0, _SUMS, 0.0)):
            raise Hint("The losers stay and the winners are gone: turn the condition round.")
        by_size = np.argsort(-np.abs(_SUMS), axis=1)[:, :k]
        sized = np.zeros_like(_SUMS)
        np.put_along_axis(sized, by_size, np.take_along_axis(_SUMS, by_size, 1), 1)
        if np.allclose(kept, sized):
            raise Hint(
                "You rank by size, so −20 wins in the third row. Here a strong sum is a large one: "
                "−20 is the weakest of its row."
            )
        all_rows = np.where(np.sort(_SUMS, axis=None)[-k] <= _SUMS, _SUMS, 0.0)
        if np.allclose(kept, all_rows):
            raise Hint(
                "You look for the strongest of the whole batch. Each row is an example of its own, "
                "and has its own winners."
            )
        if np.allclose(kept, np.maximum(right, 0.0)):
            raise Hint(
                "In the second row all sums are negative, and it has winners all the same: "
                "−0.5 is the largest."
            )
        if np.allclose(kept, _SUMS):
            raise Hint("Nothing has been put to 0 yet. How many of the five units may stay?")
        counts = np.count_nonzero(kept, axis=1)
        raise Hint(
            f"For k = {k} your rows keep {counts.tolist()} units, and they should be the "
            f"{k} largest of each row, at their old places. `np.argsort` tells the places."
        )
    return (
        "Each row keeps its own k, whatever the signs, at their old places. The sparsity is "
        "exact for every example, where ReLU's depends on weights and data."
    )


@exercise("sparse-storage")
def sparse_storage(times_smaller):
    """Say how many times smaller a pruned and quantised network is than the full one."""
    given = number(times_smaller, "your factor")
    slips = {
        10.0: "That is pruning alone: it counts weights. How many bits does each of them take now?",
        320 / 6: "You have found the bits of the values. Somebody who reads them has to know "
        "which weights they are.",
        32 / 6: "You store all 10 000 weights with 6 bits. How many are left to store?",
        2.0: "You store 16 bits for each of the 10 000 weights. How many are left to store?",
        32.0: "Of the two things stored for a weight, you count one: it has a value and a place.",
        1 / 20: "Upside down: how many of the small ones fit into the large one?",
        16000.0: "Those are the bits of the small network. How often do they fit into the other?",
    }
    if np.isclose(given, 20.0, rtol=1e-6):
        return (
            "320 000 bits against 16 000. Most of the 16 bits of a weight now say where it stands: "
            "irregular sparsity has to be paid for."
        )
    for slip, hint in slips.items():
        if np.isclose(given, slip, rtol=0.005):
            raise Hint(hint)
    raise Hint(
        f"{given:g} is not it. Count the bits of the full network, then those of the small one: "
        "weights that stay, times the bits for a value and for a place."
    )


@exercise("sparse-break-even")
def sparse_break_even(density):
    """Say below which density the sparse product of an imagined machine is faster."""
    given = number(density, "your density")
    slips = {
        0.2: "Nearly. The sparse product has 10 µs to pay before it multiplies anything.",
        0.22: "The 10 µs make the sparse product slower, so they lower the density. Mind the sign.",
        18.0: "Is that in per cent? Please give the share itself.",
        0.82: "That is the share of zeros. The density is the share of the others.",
        5.0: "Upside down? A density lies between 0 and 1.",
        50 / 9: "Upside down? A density lies between 0 and 1.",
    }
    if np.isclose(given, 0.18, atol=1e-9):
        return (
            "10 + 500·0.18 = 100. So a network with four fifths of its weights gone would still "
            "run slower there than the full one."
        )
    for slip, hint in slips.items():
        if np.isclose(given, slip, rtol=0.005):
            raise Hint(hint)
    raise Hint(
        f"At a density of {given:g} the sparse product takes {10 + 500 * given:.4g} µs, and the "
        "full one 100 µs. Where are the two equal?"
    )
