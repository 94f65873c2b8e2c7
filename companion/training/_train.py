"""The loop: shuffle, take a batch, go forwards and backwards, step; look around now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion._progress import progress as progress_bar
from companion.network import Loss, Network, Optimiser
from companion.network._checks import whole
from companion.training._data import checked_data
from companion.training._history import History
from companion.training._measure import Measures
from companion.training._recorder import Recorder
from companion.training._stopping import EarlyStop


def train(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: Loss,
    optimiser: Optimiser,
    *,
    epochs: int = 10,
    batch: int = 64,
    seed: int | np.random.Generator = 0,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    record_every: int | str = "epoch",
    probe: int = 1000,
    measures: Measures | None = None,
    stop: EarlyStop | Callable[[History], bool] | None = None,
    after_step: Callable[[Network, int], Any] | None = None,
    missing_classes: bool = False,
    progress: bool | None = None,
) -> History:
    """Train a network in place, and return what was seen on the way.

    Parameters
    ----------
    network : Network
        What learns.
    inputs : array_like of shape (n, inputs)
        One example a row.
    targets : array_like
        What is right for them, as `loss` wants it.
    loss : Loss
        What to make small.
    optimiser : Optimiser
        How to step.
    epochs : int
        How often to go through all examples.
    batch : int
        How many examples a step sees. A last batch of one joins the batch before it.
    seed : int or numpy.random.Generator
        Decides the order of the examples, and nothing else.
    validation : tuple of (inputs, targets), optional
        Examples that nothing is learned from; their loss and accuracy are recorded.
    record_every : int or "epoch"
        How many steps lie between two records. The start and the end are always recorded.
    probe : int
        Loss, accuracy and all that `measure` finds are taken on so many of the training examples,
        the same ones every time, or on all if there are fewer.
    measures : mapping of str to callable, optional
        Further quantities to record: what each callable returns for the network.
    stop : EarlyStop or callable, optional
        Called with the history after each record; the run ends when it returns True.
    after_step : callable, optional
        Called with the network and the number of the step after each step, for example to put
        pruned weights back to 0 or to change ``optimiser.step``.
    missing_classes : bool
        Whether a class may be without examples.
    progress : bool, optional
        Whether to show a bar; by default only on a terminal, and only if it takes long.

    Returns
    -------
    History
        With the columns "step", "epoch", those of `measure`, "validation_loss" and
        "validation_accuracy" if asked for, and those of `measures`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of its kind, data hold NaN, labels are out of range, a class has no
        example, or shapes do not fit. Nothing has been changed then.
    DivergenceError
        If the loss becomes NaN or infinite, at that very step.

    Examples
    --------
    >>> from companion.network import SGD, CrossEntropy, dense_network
    >>> rng = np.random.default_rng(0)
    >>> inputs = rng.standard_normal((200, 2))
    >>> labels = (inputs[:, 0] * inputs[:, 1] > 0).astype(int)  # two opposite quarters
    >>> network = dense_network([2, 16, 2], "relu", seed=0)
    >>> history = train(network, inputs, labels, CrossEntropy(), SGD(0.3), epochs=30, batch=20)
    >>> history["step"][:3], bool(history.last("accuracy") > 0.95)
    (array([ 0, 10, 20]), True)
    """
    inputs, targets = checked_data(network, inputs, targets, loss, missing_classes=missing_classes)
    if validation is not None:
        validation = checked_data(
            network, *validation, loss, missing_classes=True, prefix="validation "
        )
    batches = _batches(len(inputs), whole(batch, "batch"))
    total = whole(epochs, "epochs") * len(batches)
    every = len(batches) if record_every == "epoch" else whole(record_every, "record_every")
    rng = np.random.default_rng(seed)
    chosen = np.sort(np.random.default_rng(0).permutation(len(inputs))[: whole(probe, "probe")])
    looked_at = inputs[chosen], targets[chosen]
    recorder = Recorder(network, loss, optimiser, looked_at, validation, measures, stop)
    history = recorder.history

    with progress_bar(total, progress) as advance, np.errstate(all="ignore"):
        recorder.record(0, 0)
        for step, epoch, rows in _steps(batches, epochs, rng):
            seen = inputs[rows]
            value = network.differentiate(seen, targets[rows], loss)
            history.batch_losses.append(value)
            recorder.expect_finite(value, step, epoch, seen)
            optimiser.update(network)
            if after_step is not None:
                after_step(network, step)
            advance()
            is_due = step % every == 0 or step == total
            if is_due and recorder.record(step, epoch):
                history.stopped = f"by {stop!r} after step {step}"
                break
        else:
            history.stopped = f"after all {epochs} epochs"
    recorder.restore()
    return history


def _batches(examples: int, batch: int) -> list[slice]:
    """Cut so many examples into batches."""
    starts = list(range(0, examples, batch))
    if len(starts) > 1 and examples - starts[-1] == 1:  # BatchNorm cannot work on a single one
        starts.pop()
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], examples], strict=True)]


def _steps(
    batches: list[slice], epochs: int, rng: np.random.Generator
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Yield the number of each step, its epoch, and the rows of its batch."""
    step = 0
    for epoch in range(1, epochs + 1):
        order = rng.permutation(batches[-1].stop)
        for part in batches:
            step += 1
            yield step, epoch, order[part]
