"""Make the two pages that have no source: the way in at the root, and the page for wrong addresses.

A server shows ``404.html`` at whatever address was wrong, from any depth, so its links count from
the site's own root instead of from where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.locale import get_translation

_ = get_translation("book")

MISSING = "404"
ENTRANCE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={first}">
<link rel="canonical" href="{canonical}">
{metatags}
</head>
<body><main><h1><a href="{first}">{title}</a></h1></main></body>
</html>
"""


def _missing_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name != "html":
        return
    title = _("Nothing is kept at this address")
    text = _(
        "A page may have moved, or a letter may be wrong. The menu lists every page of the book, "
        "and the search knows every word in it."
    )
    start = _("Start at the title page")
    first = app.builder.get_relative_uri(MISSING, app.config.root_doc)
    body = f'<h1>{title}</h1>\n<p>{text}</p>\n<p><a href="{first}">{start}</a></p>'
    yield MISSING, {"title": title, "pagetitle": title, "body": body}, "page.html"


def from_root(page: str, root: str) -> str:
    """Let every address in a page count from the root of the site.

    Examples
    --------
    >>> from_root('<a href="book/index.html">x</a><a href="#top">y</a>', "/gates/")
    '<a href="/gates/book/index.html">x</a><a href="#top">y</a>'
    """
    soup = BeautifulSoup(page, "html.parser")
    for name in ("href", "src", "action", "data-content_root"):
        for tag in soup.find_all(attrs={name: True}):
            if not tag[name].startswith("#"):
                tag[name] = urljoin(root, tag[name])
    return str(soup)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception or app.builder.name != "html":
        return
    missing = Path(app.outdir, f"{MISSING}.html")
    site = app.config.html_baseurl
    page = from_root(missing.read_text("utf-8"), urlsplit(site).path or "/")
    missing.write_text(page, "utf-8")

    first = app.builder.get_target_uri(app.config.root_doc)
    soup = BeautifulSoup(Path(app.outdir, first).read_text("utf-8"), "html.parser")
    previews = soup.select('meta[property^="og:"], meta[name^="twitter:"], meta[name=description]')
    entrance = ENTRANCE.format(
        language=escape(app.config.language),
        title=escape(app.config.html_title),
        first=first,
        canonical=urljoin(site, first),
        metatags="\n".join(map(str, previews)),
    )
    Path(app.outdir, "index.html").write_text(entrance, "utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.connect("html-collect-pages", _missing_page)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
