"""Every citation leads to a sound entry of the bibliography, and each rule refuses its fault."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hygiene import BOOK, Notebook, paths
from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from companion.activations import ACTIVATIONS

PLACES = ("doi", "eprint", "url", "isbn")
DOI = re.compile(r"10\.\d{4,9}/\S*[^\s.,;]")
ROLE = re.compile(r"\{(?:full|foot)?cite(?::\w+)?\}`([^`]+)`")
ROOT = BOOK.parent


def entries(text: str) -> dict[str, Entry]:
    """Return the entries of a bibliography by key; pybtex refuses a key or field given twice."""
    return dict(parse_string(text, "bibtex").entries.items())


def malformed(text: str) -> Iterator[str]:
    """Say what is wrong with a bibliography."""
    try:
        found = entries(text)
    except PybtexError as error:
        yield str(error)
        return
    for key, entry in found.items():
        if not entry.persons.get("author"):
            yield f"{key} has no author"
        yield from (f"{key} has no {name}" for name in ("title", "year") if not has(entry, name))
        if has(entry, "title") and re.search(r"[\\$]", title(entry)):
            yield f"{key} has TeX in its title that the page would show as it is: {title(entry)}"
        # Old technical reports are nowhere to be found but under their number.
        is_report = entry.type == "techreport" and has(entry, "institution", "number")
        if not (is_report or any(has(entry, name) for name in PLACES)):
            yield f"{key} has none of {', '.join(PLACES)}"
        if has(entry, "doi") and not DOI.fullmatch(entry.fields["doi"]):
            yield f"{key} has the doi {entry.fields['doi']!r}, which is not like 10.1000/182"


def title(entry: Entry) -> str:
    """Return the title as the page shows it."""
    return str(Text.from_latex(entry.fields["title"]))


def has(entry: Entry, *names: str) -> bool:
    return all(entry.fields.get(name, "").strip() for name in names)


def cited(text: str) -> set[str]:
    """Return the keys that the citation roles of a text name."""
    lists = (re.sub(r"\{[^}]*\}", "", keys) for keys in ROLE.findall(text))  # {see}key{, p. 3}
    return {key.strip() for keys in lists for key in keys.split(",")}


def unknown(text: str, known: Iterable[str]) -> set[str]:
    """Return the cited keys that lead nowhere."""
    return cited(text) - set(known)


def identifiers(entry: Entry) -> set[str]:
    """Return the DOI and the arXiv number of an entry, as a docstring would write them."""
    names = {"doi": "doi:", "eprint": "arXiv:"}
    found = {names[name] + entry.fields[name] for name in names if has(entry, name)}
    return found | {name.replace("doi:10.48550/arXiv.", "arXiv:") for name in found}


def disagreements(docstring: str, reference: str, known: dict[str, Entry]) -> Iterator[str]:
    """Say where a docstring's references and the bibliography differ."""
    if reference not in known:
        yield f"the reference {reference} is not in the bibliography"
        return
    entry = known[reference]
    first = str(entry.persons["author"][0].rich_last_names[-1])
    yield from (
        f"no word of {word}" for word in (first, entry.fields["year"]) if word not in docstring
    )
    everywhere = set().union(*map(identifiers, known.values()))
    named = set(re.findall(rf"doi:{DOI.pattern}|arXiv:\d+\.\d+", docstring))
    yield from (f"{name} is not in the bibliography" for name in sorted(named - everywhere))


def unused(known: dict[str, Entry], cites: set[str], code: str) -> list[str]:
    """Return the keys that nothing cites and no docstring mentions by key, number or title."""
    code = " ".join(code.lower().split())

    def mentions(key: str, entry: Entry) -> bool:
        words = (key, title(entry), *identifiers(entry))
        return any(word.lower() in code for word in words)

    return [key for key in known if key not in cites and not mentions(key, known[key])]


def prose(notebook: Notebook) -> str:
    """Return what a notebook says in Markdown: its cells, and the captions of its figures."""
    abouts = (cell.data["metadata"].get("mystnb", {}) for cell in notebook.cells)
    captions = (about.get("figure", {}).get("caption", "") for about in abouts)
    return "\n\n".join([notebook.prose, *captions])


BIBLIOGRAPHY = (BOOK / "references.bib").read_text("utf-8")
KNOWN = entries(BIBLIOGRAPHY)
TEXTS = {page.relative_to(BOOK).as_posix(): page.read_text("utf-8") for page in BOOK.rglob("*.md")}
TEXTS |= {path.relative_to(BOOK).as_posix(): prose(Notebook.read(path)) for path in paths()}


def test_bibliography_is_sound():
    assert list(malformed(BIBLIOGRAPHY)) == []


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_citations_lead_to_an_entry(name):
    assert unknown(TEXTS[name], KNOWN) == set()


def test_the_book_cites():
    assert cited("\n".join(TEXTS.values()))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_references_of_an_activation_are_in_the_bibliography(name):
    activation = ACTIVATIONS[name]
    assert list(disagreements(type(activation).__doc__, activation.reference, KNOWN)) == []


def test_every_entry_is_of_use():
    cites = cited("\n".join(TEXTS.values())) | {one.reference for one in ACTIVATIONS.values()}
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "companion").rglob("*.py"))
    assert unused(KNOWN, cites, code) == []


# The rules themselves. An entry without fault, and then one fault at a time.


GOOD = """@article{cox1958,
  author = {Cox, D. R.},
  title  = {The {Regression} Analysis of Binary Sequences},
  year   = {1958},
  doi    = {10.1111/j.2517-6161.1958.tb00292.x},
}
"""
REPORT = """@techreport{haley1952,
  author      = {Haley, D. C.},
  title       = {Estimation of the dosage},
  institution = {Stanford University},
  number      = {15},
  year        = {1952},
}
"""
DOCSTRING = 'D. R. Cox, "The regression\n    analysis of binary sequences" (1958).'


def without(name: str, text: str = GOOD) -> str:
    return re.sub(rf"  {name} .*\n", "", text)


def with_doi(doi: str) -> str:
    return re.sub(r"10\.\d.*x", doi, GOOD)


@pytest.mark.parametrize(
    "text",
    [
        GOOD + REPORT,
        without("doi").replace("year", "isbn = {0-262-04199-5},\n  year"),
        without("doi").replace("year", "url = {https://example.org},\n  year"),
        without("doi").replace("year", "eprint = {1606.08415},\n  year"),
        with_doi("10.1016/S0960-9822(03)00135-0"),
    ],
)
def test_sound_entries_pass(text):
    assert list(malformed(text)) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + GOOD, "repeated bibliography entry: cox1958"),
        (GOOD + GOOD.replace("cox", "Cox"), "repeated bibliography entry"),
        (GOOD.replace("doi ", "year"), "duplicate year field"),
        (GOOD.replace("{Cox, D. R.},", "{Cox, D. R.}"), "syntax error"),
        (without("author"), "cox1958 has no author"),
        (without("title"), "cox1958 has no title"),
        (GOOD.replace("Binary", "$y = 1$"), "cox1958 has TeX in its title"),
        (GOOD.replace("{1958}", "{ }"), "cox1958 has no year"),
        (without("doi"), "cox1958 has none of doi, eprint, url, isbn"),
        (without("number", REPORT), "haley1952 has none of doi"),
        (with_doi("https://doi.org/10.1111/j.2517"), "which is not like 10.1000/182"),
        (with_doi("doi:10.1111/j.2517"), "which is not like 10.1000/182"),
        (with_doi("10.1111/j.2517."), "which is not like 10.1000/182"),
    ],
)
def test_malformed_entries_are_refused(text, complaint):
    assert complaint in "\n".join(malformed(text))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("As {cite:p}`cox1958` says", {"cox1958"}),
        ("{cite}`cox1958`, {cite:t}`a2000,\nb2001`", {"cox1958", "a2000", "b2001"}),
        ("{cite:p}`{see}cox1958{, page 3}` and {footcite:t}`c2002`", {"cox1958", "c2002"}),
        ("`cox1958` and {numref}`fig-one`", set()),
    ],
)
def test_citations_are_found(text, keys):
    assert cited(text) == keys


def test_unknown_keys_are_refused():
    assert unknown("{cite:p}`cox1958,coxx1958`", ["cox1958"]) == {"coxx1958"}


def test_a_caption_can_cite():
    figure = {"mystnb": {"figure": {"caption": "From {cite:t}`cox1958`"}}}
    cell = {"cell_type": "code", "source": "1", "outputs": [], "metadata": figure}
    assert cited(prose(Notebook({"cells": [cell]}))) == {"cox1958"}


def test_a_docstring_that_agrees_passes():
    text = DOCSTRING + " doi:10.1111/j.2517-6161.1958.tb00292.x"
    assert list(disagreements(text, "cox1958", entries(GOOD))) == []


@pytest.mark.parametrize(
    ("docstring", "reference", "complaint"),
    [
        (DOCSTRING, "cox1959", "the reference cox1959 is not in the bibliography"),
        (DOCSTRING.replace("Cox", "Fox"), "cox1958", "no word of Cox"),
        (DOCSTRING.replace("1958", "1985"), "cox1958", "no word of 1958"),
        (DOCSTRING + " doi:10.1111/wrong", "cox1958", "doi:10.1111/wrong is not in"),
        (DOCSTRING + " arXiv:1606.08415", "cox1958", "arXiv:1606.08415 is not in"),
    ],
)
def test_docstrings_that_disagree_are_refused(docstring, reference, complaint):
    assert complaint in "\n".join(disagreements(docstring, reference, entries(GOOD)))


def test_unused_entries_are_named():
    known = entries(GOOD + REPORT)
    assert unused(known, set(), "") == ["cox1958", "haley1952"]
    assert unused(known, {"haley1952"}, DOCSTRING) == []
    assert unused(known, {"haley1952"}, "doi:10.1111/j.2517-6161.1958.tb00292.x") == []
