"""A reader finds the way: search, menu, neighbours, dark mode, copying, downloading, no script."""

import json
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from browsing import DESKTOP, PHONE, Visitor
from bs4 import BeautifulSoup
from site_map import HTML, ROOT, toc_entries
from test_pages import browser, site  # noqa: F401

# Notebooks beside the chapters' folders, such as the title page, are no lessons.
NOTEBOOKS = [entry for entry in toc_entries() if (ROOT / f"{entry}.ipynb").exists()]
LESSONS = [entry for entry in NOTEBOOKS if entry.count("/") == 2]
LESSON = "book/4-relu-family/bend-a-line-once"


@pytest.fixture(scope="module")
def desktop(browser, site):  # noqa: F811
    visitor = Visitor(browser, site, DESKTOP)
    yield visitor
    visitor.page.context.close()


@pytest.fixture(scope="module")
def phone(browser, site):  # noqa: F811
    visitor = Visitor(browser, site, PHONE)
    yield visitor
    visitor.page.context.close()


@cache
def soup(entry):
    return BeautifulSoup((HTML / f"{entry}.html").read_text("utf-8"), "html.parser")


# Search


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("rheobase", "spike"),
        ("dying ReLU", "Bend a line"),
        ("dying ReLU", "Glossary"),
        ("侧抑制", "Glossary"),
    ],
)
def test_search_finds(desktop, words, title):
    page = desktop.open(f"search.html?q={words}")
    page.locator("#search-results li a", has_text=title).first.wait_for()
    # Each result fetches its page to show a line of it.
    page.wait_for_load_state("networkidle")
    assert desktop.faults == []


def test_the_search_box_leads_to_the_results(desktop):
    page = desktop.open(f"{LESSON}.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("vanishing gradient")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=vanishing+gradient*")
    page.locator("#search-results li a").first.wait_for()
    assert desktop.faults == []


# From page to page


def test_next_and_previous_lead_through_the_whole_book_and_back():
    entries = toc_entries()
    there, back = {}, {}
    for entry in entries:
        path = HTML / f"{entry}.html"
        for name, kept in (("right-next", there), ("left-prev", back)):
            # Not with a parser, which would take seconds for all pages.
            if link := re.search(rf'<a class="{name}"\s+href="([^"]+)"', path.read_text("utf-8")):
                target = (path.parent / link[1]).resolve().relative_to(HTML.resolve())
                kept[entry] = target.with_suffix("").as_posix()
    assert there == dict(pairwise(entries))
    assert back == dict(pairwise(reversed(entries)))


def test_a_reader_turns_the_page(desktop):
    first, second = toc_entries()[1:3]
    page = desktop.open(f"{first}.html")
    page.locator("a.right-next").click()
    page.wait_for_url(f"**/{second}.html")
    page.locator("a.left-prev").click()
    page.wait_for_url(f"**/{first}.html")
    assert desktop.faults == []


def test_the_menu_opens_on_a_phone_and_leads_on(phone):
    page = phone.open(f"{LESSON}.html")
    link = page.locator(".bd-sidebar-primary a", has_text="Glossary").first
    assert not link.is_visible() or link.bounding_box()["x"] < 0
    page.locator("button.primary-toggle:visible").first.click()
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_url("**/glossary.html")
    assert phone.faults == []


def test_figures_and_terms_are_linked(desktop):
    page = desktop.open(f"{LESSON}.html")
    link = page.locator("article a[href='#fig-relu-kink']").first
    assert re.fullmatch(r"Figure \d\.\d+", link.inner_text())
    term = page.locator("article a", has_text="dying ReLU").first
    term.click()
    page.wait_for_url("**/glossary.html#term-dying-ReLU")
    entry = page.locator("#term-dying-ReLU")
    assert entry.is_visible()
    assert 0 <= entry.bounding_box()["y"] < DESKTOP[1]
    assert desktop.faults == []


# On a page


def test_dark_mode_toggles_and_stays(browser, site):  # noqa: F811
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
    page.context.close()


def test_code_is_copied_as_it_stands_in_the_notebook(desktop):
    page = desktop.open(f"{LESSON}.html")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = page.locator("div.cell_input div.highlight").first
    cell.hover()
    cell.locator("button.copybtn").click()
    page.wait_for_function("document.querySelector('.copybtn.success')")
    copied = page.evaluate("navigator.clipboard.readText()")
    cells = json.loads((ROOT / f"{LESSON}.ipynb").read_text("utf-8"))["cells"]
    sources = ["".join(c["source"]).strip() for c in cells if c["cell_type"] == "code"]
    assert copied.strip() in sources
    assert desktop.faults == []


@pytest.mark.parametrize("entry", NOTEBOOKS)
def test_the_notebook_that_is_offered_is_the_one_of_the_source(entry):
    link = soup(entry).select_one("a.btn-download-source-button")
    offered = (HTML / f"{entry}.html").parent / link["href"]
    assert offered.read_bytes() == (ROOT / f"{entry}.ipynb").read_bytes()


def test_a_notebook_is_downloaded(desktop):
    page = desktop.open(f"{LESSON}.html")
    page.locator(".dropdown-download-buttons > button").click()
    with page.expect_download() as download:
        page.locator("a.btn-download-source-button").click()
    stored = download.value
    assert stored.suggested_filename.endswith(".ipynb")
    assert json.loads(Path(stored.path()).read_text("utf-8"))["cells"]
    assert desktop.faults == []


def test_code_scrolls_in_itself_on_a_phone(phone):
    page = phone.open(f"{LESSON}.html")
    boxes = page.evaluate(
        "[...document.querySelectorAll('article div.highlight pre')]"
        ".filter(e => e.scrollWidth > e.clientWidth && e.checkVisibility())"
        ".map(e => getComputedStyle(e).overflowX)"
    )
    assert boxes, "there is wide code on this page"
    assert set(boxes) <= {"auto", "scroll"}


# Without a script


@pytest.fixture(scope="module")
def plain(browser, site):  # noqa: F811
    """Show pages in a browser that runs no script."""
    context = browser.new_context(
        java_script_enabled=False, viewport=dict(zip(("width", "height"), PHONE, strict=True))
    )
    page = context.new_page()
    yield lambda path: page.goto(f"{site}{path}") and page
    context.close()


def test_a_lesson_can_be_read_without_a_script(plain):
    page = plain(f"{LESSON}.html")
    for part in ("article h1", "article figure img", "article div.cell_input pre", ".verdict"):
        assert page.locator(part).first.is_visible(), part
    assert "\\max" in page.locator("article").inner_text(), "formulas stay as they were written"
    solution = page.locator(".tag_solution details").first
    solution.locator("summary").first.click()
    assert solution.locator("div.highlight").first.is_visible()
    answer = page.locator("details.sd-dropdown").first
    answer.locator("summary").click()
    assert answer.locator(".sd-card-body, .sd-summary-content").first.is_visible()


def test_one_gets_on_without_a_script(plain):
    page = plain(f"{LESSON}.html")
    page.locator("a.right-next").click()
    assert page.url.split("#")[0].endswith(".html")
    assert page.locator("article h1").is_visible()


# The buttons that leave the book


def repository():
    setting = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["repository"]
    return setting["url"], setting["branch"]


@pytest.mark.parametrize("entry", NOTEBOOKS)
def test_a_notebook_can_be_launched_edited_and_reported(entry):
    url, branch = repository()
    project = url.removeprefix("https://github.com/")
    links = {link["href"] for link in soup(entry).select("a[href]")}
    assert f"https://mybinder.org/v2/gh/{project}/{branch}?urlpath=lab/tree/{entry}.ipynb" in links
    colab = f"https://colab.research.google.com/github/{project}/blob/{branch}/{entry}.ipynb"
    assert colab in links
    assert f"{url}/edit/{branch}/{entry}.ipynb" in links
    assert any(link.startswith(f"{url}/issues/new?title=") for link in links)


def test_a_page_that_is_no_notebook_cannot_be_launched():
    assert soup("book/notation").select("[href*='mybinder'], [href*='colab']") == []


def test_a_fork_and_a_school_get_buttons_of_their_own(tmp_path):
    """One setting, or one variable in the workflow that publishes, turns all links round."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    buttons = settings["launch_buttons"] | {"jupyterhub_url": "https://hub.example.org"}
    options = {
        "repository_url": repository()[0],
        "repository_branch": repository()[1],
        "launch_buttons": buttons,
        "use_edit_page_button": settings["html"]["use_edit_page_button"],
        "use_issues_button": settings["html"]["use_issues_button"],
    }
    (tmp_path / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT / 'book' / '_extensions')!r})\n"
        "extensions = ['myst_nb', 'repository']\nnb_execution_mode = 'off'\n"
        f"html_theme = 'sphinx_book_theme'\nhtml_theme_options = {options!r}\n",
        "utf-8",
    )
    title = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Home"}
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [title], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    fork = "https://github.com/ada/gates"
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", tmp_path, tmp_path / "html"],
        env=os.environ | {"BOOK_REPOSITORY": fork},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "")
    page = BeautifulSoup((tmp_path / "html" / "index.html").read_text("utf-8"), "html.parser")
    links = [link["href"] for link in page.select("a[href^='https:']")]
    assert "https://mybinder.org/v2/gh/ada/gates/main?urlpath=lab/tree/index.ipynb" in links
    assert "https://colab.research.google.com/github/ada/gates/blob/main/index.ipynb" in links
    assert f"{fork}/edit/main/index.ipynb" in links
    [hub] = [link for link in links if link.startswith("https://hub.example.org/")]
    assert parse_qs(urlsplit(hub).query) == {
        "repo": [fork],
        "branch": ["main"],
        "urlpath": ["lab/tree/gates/index.ipynb"],
    }
    assert [link for link in links if "neurons-to-gates" in link] == []


def test_binder_gets_the_whole_environment_and_a_python_that_the_course_supports():
    """What repo2docker reads; that it builds was tried by hand with its own commands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = (ROOT / "binder" / "runtime.txt").read_text("utf-8").strip().removeprefix("python-")
    assert f"Programming Language :: Python :: {version}" in project["classifiers"]
    wanted = (ROOT / "binder" / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in wanted if not line.startswith("#")] == ["-r ../requirements.txt"]
    assert "-e ." in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
