"""A sweep, and where its results are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from companion.sweeps import Sweep


@dataclass(frozen=True)
class StoredSweep:
    """A sweep that the book has run beforehand.

    Attributes
    ----------
    sweep : Sweep
        What is run. Its experiment is a function of the module, so that the lesson can run a
        cell of it live.
    path : str
        Where the results stand, from the project's root: beside the lesson that reads them.
    """

    sweep: Sweep
    path: str

    def __post_init__(self) -> None:
        if not self.path.endswith(".jsonl"):
            raise ValueError(f"path must end with .jsonl, got {self.path!r}")


def stored_in(module: ModuleType) -> Sequence[StoredSweep]:
    """Return the sweeps that a module of experiments names.

    Raises
    ------
    TypeError
        If it has no ``STORED``, or something else there; an empty tuple will do.
    """
    stored = getattr(module, "STORED", None)
    if not isinstance(stored, (tuple, list)) or not all(
        isinstance(each, StoredSweep) for each in stored
    ):
        found = "has no STORED" if stored is None else f"has STORED = {stored!r}"
        raise TypeError(
            f"{module.__name__} {found}; it must name its sweeps, for example "
            'STORED = (StoredSweep(Sweep("name", experiment, grid(…)), "book/….jsonl"),)'
        )
    return stored
