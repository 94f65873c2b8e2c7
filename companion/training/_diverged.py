"""When the loss is no number any more: say at once where it happened, and why."""

from __future__ import annotations

import numpy as np

from companion.network import Network, Optimiser
from companion.training._history import History


class DivergenceError(ArithmeticError):
    """Training was stopped because the loss was NaN or infinite.

    Attributes
    ----------
    step, epoch : int
        The step at which the loss was not finite, counted from 1, and its epoch; 0 before the
        first.
    layer : int
        The first layer whose numbers were not finite, from 0.
    cause : str
        What has most likely happened.
    history : History
        All that was recorded until then.
    """

    def __init__(self, step: int, epoch: int, layer: int, cause: str, history: History):
        self.step, self.epoch, self.layer, self.cause = step, epoch, layer, cause
        self.history = history
        super().__init__(
            f"the loss is not finite at step {step} (epoch {epoch}); layer {layer}: {cause}"
        )


def diagnose(
    network: Network,
    batch: np.ndarray,
    optimiser: Optimiser,
    step: int,
    sizes_at_start: dict[tuple[int, str], float],
) -> tuple[int, str]:
    """Return the first layer that went wrong, and the likely cause in words."""
    index, symptom = _first_failure(network, batch)
    layer = network.layers[index]
    where = f"{layer!r} has {symptom}"
    if step <= 1:
        return index, (
            f"{where}, before anything was learned. The largest input is "
            f"{np.abs(batch).max():.3g} and the largest starting weight "
            f"{max(sizes_at_start.values(), default=0):.3g}: scale the inputs or start smaller"
        )
    sizes = largest_parameters(network)
    growth = [
        (sizes[key] / max(start, 1e-12), key)
        for key, start in sizes_at_start.items()
        if np.isfinite(sizes[key]) and key[1] == "weights"
    ]
    grown = max(growth, default=(0.0, None))
    if grown[1] is not None and grown[0] > 10:
        key = grown[1]
        grew = (
            f"; the weights of layer {key[0]} have grown from at most {sizes_at_start[key]:.3g} to "
            f"{sizes[key]:.3g}"
        )
    else:
        grew = ""
    return index, f"{where}{grew}. A step size of {optimiser.step:g} is likely too large"


def largest_parameters(network: Network) -> dict[tuple[int, str], float]:
    """Return the largest absolute value of each parameter."""
    return {key: float(np.abs(value).max()) for key, value in network.parameters().items()}


def _first_failure(network: Network, batch: np.ndarray) -> tuple[int, str]:
    for (index, name), value in network.parameters().items():
        if not np.isfinite(value).all():
            return index, f"{name} that are not finite"
    with np.errstate(all="ignore"):
        for index, signal in enumerate(network.signals(batch)):
            if not np.isfinite(signal).all():
                return index, "outputs that are not finite"
    return len(network.layers) - 1, "outputs too large for the loss"
