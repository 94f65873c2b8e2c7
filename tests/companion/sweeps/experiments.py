"""Experiments that other processes can import; run as a program, it is a sweep to interrupt."""

import os
import sys
import time
from pathlib import Path

from companion.sweeps import Sweep, grid, run_sweep


def draw(configuration, rng):
    """Measure something random, and say where."""
    return {"sum": float(rng.normal(size=configuration["n"]).sum()), "list": [1.5, 2.5]}


def slow(configuration, rng):
    """Leave a trace of every run beside the results, so that repeats can be counted."""
    trace = Path(os.environ["SWEEP_TRACES"])
    time.sleep(0.02)
    with trace.open("a", encoding="utf-8") as stream:
        stream.write(f"{configuration['k']}\n")
    return {"value": float(rng.random())}


def deadly(configuration, rng):
    """Bring down the process at k = 3: each time, or the first time only."""
    if configuration["k"] == 3:
        mark = Path(configuration["mark"]) if configuration["mark"] else None
        if mark is None or not mark.exists():
            if mark is not None:
                mark.touch()
            os._exit(1)
    return {"value": float(rng.random())}


def fails_on_odd(configuration, rng):
    """Fail on half of the cells."""
    if configuration["k"] % 2:
        raise ValueError(f"odd: {configuration['k']}")
    return {"k": configuration["k"]}


if __name__ == "__main__":
    run_sweep(Sweep("slow", slow, grid(k=range(60))), sys.argv[1], workers=2)
