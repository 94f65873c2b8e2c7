"""Each wish measures what it says, agrees with the declared facts, and scores a newcomer."""

import math

import numpy as np
import pytest

from companion.activations import ACTIVATIONS, Activation, relu
from companion.wishlist import WISHES, score, scores

NAMES = [wish.name for wish in WISHES]
MEASURED = {name: score(activation) for name, activation in ACTIVATIONS.items()}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_measurements_agree_with_the_facts(name):
    """The facts are declared and derived, the wishes measured on a grid: two ways to one number."""
    facts, measured = ACTIVATIONS[name].facts, MEASURED[name].measured
    jumps = [kink for kink in facts.kinks if kink.is_jump]
    assert measured["continuous"] == len(jumps)
    assert measured["few kinks"] == len(facts.kinks) - len(jumps)
    assert (measured["monotone"] < 1e-9) == facts.monotone
    if math.isfinite(facts.lipschitz):
        assert measured["moderate slope"] == pytest.approx(facts.lipschitz, rel=0.01)
    else:
        assert measured["moderate slope"] > 100
    grows = any(abs(slope) > 0 for slope in facts.slope_limits)
    assert (measured["tells size"] > 1) == grows
    assert measured["domain ℝ"] == 1


def test_the_largest_fall_is_the_depth_of_the_dip():
    for name in ("swish", "gelu", "mish", "hard_swish"):
        depth = -ACTIVATIONS[name].facts.range.lower
        assert MEASURED[name].measured["monotone"] == pytest.approx(depth, abs=1e-3)


def test_those_that_textbooks_name():
    broken = {name: one.broken for name, one in MEASURED.items()}
    assert broken["identity"] == ("non-linear",)
    assert broken["relu"] == broken["elu"] == broken["softplus"] == ()
    assert broken["swish"] == broken["mish"] == ("monotone",)
    assert broken["gelu"] == ("cheap", "monotone")
    assert broken["heaviside"] == ("continuous", "moderate slope", "tells size")
    assert broken["logistic"] == ("moderate slope", "tells size")


def test_all_registered_are_scored_the_best_first():
    table = scores()
    assert set(table) == set(ACTIVATIONS)
    counts = [len(one.broken) for one in table.values()]
    assert counts == sorted(counts)
    assert all(list(one.measured) == list(one.granted) == NAMES for one in table.values())


class Newcomer(Activation, register=False):
    """A stranger that was never registered: 1/x beyond ±1/2, made to break what it can."""

    name = "newcomer"
    reference = "none"
    formula = "none"

    def definition(self, x, mp):
        raise NotImplementedError

    def _value(self, x, out):
        with np.errstate(divide="ignore", over="ignore"):
            np.divide(1.0, x, out=out)

    def _slope(self, x, out):
        with np.errstate(divide="ignore", over="ignore"):
            np.divide(-1.0, x * x, out=out)

    def _curvature(self, x, out):
        with np.errstate(divide="ignore", over="ignore"):
            np.divide(2.0, x * x * x, out=out)


def test_a_newcomer_is_scored_by_itself():
    one = score(Newcomer())
    assert one.broken == ("continuous", "moderate slope", "tells size", "monotone", "domain ℝ")
    assert one.measured["cheap"] == 3


class Selecting(Newcomer, register=False):
    """ReLU by np.where, which is no ufunc and costs a pass all the same."""

    def _value(self, x, out):
        out[...] = np.where(x > 0, x, 0)

    def _slope(self, x, out):
        np.copyto(out, x > 0)


def test_passes_that_are_no_ufuncs_count():
    assert score(Selecting()).measured["cheap"] == 4  # >, where; >, copyto
    assert score(relu).measured["cheap"] == 4


@pytest.mark.parametrize("bad", ["relu", None, np.tanh])
def test_what_is_no_activation_is_refused(bad):
    with pytest.raises(TypeError, match="activation must be an Activation, such as relu, got"):
        score(bad)


def test_bars_in_words():
    assert [wish.bars for wish in WISHES] == [
        "at least 0.01",
        "exactly 0",
        "at most 3",
        "at most 24",
        "0.33 to 3",
        "at least 1",
        "at most 1e-09",
        "exactly 1",
    ]
    assert WISHES[3].granted(24)
    assert not WISHES[3].granted(24.5)


def test_a_score_cannot_be_changed():
    with pytest.raises(TypeError):
        MEASURED["relu"].measured["cheap"] = 0
