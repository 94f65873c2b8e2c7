"""Measure what an activation costs beside the matrix product of its layer, and what a branch costs.

Run it with `make bench`, or `python -m benchmarks.layers`. All parts of one layer take turns on one
thread, as in `benchmarks.activations`: forwards the product with the weights and the activation,
backwards the two products and the activation's slope times the gradient that arrives.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import machine
from benchmarks.activations import RESULTS, compact, medians
from companion.activations import ACTIVATIONS

NAMES = ("relu", "hard_logistic", "hard_tanh", "logistic", "tanh", "softplus", "gelu", "mish")
WIDTHS = (16, 64, 256, 1024)
BATCH = 256


def layer(width: int, dtype: str) -> dict[str, Callable[[], object]]:
    """Return the parts of a layer of `width` units on a batch, each ready to be called."""
    rng = np.random.default_rng(0)
    x, weights = (rng.standard_normal(s).astype(dtype) for s in ((BATCH, width), (width, width)))
    weights /= np.sqrt(width).astype(dtype)
    z, arriving = x @ weights.T, rng.standard_normal((BATCH, width)).astype(dtype)
    out, to_weights = np.empty_like(z), np.empty_like(weights)

    def backward(slope: Callable[..., np.ndarray]) -> None:
        slope(z, out=out)
        np.multiply(out, arriving, out=out)

    turns: dict[str, Callable[[], object]] = {
        "products forward": lambda: np.matmul(x, weights.T, out=out),
        "products backward": lambda: (
            np.matmul(arriving, weights, out=out),
            np.matmul(arriving.T, x, out=to_weights),
        ),
    }
    for name in NAMES:
        f = ACTIVATIONS[name]
        turns[f"{name} forward"] = lambda f=f: f(z, out=out)
        turns[f"{name} backward"] = lambda f=f: backward(f.derivative)
    return turns


def branches(size: int, dtype: str) -> dict[str, Callable[[], object]]:
    """Return ways to write ReLU, on signs in random order and on sorted ones."""
    random = np.random.default_rng(0).standard_normal(size).astype(dtype)
    ordered, zeros = np.sort(random), np.zeros(size, dtype=dtype)
    out = np.empty_like(random)

    def by_mask(x: np.ndarray) -> None:
        np.copyto(out, x)
        out[x < 0] = 0

    return {
        f"{way}, {order}": lambda f=f, x=x: f(x)
        for way, f in {
            "maximum": lambda x: np.maximum(x, zeros, out=out),
            "mask": by_mask,
            "exp": lambda x: np.exp(x, out=out),
        }.items()
        for order, x in {"random": random, "sorted": ordered}.items()
    }


def measure(widths: tuple[int, ...], size: int, repeats: int) -> dict[str, object]:
    """Return all measurements, ready for JSON: microseconds a layer, nanoseconds an element."""
    layers, ways = [], []
    with threadpool_limits(1):
        for width in widths:
            for dtype in ("float32", "float64"):
                times = medians(layer(width, dtype), repeats)
                us = {part: round(seconds * 1e6, 3) for part, seconds in times.items()}
                layers.append({"width": width, "dtype": dtype, "us": us})
        for dtype in ("float32", "float64"):
            times = medians(branches(size, dtype), repeats)
            ns = {way: round(seconds / size * 1e9, 4) for way, seconds in times.items()}
            ways.append({"dtype": dtype, "size": size, "ns": ns})
    return {
        "machine": machine.describe(),
        "batch": BATCH,
        "repeats": repeats,
        "threads": 1,
        "layers": layers,
        "branches": ways,
    }


def main(arguments: list[str] | None = None) -> Path:
    """Measure and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--widths", type=int, nargs="+", default=list(WIDTHS))
    parser.add_argument("--size", type=int, default=10**6)
    parser.add_argument("--repeats", type=int, default=51)
    parser.add_argument("--output", type=Path, help="a .json file")
    options = parser.parse_args(arguments)
    result = measure(tuple(options.widths), options.size, options.repeats)
    path = options.output or RESULTS / f"layers-{machine.label(result['machine'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(compact(result), encoding="utf-8")
    print(f"Stored in {path}.")
    return path


if __name__ == "__main__":
    main()
