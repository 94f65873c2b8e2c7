"""Put figures with sliders into the pages: the still picture first, the live chart in its place.

A notebook's explorable (companion.explorables) stores a still picture and a chart in Vega-Lite. As
a figure it is that picture, in every format of the book: numbered, with caption and alt text. Only
the pages of the HTML book get the chart as well, compiled here to Vega, in a ``div.explorable``
behind the picture. ``book/_static/explorables.js`` draws it when the reader comes near, and then
``explorables.css`` hides the picture on the screen; without scripts, and on paper, it stays.

Vega comes from the package vl-convert and is written to the book's own static files. Script, style
and library are asked for by pages that have an explorable, and by no other.
"""

import json
from pathlib import Path

import vl_convert
from docutils import nodes
from myst_nb.core.render import load_mime_renders
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from companion.explorables._explorable import MIME, VEGA_LITE

logger = logging.getLogger(__name__)

CONTROLS = "Sliders of this figure"
# The bundler resolves this address to vl-convert's own copy; nothing is loaded. The bundle's
# top-level names would be globals of the page, hence the function around it.
VEGA = f"https://cdn.jsdelivr.net/npm/vega@{vl_convert.get_vega_version()}/+esm.js"
SNIPPET = (
    f'import {{View, parse, Warn}} from "{VEGA}"; window.explorablesVega = {{View, parse, Warn}};'
)
SCRIPT = Path("_static", "vega", "vega.js")
MARK = f"/* Vega {vl_convert.get_vega_version()}, BSD 3-Clause: https://github.com/vega/vega/blob/main/LICENSE */\n"
# The builders whose pages are for a screen; singlehtml is for print.
PAGED = ("html", "dirhtml")


class explorable(nodes.General, nodes.Element):  # noqa: N801 - docutils names visitors by it
    """A live chart, as Vega, beside its still picture."""


class ChartRenderer:
    """Tell MyST-NB what to make of a chart's JSON."""

    # It has no priority, so every builder chooses the picture; `_take_out` keeps the chart.
    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(_renderer: object, data: object, _inline: bool) -> list[nodes.Node] | None:
        """Compile the chart, and leave everything else alone."""
        if data.mime_type != MIME:
            return None
        return [explorable(vega=compiled(json.dumps(data.content, sort_keys=True)))]


def compiled(chart: str) -> str:
    """Compile Vega-Lite to Vega, so that a page need not carry the compiler."""
    vega = vl_convert.vegalite_to_vega(json.loads(chart), vl_version=VEGA_LITE)
    text = json.dumps(vega, ensure_ascii=False, separators=(",", ":"))
    # Nothing in it may end the script element that it stands in.
    return text.replace("<", "\\u003c")


def _take_out(_app: Sphinx, doctree: nodes.document) -> None:
    """Put each chart behind the outputs among which one is chosen, so that it is not left out."""
    for chart in list(doctree.findall(explorable)):
        holder = chart.parent
        bundle = holder.parent
        kinds = [child["mime_type"] for child in bundle.children]
        if "image/png" not in kinds:
            logger.warning("an explorable has no still picture: run `make lessons`", location=chart)
        bundle.remove(holder)
        bundle.parent.insert(bundle.parent.index(bundle) + 1, chart)


def _visit(translator: nodes.NodeVisitor, node: explorable) -> None:
    if translator.builder.name in PAGED:
        translator.body.append(
            f'<div class="explorable" data-controls="{CONTROLS}" hidden>'
            f'<script type="application/json">{node["vega"]}</script></div>'
        )
    raise nodes.SkipNode


def _skip(_translator: nodes.NodeVisitor, _node: explorable) -> None:
    raise nodes.SkipNode


def _outfit(app: Sphinx, _page: str, _template: str, _context: dict, doctree: object) -> None:
    """Give script and style to pages with an explorable."""
    if app.builder.name not in PAGED or doctree is None:
        return
    if next(doctree.findall(explorable), None) is not None:
        app.add_js_file("explorables.js", loading_method="defer")
        app.add_css_file("explorables.css")


def library() -> str:
    """Return Vega as one script, which leaves ``explorablesVega`` behind and nothing else."""
    bundle = vl_convert.javascript_bundle(SNIPPET)
    if "window.explorablesVega={" not in bundle:
        raise ExtensionError("vl-convert's bundle has no Vega in it: its layout has changed")
    return f"{MARK}(() => {{{bundle}}})();\n{MARK}"


def _write_library(app: Sphinx) -> None:
    if app.builder.name not in PAGED:
        return
    target = Path(app.outdir) / SCRIPT
    # The mark stands at both ends: an interrupted build may have left half a file.
    if not (target.exists() and target.read_text("utf-8").endswith(MARK)):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(library(), "utf-8")


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Register the extension."""
    # As in the ledger: MyST-NB keeps a list of renderers, which this one joins here.
    if ChartRenderer not in load_mime_renders():
        load_mime_renders().append(ChartRenderer)
    skip = (_skip, None)
    app.add_node(
        explorable,
        html=(_visit, None),
        latex=skip,
        texinfo=skip,
        text=skip,
        man=skip,
    )
    app.connect("doctree-read", _take_out)
    app.connect("html-page-context", _outfit)
    app.connect("builder-inited", _write_library)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
