"""Everybody can read the pages: with a keyboard, a screen reader, little sight, light or dark.

What axe says of each page is asked in test_pages, while the page is open.
"""

import re
from itertools import product
from urllib.parse import urlsplit

import pytest
from axe import violations
from browsing import DESKTOP, PHONE, Visitor
from bs4 import BeautifulSoup
from java import html_errors
from site_map import HTML, ROOT, toc_entries
from test_pages import browser, site  # noqa: F401

LESSON = "book/3-sigmoid-family/replace-a-curve-by-two-lines.html"


@pytest.fixture(scope="module")
def visitors(browser, site):  # noqa: F811
    """One window for each colour and size."""
    made = {}
    for mode, size in product(("light", "dark"), (DESKTOP, PHONE)):
        visitor = Visitor(browser, site, size)
        for key in ("mode", "theme"):
            visitor.page.add_init_script(f"localStorage.setItem('{key}', '{mode}')")
        made[mode, size] = visitor
    yield made
    for visitor in made.values():
        visitor.page.context.close()


def test_the_page_for_wrong_addresses_is_accessible(visitors):
    page = visitors["light", DESKTOP].page
    html = (HTML / "404.html").read_text("utf-8")
    prefix = re.search(r'data-content_root="(/[^"]*)"', html)[1]

    def answer(route):
        route.fulfill(path=HTML / urlsplit(route.request.url).path.removeprefix(prefix))

    page.route(f"**{prefix}**", answer)
    try:
        page.goto(f"{visitors['light', DESKTOP].site.rstrip('/')}{prefix}404.html")
        assert page.locator(".site-logo img:visible").count() == 1
        assert violations(page) == []
    finally:
        page.unroute(f"**{prefix}**")


def test_the_checker_finds_faults(visitors):
    page = visitors["light", DESKTOP].open(LESSON)
    page.evaluate(
        """document.querySelector("article").insertAdjacentHTML("beforeend",
            '<p style="color: #aaa">pale</p><img src="x.png"><h6>deep</h6>')"""
    )
    found = {rule for rule, *_ in violations(page)}
    assert found == {"color-contrast", "image-alt", "heading-order"}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_menu_on_a_phone_is_accessible(visitors, mode):
    page = visitors[mode, PHONE].open(LESSON)
    page.locator(".primary-toggle:visible").first.click()
    page.locator("dialog[open] nav").first.wait_for()
    assert violations(page) == []


# The keyboard


@pytest.mark.parametrize(("mode", "size"), list(product(("light", "dark"), (DESKTOP, PHONE))))
def test_the_focus_can_be_seen(visitors, mode, size):
    page = visitors[mode, size].open(LESSON)
    seen = set()
    for _ in range(70):
        page.keyboard.press("Tab")
        what, shows = page.evaluate(FOCUSED)
        assert shows, f"the focus on {what} cannot be seen"
        seen.add(what.partition(".")[0])
    assert {"A", "BUTTON", "SUMMARY"} <= seen


FOCUSED = """(() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return [`${one.tagName}.${one.className}`, outline || style.boxShadow !== "none"];
})()"""


def test_the_first_stop_leads_past_the_menu(visitors):
    page = visitors["light", DESKTOP].open(LESSON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main-content"


def test_the_keyboard_reaches_what_scrolls_sideways(visitors):
    page = visitors["light", PHONE].open(LESSON)
    wide = page.locator("article mjx-container[display='true']").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.tabIndex)"
    )
    assert set(wide) == {0}, wide


# What a screen reader says


def test_formulas_speak(visitors):
    page = visitors["light", DESKTOP].open(LESSON)
    formulas = page.locator("article mjx-container").count()
    assert formulas > 10
    assert page.locator("article mjx-container mjx-assistive-mml math").count() == formulas


@pytest.fixture(params=toc_entries())
def article(request):
    path = HTML / f"{request.param}.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("article")


def test_header_cells_say_what_they_head(article):
    for table in article.select("table:not(.genindextable)"):
        headers = table.select("th")
        assert headers, table.get_text(" ", strip=True)[:80]
        assert {cell.get("scope") for cell in headers} <= {"col", "row"}


def test_pictures_say_what_is_seen_and_what_it_means(article):
    alts = [picture["alt"].strip() for picture in article.select("img")]
    for alt in alts:
        assert len(alt.split()) >= 10, alt
        assert alt.endswith((".", "?", "!", "”", ")")), alt
        assert not re.search(r"\.(png|svg|webp)|^(image|figure|picture|plot)\b", alt, re.I), alt
    assert len(set(alts)) == len(alts), "two pictures of a page say the same"


# HTML without faults


# The checker is of 2020; `make lighthouse` asks the newest one, which knows this attribute.
NEWER_THAN_THE_CHECKER = ("Attribute “autocorrect” not allowed on element “input” at this point.",)


def test_every_page_is_valid_html():
    assert HTML.exists(), "the book is not built: run `make book`"
    pages = [page for page in HTML.rglob("*.html") if "_static" not in page.parts]
    assert len(pages) > len(toc_entries())
    faults = [
        f"{fault['url'].rpartition('/html/')[2]}:{fault['lastLine']}: {fault['message']}"
        for fault in html_errors(pages)
        if fault["message"] not in NEWER_THAN_THE_CHECKER
    ]
    assert faults == []


def test_the_html_checker_finds_faults(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>t</title><p><ul><li>x</ul></p></html>")
    assert [fault["message"] for fault in html_errors([page])] == [
        "No “p” element in scope but a “p” end tag seen."
    ]


def test_the_language_is_that_of_the_settings():
    language = re.search(r"^    language: (\w+)$", (ROOT / "_config.yml").read_text("utf-8"), re.M)[
        1
    ]
    assert f'<html lang="{language}"' in (HTML / "book/index.html").read_text("utf-8")
