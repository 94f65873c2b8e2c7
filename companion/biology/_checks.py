"""Arguments are looked at once, here, and refused with a sentence that says what would do."""

import math
from numbers import Real

import numpy as np


def real_number(value, name: str, unit: str) -> float:
    """Return `value` as a finite float, or say what is wrong with it."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a real number in {unit}, got {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number in {unit}, got {value!r}")
    return float(value)


def positive(value, name: str, unit: str) -> float:
    """Return `value` as a float greater than 0."""
    number = real_number(value, name, unit)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0 {unit}, got {value!r}")
    return number


def not_negative(value, name: str, unit: str) -> float:
    """Return `value` as a float that is at least 0."""
    number = real_number(value, name, unit)
    if number < 0:
        raise ValueError(f"{name} must be at least 0 {unit}, got {value!r}")
    return number


def real_array(values, name: str, unit: str) -> np.ndarray:
    """Return `values` as a float64 array; NaN and ±∞ pass, what is not a real number does not."""
    array = np.asarray(values)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"{name} must hold real numbers in {unit}, got dtype {array.dtype}")
    return array.astype(np.float64)


def finite_array(values, name: str, unit: str) -> np.ndarray:
    """Return `values` as a float64 array without NaN or ±∞."""
    array = real_array(values, name, unit)
    if not np.isfinite(array).all():
        worst = array[~np.isfinite(array)].flat[0]
        raise ValueError(f"{name} must hold finite numbers in {unit}, got {worst!r}")
    return array


def whole_steps(duration_ms, dt_ms) -> tuple[int, float]:
    """Return the number of steps and dt; the duration must be a whole number of steps."""
    duration = positive(duration_ms, "duration_ms", "ms")
    dt = positive(dt_ms, "dt_ms", "ms")
    steps = round(duration / dt)
    # A tolerance, since 1000 / 0.1 is a whole number on paper only.
    if steps < 1 or abs(steps * dt - duration) > 1e-9 * duration:
        raise ValueError(
            f"duration_ms must be a whole number of steps of dt_ms = {dt:g} ms, got {duration:g} ms"
        )
    return steps, dt
