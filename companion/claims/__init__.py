"""Claims and their verdicts.

A lesson states a claim, measures it, and settles it in one call. The call either returns a
`Verdict`, which a notebook shows and stores, or raises `ClaimError`, which stops the notebook. So
a verdict that stands on a page has been computed, and is computed again whenever the lessons are.

>>> import math
>>> from companion.claims import at_most, equal, settle
>>> at_two = 1 - 1 / (1 + math.exp(-2))
>>> settle(
...     "hard-logistic",
...     at_most("largest |hard_logistic(x) − σ(x)|", measured=at_two, bound=0.12, where="|x| = 2"),
...     equal("its closed form 1 − σ(2)", measured=at_two, expected=0.11920292, tolerance=1e-8),
... )
hard-logistic: holds within a bound
  largest |hard_logistic(x) − σ(x)| = 0.1192 ≤ 0.12, at |x| = 2
  its closed form 1 − σ(2) = 0.1192, as expected to within 1e-8
"""

from companion.claims._evidence import Evidence, at_least, at_most, equal, holds, refuted
from companion.claims._verdict import ClaimError, Verdict, settle

__all__ = [
    "ClaimError",
    "Evidence",
    "Verdict",
    "at_least",
    "at_most",
    "equal",
    "holds",
    "refuted",
    "settle",
]
