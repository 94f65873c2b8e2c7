"""Exercises of the lesson `judge_biological_plausibility`."""

import numpy as np

from companion.exercises._answers import Hint, choice, function, numbers
from companion.exercises._engine import exercise

TESTS = ("mechanism", "benefit", "fit", "feasibility")
ABSOLUTE = (2.0, 0.0, 1.0, 1.0)


@exercise("oja-step")
def oja_step(step_function):
    """Write one step of Oja's rule for weights, an input and a step size."""
    learn = function(step_function, "your `oja_step`")
    rng = np.random.default_rng(1982)
    cases = [(rng.normal(size=n), rng.normal(size=n), 0.1 * n) for n in (1, 2, 5)]
    given = [learn(w, x, step) for w, x, step in cases]

    def is_(rule):
        wanted = [rule(w, x, step, w @ x) for w, x, step in cases]
        return all(np.allclose(g, n, atol=1e-9) for g, n in zip(given, wanted, strict=True))

    if is_(lambda w, x, s, y: w + s * y * (x - y * w)):
        return (
            "The part with x pulls towards the input, the part with y² holds the length near 1: "
            "together they turn the weights into the long axis."
        )
    if is_(lambda w, x, s, y: w + s * y * x):
        raise Hint("That is Hebb's rule: it only grows. Which term lets the weights decay?")
    if is_(lambda w, x, s, y: s * y * (x - y * w)):
        raise Hint("That is the change. Return the new weights.")
    if is_(lambda w, x, s, y: w + s * y * (x - w)):
        raise Hint("The decay is too weak or too strong: the output comes in it twice.")
    if is_(lambda w, x, s, y: w - s * y * (x - y * w)):
        raise Hint("Your weights run away from the input: look at the sign of the change.")
    if is_(lambda w, x, s, y: w + y * (x - y * w)):
        raise Hint("You do not use the step size.")
    w, x, step = np.array([1.0, 0.0]), np.array([1.0, 2.0]), 0.1
    got = np.round(learn(w, x, step), 4).tolist()
    raise Hint(
        f"For weights [1, 0], input [1, 2] and step 0.1 the output is 1. You return {got}: work "
        "that case out by hand, first the output, then x − y·w."
    )


@exercise("plausibility-scores")
def plausibility_scores(four_scores):
    """Score the absolute value in the four tests."""
    scores = numbers(four_scores, 4, "your scores")
    if not set(scores) <= {0.0, 1.0, 2.0}:
        raise Hint("Each score is 0, 1 or 2: how many of the test's two questions get a yes.")
    hints = {
        "mechanism": "Is |x| ever below 0? Does it need more than the neuron's own input?",
        "benefit": "What does |x| do under strong inhibition: rest, or shout?",
        "fit": "Does |x| tell degrees of excitation apart, and does more input never give less?",
        "feasibility": "Has |x| a ceiling? Does it jump? A corner is no jump.",
    }
    for test, score, wanted in zip(TESTS, scores, ABSOLUTE, strict=True):
        if score != wanted:
            raise Hint(f"Look again at {test}. {hints[test]}")
    return (
        "4 of 8, as many as GELU, and for other reasons: it is never negative, and it spends most "
        "where a cell would be silent."
    )


@exercise("local-rules")
def local_rules(rule):
    """Say which of three rules is not local."""
    rule = choice(rule, ("a", "b", "c"), "the rule")
    if rule == "a":
        raise Hint("That is Oja's rule: input, output and the weight itself are at the synapse.")
    if rule == "c":
        raise Hint(
            "The condition y > 0 can be felt at every synapse of the cell, and the rest is there "
            "too."
        )
    return (
        "To divide by |w| a synapse would have to know all the others. Oja's rule does almost the "
        "same without: to first order in the step, its decay is that division."
    )
