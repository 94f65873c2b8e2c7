"""Numbers are shown the same on every machine, and what is no number is refused."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.claims._numbers import real, show

FLOATS = st.floats(-1e308, 1e308)


def parse(text):
    return float(text.replace("−", "-"))


@given(FLOATS)
def test_four_digits_are_right(x):
    assert parse(show(x)) == pytest.approx(x, rel=5.1e-4)


@given(FLOATS, FLOATS)
def test_rounding_keeps_order(x, y):
    """A number that is below its bound is not shown above it."""
    low, high = sorted((x, y))
    assert parse(show(low)) <= parse(show(high)) or low == high


@pytest.mark.parametrize("tie", [0.12345, 1.2345, 2.5e-5, 123450.0, 0.99995, 1e-9 / 3, 0.5])
def test_the_last_bits_do_not_show(tie):
    near = [tie]
    for towards in (-math.inf, math.inf):
        x = tie
        for _ in range(8):
            x = math.nextafter(x, towards)
            near.append(x)
    assert len({show(x) for x in near}) == 1


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1882, "1882"),
        (-3, "−3"),
        (10**20, "1e20"),
        (2.0**-8, "0.003906"),
        (0.99999, "1"),
        (9.99996e-5, "0.0001"),
        (1e-5, "1e-5"),
        (8.533e-17, "8.533e-17"),
        (-1.5e-7, "−1.5e-7"),
        (1234567.0, "1.235e6"),
        (999999.0, "999999"),
        (1e300, "1e300"),
        (5e-324, "4.941e-324"),
    ],
)
def test_tidy(x, text):
    assert show(x) == text


@pytest.mark.parametrize("x", [3, np.int8(3), np.float32(3), np.float16(3), 3.0, Fraction(3)])
def test_real_numbers_are_taken(x):
    assert real(x, "measured") == 3


@pytest.mark.parametrize(
    "x", [True, np.True_, 1j, np.complex64(1), "1", None, [1], np.array(1.0), np.array([1.0]), ...]
)
def test_other_things_are_not(x):
    with pytest.raises(TypeError, match="measured must be one"):
        real(x, "measured")


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf, np.float32("nan"), Fraction(10**400)])
def test_nor_is_what_is_not_finite(x):
    with pytest.raises(ValueError, match="measured must be finite"):
        real(x, "measured")
