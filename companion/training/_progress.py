"""A bar on a terminal for runs that take long, and nothing anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any


@contextmanager
def progress(total: int, shown: bool | None, what: str = "step") -> Iterable[Callable[[], Any]]:
    """Give a function to be called after each of `total` steps.

    Parameters
    ----------
    total : int
        How many steps there will be.
    shown : bool or None
        Whether to show a bar. None: on a terminal, once the run has taken two seconds; never in
        a notebook, whose stored output would change with every run.
    what : str
        What is counted.

    Yields
    ------
    callable
    """
    if shown is None:
        shown = sys.stderr is not None and sys.stderr.isatty()
    bar = None
    if shown:
        try:
            from tqdm import tqdm
        except ModuleNotFoundError:  # a bar is a comfort, and training works without it
            pass
        else:
            bar = tqdm(total=total, unit=f" {what}", delay=2, leave=False, mininterval=0.5)
    try:
        yield (lambda: None) if bar is None else bar.update
    finally:
        if bar is not None:
            bar.close()
