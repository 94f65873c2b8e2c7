"""Build the book in little more than half the time; what is built stays the same.

- Python looks for garbage again and again among the millions of nodes of a book, which all are in
  use; the build ends before that would pay. It is looked for once, between reading and writing.
- The package behind citations asks the whole environment for its plug-ins at every citation.
"""

from __future__ import annotations

import gc
from functools import cache

import pybtex.plugin
from sphinx.application import Sphinx


def _pause(app: Sphinx) -> None:
    """Stop looking for garbage until the build is over."""
    if gc.isenabled():
        gc.disable()
        app.connect("env-updated", lambda *_: gc.collect() and None)
        app.connect("build-finished", lambda *_: gc.enable())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    if not hasattr(pybtex.plugin._load_entry_point, "cache_clear"):
        pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)
    app.connect("builder-inited", _pause)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
