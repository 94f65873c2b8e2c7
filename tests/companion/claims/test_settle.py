"""A verdict follows from its evidence, and a claim whose evidence fails stops the lesson."""

import json
import re
from html.parser import HTMLParser

import nbformat
import pytest

from companion.claims import ClaimError, Verdict, at_least, at_most, equal, holds, refuted, settle

TRUE = holds("it is so", True)
BOUND = at_most("error", measured=0.1, bound=0.2)
FLOOR = at_least("share", measured=0.3, bound=0.2)
EQUAL = equal("count", measured=14, expected=14, tolerance=0)
MYTH = refuted("share", told=0.1, measured=0.5, apart=0.1)
VERDICT_JSON = "application/vnd.neurons-to-gates.verdict+json"


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        ([TRUE], "holds"),
        ([TRUE, EQUAL], "holds"),
        ([TRUE, BOUND], "holds within a bound"),
        ([FLOOR], "holds within a bound"),
        ([TRUE, EQUAL, BOUND, MYTH], "does not hold as stated"),
        ([MYTH], "does not hold as stated"),
    ],
)
def test_verdict_is_derived(evidence, verdict):
    instead = "It is otherwise." if MYTH in evidence else None
    assert settle("mp-xor", *evidence, instead=instead).verdict == verdict


def test_every_failure_is_named():
    failing = [
        at_most("error", measured=3.0, bound=2.0, where="x = 1"),
        TRUE,
        holds("it grows", False),
    ]
    with pytest.raises(ClaimError) as caught:
        settle("mp-xor", *failing)
    assert str(caught.value) == (
        "mp-xor: error: measured 3.0 is above the bound 2.0, at x = 1; it grows: found false"
    )


def test_a_failed_claim_is_a_failed_assertion():
    assert issubclass(ClaimError, AssertionError)


@pytest.mark.parametrize(
    "id", ["", "Mp-xor", "mp_xor", "mp--xor", "-xor", "xor-", "1-xor", "mp xor", "mp-xor\n", None]
)
def test_malformed_id(id):
    with pytest.raises(ValueError, match="id must be lower-case"):
        settle(id, TRUE)


def test_no_evidence():
    with pytest.raises(ValueError, match="needs evidence"):
        settle("mp-xor")


@pytest.mark.parametrize("thing", [True, "holds", None, BOUND.text])
def test_something_else_is_no_evidence(thing):
    with pytest.raises(TypeError, match="evidence comes from"):
        settle("mp-xor", TRUE, thing)


@pytest.mark.parametrize("instead", [None, "", "  ", "two\nlines", 3])
def test_a_refuted_version_needs_the_truth(instead):
    with pytest.raises(ValueError, match="instead must say what is true"):
        settle("mp-xor", MYTH, instead=instead)


def test_the_truth_needs_a_refuted_version():
    with pytest.raises(ValueError, match="instead is for claims with evidence from refuted"):
        settle("mp-xor", BOUND, instead="It is otherwise.")


def test_failed_evidence_goes_before_a_missing_truth():
    with pytest.raises(ClaimError):
        settle("mp-xor", refuted("share", told=0.1, measured=0.1, apart=0.1))


def test_nothing_is_printed(capsys):
    assert isinstance(settle("mp-xor", TRUE), Verdict)
    assert capsys.readouterr() == ("", "")


def bundle(*evidence, instead=None):
    return settle("mp-xor", *evidence, instead=instead)._repr_mimebundle_()


def test_text():
    assert bundle(BOUND, MYTH, instead="It is otherwise.")["text/plain"].splitlines() == [
        "mp-xor: does not hold as stated",
        "  error = 0.1 ≤ 0.2",
        "  share: told 0.1, measured 0.5",
        "  instead: It is otherwise.",
    ]


class Page(HTMLParser):
    """Collect tags, and see that they close in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.text = [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize(
    ("evidence", "name", "words"),
    [
        (TRUE, "verdict-holds", "Holds"),
        (BOUND, "verdict-bound", "Holds within a bound"),
        (MYTH, "verdict-differs", "Does not hold as stated"),
    ],
)
def test_card(evidence, name, words):
    instead = "It is otherwise." if evidence is MYTH else None
    page = Page(bundle(evidence, instead=instead)["text/html"])
    tag, attributes = page.tags[0]
    assert (tag, attributes) == ("div", {"class": f"verdict {name}", "id": "claim-mp-xor"})
    assert words in page.text
    assert evidence.text in page.text
    assert ("What is true: It is otherwise." in page.text) == (evidence is MYTH)
    assert ("span", {"class": "verdict-symbol", "aria-hidden": "true"}) in page.tags
    assert not {"style", "script"} & {tag for tag, _ in page.tags}
    assert not any(key == "style" or key.startswith("on") for _, a in page.tags for key in a)


def test_card_is_escaped():
    nasty = "<script>alert('1 & 2')</script>"
    html = bundle(
        refuted(nasty, told=0, measured=1, apart=1, where=nasty), instead=f'"{nasty}" is true.'
    )["text/html"]
    assert "<script" not in html
    assert Page(html).text.count(nasty) == 3


def test_json_is_plain_and_repeats_what_is_shown():
    data = bundle(BOUND, MYTH, instead="It is otherwise.")[VERDICT_JSON]
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "id": "mp-xor",
        "verdict": "does not hold as stated",
        "instead": "It is otherwise.",
        "evidence": [
            {
                "kind": "at_most",
                "what": "error",
                "measured": "0.1",
                "bound": "0.2",
                "where": None,
                "text": "error = 0.1 ≤ 0.2",
            },
            {
                "kind": "refuted",
                "what": "share",
                "measured": "0.5",
                "bound": "0.1",
                "where": None,
                "text": "share: told 0.1, measured 0.5",
            },
        ],
    }


def test_json_has_no_digits_that_the_card_hides():
    third = equal("third", measured=1 / 3, expected=0.333333, tolerance=1e-3)
    assert not re.search(r"3{5}", json.dumps(bundle(third)))


def test_a_notebook_can_store_it():
    output = nbformat.v4.new_output("execute_result", bundle(TRUE), execution_count=1)
    cell = nbformat.v4.new_code_cell("settle(…)", outputs=[output], execution_count=1)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
