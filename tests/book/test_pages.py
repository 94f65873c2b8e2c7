"""The built pages behave in a real browser, with nothing but themselves to load from."""

import contextlib
import functools
import http.server
import os
import shutil
import threading

import pytest
from playwright.sync_api import sync_playwright
from site_map import HTML, ROOT, toc_entries

PAGES = [*(f"{entry}.html" for entry in toc_entries()), "search.html", "genindex.html"]
PHONE, DESKTOP = (360, 740), (1280, 900)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files without a word."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    """Serve the built book at a free port of this machine."""
    assert (HTML / "index.html").exists(), "the book is not built: run `make book`"
    handler = functools.partial(Quiet, directory=HTML)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser():
    """Start this machine's Chromium; without one these tests are left out, and in CI they fail."""
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        # tests/conftest.py knows a missing Chromium by this sentence, and sums it up at the end.
        reason = "there is no Chromium on this machine: run `make browser`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with contextlib.closing(browser):
            yield browser


class Visitor:
    """A browser window that writes down everything that goes wrong in it."""

    def __init__(self, browser, site, size):
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height})
        self.site, self.size, self.page, self.faults = site, size, context.new_page(), []
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("console", self._console)

    def _request(self, request):
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asks another host: {request.url}")

    def _failed(self, request):
        # Opening the next page aborts what the last one was still loading, its icon for one.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}: {request.failure}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def open(self, path):
        """Open a page and wait until it and its formulas stand."""
        self.faults.clear()
        self.page.goto(self.site + path, wait_until="load")
        self.page.evaluate("window.MathJax?.startup?.promise")
        return self.page


@pytest.fixture(scope="module")
def desktop(browser, site):
    return Visitor(browser, site, DESKTOP)


@pytest.fixture(scope="module")
def phone(browser, site):
    return Visitor(browser, site, PHONE)


@pytest.fixture(params=["desktop", "phone"])
def visitor(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_without_fault(visitor, path):
    page = visitor.open(path)
    formulas = page.locator("article .math").count()
    assert formulas == 0 or page.locator("article mjx-container").count() >= formulas
    assert page.locator("article mjx-merror").count() == 0
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= visitor.size[0], f"{width} pixels wide; {page.evaluate(WIDEST)}"
    assert page.evaluate(BROKEN) == []
    # What a script asks for once the page stands is asked for by the time the page is idle.
    page.evaluate("new Promise(done => requestIdleCallback(done, {timeout: 500}))")
    assert visitor.faults == []


BROKEN = """(async () => {
    const pictures = [...document.querySelectorAll("article img, .sidebar-primary-item img")];
    pictures.forEach(picture => picture.loading = "eager");
    await Promise.allSettled(pictures.map(picture => picture.decode()));
    return pictures.filter(picture => !picture.naturalWidth).map(picture => picture.src);
})()"""

WIDEST = """[...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth)
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""


def test_search_finds_a_word(desktop):
    page = desktop.open("search.html?q=rheobase")
    page.locator("#search-results li a").first.wait_for(timeout=5000)
    found = page.locator("#search-results li a").all_inner_texts()
    assert any("spike" in title.lower() for title in found), found
    assert desktop.faults == []


def test_dark_mode_toggles_and_stays(browser, site):
    visitor = Visitor(browser, site, DESKTOP)
    page = visitor.open("book/index.html")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    button = page.locator(".theme-switch-button:visible").first
    for _ in range(3):
        button.click()
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(background) != light
    visitor.open("book/how-to-use.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert visitor.faults == []


# Notebooks beside the chapters' folders, such as the title page, are no lessons.
NOTEBOOKS = [entry for entry in toc_entries() if (ROOT / f"{entry}.ipynb").exists()]
LESSONS = [entry for entry in NOTEBOOKS if entry.count("/") == 2]


@pytest.mark.parametrize("entry", LESSONS)
def test_folded_solution_opens(phone, entry):
    page = phone.open(f"{entry}.html")
    solution = page.locator(".tag_solution details").first
    code = solution.locator("div.highlight").first
    assert not code.is_visible(), "the solution is not folded"
    solution.locator("summary").first.click()
    assert code.is_visible(), "the solution does not open"
