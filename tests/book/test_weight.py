"""Pages are light, and show their figures as drawn; test_pages weighs each, while it is open."""

import base64
import io
import json
import re
import sys
from pathlib import Path

import pydata_sphinx_theme
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from site_map import HTML, ROOT, toc_entries

sys.path.insert(0, str(ROOT / "book" / "_extensions"))
from light_icons import wanted

LESSONS = [
    entry for entry in toc_entries() if entry.count("/") == 2 and (ROOT / f"{entry}.ipynb").exists()
]


# Pictures


def figures(entry):
    """Return the stored PNG of each figure of a notebook by its name."""
    cells = json.loads((ROOT / f"{entry}.ipynb").read_text("utf-8"))["cells"]
    found = {}
    for cell in cells:
        name = cell["metadata"].get("mystnb", {}).get("figure", {}).get("name")
        for output in cell.get("outputs", []) if name else []:
            if picture := output.get("data", {}).get("image/png"):
                found.setdefault(name, base64.b64decode("".join(picture)))
    return found


@pytest.mark.parametrize("entry", LESSONS)
def test_the_page_shows_the_very_pixels_that_the_lesson_stores(entry):
    article = BeautifulSoup((HTML / f"{entry}.html").read_text("utf-8"), "html.parser").article
    stored = figures(entry)
    assert stored
    for name, png in stored.items():
        tag = article.find(id=name).select_one("img")
        shown = (HTML / f"{entry}.html").parent.joinpath(tag["src"]).resolve()
        assert shown.suffix == ".webp"
        with Image.open(io.BytesIO(png)) as before, Image.open(shown) as after:
            assert (int(tag["width"]), int(tag["height"])) == before.size
            colours = [picture.convert("RGBA") for picture in (before, after)]
            assert ImageChops.difference(*colours).getbbox(alpha_only=False) is None


@pytest.mark.parametrize("entry", toc_entries())
def test_pictures_wait_until_the_reader_comes_near(entry):
    article = BeautifulSoup((HTML / f"{entry}.html").read_text("utf-8"), "html.parser").article
    for tag in article.select("figure img")[1:]:
        assert tag.get("loading") == "lazy", tag["src"]


# Icons


def test_the_fonts_have_the_icons_of_the_pages_and_no_others():
    fonts = sorted(HTML.glob("_static/vendor/fontawesome/webfonts/*.woff2"))
    assert sum(font.stat().st_size for font in fonts) < 15_000
    drawn = set()
    for font in fonts:
        with TTFont(font) as opened:
            drawn |= set(opened.getBestCmap())
    styles = "".join(sheet.read_text("utf-8") for sheet in (HTML / "_static").rglob("*.css"))
    pages = "".join(page.read_text("utf-8") for page in HTML.rglob("*.html"))
    names = set(re.findall(r"\bfa-[\w-]+", pages))
    assert {"fa-bars", "fa-sun", "fa-github"} <= names
    assert wanted(styles, names) - drawn == set()
    # The sheet has lost rules, so what it should still name is asked of the theme's own.
    whole = Path(pydata_sphinx_theme.__file__).parent
    (sheet,) = whole.rglob("pydata-sphinx-theme.css")
    assert wanted(sheet.read_text("utf-8"), names) - drawn == set()
    assert wanted(sheet.read_text("utf-8"), names) <= wanted(styles, names)


def test_pages_do_not_load_what_they_do_not_use():
    for entry in toc_entries():
        text = (HTML / f"{entry}.html").read_text("utf-8")
        assert "fontawesome.js" not in text
        assert "searchindex.js" not in text
