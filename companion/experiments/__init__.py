"""The long experiments of the book, whose stored results its lessons read.

A lesson runs in seconds; what takes minutes is run once by ``make sweeps``, and its results stand
beside the lesson. Each module here has an experiment, which the lesson runs live for a few of its
cells, and names its sweeps in ``STORED``.

>>> from companion.experiments import STORED_SWEEPS
>>> all(stored.path.endswith(".jsonl") for stored in STORED_SWEEPS.values())
True
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from companion.experiments._stored import StoredSweep


def _find() -> dict[str, StoredSweep]:
    found: dict[str, StoredSweep] = {}
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        for stored in import_module(f"{__name__}.{module.name}").STORED:
            if stored.sweep.name in found:
                raise ValueError(f"two sweeps have the name {stored.sweep.name!r}")
            found[stored.sweep.name] = stored
    return found


#: Every sweep whose results are stored, by its name.
STORED_SWEEPS: Mapping[str, StoredSweep] = MappingProxyType(_find())

__all__ = ["STORED_SWEEPS", "StoredSweep"]
