"""Make one PDF of the whole book from its built pages.

The pages are put one after another into a single one, in the order of the table of contents, with
their headings one level deeper for each step down. Then Chromium prints it, tagged and with an
outline. This way the PDF says what the site says, Sphinx need not run a second time, and a link to
another page becomes a link inside the PDF. (Sphinx's own ``singlehtml`` keeps the ids of all pages,
so that a link to ``#exercises`` would always lead to the first lesson's.)

What a page folds away must not stand under its question on paper: answers, hints and solutions
move to the end of their lesson, with links both ways. Folded code that only draws a picture is left
to the notebook, and the companion's reference to the site. A figure with sliders is its still
picture.

Chromium prints twice: page numbers in the contents are known only after the first time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pikepdf
import yaml
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import sync_playwright
from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "neurons-to-gates.pdf"

sys.path.insert(0, str(ROOT / "book" / "_extensions"))
from chromium import launch
from offline_mathjax import script
from stamp import Stamp

LEFT_OUT = (
    "script, style, button, .headerlink, .onlyprint, .d-print-none, .viewcode-link, .atlas-filter"
)
# Who programs has the reference at hand on the screen; on paper it would be a third of the book.
ON_SCREEN_ONLY = "book/api/"
# Where a page number goes after the first printing.
NUMBER = "000"


@dataclass(frozen=True)
class Page:
    """A page of the book: its name, its depth in the table of contents, and its part's caption."""

    name: str
    depth: int
    part: str = ""

    @property
    def slug(self) -> str:
        """What its ids start with in the PDF."""
        return self.name.removeprefix("book/").replace("/", "-")


def pages(toc: SiteMap) -> Iterator[Page]:
    """Yield the pages in the order of the book."""

    def walk(name: str, depth: int) -> Iterator[Page]:
        for tree in toc[name].subtrees:
            for item in tree.items:
                yield Page(item, depth, tree.caption or "" if depth == 1 else "")
                yield from walk(item, depth + 1)

    root = toc.root.docname
    yield Page(root, 1)
    yield from (page for page in walk(root, 1) if not page.name.startswith(ON_SCREEN_ONLY))


# One page among others ------------------------------------------------------------------------------


def prepare(article: Tag, page: Page, slugs: dict[str, str], site: str) -> Tag:
    """Make what a page says ready to stand among the others.

    Parameters
    ----------
    article : Tag
        The text of the page, which is changed.
    page : Page
    slugs : dict
        The slug of each page of the book by its name.
    site : str
        Where links to anything outside the book's pages lead, empty if unknown.
    """
    for tag in article.select(LEFT_OUT):
        tag.decompose()
    unfold(article)
    for tag in article.find_all(re.compile(r"h[1-6]")):
        tag.name = f"h{min(int(tag.name[1]) + page.depth - 1, 6)}"
    for tag in article.select("[id]"):
        tag["id"] = f"{page.slug}--{tag['id']}"
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for tag in article.select(f"[{name}]"):
            tag[name] = f"{page.slug}--{tag[name]}"
    for link in article.select("a[href]"):
        link["href"] = redirect(link["href"], page, slugs, site)
        # A tooltip of the page, such as the whole entry of a citation, is text in a PDF.
        link.attrs.pop("title", None)
    for picture in article.select("img[src]"):
        picture["src"] = _file(picture["src"], page)
        # A picture that is not near the screen would not be loaded.
        picture.attrs.pop("loading", None)
    article.name = "section"
    article["id"] = page.slug
    article["class"] = ["bd-article", f"depth-{page.depth}"]
    return article


def _file(address: str, page: Page) -> str:
    """Return the full address of a file that a page names."""
    if urlsplit(address).scheme:
        return address
    return (HTML / page.name).parent.joinpath(unquote(urlsplit(address).path)).resolve().as_uri()


def redirect(href: str, page: Page, slugs: dict[str, str], site: str) -> str:
    """Return where a link leads in the PDF.

    Examples
    --------
    >>> page, slugs = Page("book/a", 1), {"book/a": "a", "book/c/b": "c-b"}
    >>> [redirect(href, page, slugs, "https://x.org/") for href in ("#top", "c/b.html", "c/b.html#d")]
    ['#a--top', '#c-b', '#c-b--d']
    >>> redirect("../genindex.html", page, slugs, "https://x.org/")
    'https://x.org/genindex.html'
    """
    if urlsplit(href).scheme:
        return href
    path, _, fragment = href.partition("#")
    place = urljoin(f"/{page.name}.html", path)
    name = place.strip("/").removesuffix(".html")
    if name in slugs:
        return f"#{slugs[name]}--{fragment}" if fragment else f"#{slugs[name]}"
    return urljoin(site, place.lstrip("/")) + (f"#{fragment}" if fragment else "")


def unfold(article: Tag) -> None:
    """Move what is folded to the end, with a link from where it was; drop folded drawing code."""
    soup = BeautifulSoup("", "html.parser")
    answers = []
    for details in article.select("details"):
        summary = details.summary.extract()
        cell = details.find_parent(class_="cell")
        if cell and "tag_solution" not in cell["class"]:
            details.decompose()
            continue
        state = summary.select_one(".collapsed")
        label = "Solution" if cell else (state or summary).get_text(" ", strip=True)
        number = len(answers) + 1
        here, there = f"folded-{number}", f"answer-{number}"
        pointer = BeautifulSoup(
            f'<p class="pointer" id="{here}">{escape(label)}: <a href="#{there}">number {number}, '
            f'page <span class="page-number">{NUMBER}</span></a></p>',
            "html.parser",
        ).p
        folded = cell or details
        heading = folded.find_previous(re.compile("h[1-6]"))
        folded.replace_with(pointer)
        details.name = "div"
        details.attrs = {"class": "answer-body"}
        box = soup.new_tag("div", attrs={"class": "answer", "id": there})
        about = f"{escape(label)} {number}, to <a href='#{here}'>{_words(heading)}</a>"
        box.append(BeautifulSoup(f'<p class="answer-title">{about}</p>', "html.parser"))
        box.append(folded)
        answers.append(box)
    if answers:
        section = BeautifulSoup(
            '<section id="answers" class="answers"><h2>Answers and solutions</h2></section>',
            "html.parser",
        ).section
        section.extend(answers)
        article.append(section)


def _words(heading: Tag) -> str:
    """Return what a heading says, its formulas included."""
    return heading.decode_contents()


# All pages in one -----------------------------------------------------------------------------------


def assemble() -> str:
    """Return the whole book as one page."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    chosen = list(pages(parse_toc_yaml(ROOT / "_toc.yml")))
    slugs = {page.name: page.slug for page in chosen}
    front = BeautifulSoup((HTML / f"{chosen[0].name}.html").read_text("utf-8"), "html.parser")
    canonical = front.select_one("link[rel=canonical]")
    site = canonical["href"].removesuffix(f"{chosen[0].name}.html") if canonical else ""
    title, author = escape(config["title"]), escape(config["author"])
    logo = (ROOT / config["logo"]).as_uri()
    sections, head = [], {}
    for page in chosen:
        soup = BeautifulSoup((HTML / f"{page.name}.html").read_text("utf-8"), "html.parser")
        for tag in soup.head.select("link[rel=stylesheet], script"):
            if _is_needed(tag):
                head[_at_home(tag, page)] = None
        sections.append(prepare(soup.select_one("article"), page, slugs, site))
    return f"""<!DOCTYPE html>
<html lang="{config["sphinx"]["config"]["language"]}" data-theme="light" data-mode="light">
<head><meta charset="utf-8"><title>{title}</title>
{"".join(head)}
<script src="{script("tex-svg.js").as_uri()}"></script>
<link rel="stylesheet" href="{Path(__file__).with_name("pdf.css").as_uri()}">
</head>
<body><main>
<div class="cover">
<img src="{logo}" alt=""><p class="cover-title">{title}</p><p class="cover-author">{author}</p>
<p>{escape(Stamp.read(ROOT).words())}</p>
{f'<p><a href="{site}">{site}</a></p>' if site else ""}
<p>Text and figures: CC BY 4.0. Code: MIT licence.</p>
</div>
{contents(chosen, sections)}
{"".join(map(str, sections))}
</main></body></html>"""


def _at_home(tag: Tag, page: Page) -> str:
    """Return a tag of a page's head, with the full address of what it loads."""
    for name in ("href", "src"):
        if tag.get(name):
            tag[name] = _file(tag[name], page)
    return str(tag)


def _is_needed(tag: Tag) -> bool:
    """Keep style sheets and MathJax's settings; the scripts are for the screen."""
    return tag.name == "link" or "window.MathJax" in tag.get_text()


def contents(chosen: list[Page], sections: list[Tag]) -> str:
    """Return the table of contents, with room for page numbers."""
    rows, part = [], ""
    for page, section in zip(chosen, sections, strict=True):
        if page.part and page.part != part:
            part = page.part
            rows.append(f'<li class="contents-part">{escape(part)}</li>')
        title = copy(section.find(re.compile("h[1-6]")))
        rows.append(
            f'<li class="contents-{page.depth}"><a href="#{page.slug}">'
            f'<span class="contents-title">{title.decode_contents()}</span> '
            f'<span class="page-number">{NUMBER}</span></a></li>'
        )
    return f'<nav class="contents"><h1>Contents</h1><ul>{"".join(rows)}</ul></nav>'


# On paper ------------------------------------------------------------------------------------------


def typeset(source: Path, target: Path) -> list[str]:
    """Print a page twice, the first time to see on which page everything stands.

    Returns
    -------
    list of str
        The headings, in order.
    """
    paper = {"prefer_css_page_size": True, "print_background": True}
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page()
        page.set_default_timeout(180_000)
        page.emulate_media(media="print")
        page.goto(source.as_uri(), wait_until="load")
        page.evaluate("MathJax.startup.promise")
        page.evaluate("document.fonts.ready")
        faults = page.evaluate(FAULTS)
        if faults:
            raise SystemExit(f"The PDF would lack {faults}.")
        page.evaluate(SPEAK)
        page.pdf(path=target, tagged=False, outline=False, **paper)
        with pikepdf.open(target) as draft:
            page.evaluate(FILL_IN, numbers(draft))
        page.pdf(path=target, tagged=True, outline=True, **paper)
        return page.evaluate(HEADINGS)


FAULTS = """[
    ...[...document.images].filter(one => !one.naturalWidth).map(one => one.src),
    ...[...document.querySelectorAll("mjx-merror")].map(one => one.textContent),
]"""

# Each formula is a drawing, and Chromium writes a drawing's name into the PDF. MathJax's glyphs would
# come out in an order that is nobody's; its TeX can be read aloud.
SPEAK = """for (const {math, typesetRoot} of MathJax.startup.document.math) {
    const drawing = typesetRoot.querySelector("svg");
    drawing.removeAttribute("aria-hidden");
    drawing.setAttribute("aria-label", math.trim());
    // A line of no width is as thin as a screen allows, and makes letters bold.
    drawing.querySelectorAll("[stroke-width='0']").forEach(part => part.setAttribute("stroke", "none"));
}"""

FILL_IN = """numbers => {
    for (const place of document.querySelectorAll("a .page-number")) {
        const id = decodeURIComponent(place.closest("a").hash.slice(1));
        place.textContent = numbers[id];
    }
}"""

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(heading => {
    const copy = heading.cloneNode(true);
    const formulas = [...heading.querySelectorAll("mjx-container")].map(
        one => one.querySelector("svg").ariaLabel);
    copy.querySelectorAll("mjx-container").forEach((one, n) => one.replaceWith(formulas[n]));
    return copy.textContent.replace(/\\s+/g, " ").trim();
})"""


def numbers(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the page on which each place stands that a link leads to, the first being 1."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    places = pdf.Root.get("/Dests", {})
    return {unquote(name[1:]): pages[place[0].objgen] for name, place in places.items()}


def finish(target: Path, headings: list[str]) -> None:
    """Say in the file what it is, and nothing of when it was made; pack it well.

    Chromium repeats the words of a heading in the outline, hence the `headings`.
    """
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    stamp = Stamp.read(ROOT)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            entries = list(_walk(outline.root))
            for entry, heading in zip(entries, headings, strict=True):
                entry.title = heading
        with pdf.open_metadata(set_pikepdf_as_editor=False) as said:
            said["dc:title"] = config["title"]
            said["dc:creator"] = [config["author"]]
            said["dc:description"] = stamp.words()
            said["dc:language"] = [str(pdf.Root.Lang)]
        for name in ("/Creator", "/CreationDate", "/ModDate"):
            if name in pdf.docinfo:
                del pdf.docinfo[name]
        if stamp.date:
            pdf.docinfo["/CreationDate"] = f"D:{stamp.date:%Y%m%d}000000Z"
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )


def _walk(entries: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for entry in entries:
        yield entry
        yield from _walk(entry.children)


def main() -> None:
    """Make the PDF."""
    source = PDF.with_suffix(".html")
    source.write_text(assemble(), "utf-8")
    finish(PDF, typeset(source, PDF))


if __name__ == "__main__":
    main()
