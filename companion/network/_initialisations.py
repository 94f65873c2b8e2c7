"""Random weights to start from: how widely to scatter them so that signals keep their size.

A neuron with n inputs adds up n products. If the inputs have mean square q and the weights have
mean 0 and variance s², its sum has variance n·s²·q. So s² = 1/n keeps the size from layer to
layer, and all rules here are variations of that.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from companion.activations import Activation, find
from companion.network._checks import number


@dataclass(frozen=True)
class Initialisation(ABC):
    """A rule for drawing weights: a standard deviation that depends on the layer's shape.

    Parameters
    ----------
    distribution : {"normal", "uniform"}
        A normal distribution, or a uniform one with the same standard deviation.
    gain : float
        Makes the standard deviation so many times as large; see `gain`.

    Raises
    ------
    TypeError, ValueError
        If a parameter is not of its kind.
    """

    distribution: str = "normal"
    gain: float = 1.0

    def __post_init__(self):
        if self.distribution not in ("normal", "uniform"):
            raise ValueError(
                f"distribution must be 'normal' or 'uniform', got {self.distribution!r}"
            )
        number(self.gain, "gain", above=0)

    @abstractmethod
    def scale(self, outputs: int, inputs: int) -> float:
        """Return the standard deviation of the weights of a layer of this shape."""

    def __call__(self, outputs: int, inputs: int, seed: int | np.random.Generator) -> np.ndarray:
        """Draw weights of shape (outputs, inputs)."""
        rng = np.random.default_rng(seed)
        scale, shape = self.scale(outputs, inputs), (outputs, inputs)
        if self.distribution == "normal":
            return rng.normal(0.0, scale, shape)
        end = math.sqrt(3.0) * scale  # a uniform distribution on ±a has variance a²/3
        return rng.uniform(-end, end, shape)


@dataclass(frozen=True)
class LeCun(Initialisation):
    """Variance 1/inputs: keeps the size of signals on their way forward, through linear layers.

    References
    ----------
    Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, "Efficient BackProp", in Neural Networks: Tricks
    of the Trade, 2nd edition, Springer, 2012, 9-48 (first in 1998).
    doi:10.1007/978-3-642-35289-8_3

    Examples
    --------
    >>> LeCun().scale(outputs=10, inputs=100)
    0.1
    """

    def scale(self, outputs: int, inputs: int) -> float:
        """Return gain / √inputs."""
        return self.gain * math.sqrt(1.0 / inputs)


@dataclass(frozen=True)
class Xavier(Initialisation):
    """Variance 2/(inputs + outputs): between the best for signals and the best for gradients.

    Gradients run backwards, where each input adds up as many products as there are outputs.

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS, PMLR 9 (2010) 249-256.

    Examples
    --------
    >>> Xavier().scale(outputs=100, inputs=100)
    0.1
    """

    def scale(self, outputs: int, inputs: int) -> float:
        """Return gain · √(2 / (inputs + outputs))."""
        return self.gain * math.sqrt(2.0 / (inputs + outputs))


@dataclass(frozen=True)
class He(Initialisation):
    """Variance 2/inputs: makes up for ReLU, which halves the mean square of a symmetric signal.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: Surpassing human-level
    performance on ImageNet classification", ICCV (2015) 1026-1034. doi:10.1109/ICCV.2015.123

    Examples
    --------
    >>> He().scale(outputs=10, inputs=200)
    0.1
    >>> He("uniform")(outputs=2, inputs=3, seed=0).shape
    (2, 3)
    """

    def scale(self, outputs: int, inputs: int) -> float:
        """Return gain · √(2 / inputs)."""
        return self.gain * math.sqrt(2.0 / inputs)


@dataclass(frozen=True)
class Constant(Initialisation):
    """The same standard deviation, `gain`, whatever the layer's shape: what the rules improve on.

    Examples
    --------
    >>> Constant(gain=0.01).scale(outputs=10, inputs=1000)
    0.01
    """

    def scale(self, outputs: int, inputs: int) -> float:
        """Return gain."""
        return self.gain


#: The rules by name, each with a normal and a uniform distribution.
INITIALISATIONS: Mapping[str, Initialisation] = MappingProxyType(
    {
        f"{name}{suffix}": rule(distribution)
        for name, rule in (("he", He), ("xavier", Xavier), ("lecun", LeCun))
        for suffix, distribution in (("", "normal"), ("_uniform", "uniform"))
    }
)


def initialisation(rule: str | Initialisation) -> Initialisation:
    """Return the rule of that name, or the rule itself."""
    if isinstance(rule, Initialisation):
        return rule
    if rule not in INITIALISATIONS:
        raise ValueError(
            f"weights must be an Initialisation or one of {', '.join(INITIALISATIONS)}, "
            f"got {rule!r}"
        )
    return INITIALISATIONS[rule]


def fitting_initialisation(activation: Activation) -> Initialisation:
    """Return Xavier for activations with two flat ends and for lines, He for all others.

    Examples
    --------
    >>> from companion.activations import gelu, tanh
    >>> fitting_initialisation(tanh), fitting_initialisation(gelu)
    (Xavier(distribution='normal', gain=1.0), He(distribution='normal', gain=1.0))
    """
    facts = getattr(activation, "facts", None)
    is_line = activation.name == "identity"
    flat_ends = facts is not None and len(facts.saturates) == 2
    return INITIALISATIONS["xavier" if is_line or flat_ends else "he"]


def gain(activation: str | Activation, of: str = "value") -> float:
    r"""Return how much larger weights must be to make up for an activation.

    For a weighted sum z that is normal with mean 0 and variance 1, the activation's mean square
    is E[f(z)²], and weights that are 1/√E[f(z)²] times as large bring the next layer's sums back
    to variance 1: ``LeCun(gain=gain(f))`` keeps the size of signals from layer to layer. With
    ``of="slope"`` it is 1/√E[f′(z)²], which keeps the size of gradients. For ReLU both are √2,
    which is the rule of He; for most others they differ, and no one start is right both ways.

    For activations that are not made of two lines through 0 this holds at variance 1 only. Where
    f(z)/z falls with the size of z, as for tanh, a deviation heals from layer to layer; where it
    rises, as for GELU, it grows.

    Parameters
    ----------
    activation : str or Activation
        A registered name, or the activation itself.
    of : {"value", "slope"}
        What is to keep its size.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If `of` is something else, or the mean square is 0, as for the slope of a step.

    References
    ----------
    K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers: Surpassing human-level
    performance on ImageNet classification", ICCV (2015) 1026-1034. doi:10.1109/ICCV.2015.123

    Examples
    --------
    >>> round(gain("relu"), 6), round(gain("tanh"), 4), round(gain("tanh", of="slope"), 4)
    (1.414214, 1.5925, 1.4674)
    """
    from scipy.integrate import quad

    function = find(activation) if isinstance(activation, str) else activation
    if of not in ("value", "slope"):
        raise ValueError(f"of must be 'value' or 'slope', got {of!r}")
    what = function if of == "value" else function.derivative

    def integrand(z: float) -> float:
        return float(what(z)) ** 2 * math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)

    # Beyond 12 standard deviations lies less than 1e-32 of the probability.
    corners = [-12.0, *(k for k in (*function.kinks, 0.0) if -12 < k < 12), 12.0]
    pieces = pairwise(sorted(set(corners)))
    square = sum(quad(integrand, a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in pieces)
    if square < 1e-12:
        raise ValueError(f"{function!r} has a {of} of 0 almost everywhere: no gain makes up for it")
    return 1.0 / math.sqrt(square)
