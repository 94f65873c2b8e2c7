"""What was built is the whole book, and it needs no other host."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from site_map import HTML, ROOT, toc_entries

PAGES = toc_entries()
NOTEBOOKS = [page for page in PAGES if (ROOT / f"{page}.ipynb").exists()]


def page(entry):
    path = HTML / f"{entry}.html"
    assert path.exists(), f"_toc.yml lists {entry}, and it is no page: run `make book`"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture(params=PAGES)
def soup(request):
    return page(request.param)


def test_page_has_its_title_and_text(soup):
    article = soup.select_one("article")
    assert article.select_one("h1").get_text(strip=True)
    assert len(article.get_text(" ", strip=True)) > 200


def test_page_loads_nothing_from_another_host(soup):
    loaded = [tag["src"] for tag in soup.select("[src]")]
    loaded += [tag["href"] for tag in soup.select("link[href]") if "canonical" not in tag["rel"]]
    assert loaded
    assert [url for url in loaded if re.match(r"(https?:)?//", url)] == []


def test_pictures_have_words(soup):
    bare = [img["src"] for img in soup.select("article img") if len(img.get("alt", "")) < 20]
    assert bare == []


def test_no_reference_is_left_unresolved(soup):
    text = soup.select_one("article").get_text()
    assert not re.search(r"\{(numref|cite|ref|eq|doc|term)\b[^}]*\}`", text)
    assert "Unknown" not in [tag.get_text() for tag in soup.select(".problematic")]
    assert soup.select(".problematic, .system-message") == []


def test_every_page_of_the_source_is_in_the_table_of_contents():
    sources = [*(ROOT / "book").rglob("*.ipynb"), *(ROOT / "book").rglob("*.md")]
    written = {path.relative_to(ROOT).with_suffix("").as_posix() for path in sources}
    written = {name for name in written if "/_" not in name and "/." not in name}
    assert written == set(PAGES)


@pytest.mark.parametrize("entry", NOTEBOOKS)
def test_notebook_page_shows_every_figure(entry):
    cells = json.loads((ROOT / f"{entry}.ipynb").read_text("utf-8"))["cells"]
    named = [cell["metadata"]["mystnb"] for cell in cells if "mystnb" in cell["metadata"]]
    figures = [about for about in named if "figure" in about]
    soup = page(entry)
    for about in figures:
        figure = soup.find("figure", id=about["figure"]["name"])
        assert figure is not None, f"{entry} has lost {about['figure']['name']}"
        image = figure.select_one("img")
        assert image["alt"] == about["image"]["alt"]
        assert (HTML / f"{entry}.html").parent.joinpath(image["src"]).resolve().exists()
        assert re.match(r"Figure \d", figure.select_one("figcaption").get_text(strip=True))
