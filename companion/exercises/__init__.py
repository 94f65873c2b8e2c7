"""Exercises that check themselves.

Each lesson ends with exercises. `check` takes an exercise's id and the reader's answer, and says
either why the answer is right or what is off, with a hint. It works offline, never gives the
answer away, and never shows a traceback.

A cell in a lesson reads ``check("hard-tanh-slope", slope)``; as long as ``slope`` is still ``...``,
the exercise counts as open.

A lesson's exercises stand in the module of `companion.exercises.lessons` that bears its name.
"""

from companion.exercises import lessons  # noqa: F401, registers them
from companion.exercises._engine import EXERCISES, Exercise, Feedback, Hint, check

__all__ = ["EXERCISES", "Exercise", "Feedback", "Hint", "check"]
