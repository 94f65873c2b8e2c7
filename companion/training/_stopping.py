"""When to stop: once nothing has become better for a while."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.network._checks import whole
from companion.training._history import History


@dataclass(frozen=True)
class EarlyStop:
    """Stop once a recorded quantity has not become better for some records.

    Parameters
    ----------
    patience : int, default 5
        For how many records.
    watch : str, default "validation_loss"
        Which quantity: the lower the better for a loss, the higher the better for an accuracy.
    restore : bool, default True
        Whether the network gets back the parameters that it had at the best record.

    Raises
    ------
    TypeError, ValueError
        If `patience` is no whole number from 1 on.

    Examples
    --------
    >>> history = History((), ())
    >>> for step, loss in enumerate([3.0, 1.0, 2.0, 1.5]):
    ...     history.add(step=step, validation_loss=loss)
    >>> stop = EarlyStop(patience=2)
    >>> stop.best(history), stop(history)
    (1, True)
    """

    patience: int = 5
    watch: str = "validation_loss"
    restore: bool = True

    def __post_init__(self):
        whole(self.patience, "patience")

    def best(self, history: History) -> int:
        """Return which record is the best so far, the first of several."""
        values = history[self.watch]
        return int(np.argmax(values) if "accuracy" in self.watch else np.argmin(values))

    def __call__(self, history: History) -> bool:
        """Return whether the best record lies `patience` records back."""
        return len(history) - 1 - self.best(history) >= self.patience
