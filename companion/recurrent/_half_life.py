"""How long a gate remembers that does nothing but follow its bias."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from companion.activations import softplus
from companion.network._checks import float_array


def half_life(bias: ArrayLike) -> np.ndarray | float:
    r"""Return after how many steps a gate σ(b) has kept one half.

    What is left after k steps is σ(b)ᵏ, and −log σ(b) is softplus(−b), so k = log 2 / softplus(−b).

    Parameters
    ----------
    bias : array_like
        b.

    Returns
    -------
    ndarray or float
        In steps; it need not be a whole number.

    Raises
    ------
    TypeError
        If the bias is not a real number.

    Examples
    --------
    >>> half_life(0.0), round(half_life(1.0), 2), round(half_life(5.0), 1)
    (1.0, 2.21, 103.2)
    """
    found = np.log(2) / softplus(-float_array(bias, "bias"))
    return float(found) if np.ndim(found) == 0 else found


def bias_for(steps: ArrayLike) -> np.ndarray | float:
    r"""Return the bias of a gate σ(b) that keeps one half for so many steps.

    σ(b)ᵏ = ½ gives b = −log(2^{1/k} − 1), near log(k / log 2) for a large k.

    Parameters
    ----------
    steps : array_like
        k, greater than 0.

    Returns
    -------
    ndarray or float

    Raises
    ------
    TypeError, ValueError
        If a number of steps is not a real number, or not positive and finite.

    Examples
    --------
    >>> round(bias_for(1), 6) + 0.0, round(bias_for(100), 3)
    (0.0, 4.968)
    """
    steps = float_array(steps, "steps")
    if not ((steps > 0) & np.isfinite(steps)).all():
        raise ValueError(f"steps must be positive and finite, got {steps}")
    found = -np.log(np.expm1(np.log(2) / steps))
    return float(found) if found.ndim == 0 else found
