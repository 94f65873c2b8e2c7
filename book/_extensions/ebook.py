"""Make an EPUB whose formulas are there without a network and without scripts: as MathML.

Only ``make epub`` needs this. MathJax, the same that sets the formulas of the site, translates each
formula once, in Chromium. Sphinx writes the book and this finishes it: it takes out what only a
browser needs, and tells the package which files hold MathML and drawings, which Sphinx does not.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from html import unescape
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docutils import nodes
from offline_mathjax import script
from repository import Repository
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.writers.html5 import HTML5Translator
from stamp import Stamp

TEX = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
PAGE_ITEM = re.compile(
    r'(<item id="[^"]*" href="([^"]+)" media-type="application/xhtml\+xml")( />)'
)
STYLE_LINK = re.compile(r'\s*<link [^>]*href="(?:[^"]*/)?_static/([^"?]+)[^"]*"[^>]*/>')
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# Style sheets that a reading device gets. The others are for the site, and need its variables.
STYLES = ("epub.css", "pygments.css", "reader.css")
PICTURES = ("file.png",)


class Translator:
    """MathJax in a browser that starts with the first formula."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, bool], str] = {}
        self.page = None
        self.running = ExitStack()

    def start(self) -> None:
        """Open the browser."""
        # Sphinx knows the folder of extensions only.
        sys.path.insert(0, str(Path(__file__).parents[1] / "_press"))
        from chromium import launch
        from playwright.sync_api import sync_playwright

        folder = Path(self.running.enter_context(tempfile.TemporaryDirectory()))
        start = folder / "mathjax.html"
        start.write_text(f'<script src="{script("tex-mml-chtml.js").as_uri()}"></script>', "utf-8")
        playwright = self.running.enter_context(sync_playwright())
        self.page = self.running.enter_context(launch(playwright)).new_page()
        self.page.goto(start.as_uri())
        self.page.evaluate("MathJax.startup.promise")

    def __call__(self, tex: str, display: bool) -> str:
        """Return a formula as MathML."""
        if self.page is None:
            self.start()
        if (tex, display) not in self.known:
            mathml = self.page.evaluate(
                "([tex, display]) => MathJax.tex2mmlPromise(tex, {display})", [tex, display]
            )
            if "<merror" in mathml:
                raise ValueError(f"MathJax cannot read the formula {tex!r}")
            # What MathJax notes for itself is no attribute of MathML.
            self.known[tex, display] = re.sub(r'\s(?:data|class)[\w-]*="[^"]*"', "", mathml)
        return self.known[tex, display]

    def close(self) -> None:
        """Close the browser."""
        self.running.close()
        self.page = None


TRANSLATE = Translator()


def _as_mathml(visit: Callable, display: bool) -> Callable:
    """Return a visitor that has another one write a formula, then puts MathML in TeX's place."""

    def visit_formula(translator: HTML5Translator, node: nodes.Element) -> None:
        start = len(translator.body)
        with suppress(nodes.SkipNode):
            visit(translator, node)
        text = "".join(translator.body[start:])
        del translator.body[start:]
        # An environment such as `align` stands without brackets.
        tex = TEX if TEX.search(text) else re.compile(re.escape(translator.encode(node.astext())))
        assert tex.search(text), text
        translator.body.append(
            tex.sub(lambda found: TRANSLATE(unescape(found[found.lastindex or 0]), display), text)
        )
        raise nodes.SkipNode

    return visit_formula


def _describe(app: Sphinx, config: Config) -> None:
    """Say what the book is, from the settings that say it already."""
    stamp = Stamp.read(Path(app.srcdir))
    config.project = config.epub_title = config.html_title
    config.epub_basename = re.sub(r"\W+", "-", config.html_title.lower())
    config.epub_author = config.epub_publisher = config.epub_contributor = config.author
    config.epub_identifier = Repository.of(config).url
    config.epub_scheme = "URL"
    config.epub_uid = "book"
    config.epub_description = stamp.words(config.language)
    config.epub_css_files = ["reader.css"]
    # Readers show links as links.
    config.epub_show_urls = "no"


def _prepare(app: Sphinx) -> None:
    """Leave out what needs a screen and a network."""
    if app.builder.name != "epub":
        return
    # In MathJax's place rather than beside it: with another setting Sphinx would read all files anew.
    inline, block = app.registry.html_inline_math_renderers, app.registry.html_block_math_renderers
    for renderers, display in ((inline, False), (block, True)):
        renderers["mathjax"] = (_as_mathml(renderers["mathjax"][0], display), None)
    app.config.html_domain_indices = False
    for option in list(app.config.html_theme_options):
        if option.startswith("use_") or option == "launch_buttons":
            app.config.html_theme_options[option] = {} if option == "launch_buttons" else False


def complete(page: str) -> str:
    """Return a page with the style sheets it needs, and with drawings that XML knows.

    Examples
    --------
    >>> complete('<link href="../_static/book.css?v=1" rel="stylesheet" /><svg width="1"></svg>')
    '<svg xmlns="http://www.w3.org/2000/svg" width="1"></svg>'
    """
    page = STYLE_LINK.sub(lambda link: link[0] if link[1] in STYLES else "", page)
    return re.sub(r"<svg (?![^>]*xmlns=)", '<svg xmlns="http://www.w3.org/2000/svg" ', page)


def declare(package: str, pages: dict[str, str], kept: set[str]) -> str:
    """Return the package's list of files: those kept, with what pages hold beyond plain HTML.

    Examples
    --------
    >>> items = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml" />'
    >>> items += '<item id="b" href="b.css" media-type="text/css" />'
    >>> declare(items, {"a.xhtml": "<p><math></math></p>"}, {"a.xhtml"})
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml" properties="mathml" />'
    """

    def with_properties(item: re.Match) -> str:
        page = pages[item[2]]
        held = [name for tag, name in (("<math", "mathml"), ("<svg", "svg")) if tag in page]
        return item[1] + (f' properties="{" ".join(held)}"' if held else "") + item[3]

    def if_kept(item: re.Match) -> str:
        return item[0] if unquote(item[1]) in kept else ""

    package = re.sub(r'\s*<item id="[^"]*" href="([^"]+)"[^>]*/>', if_kept, package)
    return PAGE_ITEM.sub(with_properties, package)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Complete the book, in a file that the same commit always makes the same."""
    TRANSLATE.close()
    if exception or app.builder.name != "epub":
        return
    path = Path(app.outdir, f"{app.config.epub_basename}.epub")
    with ZipFile(path) as book:
        files = {name: book.read(name) for name in book.namelist() if _is_wanted(name)}
    pages = {n: complete(data.decode()) for n, data in files.items() if n.endswith(".xhtml")}
    package = declare(files["content.opf"].decode(), pages, set(files))
    # Sphinx writes the name of the identifier where its value belongs.
    uid, identifier = (f'content="{app.config[name]}"' for name in ("epub_uid", "epub_identifier"))
    contents = files["toc.ncx"].decode().replace(uid, identifier)
    if day := Stamp.read(Path(app.srcdir)).date:
        package = DATE.sub(f"{day}T00:00:00Z", package)
    files |= {"content.opf": package.encode(), "toc.ncx": contents.encode()}
    files |= {name: page.encode() for name, page in pages.items()}
    with ZipFile(path, "w") as book:
        for name, data in files.items():
            kind = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            book.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, kind)


def _is_wanted(name: str) -> bool:
    """Leave out what the site's pages load and these do not."""
    return not name.startswith("_static/") or name.removeprefix("_static/") in STYLES + PICTURES


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the extension."""
    app.setup_extension("sphinx.ext.mathjax")
    app.connect("config-inited", _describe)
    # After MyST, which has a say in how formulas are written.
    app.connect("builder-inited", _prepare, priority=900)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
