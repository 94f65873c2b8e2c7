"""How recurrent weights start."""

from __future__ import annotations

import numpy as np

from companion.network._checks import number

STARTS = ("uniform", "orthogonal")


def uniform(rng: np.random.Generator, shape: tuple[int, int], units: int) -> np.ndarray:
    """Return numbers between ±1/√units, as PyTorch draws all weights of its recurrent layers."""
    end = units**-0.5
    return rng.uniform(-end, end, shape)


def recurrent_start(
    rng: np.random.Generator, units: int, start: str, gain: float = 1.0
) -> np.ndarray:
    """Return one block of recurrent weights, uniform or orthogonal, times a gain."""
    number(gain, "gain", at_least=0)
    if start not in STARTS:
        raise ValueError(f"recurrent must be one of {', '.join(STARTS)}, got {start!r}")
    if start == "uniform":
        return gain * uniform(rng, (units, units), units)
    q, r = np.linalg.qr(rng.standard_normal((units, units)))
    return gain * q * np.sign(np.diag(r))  # the signs make every rotation equally likely
