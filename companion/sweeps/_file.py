"""The results file of a sweep under way: appended to, locked, and put in order at the end."""

from __future__ import annotations

import datetime
import json
import os
import platform
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import scipy

from companion.sweeps._grid import key_of
from companion.sweeps._results import Cell, SweepResults, cells_of, read_file
from companion.sweeps._sweep import Sweep

try:
    import fcntl
except ImportError:  # Windows has none; there, nobody is kept from writing at the same time
    fcntl = None


class ResultsFile:
    """Holds the file open and locked while the sweep runs.

    Raises
    ------
    ValueError
        If the file belongs to another sweep, or is damaged elsewhere than at its end.
    BlockingIOError
        If another run of the sweep is writing to it.
    """

    def __init__(self, path: Path, sweep: Sweep) -> None:
        self.path, self.sweep = path, sweep
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("ab")
        try:
            self._lock()
            self._adopt()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> ResultsFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    @property
    def results(self) -> SweepResults:
        """The sweep's cells so far, in the order of its grid."""
        cells = [
            self._cells[key] for key in map(key_of, self.sweep.configurations) if key in self._cells
        ]
        return SweepResults(tuple(cells), self._header)

    def append(self, cell: Cell, record: dict[str, Any]) -> None:
        """Write one cell, in one go, and see it onto the disk."""
        self._stream.write(_line(record))
        self._stream.flush()
        self._cells[key_of(cell.configuration)] = cell
        self._records[key_of(cell.configuration)] = record

    def sort(self) -> None:
        """Put the lines in the order of the grid; cells of other grids stay, at the end.

        The file is replaced as a whole, so that it is never half one and half the other.
        """
        wanted = [key_of(configuration) for configuration in self.sweep.configurations]
        order = [
            *(key for key in wanted if key in self._records),
            *(key for key in self._records if key not in set(wanted)),
        ]
        text = b"".join([_line(self._header), *(_line(self._records[key]) for key in order)])
        if text == self.path.read_bytes():
            return
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.write_bytes(text)
        fresh.replace(self.path)

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BlockingIOError(f"{self.path}: another run is writing to it") from None

    def _adopt(self) -> None:
        """Take over what the file holds, or begin it."""
        header, records, whole = read_file(self.path)
        expected = self.sweep.header
        found = {name: header.get(name) for name in expected}
        if header and found != expected:
            raise ValueError(
                f"{self.path} holds the results of another sweep, {found}, not of {expected}; "
                "choose another file"
            )
        if whole < self.path.stat().st_size:  # the last line was cut off: its cell runs again
            os.truncate(self.path, whole)
        self._header = header or {**expected, **_environment()}
        if not header:
            self._stream.write(_line(self._header))
            self._stream.flush()
        self._records = {key_of(record["configuration"]): record for record in records}
        self._cells = {key_of(cell.configuration): cell for cell in cells_of(records)}


def _environment() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def _line(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n").encode()
