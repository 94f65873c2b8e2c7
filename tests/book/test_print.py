"""The book on paper and on reading devices is whole, can be navigated, and speaks."""

import contextlib
import os
import re
import sys
from zipfile import ZipFile

import pikepdf
import pytest
import yaml
from browsing import chromium
from bs4 import BeautifulSoup
from java import jar, run
from pypdfium2 import PdfDocument
from site_map import ROOT, toc_entries

sys.path.insert(0, str(ROOT / "book" / "_press"))
import pdf as press
from sphinx_external_toc.parsing import parse_toc_yaml

TITLE = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["title"]
PRINTED = [page.name for page in press.pages(parse_toc_yaml(ROOT / "_toc.yml"))]
LESSONS = [entry for entry in PRINTED if entry.count("/") == 2 and not entry.endswith("/index")]


def made(path):
    """Return a file that only a machine with Chromium has."""
    if chromium() is None:
        reason = "there is no Chromium on this machine: run `make browser`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    assert path.exists(), f"{path.name} is not made: run `make {path.suffix[1:]}`"
    return path


# The PDF


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(made(press.PDF)) as book:
        yield book


@pytest.fixture(scope="module")
def texts(pdf):
    """Return what each page says, in one line."""
    with contextlib.closing(PdfDocument(pdf.filename)) as book:
        said = [page.get_textpage().get_text_range() for page in book]
    return [" ".join(text.replace("ﬁ", "fi").replace("ﬂ", "fl").split()) for text in said]


@pytest.fixture(scope="module")
def outline(pdf):
    """Return each entry of the outline with its depth and its page, counted from 0."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(entries, depth):
        for entry in entries:
            yield entry.title, depth, numbers[entry.destination[0].objgen]
            yield from walk(entry.children, depth + 1)

    with pdf.open_outline() as opened:
        return list(walk(opened.root, 0))


def test_the_pdf_says_what_it_is(pdf):
    assert pdf.docinfo["/Title"] == TITLE
    assert pdf.docinfo["/Author"]
    with pdf.open_metadata() as said:
        assert said["dc:title"] == TITLE
        assert said["dc:description"].startswith("Version ")
    assert pdf.Root.Lang == "en"
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot


def test_the_pdf_has_the_whole_book(pdf, outline):
    assert len(pdf.pages) > 10 * len(LESSONS)
    titles = [title for title, _, _ in outline]
    for entry in PRINTED:
        html = (press.HTML / f"{entry}.html").read_text("utf-8")
        heading = BeautifulSoup(html, "html.parser").select_one("article h1")
        heading.select_one(".headerlink").decompose()
        assert " ".join(heading.get_text().split()) in titles
    pages = [page for _, _, page in outline]
    assert pages == sorted(pages)
    # A lesson stands below its chapter, and its sections below it.
    assert {depth for _, depth, _ in outline} >= {0, 1, 2}


def test_outline_leads_where_it_says(outline, texts):
    for title, _, page in outline:
        words = re.findall(r"[A-Za-z]{4,}", re.sub(r"\\\w+", "", title))[:3]
        assert all(word in texts[page] for word in words), (title, page + 1)


def test_links_lead_to_places_of_the_pdf(pdf):
    places = {name[1:] for name in pdf.Root.Dests}
    inside = 0
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            address = str(note.get("/A", {}).get("/URI", ""))
            assert not address.startswith("file:"), address
            if "/Dest" in note:
                inside += 1
                assert isinstance(note.Dest, pikepdf.Array) or str(note.Dest).strip("/") in places
    assert inside > 100


def test_the_contents_have_the_right_page_numbers(texts, outline):
    start = {title: page + 1 for title, depth, page in outline if depth < 2}
    said, found = " ".join(texts[1:4]), 0
    for title, page in start.items():
        if match := re.search(re.escape(title) + r"\s*(\d+)", said):
            found += 1
            assert int(match[1]) == page, title
    assert found > 10


def test_formulas_are_there_and_speak(pdf, texts):
    # Between its brackets; code may name a formula without them.
    left = re.search(r"\\\(.{1,80}\\\)|\\\[.{1,80}\\\]", " ".join(texts))
    assert not left, f"a formula was left as TeX: {left}"
    spoken = [str(item["/Alt"]) for item in _structure(pdf) if "/Alt" in item]
    assert any("\\frac" in words for words in spoken), "formulas have no words in the structure"
    assert len(spoken) > 20 * len(LESSONS)


def _structure(pdf):
    return (
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
    )


def test_answers_stand_at_the_end_of_their_lesson(outline, texts):
    pages = [page for title, _, page in outline if title == "Answers and solutions"]
    assert len(pages) >= len(LESSONS)
    assert re.search(r"(Answer|Solution) \d+, to ", texts[pages[0]])


# What makes it


PAGE = press.Page("book/a/b", 2)
FOLDED = """<article><h1>T</h1><h2 id="q">Question</h2><details><summary>Answer</summary><p>42</p>
</details><div class="cell tag_hide-cell tag_solution"><details>
<summary><span class="collapsed">Show</span></summary><pre>x = 1</pre></details>
<div>Right.</div></div>
<div class="cell"><details>
<summary>Show</summary><pre>plot()</pre></details><img src="a.png" alt="a"></div></article>"""


def test_what_is_folded_moves_to_the_end():
    article = BeautifulSoup(FOLDED, "html.parser").article
    press.unfold(article)
    text = " ".join(article.get_text(" ").split())
    assert text == (
        "T Question Answer: number 1, page 000 Solution: number 2, page 000 "
        "Answers and solutions Answer 1, to Question 42 Solution 2, to Question x = 1 Right."
    )
    assert article.select_one("img")
    for link in article.select("a"):
        assert article.find(id=link["href"][1:]), link


def test_a_page_is_made_ready_to_stand_among_others():
    html = '<article><h1 id="t">T</h1><button>x</button><p aria-labelledby="t">'
    html += (
        '<a href="#t">1</a><a href="../c.html#d">2</a><a href="https://x.org">3</a></p></article>'
    )
    article = BeautifulSoup(html, "html.parser").article
    press.prepare(article, PAGE, {"book/a/b": "a-b", "book/c": "c"}, "https://site.org/")
    assert article["id"] == "a-b"
    assert article.h2["id"] == "a-b--t"
    assert article.p["aria-labelledby"] == "a-b--t"
    assert [a["href"] for a in article.select("a")] == ["#a-b--t", "#c--d", "https://x.org"]
    assert not article.select("button")


def test_what_is_not_printed_is_on_the_site():
    left_out = set(toc_entries()) - set(PRINTED)
    assert left_out
    assert all(entry.startswith(press.ON_SCREEN_ONLY) for entry in left_out)


# The EPUB


@pytest.fixture(scope="module")
def epub():
    with ZipFile(made(press.PDF.with_suffix(".epub"))) as book:
        yield book


def test_the_epub_is_valid(epub):
    done = run(jar("epubcheck", "epubcheck.jar"), epub.filename)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout


def test_the_epub_has_every_page_with_its_formulas(epub):
    formulas = 0
    for entry in toc_entries():
        page = epub.read(f"{entry}.xhtml").decode()
        formulas += page.count("<math ")
        assert "<script" not in page
        assert "merror" not in page
        assert not re.search(r'class="math[^>]*>\s*\\[(\[]', page), f"{entry} has TeX left"
        assert not re.search(r'(src|<link[^>]* href)="https?:', page)
    assert formulas > 50 * len(LESSONS)


def test_the_epub_is_the_same_at_every_build(epub):
    assert {item.date_time[0] for item in epub.infolist()} == {1980}
    assert epub.infolist()[0].filename == "mimetype"
    assert f"<dc:title>{TITLE}</dc:title>" in epub.read("content.opf").decode()
