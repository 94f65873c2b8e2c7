"""Serve MathJax from the book itself, so that formulas need no other host.

Sphinx asks a content delivery network for MathJax by default. The package
``sphinx-mathjax-offline`` carries the same files; this extension copies what a page can ask for
(the parts that ``formulas.js`` names, the fonts, the TeX extensions that are loaded on demand), a
tenth of the package. The combined script would be one long task for a telephone, a third of it for
a menu that offers what is not copied.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

PACKAGE = "sphinx-mathjax-offline"
SCRIPT = "startup.js"
# The builders whose pages are for a screen.
PAGED = ("html", "dirhtml")
WANTED = (
    SCRIPT,
    "core.js",
    "input/tex.js",
    "input/tex/extensions/*.js",
    "output/chtml.js",
    "output/chtml/fonts/tex.js",
    "output/chtml/fonts/woff-v2/*.woff",
    "a11y/assistive-mml.js",
)


def _source() -> Path:
    """Return the folder of the installed MathJax."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ExtensionError(f"{PACKAGE} is not installed: run `pip install -r requirements.txt`")
    return Path(next(iter(spec.submodule_search_locations))) / "static" / "mathjax"


def script(name: str) -> Path:
    """Return an installed script, for what is made of the pages."""
    return _source() / name


def _use_local_script(_app: Sphinx, config: Config) -> None:
    config.mathjax_path = f"mathjax/{SCRIPT}"


def _postpone(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Have ``formulas.js`` ask for MathJax once the words are there to read."""
    scripts = context.get("script_files", [])
    asked = [one for one in scripts if str(getattr(one, "filename", one)).endswith(SCRIPT)]
    if app.builder.name in PAGED and asked:
        scripts[:] = [one for one in scripts if one not in asked]
        app.add_js_file("formulas.js", loading_method="defer")


def _copy(app: Sphinx) -> None:
    # An EPUB has its formulas in its own files.
    if app.builder.format != "html" or app.builder.name == "epub":
        return
    source, target = _source(), Path(app.outdir) / "_static" / "mathjax"
    for pattern in WANTED:
        files = sorted(source.glob(pattern))
        if not files:
            raise ExtensionError(f"{PACKAGE} has no {pattern}: its layout has changed")
        for file in files:
            copy = target / file.relative_to(source)
            # An interrupted build may have left half a file, hence the comparison of sizes.
            if not copy.exists() or copy.stat().st_size != file.stat().st_size:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.setup_extension("sphinx.ext.mathjax")
    app.connect("config-inited", _use_local_script)
    app.connect("builder-inited", _copy)
    # After Sphinx has put MathJax into the page.
    app.connect("html-page-context", _postpone, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
