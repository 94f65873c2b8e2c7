"""The scores follow from the curves, and nothing of the course is left out."""

import numpy as np
import pytest

import companion.learning
from companion.activations import (
    ACTIVATIONS,
    VECTOR_ACTIVATIONS,
    hard_logistic,
    logistic,
    relu,
    relu6,
    softplus,
    swish,
    tanh,
)
from companion.biology import (
    LEARNING_RULES,
    PLAUSIBILITY_TESTS,
    judge_activation,
    judge_activations,
)

TESTS = [test.name for test in PLAUSIBILITY_TESTS]


def test_there_are_four_tests_of_two_criteria():
    assert TESTS == ["mechanism", "benefit", "fit", "feasibility"]
    names = [criterion.name for test in PLAUSIBILITY_TESTS for criterion in test.criteria]
    assert len(names) == len(set(names)) == 8


def test_every_registered_activation_is_judged():
    judged = judge_activations()
    assert {one.name for one in judged} == ACTIVATIONS.keys() | VECTOR_ACTIVATIONS.keys()
    assert [one.total for one in judged] == sorted((one.total for one in judged), reverse=True)


@pytest.mark.parametrize("one", judge_activations(), ids=lambda one: one.name)
def test_a_score_counts_the_criteria_that_are_met(one):
    for test in PLAUSIBILITY_TESTS:
        met, _, missed = one.reasons[test.name].partition("not: ")
        names = [c.name for c in test.criteria]
        assert one.scores[test.name] == sum(name in met for name in names)
        assert all((name in met) != (name in missed) for name in names)


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=lambda f: f.name)
def test_measured_criteria_agree_with_the_facts(activation):
    """The curve is only looked at on a grid; the facts are derived from it elsewhere."""
    facts = activation.facts
    met = " ".join(judge_activation(activation).reasons[name].split("not:")[0] for name in TESTS)
    assert ("a rate" in met) == (facts.range.lower >= 0)
    assert ("rests" in met) == (facts.limits[0] == 0)
    assert ("ordered" in met) == facts.monotone
    assert ("ceiling" in met) == np.isfinite(facts.limits[1])
    assert ("no jump" in met) == facts.continuous


def test_known_scores():
    wanted = {hard_logistic: 8, relu6: 8, relu: 7, logistic: 7, softplus: 6, tanh: 5, swish: 4}
    assert {f: judge_activation(f).total for f in wanted} == wanted


def test_every_rule_of_companion_learning_is_judged():
    public = {
        "hebb": "hebb",
        "oja": "oja",
        "perceptron_rule": "perceptron rule",
        "RandomHiddenLayer": "random layer, least squares",
    }
    results = {"HebbianRun", "PerceptronRun", "Margin", "margin"}
    assert public.keys() | results == set(companion.learning.__all__)
    assert set(public.values()) < LEARNING_RULES.keys()


@pytest.mark.parametrize("rule", LEARNING_RULES.values(), ids=lambda rule: rule.name)
def test_every_score_of_a_rule_is_argued(rule):
    assert list(rule.scores) == list(rule.reasons) == TESTS
    assert set(rule.scores.values()) <= {0, 1, 2}
    assert all(len(reason.split()) >= 5 for reason in rule.reasons.values())
    assert len(set(rule.reasons.values())) == 4


def test_only_activations_are_judged():
    with pytest.raises(TypeError, match="activation must be a member"):
        judge_activation(np.tanh)
