"""Approximations of activations, from the best that a polynomial can do to errors that are proved.

`pade` and `remez` make approximations; `certified_maximum` encloses the largest distance of any two
functions between two numbers, by proof and not by sampling; `certify` does so for the statements
that the course makes, and `best_constant` shows where GELU's 0.044715 and 1.702 come from.

>>> from companion.approximation import certify
>>> error = certify("hard-logistic")  # 1 − σ(2)
>>> print(f"{error.lower:.12f} … {error.upper:.12f} at x = {error.where[-1][0]:g}")
0.119202922022 … 0.119202922022 at x = 2

What proves is ball arithmetic, for which python-flint must be installed.
"""

from ._certificates import CERTIFICATES, Certificate, certify
from ._certify import certified_maximum
from ._constants import BestConstant, best_constant, matching_constant
from ._curves import (
    Curve,
    Tail,
    clipped_line,
    cubic_gate,
    gated,
    normal_cdf,
    scaled_logistic,
)
from ._maximum import Enclosure
from ._pade import PadeApproximant, pade
from ._remez import BestApproximation, remez

__all__ = [
    "CERTIFICATES",
    "BestApproximation",
    "BestConstant",
    "Certificate",
    "Curve",
    "Enclosure",
    "PadeApproximant",
    "Tail",
    "best_constant",
    "certified_maximum",
    "certify",
    "clipped_line",
    "cubic_gate",
    "gated",
    "matching_constant",
    "normal_cdf",
    "pade",
    "remez",
    "scaled_logistic",
]
