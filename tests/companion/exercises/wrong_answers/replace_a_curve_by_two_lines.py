"""Wrong answers to the exercises of chapter 3, and what the hint has to name."""

import numpy as np


def _gate_alone(x):
    return np.clip(x / 6 + 0.5, 0, 1)


def _slope_of_taylor(x):
    return x * np.clip(x / 4 + 0.5, 0, 1)


def _not_clipped(x):
    return x * (x / 6 + 0.5)


def _product_clipped(x):
    return np.clip(x * (x / 6 + 0.5), 0, 1)


def _for_one_number(x):
    return x if x > 3 else 0 * x if x < -3 else x * (x / 6 + 0.5)


def _clipped_at_two(x):
    return np.where(np.abs(x) < 2, x * (x / 6 + 0.5), np.maximum(x, 0))


def _clipped_on_one_side(x):
    return x * np.minimum(x / 6 + 0.5, 1)


def _shut_at_ten(x):
    return np.where(np.abs(x) < 10, x * np.clip(x / 6 + 0.5, 0, 1), 0.0)


def _as_a_row(x):
    return (x * np.clip(x / 6 + 0.5, 0, 1)).ravel()


def _in_place(x):
    x *= np.clip(x / 6 + 0.5, 0, 1)
    return x


def _hole_at_the_kink(x):
    far = np.where(x > 3, x, 0.0)
    off = np.where(np.abs(x) == 3, x * (x > 0), far + 1e-3 * (np.abs(x) < np.nextafter(3, 4)))
    near = (np.abs(x) > 2.999) & (np.abs(x) < 3.001)
    return np.where(near, off + 1e-3 * (np.abs(x) != 3), x * np.clip(x / 6 + 0.5, 0, 1))


WRONG = {
    "tanh-best-line": [
        ((0.1771, 0.056), "the best one for σ"),
        ((0.354, 0.112), "doubled once"),
        ((1, 0.2384), "hard-tanh itself"),
        ((0.6, 0.15), "not the least one"),
        ((0.7083, 0.0561), "how much taller is tanh"),
        ((0.7083, 0.2242), "distance between outputs"),
        ((0.7083, 0.5), "Where does your line reach 1"),
        (("0.7", 0.1), "leave out the quotes"),
        ((0.7083, None), "The error should be"),
    ],
    "hard-swish": [
        (_gate_alone, "the gate alone"),
        (_slope_of_taylor, "asks for 1/6"),
        (_not_clipped, "150 %"),
        (_product_clipped, "You clip the product"),
        (_for_one_number, "raises ValueError"),
        (_clipped_at_two, "too high"),
        (_clipped_on_one_side, "too high"),
        (_shut_at_ten, "wide open or shut"),
        (_hole_at_the_kink, "next to the kink"),
        (_as_a_row, "should have shape"),
        (_in_place, "changes the array"),
        (0.5, "should be a function"),
    ],
    "clip-at-three": [
        (2, "what is x/4 + 1/2 there?"),
        (-2.0, "what is x/4 + 1/2 there?"),
        (0.2974, "The question is where"),
        (5, "does the gap grow or shrink?"),
        (1, "elsewhere by more"),
        (0, "elsewhere by more"),
        ([3], "one real number"),
    ],
}
