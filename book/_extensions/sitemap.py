"""List the book's pages for search engines, in ``sitemap.xml``.

The addresses follow from the repository's (see ``repository.py``); where the site's own is unknown
there is no map. It names every page, also when a build has written only some of them anew.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from sphinx.application import Sphinx


def _write(app: Sphinx, exception: Exception | None) -> None:
    base = app.config.html_baseurl
    if exception or app.builder.name != "html" or not base:
        return
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for docname in sorted(app.env.found_docs):
        page = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(page, "loc").text = base + app.builder.get_target_uri(docname)
    ElementTree.indent(root)
    path = Path(app.outdir, "sitemap.xml")
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
