"""The table, the targets and the plot of a stored measurement.

``python -m benchmarks.report benchmarks/results/….json`` prints the table; with ``--plot bars.svg``
it draws the plot.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

PEERS = ("textbook", "scipy", "torch", "jax")
MIB = 2**20
#: What is to be faster than PyTorch while everything still fits the processor's cache.
FASTER_AT_A_MILLION = (
    "tanh",
    "softplus(beta=1.0)",
    "elu(alpha=1.0)",
    "gelu(approximate='tanh')",
    "mish",
)


def table(result: dict) -> str:
    """Return the measurement as a Markdown page."""
    machine = result["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    lines = [
        "# Activations: how fast, against whom",
        "",
        f"{machine['processor']}, {'with' if machine['avx512'] else 'without'} AVX-512 "
        f"({', '.join(machine['simd'])}); {versions}; {machine['date']}; one thread; input "
        f"{result['input']}; medians of {result['repeats']}.",
        "",
        "Times in nanoseconds per element. The last columns say how many times as long as the "
        "companion's fresh result the others take: above 1, the companion is faster.",
    ]
    for size, dtype, method in _groups(result):
        rows = [
            row
            for row in result["times"]
            if (row["size"], row["dtype"], row["method"]) == (size, dtype, method)
        ]
        peers = [p for p in PEERS if any(p in row["ns"] for row in rows)]
        head = ["activation", "copy", "fresh", "out", *peers]
        lines += ["", f"## {method}, {dtype}, {size:.0e} elements", ""]
        lines += [_row(head), _row(["---", *["---:"] * (len(head) - 1)])]
        for row in rows:
            ns = row["ns"]
            ratios = [f"{ns[p] / ns['fresh']:.2f}" if p in ns else "" for p in peers]
            own = [f"{ns[k]:.2f}" for k in ("copy", "fresh", "out")]
            lines.append(_row([row["activation"], *own, *ratios]))
    worst = max(result["memory"], key=lambda row: row["bytes"])
    lines += [
        "",
        "## Memory and growth",
        "",
        f"At most {worst['bytes'] / MIB:.2f} MiB beside input and result ({worst['activation']}, "
        f"{worst['method']}, {worst['dtype']}, {worst['size']:.0e} elements).",
    ]
    if result["linear"]:
        sizes = sorted({row["size"] for row in result["linear"]})
        lines += ["", "Nanoseconds per element of float32, into `out`, by number of elements:", ""]
        lines += [_row(["activation", *[f"{s:.0e}" for s in sizes]])]
        lines += [_row(["---", *["---:"] * len(sizes)])]
        for name in dict.fromkeys(row["activation"] for row in result["linear"]):
            by_size = {r["size"]: r["ns"] for r in result["linear"] if r["activation"] == name}
            lines.append(_row([name, *[f"{by_size[s]:.2f}" for s in sizes]]))
    return "\n".join([*lines, ""])


def targets(result: dict) -> list[tuple[str, str, float, float]]:
    """Return each target as (what, activation, ratio reached, ratio wanted)."""
    found = []
    for row in result["times"]:
        if row["method"] != "value":
            continue
        ns, name = row["ns"], row["activation"]
        exact_gelu = name in ("gelu", "gelu(approximate='none')")
        where = f"{row['dtype']} {row['size']:.0e}"
        if "scipy" in ns:
            wanted = 3.0 if exact_gelu else 2.0
            found.append((f"scipy, {where}", name, ns["scipy"] / ns["fresh"], wanted))
        if "torch" not in ns or row["dtype"] != "float32" or exact_gelu:
            continue
        ratio = ns["torch"] / ns["fresh"]
        if row["size"] >= 10**7 or name in FASTER_AT_A_MILLION:
            found.append((f"torch, {where}", name, ratio, 1.0))
        elif name in ("logistic", "swish(beta=1.0)"):
            found.append((f"torch, {where}", name, ratio, 1 / 3))
    return found


def draw(result: dict, path: Path) -> None:
    """Draw the time of each activation's value, with its peers', for the largest float32 array."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.use("Agg")
    size = max(row["size"] for row in result["times"])
    rows = [
        row
        for row in result["times"]
        if (row["size"], row["dtype"], row["method"]) == (size, "float32", "value")
    ]
    rows.sort(key=lambda row: row["ns"]["fresh"])
    figure, axes = plt.subplots(figsize=(7, 0.32 * len(rows) + 1.5), layout="constrained")
    marks = {"copy": "|", "fresh": "o", "textbook": "x", "scipy": "^", "torch": "s", "jax": "D"}
    for peer, mark in marks.items():
        points = [(row["ns"][peer], i) for i, row in enumerate(rows) if peer in row["ns"]]
        if points:
            label = "companion" if peer == "fresh" else peer
            size_of = {"markersize": 7 if peer == "fresh" else 5}
            axes.plot(*zip(*points, strict=True), mark, label=label, **size_of)
    axes.set_yticks(range(len(rows)), [row["activation"] for row in rows])
    axes.set_xscale("log")
    axes.set_xlim(left=0.1)  # a formula that is just x returns a view, in no time
    axes.set_xlabel("time per element / ns")
    axes.set_title(f"{size:.0e} elements of float32, {result['machine']['processor']}")
    axes.grid(axis="x", alpha=0.4)
    axes.legend(loc="center left")
    figure.savefig(path)
    plt.close(figure)


def main(arguments: list[str] | None = None) -> None:
    """Print the table and the targets of a stored measurement; draw it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("result", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    result = json.loads(options.result.read_text(encoding="utf-8"))
    print(table(result))
    for what, name, reached, wanted in targets(result):
        verdict = "met" if reached >= wanted else "NOT MET"
        print(f"{verdict:8}{what:24}{name:28}{reached:6.2f} (wanted {wanted:.2f})")
    if options.plot:
        draw(result, options.plot)


def _groups(result: dict) -> Iterator[tuple[int, str, str]]:
    yield from dict.fromkeys((r["size"], r["dtype"], r["method"]) for r in result["times"])


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
