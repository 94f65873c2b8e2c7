"""The course's activations in PyTorch, for those who have it.

`twins` gives PyTorch's function for each activation that both have, under the name it has here, and
`evaluate` asks such a function for values and gradients in NumPy's arrays. `agreement` compares all
of them with the course's own, and `logged_images` reads what was logged for TensorBoard. PyTorch
and TensorBoard are loaded when one of these is called, and not before.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import ACTIVATIONS, VECTOR_ACTIVATIONS, Activation, VectorActivation

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Agreement", "agreement", "evaluate", "logged_images", "twins"]


class Agreement(NamedTuple):
    """By how much PyTorch's answers differ from the course's, at most.

    Attributes
    ----------
    value, gradient : float
        The largest relative difference; 0 if all numbers are equal to the last bit.
    value_ulps, gradient_ulps : float
        The same in units in the last place of the course's numbers.
    """

    value: float
    gradient: float
    value_ulps: float
    gradient_ulps: float


def twins() -> dict[str, Callable[[Tensor], Tensor]]:
    """Return PyTorch's activations by the names that they have here.

    Returns
    -------
    dict of str to callable
        Functions of a tensor, with PyTorch's defaults; those of vectors act on the last axis.

    Raises
    ------
    ModuleNotFoundError
        If PyTorch is not installed.
    """
    import torch

    functional = torch.nn.functional
    return {
        "celu": functional.celu,
        "elu": functional.elu,
        "gelu": functional.gelu,
        "hard_sigmoid": functional.hardsigmoid,
        "hard_swish": functional.hardswish,
        "hard_tanh": functional.hardtanh,
        "hardshrink": functional.hardshrink,
        "identity": torch.nn.Identity(),
        "leaky_relu": functional.leaky_relu,
        "log_sigmoid": functional.logsigmoid,
        "logistic": torch.sigmoid,
        "mish": functional.mish,
        "prelu": lambda x: torch.nn.PReLU(dtype=x.dtype)(x),
        "relu": functional.relu,
        "relu6": functional.relu6,
        "selu": functional.selu,
        "softplus": functional.softplus,
        "softshrink": functional.softshrink,
        "softsign": functional.softsign,
        "swish": functional.silu,
        "tanh": torch.tanh,
        "tanhshrink": functional.tanhshrink,
        "threshold": lambda x: functional.threshold(x, 1.0, 0.0),  # it has no defaults
        # Of vectors:
        "glu": functional.glu,
        "log_softmax": lambda x: functional.log_softmax(x, -1),
        "maxout": lambda x: x.unflatten(-1, (-1, 2)).max(-1).values,
        "softmax": lambda x: functional.softmax(x, -1),
    }


def evaluate(
    function: Callable[[Tensor], Tensor],
    x: ArrayLike,
    dtype: str = "float64",
    weights: ArrayLike | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the value of a PyTorch function, and the gradient that its backward pass finds.

    Parameters
    ----------
    function : callable
        Takes and returns a tensor.
    x : array_like
        Where to evaluate it, any shape.
    dtype : str
        The precision that PyTorch computes in.
    weights : array_like, optional
        What to multiply the values by before they are summed up; without it, nothing. The sum is
        what is differentiated: of a function of single numbers, this gives its slopes.

    Returns
    -------
    value, gradient : ndarray
        The gradient has the shape of `x`.

    Raises
    ------
    ModuleNotFoundError
        If PyTorch is not installed.
    """
    import torch

    at = torch.tensor(x, dtype=getattr(torch, dtype), requires_grad=True)
    value = function(at)
    (value if weights is None else value * torch.tensor(weights)).sum().backward()
    return value.detach().numpy(), at.grad.numpy()


def agreement() -> dict[str, Agreement]:
    """Compare all activations that PyTorch has with the course's, in double precision.

    Returns
    -------
    dict of str to Agreement
        By the name of the activation, those of single numbers first.

    Raises
    ------
    ModuleNotFoundError
        If PyTorch is not installed.

    Notes
    -----
    Functions of single numbers are compared at 480 points from −6 to 6 that miss 0 and the kinks.
    Around a root of the slope a relative difference says nothing, so slopes closer than 0.1 to one
    are left out. Functions of vectors get 40 random vectors of 12 numbers from −6 to 6 and, for
    the gradient, random weights; their differences are relative to the largest number.
    """
    return {
        name: _agreement_on_vectors(VECTOR_ACTIVATIONS[name], twin)
        if name in VECTOR_ACTIVATIONS
        else _agreement_on_numbers(ACTIVATIONS[name], twin)
        for name, twin in twins().items()
    }


def logged_images(folder: str | os.PathLike[str], tag: str) -> list[np.ndarray]:
    """Read back the images that were logged for TensorBoard, in the order of their steps.

    Parameters
    ----------
    folder : path-like
        Where the files of events are.
    tag : str
        The name they were logged under.

    Returns
    -------
    list of ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    KeyError
        If nothing was logged under that name.
    ModuleNotFoundError
        If TensorBoard or Pillow is not installed.
    """
    from PIL import Image
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = EventAccumulator(str(folder)).Reload().Images(tag)
    ordered = sorted(events, key=lambda event: event.step)
    return [np.array(Image.open(io.BytesIO(event.encoded_image_string))) for event in ordered]


def _agreement_on_numbers(ours: Activation, theirs: Callable) -> Agreement:
    x = np.linspace(-6.0, 6.0, 480) + 0.0007
    value, slope = evaluate(theirs, x)
    near = [np.abs(x - root) <= 0.1 for root in ours.turning_points]
    far = ~np.any([np.zeros(x.shape, bool), *near], axis=0)
    right, right_slope = ours(x), ours.derivative(x)
    pairs = ((value, right), (slope[far], right_slope[far]))
    return Agreement(
        *(_largest(np.abs(a - b), np.abs(b)) for a, b in pairs),
        *(_largest(np.abs(a - b), np.spacing(np.abs(b))) for a, b in pairs),
    )


def _agreement_on_vectors(ours: VectorActivation, theirs: Callable) -> Agreement:
    x = np.random.default_rng(3).uniform(-6.0, 6.0, (40, 12))
    right = ours(x)
    weights = np.random.default_rng(4).standard_normal(right.shape)
    found, wanted = evaluate(theirs, x, weights=weights), (right, ours.vjp(x, weights))
    sizes = [np.abs(b).max() for b in wanted]
    errors = [np.abs(a - b) for a, b in zip(found, wanted, strict=True)]
    return Agreement(
        *(_largest(e, size) for e, size in zip(errors, sizes, strict=True)),
        *(_largest(e, np.spacing(size)) for e, size in zip(errors, sizes, strict=True)),
    )


def _largest(errors: np.ndarray, sizes: ArrayLike) -> float:
    """Return the largest ratio; where both numbers are 0, they are equal."""
    return float(np.max(errors / np.where(errors == 0, 1.0, sizes)))
