"""The atlas: made from the registry alone, so that a class that is defined is on the page."""

import importlib
import inspect
import re
import subprocess
import sys
from inspect import isclass, isfunction

import pytest
from bs4 import BeautifulSoup
from site_map import HTML, ROOT, toc_entries
from test_pages import DESKTOP, Visitor, browser, site  # noqa: F401

from companion.activations import (
    ACTIVATIONS,
    ELU,
    VECTOR_ACTIVATIONS,
    gelu,
    hard_tanh,
    heaviside,
    identity,
    logistic,
    relu,
    softmax,
    tanh,
)
from companion.activations._float_behaviour import Arrival

EXTENSIONS = ROOT / "book" / "_extensions"
sys.path.insert(0, str(EXTENSIONS))
import atlas  # noqa: E402
import docstrings  # noqa: E402

EVERY = {**ACTIVATIONS, **VECTOR_ACTIVATIONS}
each = pytest.mark.parametrize("activation", EVERY.values(), ids=EVERY)


# What the page says of each


@each
def test_entry_has_meaning_formula_paper_and_parameters(activation):
    text = atlas.entry(activation, "/picture.svg")
    summary = inspect.getdoc(type(activation)).splitlines()[0]
    assert text.replace("\\", "").startswith(summary.split("`")[0].replace("\\", ""))
    assert f"{{cite:t}}`{activation.reference}`" in text
    for variant in type(activation).variants():
        assert variant.formula in text
    for name, default in activation.parameters.items():
        assert f"`{name}`, by default `{default!r}`" in text
    for alias in activation.aliases:
        assert f"`{alias}`" in text


@each
def test_parameters_have_a_meaning(activation):
    for name in activation.parameters:
        assert atlas.described(type(activation), name), (
            f"{activation.name} does not say what {name} is"
        )


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_entry_has_portrait_facts_and_floats(activation):
    text = atlas.entry(activation, "/picture.svg")
    assert "```{figure} /picture.svg" in text
    assert f":name: fig-atlas-{activation.name}" in text
    assert len(re.search(":alt: (.*)", text)[1]) > 100
    rows = dict(atlas.facts_rows(activation))
    assert rows["Range"] == str(activation.facts.range)
    assert rows["Monotone"].startswith("yes" if activation.facts.monotone else "no: it falls on ")
    assert all(f"at {atlas.number(kink)}:" in rows["Kinks"] for kink in activation.kinks)
    floats = list(atlas.floating_rows(activation))
    assert len(floats) >= 2
    assert all(len(row) == 3 and "nan" not in str(row) for row in floats)
    assert "nan" not in " ".join(rows.values())


def test_comparison_has_a_row_for_each():
    rows = atlas.comparison().splitlines()
    assert len({row.count("|") for row in rows}) == 1
    names = [match[1] for row in rows if (match := re.match(r"\| \[(\w+)\]\(#atlas-\1\)", row))]
    assert sorted(names) == sorted(ACTIVATIONS)


def test_every_activation_is_in_one_family_and_the_order_is_the_course_s():
    families = atlas.families()
    members = [activation.name for family in families for activation in family.members]
    assert sorted(members) == sorted(EVERY)
    keys = [family.key for family in families]
    assert [key for key in keys if key in atlas.ORDER] == list(atlas.ORDER)
    kinds = [isinstance(f.members[0], type(softmax).__mro__[1]) for f in families]
    assert kinds == sorted(kinds), "what takes vectors comes last"
    assert all(family.title and len(family.title) < 60 for family in families)


@pytest.mark.parametrize(
    ("activation", "keys"),
    [
        (identity, {"monotone", "zero-centred", "no-kink", "smooth"}),
        (heaviside, {"monotone", "bounded", "saturates-left", "saturates-right", "parameters"}),
        (relu, {"monotone", "saturates-left"}),
        (ELU(alpha=1.0), {"monotone", "no-kink", "saturates-left", "parameters"}),
        (ELU(alpha=0.5), {"monotone", "saturates-left", "parameters"}),
        (gelu, {"no-kink", "smooth", "saturates-left", "parameters"}),
        (hard_tanh, {"monotone", "bounded", "zero-centred", "saturates-left", "saturates-right"}),
        (softmax, {"vector"}),
    ],
    ids=lambda given: "" if isinstance(given, set) else repr(given),
)
def test_traits(activation, keys):
    assert set(atlas.traits(activation)) == keys


def test_floats_are_rounded_so_that_what_is_said_is_true():
    rows = {(row[0], row[1][2]): row[1:] for row in atlas.floating_rows(logistic)}
    assert rows["value is 1", "≥"] == ("x ≥ 36.74", "x ≥ 16.64")
    assert rows["slope is 0", "≤"] == ("x ≤ −745.2", "x ≤ −104")
    assert logistic(36.74) == 1
    assert logistic.derivative(-745.2) == 0
    for distance, left, right in (
        (0.0, "x ≤ 0", "x ≥ 0"),
        (5e-324, "x < 0", "x > 0"),
        (1.9999999999999998, "x ≤ −2", "x ≥ 2"),
        (2.0, "x ≤ −2", "x ≥ 2"),
        (36.7361, "x ≤ −36.74", "x ≥ 36.74"),
        (1.80143985e16, "x ≤ −1.802 × 10¹⁶", "x ≥ 1.802 × 10¹⁶"),
        (float("inf"), "never", "never"),
    ):
        sides = [Arrival(side, "value", 0.0, 0.0, ()) for side in ("left", "right")]
        assert [atlas.reach(side, distance) for side in sides] == [left, right]


def test_text_of_a_docstring_is_taken_literally():
    assert atlas.plain("a * b, [0, 1], x_i < $2 | `a * b`") == (
        r"a \* b, \[0, 1\], x\_i \< \$2 \| `a * b`"
    )


def test_kinks_say_which_convention_is_taken():
    assert dict(atlas.facts_rows(relu))["Kinks"] == (
        "at 0: slope 0 on the left, 1 on the right, taken as 0"
    )
    assert dict(atlas.facts_rows(heaviside))["Kinks"] == (
        "at 0: value 0 on the left, 1 on the right, taken as 0"
    )


# What Sphinx makes of it: a small book, in which one class is defined that no other file knows of

CONF = f"""
import sys
sys.path[:0] = [{str(EXTENSIONS)!r}, {str(ROOT)!r}]
extensions = ["myst_nb", "sphinx_design", "sphinxcontrib.bibtex", "atlas"]
myst_enable_extensions = ["attrs_inline", "dollarmath"]
bibtex_bibfiles = ["references.bib"]
numfig = True
html_static_path = [{str(ROOT / "book" / "_static")!r}]

import numpy as np
from companion.activations import ACTIVATIONS, Activation, VectorActivation

for registry, kept in ((Activation.registry, "relu"), (VectorActivation.registry, "softmax")):
    for name in set(registry) - {{kept}}:
        del registry[name]


class Bump(Activation):
    '''The bump x*exp(-x*x): a rise and a fall [both of them].'''

    name = "bump"
    aliases = ("hill",)
    reference = "nair2010"
    formula = r"x \\, e^{{-x^2}}"
    odd = True
    turning_points = (-0.5**0.5, 0.5**0.5)
    steepest_points = (0.0,)

    def definition(self, x, mp):
        return x * mp.exp(-x * x)

    def _value(self, x, out):
        np.multiply(np.clip(x, -99, 99), np.exp(-x * x), out=out)

    def _slope(self, x, out):
        x = np.clip(x, -99, 99)
        np.multiply(1 - 2 * x * x, np.exp(-x * x), out=out)

    def _curvature(self, x, out):
        x = np.clip(x, -99, 99)
        np.multiply(x * (4 * x * x - 6), np.exp(-x * x), out=out)
"""
INDEX = """# Home

See {ref}`atlas-bump` and {numref}`fig-atlas-bump`.

```{toctree}
atlas
other
```
"""
ATLAS = """# Atlas

```{atlas-table}
```

```{atlas-filter}
Show only

Shown: {shown} of {all}.

Show all
```

```{atlas}
```

```{bibliography}
```
"""


class Book:
    """A small book in a folder of its own."""

    def __init__(self, folder):
        self.source, self.target = folder / "source", folder / "html"
        self.source.mkdir()
        bibliography = (ROOT / "book" / "references.bib").read_text("utf-8")
        kept = re.findall(r"^@\w+\{(?:nair2010|bridle1990),.*?^\}", bibliography, re.M | re.S)
        for name, text in {
            "conf.py": CONF,
            "index.md": INDEX,
            "atlas.md": ATLAS,
            "other.md": "# Other\n\nNo atlas here.\n",
            "references.bib": "\n\n".join(kept),
        }.items():
            (self.source / name).write_text(text, "utf-8")

    def build(self, builder="html"):
        command = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", builder]
        return subprocess.run(
            [*command, self.source, self.target], capture_output=True, text=True, check=False
        )

    def page(self, name):
        return BeautifulSoup((self.target / f"{name}.html").read_text("utf-8"), "html.parser")

    def change(self, name, old, new):
        path = self.source / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def test_a_class_that_is_defined_is_in_the_atlas(book):
    built = book.build()
    assert (built.returncode, built.stderr) == (0, "")
    page = book.page("atlas")
    section = page.find("section", id="atlas-bump")
    text = section.get_text(" ", strip=True)
    assert "The bump x*exp(-x*x): a rise and a fall [both of them]. Also known as hill ." in text
    assert r"f(x) = x \, e^{-x^2}" in section.select_one(".math").get_text()
    assert "Nair and Hinton" in text
    traits = {name for span in section.select(".atlas-traits span") for name in span["class"]}
    assert traits == {
        f"trait-{key}"
        for key in (
            "bounded",
            "zero-centred",
            "no-kink",
            "smooth",
            "saturates-left",
            "saturates-right",
        )
    }
    image = section.select_one("figure img")
    assert image["alt"].startswith("Three plots of bump above one another")
    assert image["loading"] == "lazy"
    assert re.match(r"Fig\. \d", section.select_one("figcaption").get_text(strip=True))
    assert (book.target / image["src"]).exists()
    assert page.select_one(".atlas-table a[href='#atlas-bump']")
    assert page.find("section", id="atlas-softmax").select_one("figure") is None

    # Other pages can refer to it, and only the atlas gets the script.
    assert book.page("index").select_one("article, body").find("a", href="atlas.html#atlas-bump")
    scripts = {
        name: "atlas.js" in str(book.page(name).find_all("script")) for name in ("atlas", "other")
    }
    assert scripts == {"atlas": True, "other": False}

    # The same picture, byte for byte, in a build of its own.
    first = (book.target / image["src"]).read_bytes()
    (book.source / "again").mkdir()
    again = Book(book.source / "again")
    assert again.build().returncode == 0
    assert (again.target / image["src"]).read_bytes() == first


def test_a_class_that_is_added_later_is_in_the_next_build(book):
    conf = (book.source / "conf.py").read_text("utf-8")
    index = (book.source / "index.md").read_text("utf-8")
    book.change("conf.py", conf[conf.index("class Bump") :], "")
    book.change("index.md", "See {ref}`atlas-bump` and {numref}`fig-atlas-bump`.", "Soon.")
    built = book.build()
    assert (built.returncode, built.stderr) == (0, "")
    assert book.page("atlas").find(id="atlas-bump") is None
    (book.source / "conf.py").write_text(conf, "utf-8")
    (book.source / "index.md").write_text(index, "utf-8")
    built = book.build()
    assert (built.returncode, built.stderr) == (0, "")
    assert book.page("atlas").find(id="atlas-bump")


def test_a_paper_that_is_not_in_the_bibliography_stops_the_build(book):
    book.change("conf.py", 'reference = "nair2010"', 'reference = "nobody1999"')
    built = book.build()
    assert built.returncode != 0
    assert "nobody1999" in built.stderr


def test_a_page_without_the_atlas_leaves_the_reference_to_it_unresolved(book):
    book.change("atlas.md", "```{atlas}\n```\n", "")
    built = book.build()
    assert built.returncode != 0
    assert "atlas-bump" in built.stderr


def test_one_page_for_printing_has_it_too(book):
    built = book.build("singlehtml")
    assert (built.returncode, built.stderr) == (0, "")
    assert book.page("index").find(id="atlas-bump")


# The page of the book


def built_page():
    path = HTML / "book" / "atlas.html"
    assert path.exists(), "the book is not built: run `make book`"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_the_book_shows_every_activation():
    page = built_page()
    for name in EVERY:
        section = page.find("section", id=f"atlas-{name}")
        assert section is not None, f"{name} is not in the atlas: run `make book`"
        assert section.select_one(".math")
        assert section.select_one("p:last-of-type a[href*='bibliography.html#']")
        if name in ACTIVATIONS:
            image = section.select_one("figure img")
            assert (HTML / "book" / image["src"]).resolve().exists()
            assert page.select_one(f".atlas-table td a[href='#atlas-{name}']")
    names = [section["id"] for section in page.select("section.atlas-entry")]
    assert len(names) == len(set(names)) == len(EVERY)


def test_the_page_is_light():
    pictures = [path.stat().st_size for path in (HTML / "_images").glob("atlas-*.svg")]
    assert len(pictures) >= len(ACTIVATIONS)
    assert max(pictures) < 80_000
    assert (HTML / "book" / "atlas.html").stat().st_size < 400_000


@pytest.fixture
def reader(browser, site):  # noqa: F811
    visitor = Visitor(browser, site, DESKTOP)
    yield visitor
    assert visitor.faults == []
    visitor.page.context.close()


def shown(page):
    return page.evaluate(
        "[...document.querySelectorAll('.atlas-entry')].filter(e => e.checkVisibility())"
        ".map(e => e.id.slice(6))"
    )


def expected(*keys):
    return [
        activation.name
        for family in atlas.families()
        for activation in family.members
        if set(keys) <= set(atlas.traits(activation))
    ]


def test_the_filter_shows_what_has_all_traits_asked_for(reader):
    page = reader.open("book/atlas.html")
    assert shown(page) == expected()
    page.get_by_label("bounded", exact=True).check()
    page.get_by_label("smooth", exact=True).check()
    assert shown(page) == expected("bounded", "smooth")
    assert tanh.name in shown(page)
    status = page.locator(".atlas-result output").inner_text()
    assert status == f"Shown: {len(shown(page))} of {len(EVERY)}."
    rows = page.locator(".atlas-table tbody tr:visible").all_inner_texts()
    assert [row.split()[0] for row in rows] == shown(page)
    assert page.get_by_label("takes a whole vector").is_disabled()
    # A link to what is filtered out brings it back.
    page.evaluate("location.hash = '#atlas-relu'")
    page.wait_for_function("!document.querySelector('.atlas-hidden')")
    assert shown(page) == expected()
    page.get_by_label("takes a whole vector").check()
    assert shown(page) == expected("vector")
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == expected()


def test_the_filter_works_from_the_keyboard(reader):
    page = reader.open("book/atlas.html")
    page.get_by_label("zero-centred", exact=True).focus()
    page.keyboard.press("Space")
    assert shown(page) == expected("zero-centred")


def test_without_the_script_all_is_shown(browser, site):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}book/atlas.html")
    assert page.locator(".atlas-entry:visible").count() == len(EVERY)
    assert page.locator(".atlas-filter:visible").count() == 0
    context.close()


# The reference pages


def test_docstrings_become_restructured_text():
    lines = ["Size |x| * 2 of `Facts` and `x`, see name_ and [1]_.", "", ">>> 2 * |x|"]
    lines += ["", "Code::", "", "    a * b", "", "a * b", "", "Parameters", "----------"]
    lines += ["x : array_like of shape (n,)", "    What `x` is, f'(x), f''(x) and x's size."]
    text = docstrings.restructured(lines, {"Facts": "companion.activations.Facts"})
    assert text[0] == (
        r"Size \|x\| \* 2 of :py:obj:`~companion.activations.Facts` and ``x``, "
        r"see name\_ and [1]."
    )
    assert ">>> 2 * |x|" in text
    assert "    a * b" in text
    assert r"a \* b" in text
    [parameters] = [line for line in text if line.startswith(":Parameters:")]
    assert "**x** (*array_like of shape (n,)*) -- What ``x`` is" in parameters
    assert "f′(x), f″(x) and x's size." in parameters


def test_every_public_package_has_a_page():
    public = {path.stem if path.is_file() else path.name for path in (ROOT / "companion").iterdir()}
    public = {name for name in public if name[0] not in "_."}
    pages = [ROOT / f"{entry}.md" for entry in toc_entries() if entry.startswith("book/api/")]
    sources = "".join(page.read_text("utf-8") for page in pages)
    assert public <= set(re.findall(r"automodule:: companion\.(\w+)", sources))


@pytest.mark.parametrize(
    "entry", [entry for entry in toc_entries() if entry.startswith("book/api/")][1:]
)
def test_every_public_name_is_on_its_page(entry):
    module = importlib.import_module(f"companion.{entry.rpartition('/')[2]}")
    members = {name: getattr(module, name) for name in module.__all__}
    names = [name for name, member in members.items() if isclass(member) or isfunction(member)]
    page = BeautifulSoup((HTML / f"{entry}.html").read_text("utf-8"), "html.parser")
    assert names
    for name in names:
        assert page.find(id=f"{module.__name__}.{name}"), f"{name} is not on {entry}"
