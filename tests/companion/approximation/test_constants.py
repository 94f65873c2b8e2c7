import math

import mpmath as mp
import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit, ndtr

from companion.approximation import best_constant, matching_constant

GRID = np.linspace(0, 12, 240_001)
GATES = {
    "cubic": (lambda c: expit(2 * math.sqrt(2 / math.pi) * (GRID + c * GRID**3)), (0.044, 0.0455)),
    "linear": (lambda c: expit(c * GRID), (1.6, 1.9)),
}
CASES = [(gate, target) for gate in GATES for target in ("gate", "gelu")]


def error(gate, target, c, x):
    c, x = mp.mpf(c), mp.mpf(x)
    u = c * x if gate == "linear" else 2 * mp.sqrt(2 / mp.pi) * (x + c * x**3)
    difference = 1 / (1 + mp.exp(-u)) - mp.ncdf(x)
    return difference * x if target == "gelu" else difference


@pytest.mark.parametrize(("gate", "target"), CASES)
def test_a_grid_and_a_minimiser_agree(gate, target):
    make, bounds = GATES[gate]
    weight = GRID if target == "gelu" else 1.0

    def worst(c):
        return np.abs(weight * (make(c) - ndtr(GRID))).max()

    found = minimize_scalar(worst, bounds=bounds, method="bounded", options={"xatol": 1e-12})
    best = best_constant(gate, target)
    assert best.constant.middle == pytest.approx(found.x, rel=1e-6)
    assert best.error.middle == pytest.approx(found.fun, rel=1e-6)


@pytest.mark.parametrize(("gate", "target"), CASES)
def test_the_enclosure_is_narrow_and_its_ends_are_on_different_sides(gate, target):
    """Below the best constant the shortfall is the larger, above it the excess."""
    best = best_constant(gate, target)
    assert 0 < best.constant.width < 1e-13
    assert best.error.width < 1e-12 * best.error.upper
    (first, _), (second, _) = best.error.where
    with mp.workdps(60):
        for c, sign in ((best.constant.lower, -1), (best.constant.upper, 1)):
            peaks = [
                error(gate, target, c, mp.findroot(lambda x, c=c: mp.diff(
                    lambda t: error(gate, target, c, t), x), place))
                for place in (first, second)
            ]  # fmt: skip
            assert peaks[0] * peaks[1] < 0
            assert (max(peaks) > -min(peaks)) == (sign > 0)
            assert mp.mpf(best.error.lower) * (1 - mp.mpf(10) ** -11) <= max(map(abs, peaks))


def test_the_published_constants_are_those_of_the_gate_rounded():
    cubic, linear = best_constant("cubic").constant, best_constant("linear").constant
    assert round(cubic.middle, 6) == 0.044715
    assert 0.044715 not in cubic
    assert round(linear.middle, 3) == 1.702
    assert 1.702 not in linear
    assert 0.044715 not in best_constant("cubic", "gelu").constant


def test_matching_constants_in_closed_form():
    for gate, exact in (
        ("cubic", lambda: (4 - mp.pi) / (6 * mp.pi)),
        ("linear", lambda: mp.sqrt(8 / mp.pi)),
    ):
        found = matching_constant(gate)
        with mp.workdps(50):
            assert mp.mpf(found.lower) <= exact() <= mp.mpf(found.upper)
        assert found.width < 1e-15


def test_other_names_are_refused():
    with pytest.raises(ValueError, match=r"gate must be one of \('cubic', 'linear'\), got 'tanh'"):
        best_constant("tanh")
    with pytest.raises(ValueError, match=r"gate must be one of .*, got 'tanh'"):
        matching_constant("tanh")
    with pytest.raises(ValueError, match=r"target must be one of \('gate', 'gelu'\), got 'phi'"):
        best_constant("cubic", "phi")
