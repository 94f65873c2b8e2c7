"""What a reader may answer: helpers that turn everything else into a kind hint.

A checker passes each answer through one of these before it looks at it, so that a wrong type, a
wrong shape or an exception in the reader's code ends in one sentence and not in a traceback.
"""

from companion.exercises._answers._arrays import array, largest_difference, numbers
from companion.exercises._answers._functions import Guarded, function
from companion.exercises._answers._hint import Hint, NotAnswered
from companion.exercises._answers._open import is_open
from companion.exercises._answers._scalars import boolean, choice, integer, number
from companion.exercises._answers._tables import truth_table

__all__ = [
    "Guarded",
    "Hint",
    "NotAnswered",
    "array",
    "boolean",
    "choice",
    "function",
    "integer",
    "is_open",
    "largest_difference",
    "number",
    "numbers",
    "truth_table",
]
