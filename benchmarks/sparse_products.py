"""Measure a sparse matrix product against the dense one, from nearly empty to full matrices.

Run it with `python -m benchmarks.sparse_products`. All contenders of one setting take turns on one
thread, as in `benchmarks.layers`, and each is given processor time, so that other programs on the
machine count for little: the ratios of their medians mean something, the times alone do not.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.sparse import random_array
from threadpoolctl import threadpool_limits

from benchmarks import machine
from benchmarks.activations import RESULTS, compact

WIDTHS = (256, 1024)
BATCHES = (1, 64)
DENSITIES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
LEAST_SECONDS = 0.002


def contenders(width: int, batch: int, density: float) -> dict[str, Callable[[], object]]:
    """Return three products with as many multiply-adds to do, and the full one.

    "sparse" has its weights at random places, in compressed rows; "zeros" is the same matrix
    stored in full; "fewer rows" has whole units left out, and what is left is stored in full.
    """
    rng = np.random.default_rng(0)
    sparse = random_array((width, width), density=density, format="csr", dtype=np.float32, rng=rng)
    full = sparse.toarray()
    x = rng.standard_normal((width, batch)).astype(np.float32)
    rows = np.ascontiguousarray(full[: max(1, round(density * width))])
    out, few = np.empty((width, batch), np.float32), np.empty((len(rows), batch), np.float32)
    return {
        "zeros": lambda: np.matmul(full, x, out=out),
        "sparse": lambda: sparse @ x,
        "fewer rows": lambda: np.matmul(rows, x, out=few),
    }


def processor_times(turns: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Let all take turns, and return the median processor time of one call, in seconds."""
    calls = {}
    for name, call in turns.items():
        call()
        begin = time.perf_counter()
        call()
        # A turn has as many calls as the clock needs to read it well.
        calls[name] = max(1, round(LEAST_SECONDS / (time.perf_counter() - begin + 1e-9)))
    times: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(repeats):
        for name, call in turns.items():
            begin = time.process_time()
            for _ in range(calls[name]):
                call()
            times[name].append((time.process_time() - begin) / calls[name])
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def measure(
    widths: tuple[int, ...], batches: tuple[int, ...], densities: tuple[float, ...], repeats: int
) -> dict[str, object]:
    """Return all measurements, ready for JSON: microseconds of processor time a product."""
    products = []
    with threadpool_limits(1):
        for width in widths:
            for batch in batches:
                for density in densities:
                    turns = contenders(width, batch, density)
                    times = processor_times(turns, repeats)
                    us = {name: round(seconds * 1e6, 3) for name, seconds in times.items()}
                    setting = {"width": width, "batch": batch, "density": density}
                    products.append({**setting, "us": us})
    return {
        "machine": machine.describe(),
        "dtype": "float32",
        "clock": "processor time",
        "repeats": repeats,
        "threads": 1,
        "products": products,
    }


def main(arguments: list[str] | None = None) -> Path:
    """Measure and store."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--widths", type=int, nargs="+", default=list(WIDTHS))
    parser.add_argument("--batches", type=int, nargs="+", default=list(BATCHES))
    parser.add_argument("--densities", type=float, nargs="+", default=list(DENSITIES))
    parser.add_argument("--repeats", type=int, default=31)
    parser.add_argument("--output", type=Path, help="a .json file")
    options = parser.parse_args(arguments)
    result = measure(
        tuple(options.widths), tuple(options.batches), tuple(options.densities), options.repeats
    )
    path = options.output or RESULTS / f"sparse-products-{machine.label(result['machine'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(compact(result), encoding="utf-8")
    print(f"Stored in {path}.")
    return path


if __name__ == "__main__":
    main()
