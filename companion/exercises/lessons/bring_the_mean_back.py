"""Exercises of the lesson `bring_the_mean_back`."""

import numpy as np
from scipy.special import ndtri

from companion.activations import selu
from companion.exercises._answers import Hint, number, numbers
from companion.exercises._engine import exercise

_RELU_MEAN = 1 / np.sqrt(2 * np.pi)


@exercise("back-leaky")
def back_leaky(mean, slope):
    """Give the mean of leaky ReLU's outputs for slope 0.2, and the slope that would make it 0."""
    given, zero_at = numbers((mean, slope), 2, "your answer")
    if np.isclose(given, _RELU_MEAN, rtol=0.01):
        raise Hint("That is ReLU's mean. What does the left side, with slope 0.2, take away?")
    if np.isclose(given, 1.2 * _RELU_MEAN, rtol=0.01):
        raise Hint("The outputs on the left are negative: do they add to the mean, or subtract?")
    if not np.isclose(given, 0.8 * _RELU_MEAN, rtol=0.01):
        raise Hint(
            "Your mean is off. The right side brings 1/√(2π); the left side is its mirror image, "
            "times the slope."
        )
    if np.isclose(zero_at, -1):
        raise Hint("With slope −1 it is |z|, which is never negative. Which way should it go?")
    if not np.isclose(zero_at, 1):
        raise Hint("The mean is (1 − γ)/√(2π). For which γ is that 0?")
    return (
        "With two straight sides the mean is 0 only if both have the same slope, and then nothing "
        "bends any more. It takes a curve, as ELU has, to be centred and bent at once."
    )


@exercise("back-fixed-point")
def back_fixed_point(m, scale):
    """Find m and λ such that λ(relu(z) − m) has mean 0 and variance 1."""
    shift, factor = numbers((m, scale), 2, "your answer")
    variance = 0.5 - _RELU_MEAN**2
    if np.isclose(shift, 0.5, rtol=0.01):
        raise Hint("½ is the mean of relu(z)², not of relu(z).")
    if np.isclose(shift, -_RELU_MEAN, rtol=0.01):
        raise Hint("Right size. The mean of relu(z) is positive: is m added or subtracted?")
    if not np.isclose(shift, _RELU_MEAN, rtol=0.01):
        raise Hint("λ cannot repair a mean: the mean of relu(z) − m must be 0 by itself.")
    if np.isclose(factor, np.sqrt(2), rtol=0.01):
        raise Hint(
            "√2 makes the mean square 1 while the mean is still there. What is the variance?"
        )
    if np.isclose(factor, 1 / variance, rtol=0.01):
        raise Hint("A factor λ enters the variance squared.")
    if np.isclose(factor, np.sqrt(variance), rtol=0.01):
        raise Hint("That is the standard deviation. Should λ be large or small if it is small?")
    if not np.isclose(abs(factor), 1 / np.sqrt(variance), rtol=0.01):
        raise Hint(
            "m is right, λ is not: the variance of relu(z) is its mean square less the square of "
            "its mean."
        )
    return (
        "A ReLU that is merely moved and stretched satisfies both equations, too. That is what "
        "batch normalisation behind the activation would do."
    )


@exercise("back-alpha")
def back_alpha(alpha):
    """Write SELU's α in closed form."""
    given = number(alpha, "your α")
    right = selu.scale_times_alpha / selu.scale
    if np.isclose(given, right, rtol=1e-9):
        return (
            "α = −φ(0) / (√e Φ(−1) − ½): what the right side brings, over what the left side takes "
            "for each unit of α. It has all its digits, as no integral had to be approximated."
        )
    if np.isclose(given, right, rtol=1e-3):
        raise Hint("Nearly: that is α rounded. The closed form gives all digits.")
    if np.isclose(given, -right):
        raise Hint("Right size: the left side is negative, so a minus is missing.")
    if np.isclose(abs(given), _RELU_MEAN / 0.26158, rtol=1e-3):
        raise Hint("The left side is eᶻ − 1, and you have averaged eᶻ. What does the −1 bring?")
    if np.isclose(given, selu.scale_times_alpha, rtol=1e-3):
        raise Hint("That is λα, how far down SELU goes. The mean is 0 for α alone.")
    if np.isclose(given, selu.scale, rtol=1e-3):
        raise Hint("That is λ, which makes the variance 1. Which constant makes the mean 0?")
    raise Hint(
        "The mean is φ(0) + α·(left), with left the average of eᶻ − 1 over z < 0. When is it 0?"
    )


@exercise("back-beta")
def back_beta(beta):
    """Choose β so that ReLUs behind batch normalisation are active for one input in ten."""
    given = number(beta, "your β")
    right = float(ndtri(0.1))
    if abs(given - right) < 0.01:
        return (
            "Φ(β) = 0.1. In PyTorch and everywhere else this is a parameter that training is free "
            "to find: sparse units are within its reach."
        )
    if abs(given + right) < 0.01:
        raise Hint("Right size. With this sign nine in ten would be active. Which way to push?")
    if abs(given - 0.1) < 1e-9:
        raise Hint("0.1 is the share you want. Which β gives Φ(β) = 0.1?")
    if abs(given - float(ndtri(0.05))) < 0.01:
        raise Hint("That gives one in twenty: only one side of the bell is active.")
    if given > 0:
        raise Hint("A positive β makes more than half of the inputs active.")
    raise Hint(
        "The sums are normal with mean β and deviation 1. How large a part of them lies above 0?"
    )
