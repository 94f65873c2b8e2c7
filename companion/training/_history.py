"""What was seen during training, record by record."""

from __future__ import annotations

import numpy as np


class History:
    """The records of one training run, a table with a column for each quantity.

    Attributes
    ----------
    activation_layers, weight_layers : tuple of int
        Which layers the columns by layer are about, by their place in the network.
    batch_losses : list of float
        The loss of every step's batch, as it was just before the step.
    stopped : str
        Why the run ended.

    Examples
    --------
    >>> history = History((1,), (0, 2))
    >>> history.add(step=0, loss=2.5, activity=[0.5])
    >>> history.add(step=9, loss=0.5, activity=[0.25])
    >>> history["loss"], history["activity"].shape, history.last("activity")
    (array([2.5, 0.5]), (2, 1), array([0.25]))
    """

    def __init__(self, activation_layers: tuple[int, ...], weight_layers: tuple[int, ...]):
        self.activation_layers = activation_layers
        self.weight_layers = weight_layers
        self.batch_losses: list[float] = []
        self.stopped = ""
        self._columns: dict[str, list[np.ndarray]] = {}

    def add(self, **quantities: float | np.ndarray) -> None:
        """Add a record; each has the same quantities."""
        if self._columns and quantities.keys() != self._columns.keys():
            raise ValueError(
                f"a record must have {', '.join(self._columns)}, got {', '.join(quantities)}"
            )
        for name, value in quantities.items():
            self._columns.setdefault(name, []).append(np.asarray(value))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()), []))

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column: shape (records,), or (records, layers) for quantities by layer."""
        if name not in self._columns:
            raise KeyError(f"{name!r} was not recorded; there are {', '.join(self._columns)}")
        return np.array(self._columns[name])

    def last(self, name: str) -> np.ndarray:
        """Return the newest entry of a column."""
        return self[name][-1]

    def __repr__(self) -> str:
        if not len(self):
            return "History(no records)"
        steps, losses = self["step"], self["loss"]
        return (
            f"History({len(self)} records, steps {steps[0]} to {steps[-1]}, "
            f"loss {losses[0]:.3g} to {losses[-1]:.3g})"
        )
