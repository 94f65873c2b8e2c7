import math

import numpy as np
import pytest
from scipy.optimize import linprog

from companion.activations import gelu, hard_tanh, logistic, relu, softplus, tanh
from companion.approximation import certified_maximum, remez

CASES = [
    (tanh, 3, (-1.0, 1.0)),
    (tanh, 4, (-1.0, 1.0)),
    (logistic, 5, (-2.0, 8.0)),
    (gelu, 8, (-4.0, 4.0)),
    (relu, 4, (-1.0, 1.0)),
    (hard_tanh, 7, (-3.0, 2.0)),
    (softplus, 0, (-1.0, 2.0)),
    (tanh, (2, 2), (0.0, 3.0)),
    (tanh, (5, 4), (-4.0, 4.0)),
    (logistic, (3, 3), (-8.0, 8.0)),
    (relu, (4, 4), (-1.0, 1.0)),
]


@pytest.mark.parametrize(("activation", "degree", "interval"), CASES)
def test_the_error_swings_between_equal_peaks(activation, degree, interval):
    best = remez(activation, degree, interval)
    above, below = degree if isinstance(degree, tuple) else (degree, 0)
    x = np.array(best.extrema)
    errors = best(x) - activation(x)
    assert len(x) >= above + below + 2
    assert (np.diff(x) > 0).all()
    assert (errors[1:] * errors[:-1] < 0).all()
    np.testing.assert_allclose(np.abs(errors), best.error, rtol=1e-7)
    grid = np.linspace(*interval, 20_001)
    assert np.abs(best(grid) - activation(grid)).max() <= best.error * (1 + 1e-9) + 1e-15


@pytest.mark.parametrize(("activation", "degree", "interval"), CASES[:7])
def test_a_linear_program_cannot_do_better(activation, degree, interval):
    """On a grid of points, the best polynomial is a linear program, solved without any exchange."""
    best = remez(activation, degree, interval)
    grid = np.unique([*np.linspace(*interval, 801), *best.extrema])
    low, high = interval
    powers = np.polynomial.chebyshev.chebvander((2 * grid - low - high) / (high - low), degree)
    one = np.ones((len(grid), 1))
    y = activation(grid)
    found = linprog(
        [*np.zeros(degree + 1), 1.0],
        A_ub=np.block([[powers, -one], [-powers, -one]]),
        b_ub=np.concatenate([y, -y]),
        bounds=[(None, None)] * (degree + 2),
    )
    assert found.fun == pytest.approx(best.error, rel=1e-6)


@pytest.mark.parametrize(("activation", "degree", "interval"), CASES[:8])
def test_the_error_is_certified(activation, degree, interval):
    best = remez(activation, degree, interval)
    proved = certified_maximum(activation, best.definition, interval)
    assert proved.upper == pytest.approx(best.error, rel=1e-7)
    for place in best.extrema:  # de la Vallée Poussin: no other polynomial is below all of these
        assert abs(best(place) - activation(place)) >= proved.lower * (1 - 1e-7)


def test_known_in_closed_form():
    line = remez(relu, 1, (-1.0, 1.0))
    np.testing.assert_allclose(line.numerator, [0.25, 0.5], atol=1e-12)
    assert line.error == pytest.approx(0.25, rel=1e-12)
    # |x| by x² + 1/8, and xⁿ by what is left of Chebyshev's polynomial.
    assert remez(np.abs, 2, (-1.0, 1.0)).error == pytest.approx(1 / 8, rel=1e-9)
    for n in (2, 5, 9):
        power = remez(lambda x, n=n: x**n, n - 1, (-1.0, 1.0))
        assert power.error == pytest.approx(2.0 ** (1 - n), rel=1e-9)
    # eˣ by a line on [0, 1]: the slope is that of the chord.
    chord = remez(np.exp, 1, (0.0, 1.0))
    assert chord.numerator[1] == pytest.approx(math.e - 1, rel=1e-9)
    constant = remez(softplus, 0, (-1.0, 2.0))
    assert constant.error == pytest.approx((softplus(2.0) - softplus(-1.0)) / 2, rel=1e-12)


def test_quotients():
    best = remez(tanh, (2, 2), (0.0, 3.0))
    x = np.linspace(0, 3, 301)
    above, below = (
        np.polynomial.polynomial.polyval(x, c) for c in (best.numerator, best.denominator)
    )
    np.testing.assert_allclose(above / below, best(x), rtol=1e-9, atol=1e-12)
    assert (below > 0).all() or (below < 0).all()
    assert best.error < remez(tanh, 4, (0.0, 3.0)).error
    # Newman: for |x| quotients are far better than polynomials of the same size.
    assert remez(relu, (4, 4), (-1.0, 1.0)).error < remez(relu, 8, (-1.0, 1.0)).error / 2


def test_relative_errors():
    best = remez(np.exp, 4, (-1.0, 2.0), relative=True)
    x = np.array(best.extrema)
    errors = best(x) / np.exp(x) - 1
    np.testing.assert_allclose(np.abs(errors), best.error, rtol=1e-7)
    assert (errors[1:] * errors[:-1] < 0).all()
    assert len(x) == 6
    with pytest.raises(ValueError, match="relative needs a function that is not 0 in the interval"):
        remez(tanh, 3, (-1.0, 1.0), relative=True)


def test_what_is_matched_already():
    for degree in (1, 4):
        line = remez("identity", degree, (-4.0, 4.0))
        assert line.error < 1e-13
        assert line.extrema == ()
    assert remez("logistic", 30, (-1.0, 1.0)).error < 1e-14


def test_values_keep_their_shape():
    best = remez("tanh", 3, (-1.0, 1.0))
    assert best([[0.1, 0.2]]).shape == (1, 2)
    assert isinstance(best(0.5), float)
    with pytest.raises(TypeError, match="x must hold real numbers"):
        best("1")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3, 2, (-1, 1)), TypeError, r"function must be an activation, .* got 3 \(int\)"),
        (("nonsense", 2, (-1, 1)), ValueError, "name must be a registered activation"),
        (("tanh", -1, (-1, 1)), ValueError, "degree must be an integer, 0 or more, got -1"),
        (("tanh", 2.0, (-1, 1)), TypeError, "degree must be an integer"),
        (("tanh", (1, 2, 3), (-1, 1)), ValueError, "degree must be an integer or a pair of them"),
        (("tanh", 41, (-1, 1)), ValueError, "degree must be 40 at most in all, got 41"),
        (("tanh", 2, (1, 1)), ValueError, "interval must run from low to high"),
        (("tanh", 2, (0, np.inf)), ValueError, "interval must be a finite real number, got inf"),
        (("tanh", 2, 5), TypeError, "interval must be two numbers"),
        (("tanh", 2, (0, 1), "yes"), TypeError, "relative must be True or False"),
        ((lambda x: x[:3], 2, (0, 1)), TypeError, "must return real numbers of its input's shape"),
        ((lambda x: 1j * x, 2, (0, 1)), TypeError, "must return real numbers"),
        (
            (lambda x: x * np.nan, 2, (0, 1)),
            ValueError,
            "must be finite on the interval; it is nan",
        ),
        (("heaviside", 3, (-1, 1)), ArithmeticError, "cannot be levelled"),
    ],
)
def test_bad_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        remez(*arguments)
