"""Wrong answers to the exercises on what one neuron cannot do, and what the hint has to name."""

ALIKE = [[0, 0, 0], [1, 1, 1]]

WRONG = {
    "alike-certificate": [
        ([1, -1, -1, 1], "No multiplier may be negative"),
        ([0, 0, 0, 0], "All zeros prove nothing"),
        ([1, 1, 0, 0], "times w₂"),
        ([1, 0, 0, 1], "times w₁"),
        ([2, 1, 1, 1], "times the bias"),
        ([1, 1, 1], "4 numbers"),
    ],
    "alike-clash": [
        ((ALIKE, ALIKE), "cannot stand among your zeros"),
        (([[0, 0, 1], [1, 1, 0]], ALIKE), "Only 000 and 111"),
        ((ALIKE, [[0, 0, 1], [0, 1, 0]]), "they have to agree"),
        (([[1, 1, 1], [1, 1, 1]], [[1, 1, 0], [0, 1, 1]]), "Take two different ones"),
        ((ALIKE, [[0, 0, 2], [1, 1, 0]]), "rows of bits"),
        ((ALIKE, [[0, 1], [1, 0]]), "shape"),
    ],
    "cover-capacity": [
        ((9, 18), "count the bias"),
        ((10, 18), "twice the inputs"),
        ((10, 10), "cross 50 %"),
        ((20, 40), "as many points as the neuron has parameters"),
    ],
    "parity-from-counters": [
        (([1, 1, 1], -0.5), "With 2 ones"),
        (([1, -1, 1], 0.5), "With 0 ones"),
        (([1, -1, 1], -1), "does not fire"),
        (([1, -1, 0], -0.5), "With 3 ones"),
        (([1, -1], -0.5), "3 numbers"),
    ],
}
