"""A sweep: an experiment, its configurations, and where its randomness comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from companion.sweeps._grid import Configuration, key_of, plain

#: Takes a configuration and a random generator, and returns what it measured by name.
Experiment = Callable[[Configuration, np.random.Generator], dict[str, Any]]


@dataclass(frozen=True)
class Sweep:
    """An experiment and all configurations that it is to run with.

    Attributes
    ----------
    name : str
        What the results file is known by.
    experiment : callable
        ``experiment(configuration, rng)`` returns a dict of what it measured: numbers, texts,
        booleans, None, and lists of these. To run in other processes it must be defined at the top
        level of a module.
    configurations : sequence of dict
        One for each cell, all different; `grid` makes them.
    seed : int
        Where all randomness comes from.

    Raises
    ------
    TypeError, ValueError
        If one of these is not what it should be, or a configuration comes twice.

    Examples
    --------
    >>> sweep = Sweep("sums", lambda c, rng: {"sum": c["a"] + c["b"]}, [{"a": 1, "b": 2}])
    >>> sweep.run_cell({"a": 1, "b": 2})
    {'sum': 3}
    """

    name: str
    experiment: Experiment
    configurations: Sequence[Configuration]
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ValueError(f"name must be a text, got {self.name!r}")
        if not callable(self.experiment):
            raise TypeError(f"experiment must be a function, got {self.experiment!r}")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise ValueError(f"seed must be an integer, 0 or more, got {self.seed!r}")
        cells = []
        for configuration in self.configurations:
            if not isinstance(configuration, dict):
                raise TypeError(f"configurations must hold dicts, got {configuration!r}")
            cells.append({name: plain(value, name) for name, value in configuration.items()})
        if not cells:
            raise ValueError("configurations must hold at least one, got none")
        seen: set[str] = set()
        for cell in cells:
            if key_of(cell) in seen:
                raise ValueError(f"configurations hold {cell} twice")
            seen.add(key_of(cell))
        object.__setattr__(self, "configurations", tuple(cells))

    def __len__(self) -> int:
        return len(self.configurations)

    @property
    def header(self) -> dict[str, Any]:
        """What tells this sweep's results from another's."""
        return {"sweep": self.name, "experiment": _name_of(self.experiment), "seed": self.seed}

    def generator(self, configuration: Configuration) -> np.random.Generator:
        """Return the cell's own random generator.

        It hangs on the sweep's seed and the configuration alone, so a larger grid leaves the cells
        of the smaller one as they were.
        """
        digest = hashlib.sha256(key_of(configuration).encode()).digest()
        words = tuple(int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4))
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=words))

    def run_cell(self, configuration: Configuration) -> dict[str, Any]:
        """Run the experiment once, here and now.

        Parameters
        ----------
        configuration : dict
            One of the sweep's, or another.

        Returns
        -------
        dict
            What it measured, as a results file would hold it.
        """
        return run_cell(self.experiment, dict(configuration), self.generator(configuration))


def run_cell(
    experiment: Experiment, configuration: Configuration, rng: np.random.Generator
) -> dict[str, Any]:
    """Run an experiment and check that its result can be stored; this is what a worker does."""
    result = experiment(dict(configuration), rng)
    if not isinstance(result, dict):
        raise TypeError(f"an experiment must return a dict, got {type(result).__name__}")
    return {str(name): storable(value, str(name)) for name, value in result.items()}


def storable(value: Any, name: str) -> Any:
    """Return a result as JSON holds it: arrays become lists, NaN and infinities texts."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [storable(item, name) for item in value]
    if isinstance(value, (float, np.floating)) and not np.isfinite(value):
        return {"not finite": str(float(value))}
    return plain(value, name)


def restored(value: Any) -> Any:
    """Return what `storable` was given; lists stay lists."""
    if isinstance(value, list):
        return [restored(item) for item in value]
    if isinstance(value, dict):
        return float(value["not finite"])
    return value


def _name_of(experiment: Experiment) -> str:
    module = getattr(experiment, "__module__", type(experiment).__module__)
    return f"{module}.{getattr(experiment, '__qualname__', type(experiment).__qualname__)}"
