"""Measure every registered activation against everybody else who computes it.

Run it with `make bench`, or `python -m benchmarks.activations --help`. All contenders of one
activation take turns in one run on one thread, so that what slows the machine slows them all: the
ratios of their medians mean something, the times alone do not. A derivative is measured from the
input; PyTorch's and JAX's include the value that they need for it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks import contenders, machine, report
from benchmarks.textbook import textbook
from companion.activations import ACTIVATIONS, Activation

METHODS = {"value": "__call__", "derivative": "derivative"}
RESULTS = Path(__file__).parent / "results"


def forms() -> list[Activation]:
    """Return every activation with its defaults, and with each word that chooses a formula."""
    return [
        variant
        for activation in ACTIVATIONS.values()
        for variant in type(activation).variants()
        if variant == activation or any(isinstance(v, str) for v in variant.parameters.values())
    ]


def line_up(activation: Activation, method: str, x: np.ndarray) -> dict[str, Callable[[], object]]:
    """Return the contenders by name, each ready to be called."""
    evaluate = getattr(activation, METHODS[method])
    out = np.empty_like(x)
    turns: dict[str, Callable[[], object]] = {
        "copy": x.copy,
        "fresh": lambda: evaluate(x),
        "out": lambda: evaluate(x, out=out),
    }
    if method == "value":
        formula = textbook(activation)
        turns["textbook"] = lambda: formula(x)
        if (call := contenders.scipy_peer(activation, x.dtype)) is not None:
            turns["scipy"] = lambda: call(x)
    for name, find in (("torch", contenders.torch_peer), ("jax", contenders.jax_peer)):
        peer = find(activation, x.dtype)
        # A step has no derivative that PyTorch knows.
        if peer is not None and not (method == "derivative" and activation.name == "heaviside"):
            run = peer.value if method == "value" else peer.slope
            given = peer.convert(x)
            turns[name] = lambda run=run, given=given: run(given)
    return turns


def medians(turns: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Let all take turns, and return the median time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in turns}
    for call in turns.values():
        call()
    for _ in range(repeats):
        for name, call in turns.items():
            begin = time.perf_counter()
            result = call()
            times[name].append(time.perf_counter() - begin)
            del result
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def peak_extra_memory(activation: Activation, method: str, x: np.ndarray) -> int:
    """Return the most bytes held at any time beside the input and the result."""
    evaluate, out = getattr(activation, METHODS[method]), np.empty_like(x)
    evaluate(x[:10])
    tracemalloc.start()
    try:
        evaluate(x, out=out)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Return all measurements, ready for JSON."""
    chosen = [a for a in forms() if not options.only or a.name in options.only]
    rng = np.random.default_rng(0)
    times, memory = [], []
    for size in options.sizes:
        for dtype in options.dtypes:
            x = (options.spread * rng.standard_normal(size, dtype=np.float32)).astype(dtype)
            for activation in chosen:
                for method in METHODS:
                    key = {"activation": repr(activation), "method": method, "dtype": dtype}
                    seconds = medians(line_up(activation, method, x), options.repeats)
                    per_element = {k: round(s / size * 1e9, 4) for k, s in seconds.items()}
                    times.append({**key, "size": size, "ns": per_element})
                    extra = peak_extra_memory(activation, method, x)
                    memory.append({**key, "size": size, "bytes": extra})
                    if options.verbose:
                        print(
                            *key.values(), size, per_element, f"{extra / 2**20:.2f} MiB", flush=True
                        )
    return {
        "machine": machine.describe(),
        "input": f"normal with standard deviation {options.spread:g}",
        "repeats": options.repeats,
        "threads": 1,
        "times": times,
        "memory": memory,
        "linear": growth(options.linear, options.repeats) if options.linear else [],
    }


def growth(sizes: list[int], repeats: int) -> list[dict[str, object]]:
    """Return the time per element of four activations at each size, float32, into `out`."""
    largest = np.random.default_rng(0).standard_normal(max(sizes), dtype=np.float32)
    out = np.empty_like(largest)
    rows = []
    for name in ("relu", "logistic", "softplus", "gelu"):
        turns = {
            str(size): lambda size=size, f=ACTIVATIONS[name]: f(largest[:size], out=out[:size])
            for size in sizes
        }
        for size, seconds in medians(turns, repeats).items():
            row = {"activation": name, "dtype": "float32", "size": int(size)}
            rows.append({**row, "ns": round(seconds / int(size) * 1e9, 4)})
    return rows


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=_count, nargs="+", default=[10**6, 10**7])
    parser.add_argument("--dtypes", nargs="+", default=["float32", "float64"])
    parser.add_argument("--repeats", type=_count, default=7)
    parser.add_argument("--spread", type=float, default=1.0, help="of the normal input")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME")
    parser.add_argument(
        "--linear", type=_count, nargs="*", default=[10**5, 10**6, 10**7, 10**8], metavar="SIZE"
    )
    parser.add_argument("--output", type=Path, help="a .json file; the table stands beside it")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    return int(float(text))


def main(arguments: list[str] | None = None) -> Path:
    """Measure, store, and print the table."""
    options = parse(arguments)
    result = measure(options)
    path = options.output or RESULTS / f"activations-{machine.label(result['machine'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(compact(result), encoding="utf-8")
    table = report.table(result)
    path.with_suffix(".md").write_text(table, encoding="utf-8")
    print(table)
    for name in ("torch", "jax"):
        if name not in result["machine"]["versions"]:
            print(f"Left out: {name}, which is not installed (pip install {name}).")
    return path


def compact(result: dict[str, object]) -> str:
    """Write one measurement to a line, so that a difference shows what changed."""
    parts = []
    for key, value in result.items():
        if isinstance(value, list):
            rows = ",\n".join("  " + json.dumps(row) for row in value)
            text = f"[\n{rows}\n]" if rows else "[]"
        else:
            text = json.dumps(value)
        parts.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
