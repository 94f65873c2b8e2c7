"""Execute notebooks and store their outputs, in the form that the hygiene rules ask for.

A lesson that needs what is not installed here runs with the Python of `make parity`, or stays as it
is where that has not been made yet.

Usage: python tests/book/refresh.py book/3-sigmoid-family/*.ipynb
"""

import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from hygiene import BOOK, NORMAL_METADATA
from install_cell import put_install_cell
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from optional_lessons import PARITY, missing, needs, reason


def refresh(path: Path) -> None:
    """Run one notebook from top to bottom in a fresh kernel, in its own folder."""
    python = PARITY / "bin" / "python" if missing(path) else Path(sys.executable)
    if not python.exists():
        print(f"left as it is: {path} {reason(path)}, so run that first")
        return
    notebook = nbformat.read(path, as_version=4)
    put_install_cell(notebook, path.resolve().relative_to(BOOK).as_posix())
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            km=kernel(python, Path(folder)),
            timeout=120,
            record_timing=False,
            # Else a slow cell's printed lines are stored in several pieces, one box each.
            coalesce_streams=True,
            # Kernels warn about their transport, which stays on this machine.
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(cleanup_kc=True)
    # The kernel has put this machine's Python version in; nobody wants that in a diff.
    needed = {"needs": needs(path)} if needs(path) else {}
    notebook.metadata = nbformat.from_dict(NORMAL_METADATA | needed)
    nbformat.write(notebook, path)
    print(f"refreshed {path}")


def kernel(python: Path, folder: Path) -> AsyncKernelManager:
    """Return the manager of a kernel that runs this Python, described in a folder of its own."""
    described = folder / "python3" / "kernel.json"
    described.parent.mkdir()
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {"argv": command, "display_name": "Python 3", "language": "python"}
    described.write_text(json.dumps(about), "utf-8")
    specs = KernelSpecManager(kernel_dirs=[str(folder)], ensure_native_kernel=False)
    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs)


if __name__ == "__main__":
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # Going through the results raises what a notebook raised.
        list(pool.map(refresh, map(Path, sys.argv[1:])))
