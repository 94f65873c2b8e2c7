"""Wrong answers to the exercises on the artificial neuron, and what the hint has to name."""


def _swapped(w1, b1, w2, b2):
    return w1.T @ w2.T, w2 @ b1 + b2


def _sum_of_biases(w1, b1, w2, b2):
    return w2 @ w1, b2


def _other_bias(w1, b1, w2, b2):
    return w2 @ w1, w2 @ b1


def _wide_bias(w1, b1, w2, b2):
    return w2 @ w1, b1


WRONG = {
    "layer-shapes": [
        (((784, 128), (10, 128), (32, 10), 101770), "the other way round"),
        (((128, 784), (10, 128), (10, 32), 101770), "the other way round"),
        (((128, 784), (10, 784), (32, 10), 101770), "The shape of the second weights"),
        (((128, 784), (10, 128), (32, 10), 101632), "The biases count"),
        (((128, 784), (10, 128), (32, 10), 32), "for both layers"),
    ],
    "fold-layers": [
        (_swapped, "hears 3 numbers and has 2 neurons"),
        (_sum_of_biases, "also weighs the first one's bias"),
        (_other_bias, "for an input of zeros"),
        (_wide_bias, "Your bias has shape"),
    ],
    "dip-and": [
        (([2.7, 2.7], -4.0), "For the row 01"),
        (([3.0, 3.0], -1.3), "For the row 00"),
        (([1.0, 1.0], -9.0), "For the row 11"),
        (([3.0, 0.0], -4.3), "For the row 10"),
    ],
    "judge-absolute": [
        (("continuous", 16), "a kink is no jump"),
        (("non-linear", 16), "two straight pieces"),
        (("tells size", 16), "8 from −8"),
        (("moderate slope", 16), "does not ask for the sign"),
        (("monotone", 0), "does the output rise"),
        (("monotone", -16), "positive number"),
        (("monotone", 32), "What is |x| at −16"),
    ],
}
