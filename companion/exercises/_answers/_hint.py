"""What an answer that cannot be checked turns into: a hint, or the finding that there is none."""


class Hint(Exception):  # noqa: N818 - it is what the reader is told, not an error
    """What is off about an answer, in a sentence that helps and does not give it away."""

    __module__ = "companion.exercises"


class NotAnswered(Exception):  # noqa: N818
    """The answer turned out to be a stub while it was being checked."""
