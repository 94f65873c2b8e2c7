"""A page is light enough for a telephone and a slow network, and shows its figures as drawn."""

import base64
import functools
import gzip
import http.server
import io
import json
import re
import sys
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops
from site_map import HTML, ROOT, toc_entries
from test_pages import DESKTOP, browser  # noqa: F401

sys.path.insert(0, str(ROOT / "book" / "_extensions"))
from light_icons import wanted

# What a lesson may cost, everything it shows included.
FIRST_VISIT, NEXT_VISIT = 1_500_000, 400_000
LESSONS = [
    entry for entry in toc_entries() if entry.count("/") == 2 and (ROOT / f"{entry}.ipynb").exists()
]
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serve as GitHub Pages does: text packed, everything kept for ten minutes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            data = Path(self.translate_path(self.path)).read_bytes()
        except OSError:
            self.send_error(404)
            return
        kind = self.guess_type(self.path.partition("?")[0])
        self.send_response(200)
        if kind.startswith(COMPRESSED) or "javascript" in kind:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def packed():
    """Serve the built book, packed."""
    handler = functools.partial(Packing, directory=HTML)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


class Scales:
    """A browser that counts what comes over the wire, and starts knowing nothing."""

    def __init__(self, browser, root):  # noqa: F811
        width, height = DESKTOP
        self.root = root
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        self.arrived = 0
        session.on("Network.loadingFinished", self._add)

    def _add(self, event):
        self.arrived += event["encodedDataLength"]

    def weigh(self, path):
        """Return the bytes that a reader of the whole page has fetched."""
        self.arrived = 0
        self.page.goto(self.root + path, wait_until="load")
        self.page.evaluate("window.MathJax?.startup?.promise")
        # What waits for the reader to come near is fetched, too.
        self.page.evaluate(
            """(async () => {
                const all = [...document.images];
                all.forEach(one => one.loading = "eager");
                await Promise.allSettled(all.map(one => one.decode()));
            })()"""
        )
        self.page.wait_for_load_state("networkidle")
        return self.arrived


@pytest.fixture(scope="module")
def experienced(browser, packed):  # noqa: F811
    """Be a reader who has seen one lesson with formulas and sliders."""
    scales = Scales(browser, packed)
    live = [entry for entry in LESSONS if "explorable" in (HTML / f"{entry}.html").read_text()]
    scales.weigh(f"{(live or LESSONS)[0]}.html")
    yield scales
    scales.context.close()


@pytest.mark.parametrize("entry", LESSONS)
def test_the_first_visit_is_light(browser, packed, entry):  # noqa: F811
    scales = Scales(browser, packed)
    weight = scales.weigh(f"{entry}.html")
    scales.context.close()
    assert 100_000 < weight <= FIRST_VISIT


@pytest.mark.parametrize("entry", LESSONS)
def test_the_next_visit_is_lighter(experienced, entry):
    assert experienced.weigh(f"{entry}.html") <= NEXT_VISIT


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


def test_pages_do_not_load_what_they_do_not_use():
    for entry in toc_entries():
        text = (HTML / f"{entry}.html").read_text("utf-8")
        assert "fontawesome.js" not in text
        assert "searchindex.js" not in text
