"""Measure softmax and its logarithm over the rows of an array against everybody else's.

Run it with `make bench`, or `python -m benchmarks.vectors --help`. The contenders take turns in one
run on one thread, as in `benchmarks.activations`; here the length of a row matters as well as
the number of elements.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.special

from benchmarks import machine
from benchmarks.activations import RESULTS, compact, medians
from companion.activations import VECTOR_ACTIVATIONS

NAMES = ("softmax", "log_softmax")
SHAPES = ((100_000, 10), (1_000, 1_000), (10, 100_000))


def line_up(name: str, x: np.ndarray) -> dict[str, Callable[[], object]]:
    """Return the contenders by name, each ready to be called on the rows of x."""
    own, out = VECTOR_ACTIVATIONS[name], np.empty_like(x)
    turns: dict[str, Callable[[], object]] = {
        "copy": x.copy,
        "fresh": lambda: own(x),
        "out": lambda: own(x, out=out),
        "scipy": lambda: getattr(scipy.special, name)(x, axis=-1),
    }
    if importlib.util.find_spec("torch") is not None:
        import torch

        torch.set_num_threads(1)
        tensor = torch.from_numpy(x)
        turns["torch"] = lambda: getattr(torch, name)(tensor, dim=-1)
    if importlib.util.find_spec("jax") is not None:
        import jax

        jax.config.update("jax_platforms", "cpu")
        jax.config.update("jax_enable_x64", True)
        compiled, array = jax.jit(getattr(jax.nn, name)), jax.numpy.asarray(x)
        turns["jax"] = lambda: compiled(array).block_until_ready()
    return turns


def measure(shapes: list[tuple[int, int]], repeats: int) -> dict[str, object]:
    """Return all measurements, ready for JSON."""
    rng = np.random.default_rng(0)
    times = []
    for shape in shapes:
        for dtype in ("float32", "float64"):
            x = rng.standard_normal(shape).astype(dtype)
            for name in NAMES:
                seconds = medians(line_up(name, x), repeats)
                ns = {k: round(s / x.size * 1e9, 4) for k, s in seconds.items()}
                times.append({"activation": name, "dtype": dtype, "shape": list(shape), "ns": ns})
    return {
        "machine": machine.describe(),
        "input": "normal with standard deviation 1",
        "repeats": repeats,
        "threads": 1,
        "times": times,
    }


def table(result: dict) -> str:
    """Return the measurement as Markdown, ratios above 1 where the companion is faster."""
    peers = [p for p in ("scipy", "torch", "jax") if p in result["times"][0]["ns"]]
    head = ["activation", "dtype", "rows × length", "copy", "fresh", "out", *peers]
    lines = [
        "# Softmax: how fast, against whom",
        "",
        f"{result['machine']['processor']}; {result['machine']['date']}; one thread; medians of "
        f"{result['repeats']}. Nanoseconds per element, then how many times as long as the "
        "companion's fresh result the others take.",
        "",
        "| " + " | ".join(head) + " |",
        "| --- | --- | --- |" + " ---: |" * (len(head) - 3),
    ]
    for row in result["times"]:
        ns = row["ns"]
        cells = [row["activation"], row["dtype"], " × ".join(map(str, row["shape"]))]
        cells += [f"{ns[k]:.2f}" for k in ("copy", "fresh", "out")]
        cells += [f"{ns[p] / ns['fresh']:.2f}" for p in peers]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def main(arguments: list[str] | None = None) -> Path:
    """Measure, store, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--elements", type=int, help="of a small array for a trial")
    parser.add_argument("--output", type=Path, help="a .json file; the table stands beside it")
    options = parser.parse_args(arguments)
    shapes = [(max(1, options.elements // 10), 10)] if options.elements else list(SHAPES)
    result = measure(shapes, options.repeats)
    path = options.output or RESULTS / f"vectors-{machine.label(result['machine'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(compact(result), encoding="utf-8")
    text = table(result)
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    print(json.dumps(result["machine"]["versions"]), text, sep="\n")
    return path


if __name__ == "__main__":
    main()
