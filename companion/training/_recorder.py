"""Who watches a run: it takes records, notices a loss that is no number, keeps the best state."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from companion.network import Loss, Network, Optimiser
from companion.training._diverged import DivergenceError, diagnose, largest_parameters
from companion.training._history import History
from companion.training._measure import Measures, activation_layers, measure, weight_layers
from companion.training._stopping import EarlyStop


@dataclass
class Recorder:
    """All that a run is watched with; `history` is what comes out."""

    network: Network
    loss: Loss
    optimiser: Optimiser
    probe: tuple[np.ndarray, np.ndarray]
    validation: tuple[np.ndarray, np.ndarray] | None
    measures: Measures | None
    stop: Any
    history: History = field(init=False)

    def __post_init__(self):
        self.history = History(activation_layers(self.network), weight_layers(self.network))
        self._sizes_at_start = largest_parameters(self.network)
        self._best: tuple[int, Any] = (-1, None)

    def record(self, step: int, epoch: int) -> bool:
        """Add a record; return whether it is time to stop."""
        found = measure(self.network, *self.probe, self.loss, self.measures)
        if self.validation is not None:
            inputs, targets = self.validation
            outputs = self.network(inputs)
            found["validation_loss"] = self.loss(outputs, targets)
            found["validation_accuracy"] = self.loss.accuracy(outputs, targets)
        self.history.add(step=step, epoch=epoch, **found)
        self.expect_finite(found["loss"], step, epoch, self.probe[0])
        if isinstance(self.stop, EarlyStop) and self.stop.restore:
            best = self.stop.best(self.history)
            if best != self._best[0]:
                self._best = best, self.network.state()
        return self.stop is not None and bool(self.stop(self.history))

    def expect_finite(self, value: float, step: int, epoch: int, batch: np.ndarray) -> None:
        """Raise DivergenceError unless a loss is a finite number."""
        if not math.isfinite(value):
            layer, cause = diagnose(self.network, batch, self.optimiser, step, self._sizes_at_start)
            raise DivergenceError(step, epoch, layer, cause, self.history)

    def restore(self) -> None:
        """Give the network back its best state, if that was asked for."""
        if self._best[1] is not None:
            self.network.load(self._best[1])
