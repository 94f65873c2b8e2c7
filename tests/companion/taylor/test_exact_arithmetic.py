"""The parts that the guarantee rests on, each by itself."""

from fractions import Fraction
from math import nextafter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.taylor._curves import CURVES
from companion.taylor._enclosures import root_up, round_up
from companion.taylor._polynomials import differentiate, evaluate, hull, largest, multiply

polynomials = st.lists(st.integers(-50, 50), min_size=1, max_size=8).map(tuple)
positions = st.fractions(-3, 3, max_denominator=64)


@given(st.fractions(0, 10**30))
def test_round_up_gives_the_smallest_float_not_below(number):
    rounded = round_up(number)
    assert Fraction(rounded) >= number
    assert number == 0 or Fraction(nextafter(rounded, 0)) < number


@given(st.fractions(Fraction(1, 10**40), 10**40), st.integers(1, 40))
def test_root_up_is_above_and_near(number, degree):
    root = Fraction(root_up(number, degree))
    assert number <= root**degree <= number * (1 + Fraction(1, 10**9))


def test_root_up_of_numbers_no_float_holds():
    assert root_up(Fraction(1, 10**2000), 2000) == pytest.approx(0.1, rel=1e-11)
    assert root_up(Fraction(0), 3) == 0


@given(polynomials, polynomials, positions)
def test_product_and_its_derivative(p, q, y):
    product = multiply(p, q)
    assert evaluate(product, y) == evaluate(p, y) * evaluate(q, y)
    by_parts = evaluate(differentiate(p), y) * evaluate(q, y)
    by_parts += evaluate(p, y) * evaluate(differentiate(q), y)
    assert evaluate(differentiate(product), y) == by_parts


@given(polynomials, positions, st.fractions(0, 2, max_denominator=64), st.fractions(0, 1))
def test_no_value_exceeds_hull_or_largest(p, low, width, share):
    high = low + width
    value = abs(evaluate(p, low + share * width))
    maximum = largest(p, low, high)
    assert value <= maximum <= hull(p, low, high)


@settings(max_examples=40)
@given(polynomials, positions, st.fractions(0, 2, max_denominator=64))
def test_largest_is_taken(p, low, width):
    """A value on a fine grid comes near it, as near as the polynomial's slope allows."""
    maximum = largest(p, low, low + width)
    grid = [low + width * Fraction(k, 100) for k in range(101)]
    reached = max(abs(evaluate(p, y)) for y in grid)
    steepest = hull(differentiate(p), low, low + width)
    assert maximum <= (reached + steepest * width / 200) * (1 + Fraction(1, 2**40))


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_cells_cover_the_line_and_are_even(curve, n):
    cells = curve.cells(n)
    assert (cells.edges[1:] > cells.edges[:-1]).all()
    assert len(cells.bounds) == len(cells.edges) + 1
    assert (cells.bounds == cells.bounds[::-1]).all()
    assert (cells.edges == -cells.edges[::-1]).all()
    assert cells.largest <= cells.bounds.max() <= 1.1 * cells.largest
