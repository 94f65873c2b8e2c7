"""Exercises of the lesson `keep_the_mean_at_zero`."""

import numpy as np

from companion.exercises._answers import Hint, array, function, integer, numbers
from companion.exercises._engine import exercise

# The layer of "mean-fold", and the means of its four inputs.
_WEIGHTS = np.array([[2.0, -1.0, 0.5, 4.0], [1.0, 1.0, -3.0, 0.0], [-2.0, 0.5, 1.0, 1.0]])
_BIASES, _MEANS = np.array([0.5, -1.0, 2.0]), np.array([0.5, 0.25, 1.0, 0.5])


@exercise("mean-fold")
def mean_fold(new_biases):
    """Give the biases with which a layer computes the same from centred inputs."""
    given = array(new_biases, "`new_biases`", shape=(3,))
    push = _WEIGHTS @ _MEANS
    if np.allclose(given, _BIASES + push):
        return (
            "W x + b = W (x − μ) + (W μ + b): the bias swallows the push. Centring takes nothing "
            "from what a layer can compute; it changes the way to it."
        )
    if np.allclose(given, _BIASES):
        raise Hint("These are the old biases. What does each neuron lose when μ is subtracted?")
    if np.allclose(given, _BIASES - push):
        raise Hint("Right push, wrong direction: the inputs have lost Wμ. Who gives it back?")
    if np.allclose(given, push):
        raise Hint("That is the push Wμ alone. The neurons had biases before.")
    if np.allclose(given, _BIASES + _WEIGHTS.sum(axis=1) * _MEANS.mean()):
        raise Hint("Each input has a mean of its own; you have used their average for all four.")
    wrong = int(np.flatnonzero(~np.isclose(given, _BIASES + push))[0])
    raise Hint(
        f"Neuron {wrong + 1} is off. Write W x + b with x = (x − μ) + μ, multiply out, and collect "
        "what does not depend on x."
    )


@exercise("mean-signs")
def mean_signs(patterns):
    """Count the sign patterns that one example's step can have."""
    given = integer(patterns, "the number of patterns", low=0)
    if given == 2:
        return (
            "The step is −δ·x times the step size. The input's signs are fixed, and δ can only "
            "keep all of them or turn all of them. What counts is that each input never changes "
            "its sign, not that it is positive."
        )
    if given == 1024:
        raise Hint("All of them? Then the third weight could go up while the first stays put…")
    if given in (1, 0):
        raise Hint("The error δ can be positive or negative. What does its sign do to the step?")
    if given == 4:
        raise Hint(
            "You let the six positive and the four negative inputs choose apart. One δ multiplies "
            "them all."
        )
    raise Hint("Write down the gradient of one example, δ·x. What in it can change its sign?")


@exercise("mean-eigenvalues")
def mean_eigenvalues(largest, smallest, longest_step):
    """Find the eigenvalues of E[x xᵀ] for 100 inputs with mean ½, and the longest step."""
    high, low, step = numbers((largest, smallest, longest_step), 3, "your answer")
    if np.isclose(high, 100 * 0.5 + 0.04):
        raise Hint("Nearly: the length of μ enters squared, and so does each of its ½.")
    if np.isclose(high, 0.25 + 0.04):
        raise Hint(
            "That is one diagonal entry, 0.04 + ½². How long is the whole vector μ, squared?"
        )
    if np.isclose(high, 25.0):
        raise Hint("The mean's part is right. In the direction of μ there is also spread.")
    if not np.isclose(high, 25.04):
        raise Hint("E[x xᵀ] is Σ + μμᵀ. Multiply it by μ: what number comes out in front of μ?")
    if not np.isclose(low, 0.04):
        raise Hint("Take a direction at a right angle to μ: μμᵀ makes it 0. What is left?")
    if np.isclose(step, 1 / high, rtol=0.01):
        raise Hint(
            "1/λ lands in the valley at once. How far may a step overshoot, yet come closer?"
        )
    if not np.isclose(step, 2 / high, rtol=0.01):
        raise Hint("A step η multiplies the distance by 1 − ηλ. When is that −1?")
    return (
        "One direction of a hundred is 626 times as steep as all others, and it alone decides how "
        "long a step may be."
    )


@exercise("mean-share")
def mean_share(answer):
    """Write the share of the outputs' mean square that their means make up."""
    given = function(answer, "your `my_mean_share`", shape=())
    rng = np.random.default_rng(0)
    cases = {
        "constant outputs": np.full((5, 3), 0.7),
        "outputs that are centred": np.array([[1.0, -2.0], [-1.0, 2.0]]),
        "logistic-like outputs": rng.uniform(0.4, 0.6, (50, 8)),
        "one unit around +1 and one around −1": np.array([[1.5, -1.5], [0.5, -0.5]]),
    }
    for name, outputs in cases.items():
        right = np.sum(outputs.mean(axis=0) ** 2) / np.mean(np.sum(outputs**2, axis=1))
        got = float(given(outputs))
        if np.isclose(got, right):
            continue
        if right and np.isclose(got, np.sqrt(right)):
            raise Hint(f"For {name} you give the ratio of lengths. The share wants their squares.")
        if np.isclose(got, outputs.mean() ** 2 / np.mean(outputs**2)):
            raise Hint(
                f"For {name} you average over the units as well, so pushes up and pushes down "
                "cancel. Take the mean over the examples alone: which axis is that?"
            )
        if got > 1:
            raise Hint(f"For {name} your share is {got:.3g}, more than the whole.")
        raise Hint(f"For {name} your share is {got:.3g}, and it should be {right:.3g}.")
    return (
        "Pushes up and pushes down count alike, so it is 0 only if every unit is centred, and 1 "
        "only if no output ever changes."
    )
