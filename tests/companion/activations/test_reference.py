"""The kernels against the stored table, and the table against its generator."""

import math
from collections import defaultdict

import mpmath
import numpy as np
import pytest

from companion.activations import ACTIVATIONS
from tests.companion.activations import reference
from tests.companion.activations.battery import METHODS, VARIANTS, unit_of_error

TABLE = reference.read()
BY_VARIANT = {repr(activation): activation for activation in VARIANTS}
ROWS = defaultdict(list)
for _line in TABLE:
    ROWS[_line["activation"]].append(_line)

REMEDY = "run: python -m tests.companion.activations.reference"


def name_of(variant: str) -> str:
    return variant.partition("(")[0]


@pytest.mark.parametrize("order", reference.ORDERS)
@pytest.mark.parametrize("variant", ROWS)
def test_the_kernels_keep_their_promise_at_the_stored_values(variant, order):
    activation = BY_VARIANT[variant]
    column = reference.COLUMNS[2 + order]
    lines = [line for line in ROWS[variant] if line[column]]
    x = np.array([float.fromhex(line["x"]) for line in lines])
    computed = getattr(activation, METHODS[order])(x)
    for line, at, y in zip(lines, x, computed, strict=True):
        t = float.fromhex(line[column])
        if y == t:  # Both may be infinite, where the result is larger than any float64.
            continue
        with np.errstate(over="ignore"):
            allowed = activation.tolerance_ulp(at) + 0.5  # for the rounding of the table itself
        error = abs(y - t) / unit_of_error(activation, order, at, t)
        assert error <= allowed, f"{error:.3g} ULP at x = {at!r}"


def test_every_row_is_of_an_activation_that_there_is():
    assert set(ROWS) <= set(BY_VARIANT), REMEDY


def test_no_variant_of_an_activation_in_the_table_is_missing():
    # Only of those in it: a new class has to pass with no other file touched, and test_accuracy.py
    # holds it to the same promise. It gets its rows when the table is written next.
    stored = {name_of(variant) for variant in ROWS}
    expected = {variant for variant in BY_VARIANT if name_of(variant) in stored}
    assert expected == set(ROWS), REMEDY
    assert len(stored) >= 28


@pytest.mark.parametrize("variant", ROWS)
def test_the_inputs_are_those_of_the_generator(variant):
    inputs = reference.inputs(BY_VARIANT[variant])
    assert [line["x"] for line in ROWS[variant]] == [x.hex() for x in inputs], REMEDY


def test_rows_come_out_the_same_when_they_are_generated_again():
    chosen = np.random.default_rng(0).choice(len(TABLE), 60, replace=False)
    for line in (TABLE[i] for i in chosen):
        again = reference.row(BY_VARIANT[line["activation"]], float.fromhex(line["x"]))
        assert again == line


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_no_row_is_made_when_the_formula_by_hand_disagrees(monkeypatch, wrong):
    def misprint(x):
        right = list(reference._tanh(x))
        right[wrong] *= 1 + mpmath.mpf("1e-18")
        return tuple(right)

    monkeypatch.setitem(reference.BY_HAND, "tanh", misprint)
    with pytest.raises(reference.DisagreementError, match=rf"tanh, order {wrong}, x = 0\.5"):
        reference.row(ACTIVATIONS["tanh"], 0.5)


def test_no_row_is_made_when_the_balls_disagree(monkeypatch):
    monkeypatch.setattr(reference, "by_balls", lambda activation, x: (mpmath.mpf(0),) * 3)
    with pytest.raises(reference.DisagreementError, match="relu, order 0"):
        reference.row(ACTIVATIONS["relu"], 0.5)


@pytest.mark.parametrize("number", [1.5, 0.1, -math.pi, 2.2e-308, 5e-324, -3.3e-320, 1.7e308])
def test_numbers_are_rounded_once(number):
    with mpmath.workdps(1500):
        exact = mpmath.mpf(number)
        half = mpmath.ldexp(1, math.frexp(math.ulp(number))[1] - 2)  # half a unit
        assert half * 2 == math.ulp(number)
        assert reference.nearest(exact) == number
        little = half * mpmath.mpf("1e-30")
        towards = math.copysign(1, number)
        assert reference.nearest(exact + towards * (half - little)) == number
        assert reference.nearest(exact + towards * (half + little)) != number
