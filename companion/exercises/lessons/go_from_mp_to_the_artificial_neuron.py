"""Exercises of the lesson `go_from_mp_to_the_artificial_neuron`."""

import numpy as np

from companion.activations import swish
from companion.exercises._answers import Hint, choice, function, integer, number, numbers
from companion.exercises._engine import exercise
from companion.neurons import binary_inputs

_LEVEL = -0.15
_WISHES = ("non-linear", "continuous", "moderate slope", "tells size", "monotone")


@exercise("layer-shapes")
def layer_shapes(
    first_weights: object, second_weights: object, output: object, parameters: object
) -> str:
    """Give the shapes of two layers on a batch of 32, and count their parameters."""
    given = {
        "the first weights": (first_weights, (128, 784)),
        "the second weights": (second_weights, (10, 128)),
        "the output": (output, (32, 10)),
    }
    for name, (answer, wanted) in given.items():
        shape = numbers(answer, 2, f"the shape of {name}")
        if shape == wanted[::-1]:
            raise Hint(f"The two numbers are right, but {name} have them the other way round: "
                       "one row for each neuron, one row for each input.")  # fmt: skip
        if shape != wanted:
            raise Hint(
                f"The shape of {name} is something else than {tuple(int(n) for n in shape)}: who "
                "has a row there, and how many numbers are in it?"
            )
    count = integer(parameters, "the number of parameters", low=1)
    if count == 128 * 784 + 10 * 128:
        raise Hint("Those are the weights. The biases count, too.")
    if count != 128 * 784 + 128 + 10 * 128 + 10:
        raise Hint("Add up, for both layers, the weights and one bias for each neuron.")
    return "The batch appears in no weight: the same 101 770 parameters serve any number of inputs."


@exercise("fold-layers")
def fold_layers(fold: object) -> str:
    """Write the function that folds two linear layers into one."""
    mine = function(fold, "your `fold`", shape=[(None, None), (None,)], outputs=2)
    rng = np.random.default_rng(2)
    for d, m, k in ((3, 4, 2), (2, 2, 2), (5, 1, 3)):
        W1, b1 = rng.normal(size=(m, d)), rng.normal(size=m)  # noqa: N806
        W2, b2 = rng.normal(size=(k, m)), rng.normal(size=k)  # noqa: N806
        W, b = mine(W1, b1, W2, b2)  # noqa: N806
        if np.shape(W) != (k, d):
            raise Hint(
                f"For layers {d} → {m} → {k} your weights have shape {np.shape(W)}; the one layer "
                f"hears {d} numbers and has {k} neurons."
            )
        if np.shape(b) != (k,):
            raise Hint(f"Your bias has shape {np.shape(b)}, and there are {k} neurons.")
        if not np.allclose(W, W2 @ W1):
            raise Hint(
                "Your weights differ from the product of the two. In which order do they act?"
            )
        if np.allclose(b, b1 + b2 if m == k else b2):
            raise Hint("Your bias forgets that the second layer also weighs the first one's bias.")
        if not np.allclose(b, W2 @ b1 + b2):
            raise Hint(
                "Your weights are right. What comes out of both layers for an input of zeros?"
            )
    return "Weights multiply, later ones on the left, and the first bias passes the second layer."


@exercise("dip-and")
def dip_and(and_weights: object, and_bias: object) -> str:
    """Give a Swish neuron whose output lies below −0.15 for the row 11 only."""
    weights = np.array(numbers(and_weights, 2, "your weights"))
    bias = number(and_bias, "your bias")
    rows = binary_inputs(2)
    sums = rows @ weights + bias
    for row, z, a in zip(rows.tolist(), sums, swish(sums), strict=True):
        if (a < _LEVEL) != (row == [1, 1]):
            side = "below" if a < _LEVEL else "above"
            raise Hint(
                f"For the row {row[0]}{row[1]} the sum is {z:g} and the output {a:.3f}, {side} the "
                "level: which side should it be on?"
            )
    return (
        "Only the row 11 is in the dip. An AND needs one boundary and Swish offers two, so the "
        "other one just has to stay out of the way."
    )


@exercise("judge-absolute")
def judge_absolute(wish: object, fall: object) -> str:
    """Say which wish the absolute value breaks, and by how much it falls."""
    wish = choice(wish, _WISHES, "the wish")
    fall = number(fall, "the fall")
    if wish == "non-linear":
        raise Hint("It is made of two straight pieces, and two pieces at an angle are not a line.")
    if wish == "continuous":
        raise Hint("It has a kink at 0, and a kink is no jump.")
    if wish == "moderate slope":
        raise Hint("Its slope is −1 or 1, and steepness does not ask for the sign.")
    if wish == "tells size":
        raise Hint("It tells 8 from 16, though not 8 from −8.")
    if fall == 0:
        raise Hint("Walk from −16 to 0: does the output rise?")
    if fall < 0:
        raise Hint("Give the size of the fall, as a positive number.")
    if fall != 16:
        raise Hint("What is |x| at −16, and what is the least it comes down to?")
    return (
        "It falls from 16 to 0 before it rises, and so it cannot tell an input from its opposite."
    )
