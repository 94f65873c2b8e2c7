"""Exercises of the lesson `carry_it_to_pytorch`; none of the checks needs PyTorch."""

from functools import wraps

import numpy as np

from companion.activations import logistic
from companion.exercises._answers import Hint, function, integer, numbers
from companion.exercises._engine import exercise

# What "last-batch" and "count-the-inputs" ask about.
_PICTURES, _BATCH = 50_000, 128
_COLOURS, _SIDE, _UNITS, _CLASSES = 3, 32, 100, 10


def _plain(answer: object) -> object:
    """Take a tensor for the array or the number that it holds; this lesson's readers have some."""
    if isinstance(answer, list | tuple):
        return [_plain(part) for part in answer]
    if not hasattr(answer, "detach"):
        return answer
    values = np.asarray(answer.detach().cpu())
    return values.item() if values.ndim == 0 else values


@exercise("write-a-record")
def write_a_record(answer):
    """Write one picture as CIFAR-10's binary files hold it."""
    given = function(_without_tensors(answer), "your `to_record`", shape=(1 + 3 * 32 * 32,))
    rng = np.random.default_rng(7)
    picture, label = rng.integers(0, 256, (32, 32, 3), dtype=np.uint8), 6
    record = given(picture, label)
    planes = picture.transpose(2, 0, 1)
    right = np.concatenate([[label], planes.ravel()])
    if np.array_equal(record, right):
        return (
            "One byte for the class, then the red, the green and the blue plane, each line by "
            "line: 3073 numbers. Joined together, 10 000 of these are `test_batch.bin`."
        )
    slips = (
        (
            [label, *picture.ravel()],
            "Your colours are mixed: the file has all of red first, then green, then blue. Which "
            "axis has to come first?",
        ),
        ([*planes.ravel(), label], "The pixels are right. Does the label stand before or after?"),
        (
            [label, *planes.transpose(0, 2, 1).ravel()],
            "Colours in order, but your planes lie on their sides: the file goes line by line.",
        ),
        (
            [label, *planes[::-1].ravel()],
            "Red, green, blue is the order of the planes, and yours run the other way.",
        ),
        ([label, *(planes.ravel() / 255)], "The file holds bytes from 0 to 255. Do not divide."),
    )
    for slip, what in slips:
        if np.allclose(record, slip):
            raise Hint(what)
    if record[0] != label:
        raise Hint(
            f"The first number should be the label, {label} here, and yours is {record[0]:g}."
        )
    wrong = int(np.argmax(record != right))
    raise Hint(
        f"Number {wrong} of your record should be {right[wrong]:g}, and is {record[wrong]:g}. The "
        "pixels are to come plane by plane, and each plane line by line."
    )


def _without_tensors(answer: object) -> object:
    """Let a function return a tensor where numbers are wanted."""
    if not callable(answer):
        return answer

    @wraps(answer)
    def plain(*arguments: object) -> object:
        return _plain(answer(*arguments))

    return plain


@exercise("last-batch")
def last_batch(batches, left_over):
    """Count the batches of an epoch, and the pictures of the last one."""
    count = integer(_plain(batches), "your number of batches", low=0)
    rest = integer(_plain(left_over), "your number of pictures in the last batch", low=0)
    whole, over = divmod(_PICTURES, _BATCH)
    if (count, rest) == (whole + 1, over):
        return (
            f"50 000 = {whole} · 128 + {over}. With `drop_last=True` these {over} pictures are "
            "not seen in an epoch, and a network that was built for 128 at once seems to work."
        )
    if rest == _BATCH:
        raise Hint("The last batch is full only if 128 divides 50 000. Does it?")
    if count == whole and rest == over:
        raise Hint("The rest is right. But it makes a batch of its own, unless it is dropped.")
    if count == whole + 1 and rest == _BATCH - over:
        raise Hint("That is how many pictures the last batch lacks. How many has it?")
    if count == whole + 1:
        raise Hint(f"The number of batches is right. What do {whole} full ones leave over?")
    if rest == over:
        raise Hint("The last batch is right. How many are there in all?")
    raise Hint("Divide 50 000 by 128 with a remainder; `divmod` gives both.")


@exercise("grey-range")
def grey_range(darkest, brightest):
    """Say how far the greys reach if the pictures are first moved to −1 … 1."""
    low, high = numbers([_plain(darkest), _plain(brightest)], 2, "your two greys")
    right = logistic(np.array([-1.0, 1.0]))
    if np.allclose((low, high), right, atol=5e-4):
        return (
            "From 0.269 to 0.731: twice the contrast, and the middle grey is where it was. It is "
            "still less than half of what there was."
        )
    if np.allclose((high, low), right, atol=5e-4):
        raise Hint("The right numbers; black comes first.")
    if np.allclose((low, high), logistic(np.array([0.0, 1.0])), atol=5e-4):
        raise Hint("That is for pictures from 0 to 1. Now black is −1.")
    if np.allclose((low, high), np.tanh([-1.0, 1.0]), atol=5e-4):
        raise Hint("That is tanh. What does the logistic function make of −1 and of 1?")
    if np.isclose(high, right[1], atol=5e-4):
        raise Hint("White is right. What is σ(−1)? The symmetry σ(−x) = 1 − σ(x) helps.")
    if np.isclose(low, right[0], atol=5e-4):
        raise Hint("Black is right. What is σ(1)?")
    if not 0 <= low <= high <= 1:
        raise Hint(
            "A sigmoid gives numbers from 0 to 1, and it gives more for white than for black."
        )
    raise Hint("Black is −1 now and white is 1. Put both into 1/(1 + exp(−x)), to three digits.")


@exercise("count-the-inputs")
def count_the_inputs(first, second):
    """Give the sizes of the two layers of a network with one hidden layer."""
    into = _pair(first, "the first pair")
    out = _pair(second, "the second pair")
    pixels = _COLOURS * _SIDE * _SIDE
    if (into, out) == ((pixels, _UNITS), (_UNITS, _CLASSES)):
        return (
            "3072 numbers of one picture, 100 hidden units, 10 answers. The size of the batch is "
            "nowhere: the same network takes 64 pictures, 16, or one."
        )
    if into[0] == pixels * 64:
        raise Hint("196 608 is what 64 pictures have together. How many numbers has one?")
    if into[0] == 64 or out[0] == 64 or out[1] == 64:
        raise Hint("No layer has the size of the batch. The batch is the first axis and stays so.")
    if into[0] == _SIDE * _SIDE:
        raise Hint("That is a picture in grey. These have three colours.")
    if into != (pixels, _UNITS) and into[::-1] == (pixels, _UNITS):
        raise Hint("`Linear` wants the size of its input first, and then that of its output.")
    if into != (pixels, _UNITS):
        raise Hint("The first layer takes the numbers of one picture, and makes 100 of them.")
    if out[0] != _UNITS:
        raise Hint("The first layer is right. The second takes what the first hands on.")
    raise Hint("Ten classes, ten answers: what does the last layer have to make?")


def _pair(answer: object, name: str) -> tuple[int, int]:
    both = numbers(_plain(answer), 2, name)
    return tuple(integer(size, f"each size in {name}", low=1) for size in both)
