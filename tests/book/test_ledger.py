"""The pages of the ledger: built by Sphinx from verdicts in lessons, and rebuilt as they change."""

import base64
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from companion.claims import at_most, holds, refuted, settle

EXTENSIONS = Path(__file__).parents[2] / "book" / "_extensions"

CLAIMS = """
[[claim]]
id = "mp-xor"
chapter = 2
statement = "No single neuron computes $a \\\\oplus b$ with `step`."
told_wrong = false

[[claim]]
id = "relu-depth"
chapter = 4
statement = "Each layer halves the activity."
told_wrong = true
title = "Each layer halves"
truth = "It stays near $1/2$."

[[claim]]
id = "relu-cost"
chapter = 4
statement = "ReLU is cheap."
told_wrong = false
"""
PAGES = {
    "index.md": "# Home\n\n```{toctree}\nbook/ledger\nbook/told\nbook/2-mp/gates\n```\n",
    "book/ledger.md": "# Ledger\n\n```{ledger}\n```\n\n## Two\n\n```{ledger} 2\n```\n\n"
    "## Four\n\n```{ledger} 4\n```\n",
    "book/told.md": "# Told\n\n```{told}\n```\n",
    "book/claims.toml": CLAIMS,
    "conf.py": f"import sys\nsys.path.insert(0, {str(EXTENSIONS)!r})\n"
    "extensions = ['myst_nb', 'ledger']\nmyst_enable_extensions = ['dollarmath']\n"
    "nb_execution_mode = 'off'\nroot_doc = 'index'\nnumfig = True\n",
}
_STORED = io.BytesIO()
Image.new("RGB", (40, 30), "white").save(_STORED, "PNG")
PNG = _STORED.getvalue()
XOR = settle("mp-xor", at_most("faults of two layers", measured=0, bound=0, where="4 <inputs>"))
DEPTH = settle(
    "relu-depth",
    holds("paths halve", True),
    refuted("share at depth 8", told=2**-8, measured=0.497, apart=0.1),
    instead="About one half stays active.",
)


def lesson(title, *verdicts):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": f"# {title}"}]
    for count, verdict in enumerate(verdicts, 1):
        output = {
            "output_type": "execute_result",
            "execution_count": count,
            "metadata": {},
            "data": verdict._repr_mimebundle_(),
        }
        cells.append(
            {
                "cell_type": "code",
                "execution_count": count,
                "metadata": {},
                "source": "settle()",
                "outputs": [output],
            }
        )
    about = {"language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 4})


class Site:
    """A small book in a folder of its own."""

    def __init__(self, folder):
        self.source, self.target = folder / "source", folder / "html"
        for name, text in PAGES.items():
            self.write(name, text)
        self.write("book/2-mp/gates.ipynb", lesson("Count the gates", XOR))

    def write(self, name, text):
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def build(self, builder="html"):
        command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", builder]
        return subprocess.run(
            [*command, self.source, self.target], capture_output=True, text=True, check=False
        )

    def page(self, name):
        return (self.target / f"{name}.html").read_text("utf-8")

    def row(self, id):
        return re.search(
            rf'<li class="[^"]*" id="ledger-{id}">.*?</li>', self.page("book/ledger"), re.S
        )[0]


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def text(html):
    return " ".join(re.sub("<[^>]+>", "", html).split())


def test_pages_are_built_from_the_lessons_and_follow_them(site):
    first = site.build()
    assert (first.returncode, first.stderr) == (0, "")

    ledger = site.page("book/ledger")
    sums = re.findall(r'<p class="ledger-totals">(.*?)</p>', ledger)
    assert sums == [
        "1 of 3 claims settled: 1 holds within a bound; 2 open.",
        "1 of 1 claim settled: 1 holds within a bound.",
        "0 of 2 claims settled; 2 open.",
    ]

    row = site.row("mp-xor")
    assert 'class="ledger-row ledger-bound"' in row
    assert 'href="2-mp/gates.html#claim-mp-xor"' in row
    assert text(row) == (
        r"Holds within a bound mp-xor in Count the gates No single neuron computes \(a \oplus b\) "
        "with step. faults of two layers = 0 ≤ 0, at 4 &lt;inputs&gt;"
    )
    assert 'id="claim-mp-xor"' in site.page("book/2-mp/gates"), "the link leads somewhere"
    assert text(site.row("relu-cost")) == "Open relu-cost ReLU is cheap."
    assert 'class="ledger-row ledger-open"' in site.row("relu-cost")
    assert "No lesson has refuted one yet." in site.page("book/told")

    # A new lesson, which neither page has depended on so far.
    site.write("book/4-relu/bend.ipynb", lesson("Bend a line", DEPTH))
    site.write("index.md", PAGES["index.md"].replace("gates\n", "gates\nbook/4-relu/bend\n"))
    assert site.build().returncode == 0
    assert text(site.row("relu-depth")) == (
        "Does not hold as stated relu-depth in Bend a line Each layer halves the activity. "
        "share at depth 8: told 0.003906, measured 0.497 (and 1 more) "
        "What is true: About one half stays active."
    )
    told = re.search('<section class="told-entry".*?</section>', site.page("book/told"), re.S)[0]
    assert 'id="told-relu-depth"' in told, "an address to share"
    assert 'href="4-relu/bend.html#claim-relu-depth"' in told
    assert "<img" not in told, "the lesson has no figure"
    assert text(told) == (
        "“Each layer halves”¶ "
        r"Told: Each layer halves the activity. True: It stays near \(1/2\). "
        "Measured: share at depth 8: told 0.003906, measured 0.497 (and 1 more). "
        "The cell that settles it is in Bend a line."
    )

    # A lesson that changes, and then a claim.
    site.write("book/4-relu/bend.ipynb", lesson("Bend it twice", DEPTH))
    assert site.build().returncode == 0
    assert "in Bend it twice" in text(site.row("relu-depth"))
    site.write("book/claims.toml", CLAIMS.replace("ReLU is cheap", "ReLU costs little"))
    assert site.build().returncode == 0
    assert text(site.row("relu-cost")) == "Open relu-cost ReLU costs little."

    # A lesson that goes.
    (site.source / "book/4-relu/bend.ipynb").unlink()
    site.write("index.md", PAGES["index.md"])
    assert site.build().returncode == 0
    assert text(site.row("relu-depth")) == "Open relu-depth Each layer halves the activity."
    assert "No lesson has refuted one yet." in site.page("book/told")


def test_the_picture_of_the_lesson_is_shown_with_its_number(site):
    content = json.loads(lesson("Bend a line", DEPTH))
    stored = {"image/png": base64.b64encode(PNG).decode()}
    about = {"image": {"alt": "Bars."}, "figure": {"name": "fig-bars", "caption": "Half, $1/2$."}}
    output = {"output_type": "display_data", "metadata": {}, "data": stored}
    drawn = {"cell_type": "code", "source": "draw()", "outputs": [output], "execution_count": 9}
    content["cells"].insert(1, drawn | {"metadata": {"mystnb": about}})
    site.write("book/4-relu/bend.ipynb", json.dumps(content))
    site.write("index.md", PAGES["index.md"].replace("gates\n", "gates\nbook/4-relu/bend\n"))
    built = site.build()
    assert (built.returncode, built.stderr) == (0, "")
    told = site.page("book/told")
    [address] = re.findall('<img alt="Bars." loading="lazy" src="([^"]+)"', told)
    assert (site.target / "book" / address).read_bytes() == PNG
    assert text(re.search('<p class="told-caption">.*?</p>', told, re.S)[0]) == (
        r"Fig. 1: Half, \(1/2\)."
    )
    assert 'href="4-relu/bend.html#fig-bars"' in told


def test_links_to_claims_say_the_verdict(site):
    page = "# Told\n\n{claim}`mp-xor`, {claim}`paths <relu-depth>`, {claim}`relu-cost`.\n"
    site.write("book/told.md", page)
    assert site.build().returncode == 0
    html = re.search("<p>.*?</p>", site.page("book/told"), re.S)[0]
    assert text(html) == "Count the gates (holds within a bound), paths (open), relu-cost (open)."
    links = re.findall('href="([^"]+)"', html)
    assert links == [
        "2-mp/gates.html#claim-mp-xor",
        "ledger.html#ledger-relu-depth",
        "ledger.html#ledger-relu-cost",
    ]
    assert 'id="ledger-relu-cost"' in site.page("book/ledger"), "the link leads somewhere"
    # A claim that is settled later changes the link.
    site.write("book/4-relu/bend.ipynb", lesson("Bend a line", DEPTH))
    site.write("index.md", PAGES["index.md"].replace("gates\n", "gates\nbook/4-relu/bend\n"))
    assert site.build().returncode == 0
    assert "paths (does not hold as stated)" in text(site.page("book/told"))


@pytest.mark.parametrize("builder", ["singlehtml", "latex"])
def test_other_builders(site, builder):
    built = site.build(builder)
    assert (built.returncode, built.stderr) == (0, "")
    if builder == "singlehtml":
        assert 'href="#claim-mp-xor"' in site.page("index").replace('"index.html#', '"#')


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("book/ledger.md", "# Ledger\n\n```{ledger} 7\n```\n", "there are no claims of chapter 7"),
        ("book/9-draft.ipynb", lesson("Draft", DEPTH), "settles a claim and is no page"),
        ("book/told.md", "# Told\n\n{claim}`mp-xnor`\n", "there is no claim 'mp-xnor'"),
    ],
    ids=["unknown-chapter", "lesson-left-out", "unknown-claim"],
)
def test_faults_stop_the_build(site, name, content, complaint):
    site.write(name, content)
    if "draft" in name:
        site.write("conf.py", PAGES["conf.py"] + "exclude_patterns = ['book/9-draft.ipynb']\n")
    built = site.build()
    assert built.returncode != 0
    assert complaint in built.stderr


def test_only_verdicts_are_left_to_the_card(site):
    """Another kind of output that MyST-NB cannot show is still a fault."""
    stranger = lesson("Gates", XOR).replace("neurons-to-gates.verdict", "stranger")
    site.write("book/2-mp/gates.ipynb", stranger)
    assert "unknown output mime type: application/vnd.stranger+json" in site.build().stderr
