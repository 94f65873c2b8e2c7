"""Four tests of biological plausibility, and how the course's functions and rules fare in them.

An activation is scored by measuring its curve, so a new one is scored by being defined. A learning
rule is scored by hand, and each score carries its reason. Every score is 0, 1 or 2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from companion.activations import ACTIVATIONS, VECTOR_ACTIVATIONS, Activation, VectorActivation

_STEP = 1 / 256
# Off the round numbers, so that no jump falls on a grid point.
_GRID = np.arange(-16, 16, _STEP) + 0.31 * _STEP
# Within one step even the steepest of the smooth curves rises by less than 0.01.
_JUMP = 0.05
_FAR = 1e6
_TOLERANCE = 1e-9
# The further inputs of a neuron of a vector activation murmur: a closed gate would hide the curve.
_OTHERS, _MURMUR = 7, 0.1


@dataclass(frozen=True)
class Criterion:
    """One thing that is measured on a curve, worth one point.

    Attributes
    ----------
    name : str
        A word or two.
    asks : str
        The question, for a curve f of a neuron's input.
    measure : callable
        Takes an activation, returns whether it passes.
    """

    name: str
    asks: str
    measure: Callable[[Activation | VectorActivation], bool]


@dataclass(frozen=True)
class PlausibilityTest:
    """One of the four tests.

    Attributes
    ----------
    name : str
        What is tested.
    asks : str
        The question.
    criteria : tuple of Criterion
        The two that an activation is measured by.
    """

    name: str
    asks: str
    criteria: tuple[Criterion, Criterion]


def _curve(activation, x) -> np.ndarray:
    """Return the output of one neuron against its own input, all other inputs held."""
    x = np.asarray(x, dtype=np.float64)
    if isinstance(activation, Activation):
        return np.asarray(activation(x))
    inputs = np.full((*x.shape, 1 + _OTHERS), _MURMUR)
    inputs[..., 0] = x
    return np.asarray(activation(inputs))[..., 0]


def _stands_alone(activation) -> bool:
    if isinstance(activation, Activation):
        return True
    rows = np.zeros((2, 1 + _OTHERS))
    rows[:, 0] = 1.0
    rows[1, 1:] = 2.0  # the others speak up
    first = np.asarray(activation(rows))[:, 0]
    return bool(first[0] == first[1])


def _far(activation, x: float) -> float:
    return float(_curve(activation, [x])[0])


PLAUSIBILITY_TESTS: tuple[PlausibilityTest, ...] = (
    PlausibilityTest(
        "mechanism",
        "Is a mechanism known that does this?",
        (
            Criterion(
                "a rate",
                "Is f never below 0, as a number of spikes a second cannot be?",
                lambda f: bool(_curve(f, _GRID).min() >= -_TOLERANCE),
            ),
            Criterion(
                "own input",
                "Does the output depend on this neuron's own input alone?",
                _stands_alone,
            ),
        ),
    ),
    PlausibilityTest(
        "benefit",
        "Would an animal that has it be better off?",
        (
            Criterion(
                "rests",
                "Does f tend to 0 under strong inhibition, so that no spikes are paid for?",
                lambda f: abs(_far(f, -_FAR)) < 1e-3,
            ),
            Criterion(
                "silent",
                "Is f exactly 0 from some level of inhibition on?",
                lambda f: bool((_curve(f, np.linspace(-12, -8, 33)) == 0).all()),
            ),
        ),
    ),
    PlausibilityTest(
        "fit",
        "Does the form serve the function?",
        (
            Criterion(
                "graded",
                "Does f tell degrees of excitation apart?",
                lambda f: bool((np.diff(_curve(f, np.linspace(0.2, 0.9, 33))) > 0).all()),
            ),
            Criterion(
                "ordered",
                "Does more input never give less output?",
                lambda f: bool((np.diff(_curve(f, _GRID)) >= -_TOLERANCE).all()),
            ),
        ),
    ),
    PlausibilityTest(
        "feasibility",
        "Could living tissue do it?",
        (
            Criterion(
                "ceiling",
                "Is f bounded above, as a refractory cell is?",
                lambda f: _far(f, _FAR) < 1e3,
            ),
            Criterion(
                "no jump",
                "Does f never jump, as a noisy cell's mean rate does not?",
                lambda f: bool(np.abs(np.diff(_curve(f, _GRID))).max() < _JUMP),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Plausibility:
    """The scores of one activation or learning rule, and why.

    Attributes
    ----------
    name : str
        Of the activation or the rule.
    scores : mapping of str to int
        0, 1 or 2 for each of the four tests, by name.
    reasons : mapping of str to str
        Why, for each of the four tests.
    """

    name: str
    scores: Mapping[str, int]
    reasons: Mapping[str, str]

    @property
    def total(self) -> int:
        """The sum of the scores, from 0 to 8."""
        return sum(self.scores.values())


def judge_activation(activation: Activation | VectorActivation) -> Plausibility:
    """Score an activation in the four tests by measuring its curve.

    Of an activation of vectors the curve is that of its first output against its first input, all
    others being held at 0.1.

    Parameters
    ----------
    activation : Activation or VectorActivation

    Returns
    -------
    Plausibility
        Each score is the number of that test's two criteria that are met.

    Raises
    ------
    TypeError
        If it is no activation of the course.

    Examples
    --------
    >>> from companion.activations import relu, tanh
    >>> judge_activation(relu).total, judge_activation(tanh).total
    (7, 5)
    >>> judge_activation(relu).reasons["feasibility"]
    'no jump; not: ceiling'
    """
    if not isinstance(activation, Activation | VectorActivation):
        raise TypeError(
            f"activation must be a member of ACTIVATIONS or VECTOR_ACTIVATIONS, got {activation!r}"
        )
    scores, reasons = {}, {}
    for test in PLAUSIBILITY_TESTS:
        met = [criterion.name for criterion in test.criteria if criterion.measure(activation)]
        missed = [c.name for c in test.criteria if c.name not in met]
        scores[test.name] = len(met)
        parts = [", ".join(met), "not: " + ", ".join(missed) if missed else ""]
        reasons[test.name] = "; ".join(part for part in parts if part)
    return Plausibility(activation.name, MappingProxyType(scores), MappingProxyType(reasons))


def judge_activations() -> tuple[Plausibility, ...]:
    """Score every registered activation, of numbers and of vectors.

    Returns
    -------
    tuple of Plausibility
        The most plausible first.

    Examples
    --------
    >>> judge_activations()[0].total
    8
    """
    judged = [judge_activation(f) for f in (*ACTIVATIONS.values(), *VECTOR_ACTIVATIONS.values())]
    return tuple(sorted(judged, key=lambda one: (-one.total, one.name)))


def _rule(name: str, *verdicts: tuple[int, str]) -> Plausibility:
    names = [test.name for test in PLAUSIBILITY_TESTS]
    scores = {test: score for test, (score, _) in zip(names, verdicts, strict=True)}
    reasons = {test: reason for test, (_, reason) in zip(names, verdicts, strict=True)}
    return Plausibility(name, MappingProxyType(scores), MappingProxyType(reasons))


#: The course's learning rules, scored by hand: each score has its reason.
LEARNING_RULES: Mapping[str, Plausibility] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            _rule(
                "oja",
                (1, "Hebbian growth has been measured; decay by the output squared is a guess"),
                (2, "finds what varies most in the input, unasked, from each input as it comes"),
                (2, "a neuron's own output is there at each of its synapses"),
                (2, "local, and the weights stay finite by themselves"),
            ),
            _rule(
                "hebb",
                (2, "lasting growth of a synapse after joint activity has been measured"),
                (1, "notices what comes together, but ends up at full strength everywhere"),
                (2, "both factors are there at the synapse"),
                (0, "the weights grow without end, which no synapse does"),
            ),
            _rule(
                "hopfield storage",
                (2, "Hebb's rule, applied once to each pattern"),
                (2, "a memory that is found again from a part of it"),
                (1, "asks each pair of neurons for the same weight both ways"),
                (1, "lets one synapse excite and inhibit in turn, at any place in the network"),
            ),
            _rule(
                "perceptron rule",
                (1, "one right-or-wrong signal for the cell; climbing fibres are a candidate"),
                (2, "learns what is asked, from mistakes alone"),
                (1, "one layer only: somebody must know the right answer of this very cell"),
                (1, "local once the answer is known; the weights change sign freely"),
            ),
            _rule(
                "gradient descent, one layer",
                (1, "as the perceptron rule, with the size of the error instead of its sign"),
                (2, "learns what is asked, and how sure it may be"),
                (1, "one layer only, as the perceptron rule"),
                (1, "local once the error is known; the error must be told with its size"),
            ),
            _rule(
                "backpropagation",
                (0, "no pathway is known that carries errors back through the same weights"),
                (2, "the best learner of all that are listed here"),
                (0, "needs each forward weight a second time, on the way back"),
                (1, "needs two phases and the slope of every neuron; relatives need less"),
            ),
            _rule(
                "random layer, least squares",
                (1, "random wiring is found in brains; solving a linear system is not"),
                (1, "learns fast, but from all examples at once, which must be kept"),
                (1, "the random layer needs no teacher; the read-out needs one matrix inverse"),
                (0, "each weight depends on all patterns and on all other weights"),
            ),
        )
    }
)
