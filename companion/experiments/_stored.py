"""A sweep, and where its results are stored."""

from __future__ import annotations

from dataclasses import dataclass

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
