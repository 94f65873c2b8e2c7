"""Glossary, choosing, things you were told, index: complete, linked, and made from the sources."""

import re
import subprocess
import sys
from functools import cache

import glossary
import pytest
from browsing import DESKTOP, Visitor
from bs4 import BeautifulSoup
from choosing import RECORDS, costs, has, multiple, rows, times
from site_map import HTML, ROOT, toc_entries
from test_pages import browser, site  # noqa: F401

from companion.activations import ACTIVATIONS, relu, softshrink, tanh
from companion.claims._ledger import collect_verdicts, merge, read_claims
from companion.claims._verdict import DIFFERS

BOOK = ROOT / "book"
SOURCE = (BOOK / "glossary.md").read_text("utf-8")
ENTRY = re.compile(r"^((?:\S[^\n]*\n)+)((?:[ ]{2}[^\n]*\n|\n)+)", re.MULTILINE)
LEAST_TERMS = 80


@cache
def soup(name):
    return BeautifulSoup((HTML / "book" / f"{name}.html").read_text("utf-8"), "html.parser")


def entries():
    """Return each entry of the glossary's source: its names, and what is said of it."""
    listed = re.search(r"```\{glossary\}\n(.*?)```", SOURCE, re.S)[1]
    found = [(names.splitlines(), text) for names, text in ENTRY.findall(listed)]
    assert sum(len(names) for names, _ in found) == len(glossary.spellings(SOURCE))
    return found


# The glossary


def test_the_glossary_is_large_and_sorted():
    first = [names[0].lower() for names, _ in entries()]
    assert len(first) >= LEAST_TERMS
    assert first == sorted(first)
    every = [name.lower() for names, _ in entries() for name in names]
    assert len(every) == len(set(every)), "a name stands twice"


@pytest.mark.parametrize(("names", "text"), entries(), ids=lambda value: str(value[0])[:20])
def test_an_entry_has_a_meaning_a_chinese_term_and_a_chapter(names, text):
    meaning, _, rest = text.strip().partition("\n\n")
    assert meaning.endswith("."), "a sentence"
    assert 5 <= len(meaning.split()) <= 50
    chinese = re.search(r"\{zh\}`([^`]+)`", rest)
    assert chinese, "no Chinese term"
    latin = names[0] in chinese[1]
    assert latin or re.search(r"[\u4e00-\u9fff]", chinese[1])
    assert re.search(r"\{taught\}`[1-5]`", rest), "it does not say where it is taught"


def test_every_term_leads_to_a_lesson_or_a_chapter_that_is_there():
    places = soup("glossary").select("dl.glossary dd .taught")
    assert len(places) == len(entries())
    for place in places:
        assert place.select("a"), f"taught nowhere: {place.parent.parent.get_text()}"
        for link in place.select("a"):
            page, _, anchor = link["href"].partition("#")
            path = HTML / "book" / page
            assert path.exists()
            assert not anchor or f'id="{anchor}"' in path.read_text("utf-8")


def test_chinese_is_marked_as_chinese():
    page = soup("glossary")
    marked = page.select("dl.glossary dd span.zh")
    assert len(marked) == len(entries())
    assert {span["lang"] for span in marked} == {"zh-Hans"}
    for span in page.select("article [lang='zh-Hans']"):
        span.extract()
    assert re.findall(r"[\u4e00-\u9fff]+", page.select_one("article").get_text()) == []
    soup.cache_clear()


def test_letters_lead_to_the_first_term_of_each():
    page = soup("glossary")
    for link in page.select("p.glossary-letters a"):
        assert page.select_one(link["href"]).get_text().upper().startswith(link.get_text())


def test_lessons_link_their_terms_once_and_stand_in_the_index():
    index = BeautifulSoup((HTML / "genindex.html").read_text("utf-8"), "html.parser")
    links = {link["href"] for link in index.select("table.genindextable a")}
    assert "book/glossary.html#term-vanishing-gradient" in links
    assert any(link.endswith("bend-a-line-once.html#use-relu") for link in links)
    assert any("companion.activations.ELU" in link for link in links)


PAGES = {
    "index.md": "# Home\n\n```{toctree}\nbook/glossary\nbook/4-relu/index\nbook/4-relu/one\n"
    "book/5-gates/two\n```\n",
    "book/glossary.md": "# Glossary\n\n```{glossary}\nkink\n  A corner.\n\n"
    "  {zh}`角` {taught}`4`\n\nReLU\nrectifier\n  A ramp.\n\n  {zh}`斜坡` {taught}`4`\n```\n",
    "book/4-relu/index.md": "# Four\n",
    "book/4-relu/one.md": "# One\n\nA {term}`rectifier`, {term}`ReLU`.\n",
    "book/5-gates/two.md": "# Two\n\n{term}`ReLUs <relu>`.\n",
    "conf.py": f"import sys\nsys.path.insert(0, {str(BOOK / '_extensions')!r})\n"
    "extensions = ['myst_parser', 'glossary']\nroot_doc = 'index'\n",
}


class Small:
    """A small book with a glossary."""

    def __init__(self, folder):
        self.source, self.target = folder / "source", folder / "html"
        for name, text in PAGES.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self, builder="html"):
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder]
        built = subprocess.run(
            [*command, self.source, self.target], capture_output=True, text=True, check=False
        )
        assert (built.returncode, built.stderr) == (0, "")

    def where(self):
        page = BeautifulSoup((self.target / "book/glossary.html").read_text("utf-8"), "html.parser")
        return [
            [(link.get_text(), link["href"]) for link in place.select("a")]
            for place in page.select(".taught")
        ]


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path)


def test_the_lessons_of_a_term_follow_from_the_links(small):
    small.build()
    one, two = ("One", "4-relu/one.html#use-relu"), ("Two", "5-gates/two.html#use-relu")
    assert small.where() == [[("Four", "4-relu/index.html")], [one, two]]
    text = (small.target / "book/4-relu/one.html").read_text("utf-8")
    assert text.count('id="use-relu"') == 1, "the first link only"
    index = (small.target / "genindex.html").read_text("utf-8")
    assert '<a href="book/4-relu/one.html#use-relu">One</a>' in index

    # A lesson that comes to use a term, and one that no longer does.
    small.write("book/4-relu/one.md", "# One\n\nA {term}`kink`.\n")
    small.build()
    assert small.where() == [
        [("One", "4-relu/one.html#use-kink")],
        [("Four", "4-relu/index.html"), two],
    ]


@pytest.mark.parametrize("builder", ["singlehtml", "latex", "text", "gettext"])
def test_the_glossary_stands_in_other_formats(small, builder):
    small.build(builder)


# Choosing an activation


def test_the_table_has_every_activation_with_its_facts():
    body = soup("choosing").select(".choosing-table tbody tr")
    assert [row.select_one("a").get_text() for row in body] == [
        re.match(r"\[(\w+)\]", row[0])[1] for row in rows()
    ]
    assert {row.select_one("a").get_text() for row in body} == set(ACTIVATIONS)
    for row in body:
        link = row.select_one("a")["href"]
        assert link.endswith(f"#atlas-{row.select_one('a').get_text()}")


def test_costs_are_those_of_the_stored_records():
    assert costs(relu) == (1.0,) * len(RECORDS)
    for record, cost in zip(RECORDS.values(), costs(tanh), strict=True):
        assert cost == times(record)["tanh"] / times(record)["relu"]
    assert costs(relu.__class__()) == costs(relu)
    assert multiple(None) == "—"


def test_what_nobody_measured_has_a_dash_and_is_not_called_cheap(monkeypatch):
    monkeypatch.setattr("choosing.times", lambda _: {"relu": 1.0})
    assert costs(tanh) == (None, None)
    assert "cheap" not in has(tanh)
    assert "cheap" in has(relu)


def test_a_slope_that_vanishes_in_the_middle_counts():
    assert "keeps-slope" not in has(softshrink)
    assert "keeps-slope" not in has(relu)
    assert "keeps-slope" in has(tanh)


def is_evidence(link):
    href = link["href"]
    return (
        link.find_parent(class_="claim-link")
        or "bibliography.html#" in href
        or re.search(r"(what-it-costs|frameworks)\.html", href)
        or re.search(r"\d-[\w-]+/[\w-]+\.html", href)
    )


def test_no_advice_goes_without_evidence():
    page = soup("choosing")
    for id in ("by-the-place-in-the-network", "what-rarely-helps"):
        said = page.select(f"section#{id} li, section#{id} section > p")
        assert said
        bare = [part.get_text() for part in said if not any(map(is_evidence, part.select("a")))]
        assert bare == []
    places = page.select("section#by-the-place-in-the-network > section")
    assert len(places) >= 8
    for place in places:
        assert place.select(".claim-link"), f"no claim behind {place.h3.get_text()}"
        assert place.select_one("p").get_text().startswith("Start with")


# Things you were told


def test_everything_that_fell_is_told_with_its_picture():
    page = soup("things-you-were-told")
    listed = merge(read_claims(BOOK / "claims.toml"), collect_verdicts(BOOK))
    fallen = [e for e in listed if e.settled and e.settled.verdict == DIFFERS]
    fallen = [e for e in fallen if f"book/{e.settled.lesson}" in toc_entries()]
    assert fallen
    shown = [section["id"] for section in page.select("section.told-entry")]
    assert shown == [f"told-{entry.claim.id}" for entry in fallen]
    for entry in fallen:
        section = page.find(id=f"told-{entry.claim.id}")
        assert section.h2.get_text().startswith(f"“{entry.claim.title}”")
        image = section.select_one("img")
        assert image["alt"] == entry.picture.alt
        assert (HTML / "book" / image["src"]).resolve().read_bytes()
        link = section.select_one(".told-evidence a")["href"]
        path, anchor = link.split("#")
        assert f'id="{anchor}"' in (HTML / "book" / path).read_text("utf-8")
        assert section.select_one(".told-caption a")["href"].endswith(f"#{entry.picture.name}")


# In the browser


@pytest.fixture
def reader(browser, site):  # noqa: F811
    visitor = Visitor(browser, site, DESKTOP)
    yield visitor
    assert visitor.faults == []
    visitor.page.context.close()


def names(page):
    return page.locator(".choosing-table tbody tr:visible td:first-child").all_inner_texts()


def test_the_table_is_sorted_and_filtered(reader):
    page = reader.open("book/choosing.html")
    assert page.locator(".choosing-table span[class^='trait-']").count() == 0
    everything = names(page)
    head = page.get_by_role("columnheader", name="Cost, AVX2")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    column = page.locator(".choosing-table tbody tr td:nth-child(3)").all_inner_texts()
    numbers = [float(text.split()[0]) for text in column if text != "—"]
    assert numbers == sorted(numbers)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    column = page.locator(".choosing-table tbody tr td:nth-child(3)").all_inner_texts()
    assert [float(text.split()[0]) for text in column if text != "—"] == numbers[::-1]
    page.get_by_label("zero-centred", exact=True).check()
    page.get_by_label("smooth", exact=True).check()
    wanted = {
        name
        for name, activation in ACTIVATIONS.items()
        if {"zero-centred", "smooth"} <= has(activation).keys()
    }
    assert set(names(page)) == wanted
    status = page.locator(".choosing-filter output").inner_text()
    assert status == f"Shown: {len(wanted)} of {len(everything)}."
    page.get_by_role("button", name="Show all").click()
    assert set(names(page)) == set(everything)


def test_the_table_is_whole_without_the_script(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}book/choosing.html")
    assert len(names(page)) == len(ACTIVATIONS)
    assert page.locator(".choosing-filter:visible").count() == 0
    assert page.locator(".choosing-table span[class^='trait-']:visible").count() == 0
    context.close()


def test_an_address_to_share_leads_to_its_entry(reader):
    page = reader.open("book/things-you-were-told.html#told-relu-depth")
    place = page.locator("#told-relu-depth")
    assert 0 <= place.bounding_box()["y"] < DESKTOP[1] / 2
    page.locator("#told-relu-depth .told-evidence a").click()
    page.wait_for_url("**/bend-a-line-once.html#claim-relu-depth")
    assert page.locator("#claim-relu-depth").is_visible()
