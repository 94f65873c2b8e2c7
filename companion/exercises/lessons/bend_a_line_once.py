"""Exercises of the lesson `bend_a_line_once`."""

import itertools

import numpy as np

from companion.activations import relu
from companion.exercises._answers import Hint, array, function, numbers
from companion.exercises._engine import exercise
from companion.mirrors import MIRRORS, run_network
from companion.regions import bends

# The three units of "relu-bends": w x + b.
_WEIGHTS, _BIASES = np.array([2.0, -1.0, 4.0]), np.array([3.0, 2.0, -2.0])

# The network of "relu-mirror-rewrite".
_NETWORK = (
    np.array([[1.0, 3.0], [-2.0, 1.0], [0.5, -1.0]]),
    np.array([0.5, -1.0, 2.0]),
    np.array([[2.0, -1.0, 4.0]]),
    np.array([-3.0]),
)


@exercise("relu-bends")
def relu_bends(answer):
    """Say where the network relu(2x + 3) + relu(2 − x) + relu(4x − 2) bends."""
    given = np.sort(numbers(answer, 3, "the places of the bends"))
    right = bends(_WEIGHTS, _BIASES)
    if np.allclose(given, right):
        return (
            "A unit bends the line where its own input w·x + b is 0, so at −b/w. The sign of w "
            "says on which side the unit is on; it does not move the bend."
        )
    slips = (
        (-right, "mirrored at 0. Put one of your places into w·x + b: is the sum 0 there?"),
        (-_BIASES, "right for weights of 1. How far must x move for 2x to make up for 3?"),
        (-_BIASES / np.abs(_WEIGHTS), "right but for the unit with the negative weight."),
        (-_WEIGHTS / _BIASES, "upside down: solve w·x + b = 0 for x once more."),
    )
    for slip, what in slips:
        if np.allclose(given, np.sort(slip)):
            raise Hint(f"Your places are {what}")
    found = sum(np.isclose(given, place).any() for place in right)
    raise Hint(
        f"You have found {('none', 'one', 'two')[found]} of the three places. "
        "Take each unit alone: for which x is its w·x + b equal to 0?"
    )


@exercise("relu-derivative")
def relu_derivative(answer):
    """Write the derivative of ReLU from ReLU's input, with slope 0 at the kink."""
    given = function(answer, "your `my_relu_derivative`")
    x = np.array([-30.0, -2.0, -1e-9, 0.0, 1e-9, 0.5, 2.0, 30.0])
    slope = given(x)
    left, kink, right = slope[x < 0], slope[x == 0], slope[x > 0]
    if (slope == 1).all():
        raise Hint(
            "Your slope is 1 for every input, also at −2. That is what `>= 0` gives when it is "
            "asked of ReLU's output, which is never negative. Which number does tell on which "
            "side of the kink you stand?"
        )
    if np.array_equal(slope, relu(x)):
        raise Hint("That is ReLU's value. How fast does it change: at 2, and at 30?")
    if (slope == 0).all():
        raise Hint("Your slope is 0 everywhere: nothing would ever be learned. What is it at 2?")
    if (left == 1).all() and (right == 0).all():
        raise Hint("Left and right are swapped: is relu flat at −2 or at 2?")
    if (left != 0).any():
        raise Hint(f"Left of 0 ReLU is flat, and your slope at −2 is {slope[1]:g}.")
    if (right != 1).any():
        raise Hint(
            "Right of 0 ReLU climbs by one for each one to the right, however far out. "
            f"Your slopes at 0.5, 2 and 30 are {slope[5]:g}, {slope[6]:g} and {slope[7]:g}."
        )
    if kink.item() != 0:
        raise Hint(
            f"Right on both sides. At the kink you say {kink.item():g}: not wrong in itself, any "
            "number from 0 to 1 is a subgradient. Which one did this course agree on?"
        )
    for shape in ((), (0,), (2, 4), (2, 2, 2)):
        tried = np.resize(x, shape)
        if not np.array_equal(given(tried), tried > 0):
            raise Hint(f"Right for a vector, and wrong for an array of shape {shape}.")
    for dtype in (np.float64, np.float32):
        given(x.astype(dtype))
        # The guarded call hands truth values back as numbers; only the bare one shows them.
        returned = np.asarray(answer(x.astype(dtype))).dtype
        if returned.kind == "b":
            raise Hint(
                "The values are right, but they are truth values: `-slope` fails on them, and "
                "`slope + slope` is not 2. Give numbers of the input's own dtype."
            )
        if returned != dtype:
            raise Hint(
                f"Right values, but {np.dtype(dtype)} goes in and {returned} comes out. "
                "A layer should keep the precision it is given: use `x.dtype`."
            )
    return (
        "It asks the input, so it knows on which side of the kink it is; and it keeps shape and "
        "dtype, so it fits into any layer."
    )


@exercise("relu-mirror-rewrite")
def relu_mirror_rewrite(weights_1, bias_1, weights_2, bias_2):
    """Rewrite a small ReLU network for the activation −relu(−x)."""
    given = [
        array(part, name, shape=old.shape)
        for part, name, old in zip(
            (weights_1, bias_1, weights_2, bias_2),
            ("`weights_1`", "`bias_1`", "`weights_2`", "`bias_2`"),
            _NETWORK,
            strict=True,
        )
    ]
    steps = np.linspace(-3, 3, 13)
    x = np.array(list(itertools.product(steps, steps)))
    wanted = run_network(x, _NETWORK[::2], _NETWORK[1::2])
    off = np.abs(run_network(x, given[::2], given[1::2], MIRRORS["−relu(−x)"]) - wanted)
    if off.max() < 1e-9:
        return (
            "The hidden layer's weights and biases change sign because the mirror reads −z; the "
            "output's weights change sign because it hands over −a; the last bias never passes "
            "through a mirror."
        )
    signs = tuple(
        next((sign for sign in (1, -1) if np.array_equal(part, sign * old)), None)
        for part, old in zip(given, _NETWORK, strict=True)
    )
    hints = {
        (1, 1, 1, 1): "Nothing has changed yet. The mirror reads −z and hands over −a: which "
        "numbers make z, and which numbers read a?",
        (
            -1,
            -1,
            -1,
            -1,
        ): "Nearly. Follow your `bias_2` through the network: does it pass a mirror?",
        (
            -1,
            1,
            -1,
            1,
        ): "The weights are right. The mirror flips all of `z = x @ weights_1.T + bias_1`, and "
        "you have flipped a part of it.",
        (-1, -1, 1, 1): "The way in is right. The mirror also hands over −a where ReLU handed "
        "over a: who reads that?",
        (1, 1, -1, 1): "The way out is right. The mirror also reads its input with a minus sign: "
        "what must it be fed so that it sees the old z?",
    }
    if signs in hints:
        raise Hint(hints[signs])
    worst = int(np.argmax(off))
    raise Hint(
        f"The function has changed: at x = ({x[worst, 0]:g}, {x[worst, 1]:g}) it is off by "
        f"{off[worst].item():.3g}. Only signs need to change, of whole arrays: follow the minus "
        "before z and the minus before a, one at a time."
    )
