"""Find this machine's Chromium and start it without a window and without calls to other hosts."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find() -> str | None:
    """Return the path of a Chromium, None if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launch(playwright: Playwright, path: str | None = None) -> Iterator[Browser]:
    """Start the browser, the one found unless a path is given, and end it with the block."""
    path = path or find()
    if path is None:
        raise SystemExit("There is no Chromium on this machine: run `make browser`.")
    with closing(playwright.chromium.launch(executable_path=path, args=FLAGS)) as browser:
        yield browser


if __name__ == "__main__":
    # `make test` asks whether there is anything to print with.
    sys.exit(0 if find() else "There is no Chromium on this machine: no PDF and no EPUB are made.")
