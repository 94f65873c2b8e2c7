"""What training data must be, checked once before the first step."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.network import BinaryCrossEntropy, BinaryFocal, CrossEntropy, Focal, Loss, Network


def checked_data(
    network: Network,
    inputs: ArrayLike,
    targets: ArrayLike,
    loss: Loss,
    *,
    missing_classes: bool = False,
    prefix: str = "",
) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and targets as the network and the loss compute with them.

    Parameters
    ----------
    network : Network
        What will be trained.
    inputs : array_like of shape (n, inputs)
        One example a row.
    targets : array_like
        What is right for them, as `loss` wants it.
    loss : Loss
        What will be minimised.
    missing_classes : bool
        Whether a class may be without examples.
    prefix : str
        Stands before "inputs" and "targets" in errors.

    Returns
    -------
    inputs, targets : ndarray

    Raises
    ------
    TypeError, ValueError
        If something does not fit; the message says what, and where.
    """
    inputs = np.asarray(inputs)
    if inputs.dtype.kind not in "fiub":
        raise TypeError(f"{prefix}inputs must hold real numbers, got dtype {inputs.dtype}")
    if inputs.ndim != 2 or not len(inputs):
        raise ValueError(f"{prefix}inputs must have shape (n, inputs), got {inputs.shape}")
    if network.inputs is not None and inputs.shape[1] != network.inputs:
        raise ValueError(
            f"{prefix}inputs have {inputs.shape[1]} columns, but the network takes {network.inputs}"
        )
    with np.errstate(over="ignore"):  # what is too large for float32 becomes infinite
        inputs = inputs.astype(network.dtype, copy=False)
    _refuse_missing_numbers(inputs, f"{prefix}inputs")
    targets = np.asarray(targets)
    if not targets.ndim or len(targets) != len(inputs):
        raise ValueError(
            f"{prefix}targets must hold one target for each of the {len(inputs)} examples, got "
            f"shape {targets.shape}"
        )
    _refuse_missing_numbers(targets, f"{prefix}targets")
    outputs = network.outputs or network(inputs[:1]).shape[1]
    targets = loss.targets_for(targets, (len(inputs), outputs))
    if not missing_classes:
        _refuse_missing_classes(targets, outputs, loss)
    return inputs, targets


def _refuse_missing_numbers(array: np.ndarray, name: str) -> None:
    if array.dtype.kind != "f" or np.isfinite(array).all():
        return
    bad = np.argwhere(~np.isfinite(array))
    where = f"example {bad[0][0]}" + (f", column {bad[0][1]}" if array.ndim == 2 else "")
    raise ValueError(
        f"{name} must be finite numbers, but {len(bad)} of {array.size} are not; the first is "
        f"{array[tuple(bad[0])]} in {where}"
    )


def _refuse_missing_classes(targets: np.ndarray, outputs: int, loss: Loss) -> None:
    if isinstance(loss, CrossEntropy | Focal):
        classes = range(outputs)
    elif isinstance(loss, BinaryCrossEntropy | BinaryFocal) and outputs == 1:
        if ((targets > 0) & (targets < 1)).any():  # probabilities, which are of both classes
            return
        classes = range(2)
    else:
        return
    seen = set(np.unique(targets).astype(int).tolist())
    missing = [c for c in classes if c not in seen]
    if missing:
        which = ", ".join(map(str, missing))
        raise ValueError(
            f"targets have no example of class {which}: what was never seen cannot be learned. "
            f"If that is meant, say missing_classes=True"
        )
