"""The long experiments of the book, whose stored results its lessons read.

A lesson runs in seconds; what takes minutes is run once by ``make sweeps``, and its results stand
beside the lesson. Each module here has an experiment, which the lesson runs live for a few of its
cells, and names its sweeps in ``STORED``.

>>> from companion.experiments import STORED_SWEEPS
>>> all(stored.path.endswith(".jsonl") for stored in STORED_SWEEPS.values())
True
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from companion.experiments._stored import StoredSweep, stored_in

#: Every sweep whose results are stored, by its name. A lesson that runs one experiment need not
#: wait for all others, so they are looked for when this is first asked for.
STORED_SWEEPS: Mapping[str, StoredSweep]

__all__ = ["STORED_SWEEPS", "StoredSweep"]


def __getattr__(name: str) -> Mapping[str, StoredSweep]:
    if name == "STORED_SWEEPS":
        return _stored_sweeps()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _stored_sweeps() -> Mapping[str, StoredSweep]:
    found: dict[str, StoredSweep] = {}
    for module in iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        for stored in stored_in(import_module(f"{__name__}.{module.name}")):
            if stored.sweep.name in found:
                raise ValueError(f"two sweeps have the name {stored.sweep.name!r}")
            found[stored.sweep.name] = stored
    return MappingProxyType(found)
