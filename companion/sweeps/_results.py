"""What a sweep has found: cells with their results, in memory and in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from companion.sweeps._grid import Configuration, key_of, plain
from companion.sweeps._sweep import restored


@dataclass(frozen=True)
class Cell:
    """One configuration, and what came of it.

    Attributes
    ----------
    configuration : dict
        What it ran with.
    result : dict or None
        What was measured, by name; None if it failed.
    failure : str or None
        The exception's type and message if it failed.
    """

    configuration: Configuration
    result: dict[str, Any] | None = None
    failure: str | None = None


@dataclass(frozen=True)
class SweepResults(Sequence):
    """The cells of a sweep that have been run, in the order of its grid.

    Attributes
    ----------
    cells : tuple of Cell
        Those that ran, failures among them.
    header : dict
        The sweep's name, experiment, seed, and the environment and date of its first run.
    """

    cells: tuple[Cell, ...]
    header: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, index: Any) -> Any:
        return self.cells[index]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    @property
    def failures(self) -> tuple[Cell, ...]:
        """The cells that failed."""
        return tuple(cell for cell in self.cells if cell.failure is not None)

    def select(self, **chosen: object) -> SweepResults:
        """Return the cells whose configuration has these values.

        Raises
        ------
        ValueError
            If no cell has them; the message says which values there are.
        """
        wanted = {name: plain(value, name) for name, value in chosen.items()}
        places = set(range(len(self.cells)))
        for name, value in wanted.items():
            places &= self._places.get(name, {}).get(_typed(value), set())
        if not places:
            known = {name: self.axis(name) for name in wanted}
            raise ValueError(f"no cell has {wanted}; there are {known}")
        return SweepResults(tuple(self.cells[place] for place in sorted(places)), self.header)

    def axis(self, name: str) -> list[Any]:
        """Return the different values of one name, in the order of the grid."""
        return [value for _, value in self._places.get(name, {})]

    @cached_property
    def _places(self) -> dict[str, dict[tuple[type, Any], set[int]]]:
        """Where each value of each name stands; a lesson selects many times from many cells."""
        places: dict[str, dict[tuple[type, Any], set[int]]] = {}
        for place, cell in enumerate(self.cells):
            for name, value in cell.configuration.items():
                places.setdefault(name, {}).setdefault(_typed(value), set()).add(place)
        return places

    def values(self, name: str, **chosen: object) -> np.ndarray:
        """Return one measured quantity over the cells chosen, failures left out.

        Parameters
        ----------
        name : str
            Which quantity.
        **chosen : str, int, float, bool or None
            As in `select`; all cells by default.

        Returns
        -------
        ndarray
            Shape (cells,), or (cells, n) if each cell measured a list of n.

        Raises
        ------
        ValueError
            If no cell is chosen, or none of them measured it.
        """
        cells = self.select(**chosen).cells if chosen else self.cells
        results = [cell.result for cell in cells if cell.result is not None]
        missing = [result for result in results if name not in result]
        if missing or not results:
            known = sorted({key for result in results for key in result})
            raise ValueError(f"name must be one of {known}, got {name!r}")
        return np.array([result[name] for result in results])


def _typed(value: object) -> tuple[type, Any]:
    """Tell 1, 1.0 and True apart, as a file does."""
    return type(value), value


def read_results(path: str | Path) -> SweepResults:
    """Read a results file.

    Parameters
    ----------
    path : str or Path
        Of a file that `run_sweep` wrote. A last line that was cut off is left out.

    Returns
    -------
    SweepResults
        In the order of the file. Of a cell that was run again after a failure, the last.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If it is not such a file, or damaged elsewhere than at its end.
    """
    header, records, _ = read_file(Path(path))
    return SweepResults(cells_of(records), header)


def read_file(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], int]:
    """Return header and records of a file, and how many of its bytes are whole lines."""
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    lines = data[:whole].split(b"\n")[:-1]
    records = []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
        except ValueError:
            raise ValueError(
                f"{path}: line {number} is damaged; remove it, and its cell runs again"
            ) from None
        expected = "sweep" if number == 1 else "configuration"
        if not isinstance(record, dict) or expected not in record:
            raise ValueError(f"{path}: line {number} is none of a sweep's results file")
        records.append(record)
    if not records and data:
        raise ValueError(f"{path}: no whole line; remove the file, and the sweep begins anew")
    return (records[0], records[1:], whole) if records else ({}, [], 0)


def cells_of(records: Iterable[dict[str, Any]]) -> tuple[Cell, ...]:
    """Make cells of a file's records; of several with one configuration, the last counts."""
    cells = {}
    for record in records:
        result = record.get("result")
        if result is not None:
            result = {name: restored(value) for name, value in result.items()}
        key = key_of(record["configuration"])
        cells[key] = Cell(record["configuration"], result, record.get("failure"))
    return tuple(cells.values())
