"""Where computed numbers become their limits, and where functions jump, against slower searches."""

import math

import numpy as np
import pytest

from companion.activations import (
    ELU,
    GELU,
    Activation,
    hard_logistic,
    identity,
    logistic,
    relu,
    softsign,
)
from companion.activations._float_behaviour import DTYPES, arrivals, first_from, promised_ulp
from companion.activations._jumps import jumps, smoothness
from tests.companion.activations.battery import each_variant


def computed(activation, arrival, x):
    """Return what is computed at x, and what it tends to."""
    evaluate = activation if arrival.of == "value" else activation.derivative
    with np.errstate(all="ignore"):
        line = x.dtype.type(arrival.slope) * x + x.dtype.type(arrival.level)
    return evaluate(x), line


@each_variant
def test_beyond_the_place_all_is_the_limit_and_just_before_it_is_not(activation):
    found = arrivals(activation)
    assert {arrival.side for arrival in found} == {"left", "right"}
    for arrival in found:
        sign = -1.0 if arrival.side == "left" else 1.0
        for dtype, distance in zip(DTYPES, arrival.distances, strict=True):
            if math.isinf(distance):
                continue
            start = dtype(sign * distance)
            exponents = np.linspace(
                math.log2(max(distance, 1e-30)), np.finfo(dtype).maxexp - 1, 501
            )
            x = np.append(sign * np.exp2(exponents[1:]).astype(dtype), start)
            np.testing.assert_array_equal(*computed(activation, arrival, x))
            if distance > 0:
                before = np.nextafter(np.array([start]), dtype(0))
                value, line = computed(activation, arrival, before)
                assert value[0] != line[0]


def test_known_places():
    places = {(a.side, a.of): a.distances for a in arrivals(logistic)}
    # 1 − σ(x) = exp(−x) is half the gap below 1, a quarter of eps.
    for distance, dtype in zip(places["right", "value"], DTYPES, strict=True):
        assert abs(distance + math.log(np.finfo(dtype).eps / 2)) < 0.01
    # exp(−x) is half the least subnormal number.
    assert abs(places["right", "slope"][0] + 1075 * math.log(0.5)) < 0.01


def test_a_line_is_its_own_asymptote():
    assert {(a.slope, a.level, a.distances) for a in arrivals(identity) if a.of == "value"} == {
        (1.0, 0.0, (0.0, 0.0))
    }


def test_an_asymptote_may_miss_the_origin():
    class Shifted(Activation, register=False):
        name, reference, formula = "shifted", "none", "x - 1/2"

        def definition(self, x, mp):
            return x - 0.5

        def _value(self, x, out):
            np.subtract(x, 0.5, out=out)

        def _slope(self, x, out):
            out.fill(1.0)

        def _curvature(self, x, out):
            out.fill(0.0)

    assert {a.level for a in arrivals(Shifted()) if a.of == "value"} == {-0.5}


@pytest.mark.parametrize("dtype", DTYPES)
def test_search_is_exact_and_knows_never(dtype):
    assert first_from(lambda x: x >= 0, dtype) == 0
    assert first_from(lambda x: x > 0, dtype) == float(np.finfo(dtype).smallest_subnormal)
    assert first_from(lambda x: x > 1, dtype) == float(np.nextafter(dtype(1), dtype(2)))
    assert first_from(lambda x: x < 1, dtype) == math.inf
    # What fails once more far out has not arrived before.
    assert first_from(lambda x: (x > 1) & ((x < 1024) | (x > 2048)), dtype) > 2048


def test_promises():
    assert promised_ulp(relu) == (4.0, 4.0)
    least, most = promised_ulp(GELU(approximate="tanh"))
    assert least == 4.0
    assert most > 100.0


def test_jumps_are_found_where_they_are_and_nowhere_else():
    assert jumps(np.floor, -2.5, 2.5) == (-2.0, -1.0, 0.0, 1.0, 2.0)
    assert jumps(hard_logistic.derivative, -5.0, 5.0) == (-2.0, 2.0)
    assert jumps(lambda x: 0.01 * (x > math.pi), -5.0, 5.0) == pytest.approx((math.pi,), abs=1e-14)
    assert jumps(lambda x: np.tanh(1e4 * x), -1.0, 1.0) == ()
    assert jumps(lambda x: 1e-8 * np.sign(x), -1.0, 1.0) == ()


@pytest.mark.parametrize(
    ("activation", "order"),
    [(ELU(alpha=1.0), 1), (ELU(alpha=0.5), 0), (softsign, 1), (logistic, 2), (relu, 0)],
    ids=repr,
)
def test_smoothness(activation, order):
    assert smoothness(activation) == order


@each_variant
def test_declared_kinks_are_what_is_found(activation):
    """The facts declare the kinks; the search knows nothing of that."""
    found = {*jumps(activation, -8, 8), *jumps(activation.derivative, -8, 8)}
    assert found == {kink for kink in activation.kinks if -8 < kink < 8}
