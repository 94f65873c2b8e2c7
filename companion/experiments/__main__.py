"""Run the stored sweeps: ``python -m companion.experiments [NAME …]``, from the project's root."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from companion.experiments import STORED_SWEEPS
from companion.sweeps import run_sweep


def main(arguments: list[str] | None = None) -> int:
    """Run what the results files do not hold yet; return how many cells failed."""
    parser = argparse.ArgumentParser(
        prog="python -m companion.experiments",
        description="Run the book's long experiments, and store their results beside its lessons.",
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(STORED_SWEEPS)}; all by default"
    )
    parser.add_argument("--anew", action="store_true", help="remove the results and begin again")
    parser.add_argument("--workers", type=int, help="processes; by default one a processor")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in STORED_SWEEPS]:
        parser.error(f"there is no sweep {unknown[0]!r}; there are {', '.join(STORED_SWEEPS)}")
    if not Path("book").is_dir():
        parser.error("run it from the project's root, where the folder `book` is")
    failures = 0
    for name in options.names or STORED_SWEEPS:
        stored = STORED_SWEEPS[name]
        path = Path(stored.path)
        if options.anew:
            path.unlink(missing_ok=True)
        results = run_sweep(stored.sweep, path, workers=options.workers, retry_failures=True)
        print(f"{name}: {len(results)} cells, {len(results.failures)} failed, in {path}")
        for cell in results.failures:
            print(f"  {cell.configuration}: {cell.failure}")
        failures += len(results.failures)
    return failures


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
