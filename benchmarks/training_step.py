"""Measure one training step of a 784–128–128–10 network against PyTorch's in eager mode.

Run it with `make bench`, or `python -m benchmarks.training_step --help`. A step is all of it: the
forward pass, the loss as a Python number, the backward pass and the optimiser's update, in float32
on one thread. Both networks take turns in one run, and what counts is the time that the processor
works for them, so that a busy machine slows both alike: the ratio of the medians means something,
the times alone do not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.activations import RESULTS
from companion.network import SGD, Adam, CrossEntropy, dense_network

SIZES = (784, 128, 128, 10)
ACTIVATIONS = ("relu", "tanh", "gelu")
OPTIMISERS = {"SGD": lambda: SGD(step=0.01), "Adam": lambda: Adam(step=0.001)}
#: How many times as long as PyTorch's the companion's step may take.
TARGET = 1.5

Step = Callable[[], float]


def companion_step(activation: str, optimiser: str, batch: int) -> Step:
    """Return a step of the companion's network, which gives the loss before it."""
    rng = np.random.default_rng(0)
    network = dense_network(SIZES, activation, seed=0, dtype="float32")
    loss, move = CrossEntropy(), OPTIMISERS[optimiser]()
    inputs = rng.random((batch, SIZES[0]), dtype=np.float32)
    labels = rng.integers(0, SIZES[-1], batch)

    def step() -> float:
        value = network.differentiate(inputs, labels, loss)
        move.update(network)
        return value

    return step


def torch_step(activation: str, optimiser: str, batch: int) -> Step:
    """Return a step of the same network in PyTorch, from the same numbers."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    ours = dense_network(SIZES, activation, seed=0, dtype="float32").parameters()
    between = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}[activation]
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(SIZES):
        layers += [nn.Linear(inputs, outputs), between()]
    network = nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for (_, value), theirs in zip(ours.items(), network.parameters(), strict=True):
            theirs.copy_(torch.from_numpy(value))
    loss = nn.CrossEntropyLoss()
    make = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}[optimiser]
    move = make(network.parameters(), lr=OPTIMISERS[optimiser]().step)
    inputs = torch.from_numpy(rng.random((batch, SIZES[0]), dtype=np.float32))
    labels = torch.from_numpy(rng.integers(0, SIZES[-1], batch))

    def step() -> float:
        move.zero_grad()
        value = loss(network(inputs), labels)
        value.backward()
        move.step()
        return value.item()

    return step


def contenders() -> dict[str, Callable[[str, str, int], Step]]:
    """Return who can be measured here."""
    found = {"companion": companion_step}
    if importlib.util.find_spec("torch") is not None:
        found["torch"] = torch_step
    return found


def cases(batches: list[int]) -> Iterator[tuple[str, str, int]]:
    """Yield every activation, optimiser and batch size."""
    for batch in batches:
        for optimiser in OPTIMISERS:
            for activation in ACTIVATIONS:
                yield activation, optimiser, batch


def medians(turns: dict[str, Step], repeats: int) -> dict[str, float]:
    """Let all take turns, and return the median processor time of each, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in turns}
    for step in turns.values():
        for _ in range(10):
            step()
    for _ in range(repeats):
        for name, step in turns.items():
            begin = time.process_time()
            step()
            times[name].append(time.process_time() - begin)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Return all measurements, ready for JSON."""
    rows = []
    for activation, optimiser, batch in cases(options.batches):
        turns = {name: make(activation, optimiser, batch) for name, make in contenders().items()}
        seconds = medians(turns, options.repeats)
        row = {"activation": activation, "optimiser": optimiser, "batch": batch}
        row["microseconds"] = {name: round(s * 1e6, 1) for name, s in seconds.items()}
        if "torch" in seconds:
            row["ratio"] = round(seconds["companion"] / seconds["torch"], 2)
        rows.append(row)
    return {
        "machine": machine.describe(),
        "network": "–".join(map(str, SIZES)),
        "dtype": "float32",
        "repeats": options.repeats,
        "threads": 1,
        "steps": rows,
    }


def table(result: dict) -> str:
    """Return the measurement as a Markdown page."""
    about = result["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [
        "# A training step: how fast, against PyTorch",
        "",
        f"{about['processor']}, {'with' if about['avx512'] else 'without'} AVX-512; {versions}; "
        f"{about['date']}; one thread; network {result['network']} in {result['dtype']}, "
        f"cross-entropy; medians of {result['repeats']}.",
        "",
        "Processor times in microseconds. The last column says how many times as long as PyTorch's "
        "step in eager mode the companion's takes: below 1, the companion is faster.",
        "",
        "| batch | optimiser | activation | companion | torch | ratio |",
        "| ---: | --- | --- | ---: | ---: | ---: |",
    ]
    for row in result["steps"]:
        times = row["microseconds"]
        cells = [str(row["batch"]), row["optimiser"], row["activation"]]
        cells += [f"{times[name]:.0f}" if name in times else "" for name in ("companion", "torch")]
        cells.append(f"{row['ratio']:.2f}" if "ratio" in row else "")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def on_one_thread() -> None:
    """Hold NumPy's linear algebra to one thread, or say how to."""
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return
    try:
        from threadpoolctl import threadpool_limits
    except ModuleNotFoundError:
        raise SystemExit("set OPENBLAS_NUM_THREADS=1: both must compute on one thread") from None
    threadpool_limits(1)


def main(arguments: list[str] | None = None) -> Path:
    """Measure, store, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batches", type=int, nargs="+", default=[64, 128])
    parser.add_argument("--repeats", type=int, default=300)
    parser.add_argument("--output", type=Path, help="a .json file; the table stands beside it")
    options = parser.parse_args(arguments)
    on_one_thread()
    result = measure(options)
    path = options.output or RESULTS / f"training-step-{machine.label(result['machine'])}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(table(result), encoding="utf-8")
    print(table(result))
    if "torch" not in contenders():
        print("Left out: torch, which is not installed (pip install torch).")
    return path


if __name__ == "__main__":
    main()
