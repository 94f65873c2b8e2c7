"""The built pages behave in a real browser, with nothing but themselves to load from."""

import os

import looks
import pytest
from browsing import DESKTOP, Visitor, chromium, running, serving
from site_map import HTML, toc_entries

PAGES = [*(f"{entry}.html" for entry in toc_entries()), "search.html", "genindex.html"]
# With formulas, figures, a figure with sliders, and solutions.
LESSON = "book/3-sigmoid-family/replace-a-curve-by-two-lines.html"


@pytest.fixture(scope="module")
def site():
    """Serve the built book."""
    assert (HTML / "index.html").exists(), "the book is not built: run `make book`"
    with serving(HTML) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Give this machine's Chromium; without one these tests are left out, and in CI they fail."""
    path = chromium()
    if path is None:
        # tests/conftest.py knows a missing Chromium by this sentence, and sums it up at the end.
        reason = "there is no Chromium on this machine: run `make browser`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return running(path)


@pytest.fixture(scope="module")
def visitor(browser, site):
    visitor = Visitor(browser, site, DESKTOP)
    page = visitor.open(LESSON)
    assert looks.charts(page) == []
    looks.see(page)
    yield visitor
    visitor.page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_is_without_fault(visitor, path):
    page = visitor.open(path)
    found = [f"{look.__name__}: {fault}" for look in looks.LOOKS for fault in look(page)]
    # What a script asks for once the page stands is asked for by the time the page is idle.
    page.evaluate("new Promise(done => requestIdleCallback(done, {timeout: 500}))")
    assert found + visitor.faults == []


# That the looks see something

# How to spoil a page for each.
FAULTS = {
    looks.formulas: "document.querySelector('article mjx-container').remove()",
    looks.pictures: "document.querySelector('article img').src = 'data:,'",
    looks.charts: "document.querySelector('.explorable-chart').removeAttribute('role')",
    looks.weight: "performance.getEntriesByType = () => [{name: 'a.js', encodedBodySize: 2e6}]",
    looks.width: "document.querySelector('article p').style.width = '1500px'",
    looks.labels: "document.querySelector('details.hide .expanded').style.display = 'inline'",
    looks.solutions: "document.querySelector('.tag_solution details').open = true",
    looks.barriers: "document.querySelector('article img').alt = ''; "
    "document.querySelector('article img').removeAttribute('alt')",
    looks.on_a_dark_phone: "document.querySelector('article p').style.color = '#333'",
    looks.on_paper: "document.querySelector('.explorable').style"
    ".setProperty('display', 'block', 'important')",
}


@pytest.mark.parametrize("look", FAULTS, ids=lambda look: look.__name__)
def test_a_look_finds_a_fault(visitor, look):
    page = visitor.open(LESSON)
    looks.charts(page)
    assert look(page) == []
    # What an earlier look has opened or fetched stays so.
    page = visitor.open(LESSON)
    looks.charts(page)
    page.evaluate(FAULTS[look])
    assert look(page) != []


def test_every_look_is_tried():
    assert set(FAULTS) == set(looks.LOOKS)


def test_what_loads_and_what_fails_is_noted(visitor):
    page = visitor.open("book/index.html")
    page.evaluate("fetch('missing.js').catch(() => 0)")
    page.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    page.evaluate("console.error('a fault')")
    page.evaluate("setTimeout(() => { throw new Error('broken'); })")
    page.wait_for_timeout(200)
    noted = " ".join(visitor.faults)
    for part in ("404", "asks another host", "console: a fault", "script error: broken"):
        assert part in noted, part


# On a first visit the browser's own count must come to what the look reckons.


class Scales:
    """A browser window that starts knowing nothing, and counts what comes over the wire."""

    def __init__(self, browser):
        width, height = DESKTOP
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        self.arrived = 0
        session.on("Network.loadingFinished", self._add)

    def _add(self, event):
        self.arrived += event["encodedDataLength"]

    def weigh(self, address):
        """Return the bytes that a reader of the whole page has fetched."""
        self.arrived = 0
        self.page.goto(address, wait_until="load")
        self.page.evaluate("window.MathJax?.startup?.promise")
        for look in (looks.pictures, looks.charts):
            assert look(self.page) == []
        self.page.wait_for_load_state("networkidle")
        return self.arrived


def test_weights_are_those_that_the_browser_counts(visitor, browser, site):
    scales = Scales(browser)
    other = "book/2-mp-neurons/find-what-one-neuron-cannot-do.html"
    first = scales.weigh(site + LESSON)
    assert first == pytest.approx(looks.visits(scales.page)[0], rel=0.02)
    following = scales.weigh(site + other)
    assert following == pytest.approx(looks.visits(scales.page)[1], rel=0.05)
    scales.context.close()
    assert first > 100_000
    assert following > 10_000
