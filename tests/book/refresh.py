"""Execute notebooks and store their outputs, in the form that the hygiene rules ask for.

Usage: python tests/book/refresh.py book/3-sigmoid-family/*.ipynb
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from hygiene import BOOK, NORMAL_METADATA
from install_cell import put_install_cell
from nbclient import NotebookClient


def refresh(path: Path) -> None:
    """Run one notebook from top to bottom in a fresh kernel, in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    put_install_cell(notebook, path.resolve().relative_to(BOOK).as_posix())
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        # Else a slow cell's printed lines are stored in several pieces, one box each on the page.
        coalesce_streams=True,
        # Kernels warn about their transport, which stays on this machine.
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    # The kernel has put this machine's Python version in; nobody wants that in a diff.
    notebook.metadata = nbformat.from_dict(NORMAL_METADATA)
    nbformat.write(notebook, path)
    print(f"refreshed {path}")


if __name__ == "__main__":
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # Going through the results raises what a notebook raised.
        list(pool.map(refresh, map(Path, sys.argv[1:])))
