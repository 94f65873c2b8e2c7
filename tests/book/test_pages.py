"""The built pages behave in a real browser, with nothing but themselves to load from."""

import os

import pytest
from browsing import DESKTOP, PHONE, Visitor, chromium, launched, serving
from site_map import HTML, toc_entries

PAGES = [*(f"{entry}.html" for entry in toc_entries()), "search.html", "genindex.html"]


@pytest.fixture(scope="module")
def site():
    """Serve the built book."""
    assert (HTML / "index.html").exists(), "the book is not built: run `make book`"
    with serving(HTML) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Start this machine's Chromium; without one these tests are left out, and in CI they fail."""
    path = chromium()
    if path is None:
        # tests/conftest.py knows a missing Chromium by this sentence, and sums it up at the end.
        reason = "there is no Chromium on this machine: run `make browser`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with launched(path) as browser:
        yield browser


@pytest.fixture(scope="module")
def visitor(browser, site):
    visitor = Visitor(browser, site, DESKTOP)
    yield visitor
    visitor.page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_without_fault(visitor, path):
    page = visitor.open(path)
    formulas = page.locator("article .math").count()
    assert formulas == 0 or page.locator("article mjx-container").count() >= formulas
    assert page.locator("article mjx-merror").count() == 0
    assert page.evaluate(BROKEN) == []
    # The formulas are the slow part, so the page is not opened again for the telephone.
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} pixels wide; {page.evaluate(WIDEST)}"
        assert page.evaluate(CUT_OFF) == [], f"cut off at {width} pixels"
    page.set_viewport_size(dict(zip(("width", "height"), DESKTOP, strict=True)))
    # What a script asks for once the page stands is asked for by the time the page is idle.
    page.evaluate("new Promise(done => requestIdleCallback(done, {timeout: 500}))")
    assert visitor.faults == []


BROKEN = """(async () => {
    const pictures = [...document.querySelectorAll("article img, .sidebar-primary-item img")];
    pictures.forEach(picture => picture.loading = "eager");
    await Promise.allSettled(pictures.map(picture => picture.decode()));
    return pictures.filter(picture => !picture.naturalWidth).map(picture => picture.src);
})()"""

# What reaches beyond the window and cannot be scrolled to, in the text of the page.
CUT_OFF = """[...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())
    .filter(e => {
        for (let box = e; box.tagName !== "ARTICLE"; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (["auto", "scroll"].includes(style.overflowX) || style.clipPath !== "none"
                || box.tagName === "MJX-ASSISTIVE-MML") return false;
        }
        return true;
    })
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""

WIDEST = """[...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth)
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""
