"""Exercises that check themselves.

Each lesson ends with exercises. `check` takes an exercise's id and the reader's answer, and says
either why the answer is right or what is off, with a hint. It works offline, never gives the
answer away, and never shows a traceback.

A cell in a lesson reads ``check("hard-tanh-slope", slope)``; as long as ``slope`` is still ``...``,
the exercise counts as open.

A chapter's exercises stand in a private module of their own and register when it is imported here.
"""

from companion.exercises import _biological, _floats, _gated, _mp, _relu, _sigmoid  # noqa: F401
from companion.exercises._engine import EXERCISES, Exercise, Feedback, Hint, check

__all__ = ["EXERCISES", "Exercise", "Feedback", "Hint", "check"]
