"""Wrong answers to the exercises on sparsity, and the hint that each has to meet."""

import numpy as np


def jumps_over(weights, amount):
    return weights - amount * np.sign(weights)


def hard(weights, amount):
    return np.where(np.abs(weights) > amount, weights, 0.0)


def one_sided(weights, amount):
    return np.maximum(weights - amount, 0.0)


def sizes(weights, amount):
    return np.maximum(np.abs(weights) - amount, 0.0)


def for_half_only(weights, amount):
    return np.sign(weights) * np.maximum(np.abs(weights) - 0.5, 0.0)


def places(sums, k):
    return np.argsort(np.argsort(-sums, axis=1), axis=1) < k


def winners(sums, k):
    return np.where(places(sums, k), sums, 0.0)


def by_size(sums, k):
    return np.where(places(np.abs(sums), k), sums, 0.0)


def of_the_batch(sums, k):
    return np.where(sums >= np.sort(sums, axis=None)[-k], sums, 0.0)


def always_two(sums, k):
    return winners(sums, 2)


WRONG = {
    "sparse-shrink": [
        (lambda w, a: w, "Nothing has moved"),
        (jumps_over, "jumped over 0"),
        (hard, "3 is still 3"),
        (one_sided, "become of −3"),
        (lambda w, a: w - a, "against its own sign"),
        (sizes, "minus sign before"),
        (lambda w, a: w * (1 - a), "weight decay"),
        (np.maximum, "where must it stop"),
        (for_half_only, "for a matrix of them"),
        (0.5, "function"),
    ],
    "sparse-winners": [
        (lambda s, k: s, "Nothing has been put to 0"),
        (places, "mark the winners with 1"),
        (lambda s, k: s - winners(s, k), "turn the condition round"),
        (by_size, "−20 wins"),
        (of_the_batch, "whole batch"),
        (lambda s, k: np.maximum(winners(s, k), 0), "it has winners all the same"),
        (always_two, "For k = 1"),
        (lambda s, k: np.sort(s, axis=1)[:, -k:], "shape"),
    ],
    "sparse-storage": [
        (10, "pruning alone"),
        (320 / 6, "which weights they are"),
        (32 / 6, "are left to store"),
        (2, "are left to store"),
        (32, "a value and a place"),
        (0.05, "Upside down"),
        (16000, "How often do they fit"),
        (7, "Count the bits"),
    ],
    "sparse-break-even": [
        (0.2, "before it multiplies"),
        (0.22, "Mind the sign"),
        (18, "per cent"),
        (0.82, "share of zeros"),
        (5, "Upside down"),
        (0.5, "takes 260 µs"),
    ],
}
