"""What the activation explorer tabulates is what the companion computes."""

import dataclasses

import numpy as np
import pytest

from companion.activations import (
    ACTIVATIONS,
    Activation,
    elu,
    gelu,
    identity,
    leaky_relu,
    logistic,
    relu,
    softsign,
    swish,
    tanh,
)
from companion.explorables import explore_activations
from companion.explorables._activations_tables import (
    DECIMALS,
    LEAST,
    MOST,
    MOST_ORDER,
    NODES,
    SATURATED,
    Zone,
    tabulated,
    variants,
    zones,
)
from companion.taylor import taylor

ALL = variants()
HALF_A_UNIT = 0.5000001 * 10.0**-DECIMALS
# Those whose polynomials take no time; the others go the same way.
SMOOTH = [logistic, tanh, gelu, swish.with_parameters(beta=8.0), softsign]


def numbers(line):
    return np.array([float(word) for word in line.split(" ")])


def test_every_registered_activation_is_there_with_each_parameter_worth_trying():
    assert {each.name for each in ALL.values()} == set(ACTIVATIONS)
    for activation in ACTIVATIONS.values():
        assert activation in ALL.values()
        for field in dataclasses.fields(activation):
            for value in field.metadata["domain"].examples:
                assert activation.with_parameters(**{field.name: value}) in ALL.values()
    assert list(ALL) == sorted(ALL, key=lambda label: label.split(",")[0])


def test_one_new_class_is_enough(monkeypatch):
    class Absolute(Activation, register=False):
        """The absolute value."""

        name, reference, formula, kinks = "absolute", "none", "|x|", (0.0,)

        def definition(self, x, mp):
            return abs(x)

        def _value(self, x, out):
            np.abs(x, out=out)

        def _slope(self, x, out):
            np.sign(x, out=out)

        def _curvature(self, x, out):
            out.fill(0.0)

    monkeypatch.setitem(Activation.registry, "absolute", Absolute())
    assert variants()["absolute"] == Absolute()
    assert "absolute" in repr(explore_activations("absolute"))
    assert tabulated(Absolute())["why"] == "f has kinks"


@pytest.mark.parametrize("label", ALL)
def test_values_and_slopes_are_the_companions(label, monkeypatch):
    activation = ALL[label]
    monkeypatch.setattr("companion.explorables._activations_tables._taylor", lambda _: {})
    facts = tabulated.__wrapped__(activation)
    unit = 10.0**-DECIMALS
    assert np.abs(numbers(facts["f"]) * unit - activation(NODES)).max() <= HALF_A_UNIT
    assert np.abs(numbers(facts["d"]) * unit - activation.derivative(NODES)).max() <= HALF_A_UNIT
    low, high = facts["y"]
    assert low < activation(NODES).min() <= activation(NODES).max() < high
    low, high = facts["slopes"]
    assert low < min(0, activation.derivative(NODES).min()) or low < 0
    assert activation.derivative(NODES).max() < high


@pytest.mark.parametrize("label", [key for key, each in ALL.items() if each.facts.kinks])
def test_pieces_end_at_the_kinks_with_the_limits_of_both_sides(label, monkeypatch):
    activation = ALL[label]
    monkeypatch.setattr("companion.explorables._activations_tables._taylor", lambda _: {})
    facts = tabulated.__wrapped__(activation)
    x, v, s = (np.round(numbers(facts[key]) * 10.0**-DECIMALS, DECIMALS) for key in "xvs")
    pieces = numbers(facts["p"])
    kinks = [kink for kink in activation.facts.kinks if LEAST < kink.at < MOST]
    assert pieces[-1] == len(kinks)
    for number, kink in enumerate(kinks):
        ends, starts = (np.flatnonzero(pieces == n) for n in (number, number + 1))
        for place, side in ((ends[-1], 0), (starts[0], 2)):
            assert x[place] == pytest.approx(kink.at, abs=HALF_A_UNIT)
            assert v[place] == pytest.approx(kink.values[side], abs=HALF_A_UNIT)
            assert s[place] == pytest.approx(kink.slopes[side], abs=HALF_A_UNIT)
    inside = ~np.isin(x, [round(kink.at, DECIMALS) for kink in kinks])
    assert np.abs(v - activation(x))[inside].max() <= HALF_A_UNIT
    assert (np.diff(x) >= 0).all()


@pytest.mark.parametrize("activation", SMOOTH, ids=repr)
def test_coefficients_and_bounds_are_those_of_the_taylor_polynomials(activation):
    facts = tabulated(activation)
    rows = facts["t"].split(";")
    assert len(rows) == len(NODES)
    for place in (0, 37, 60, 61, 120):
        centre = float(NODES[place])
        if activation == softsign and centre == 0:
            assert rows[place] == ""
            continue
        wanted = taylor(activation, MOST_ORDER, centre).coefficients[2:]
        assert np.allclose(numbers(rows[place]), wanted, rtol=5.1e-4, atol=0)
    if activation == softsign:
        assert "k" not in facts
        return
    elsewhere, around_zero = numbers(facts["k"]), numbers(facts["k0"])
    powers = numbers(facts["m0"])
    for order in range(MOST_ORDER + 1):
        constant, power = taylor(activation, order, 0.3).uniform_bound
        assert power == order + 1
        assert constant * (1 - 1e-11) <= elsewhere[order] <= constant * 1.002
        constant, power = taylor(activation, order).uniform_bound
        assert power == powers[order]
        assert constant * (1 - 1e-11) <= around_zero[order] <= constant * 1.002


def test_zones():
    assert zones(relu) == [Zone(LEAST, 0.0, "dead")]
    assert zones(ACTIVATIONS["hard_tanh"]) == [Zone(LEAST, -1.0, "dead"), Zone(1.0, MOST, "dead")]
    assert zones(leaky_relu) == zones(identity) == []
    left, right = zones(logistic)
    assert (left.kind, right.kind) == ("saturated", "saturated")
    # 4σ'(x) = 5 % at x = 2 arcosh(√20).
    edge = 2 * np.arccosh(np.sqrt(20))
    assert right.start == pytest.approx(edge, abs=0.01)
    assert left.end == pytest.approx(-edge, abs=0.01)
    assert logistic.derivative(right.start + 0.01) < SATURATED * logistic.facts.lipschitz
    [only] = zones(gelu)
    assert only.start == LEAST
    assert abs(gelu.derivative(only.end)) >= SATURATED * 1.128
    assert [zone.end for zone in zones(ACTIVATIONS["heaviside"])] == [0.0, MOST]


@pytest.mark.parametrize(
    ("activation", "why"),
    [
        (relu, "f has kinks"),
        (ACTIVATIONS["heaviside"], "f jumps"),
        (identity, "f is a straight line"),
        (swish.with_parameters(beta=0.0), "f is a straight line"),
        (elu, "f″ jumps"),
    ],
    ids=repr,
)
def test_what_has_no_polynomial_says_why(activation, why):
    facts = tabulated(activation)
    assert facts["why"] == why
    assert "t" not in facts


def test_a_choice_is_kept_in_its_order():
    sharp = swish.with_parameters(beta=3.0)
    assert list(variants(["tanh", sharp, "sigmoid"])) == ["tanh", "swish, beta = 3", "logistic"]
    assert explore_activations(["tanh", "logistic"]).spec["params"][0]["value"] == "tanh"
    assert explore_activations("logistic").spec["params"][0]["value"] == "logistic"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"activations": "rellu"}, ValueError, "Try relu"),
        ({"activations": []}, ValueError, "one at least"),
        ({"activations": [np.tanh]}, TypeError, "names or activations"),
        ({"at": 7}, ValueError, "from -6 to 6"),
        ({"at": np.nan}, ValueError, "from -6 to 6"),
        ({"at": "1"}, TypeError, "at must be a number"),
        ({"at": True}, TypeError, "at must be a number"),
        ({"order": 10}, ValueError, "from 0 to 9"),
        ({"order": -1}, ValueError, "from 0 to 9"),
        ({"order": 1.0}, TypeError, "whole number"),
        ({"around": "x"}, ValueError, "zero"),
    ],
)
def test_mistakes_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        explore_activations(**{"activations": "logistic"} | arguments)
