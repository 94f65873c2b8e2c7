"""The claims hold the whole syllabus, all are settled, and the verdicts agree with the list."""

import base64
import json
from pathlib import Path

import pytest

from companion.claims import at_most, equal, holds, refuted, settle
from companion.claims._ledger import (
    Claim,
    Entry,
    Picture,
    Settled,
    collect_verdicts,
    in_short,
    lessons,
    merge,
    mistold,
    read_claims,
    settled_twice,
    totals,
    unknown_ids,
    without_picture,
)

BOOK = Path(__file__).parents[2] / "book"

SYLLABUS = {
    1: "bio-threshold bio-rate bio-relu-like bio-one-sided bio-lateral bio-direction bio-tuning "
    "bio-sparse bio-hebb bio-plausible",
    2: "mp-definition mp-gates mp-xor neuron-model neuron-linear net-collapse act-wishlist "
    "learn-perceptron learn-no-gradient net-topologies net-three-parts",
    3: "sig-range sig-tanh sig-saturate taylor-logistic taylor-tanh taylor-radius hard-logistic "
    "hard-tanh hard-cost sig-vanish shift-mean bias-meanings bias-prior bias-only sig-uses",
    4: "relu-basics relu-half relu-depth relu-mirror relu-vanish relu-shift relu-dying relu-leaky "
    "elu-smooth softplus-smooth selu-fixed-point batchnorm-shift sparse-kinds sparse-prune "
    "sparse-gain sparse-limits relu-cost",
    5: "swish-gate swish-limits gelu-exact gelu-tanh gelu-sigmoid glu-family gates-in-cells "
    "transformers-use torch-same torch-images torch-flatten torch-no-hidden",
}
FOLKLORE = "lecture folklore"


@pytest.fixture(scope="module")
def claims():
    return read_claims(BOOK / "claims.toml")


@pytest.fixture(scope="module")
def settled():
    return collect_verdicts(BOOK)


# The book


def test_the_list_has_the_whole_syllabus(claims):
    """A fork may add claims of its own, but none may get lost."""
    expected = [(id, chapter) for chapter, ids in SYLLABUS.items() for id in ids.split()]
    listed = [(claim.id, claim.chapter) for claim in claims]
    assert [claim for claim in expected if claim not in listed] == []


def test_every_claim_is_settled(claims, settled):
    assert {claim.id for claim in claims} - {verdict.id for verdict in settled} == set()


def test_sources_are_in_the_bibliography(claims):
    bibliography = (BOOK / "references.bib").read_text("utf-8")
    keys = {claim.source for claim in claims} - {None, FOLKLORE}
    assert [key for key in sorted(keys) if f"{{{key}," not in bibliography] == []


def test_lessons_settle_known_claims(claims, settled):
    assert unknown_ids(claims, settled) == []


def test_a_claim_is_settled_once(settled):
    assert settled_twice(settled) == []


def test_what_is_told_wrong_does_not_hold_and_the_rest_does(claims, settled):
    assert mistold(claims, settled) == []


def test_what_is_told_wrong_has_a_picture_of_it(claims, settled):
    assert without_picture(merge(claims, settled)) == []


def test_titles_can_be_shared(claims):
    titles = [claim.title for claim in claims if claim.told_wrong]
    assert len(set(titles)) == len(titles)
    assert [title for title in titles if len(title) > 60 or title.endswith(".")] == []


def test_a_claim_is_settled_in_its_chapter(claims, settled):
    chapters = {claim.id: str(claim.chapter) for claim in claims}
    strays = [item for item in settled if item.lesson.partition("-")[0] != chapters.get(item.id)]
    assert strays == []


def test_a_verdict_stands_on_the_page_where_the_ledger_links_to():
    for path in lessons(BOOK):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                if verdict := data.get("application/vnd.neurons-to-gates.verdict+json"):
                    assert f'id="claim-{verdict["id"]}"' in "".join(data["text/html"])


# The functions behind these tests can fail


CLAIM = """
[[claim]]
id = "mp-xor"
chapter = 2
statement = "No single MP neuron computes XOR."
told_wrong = false
"""
MYTH = """
[[claim]]
id = "relu-depth"
chapter = 4
statement = "Each layer halves the activity."
told_wrong = true
title = "ReLU halves"
truth = "It stays near one half."
source = "lecture folklore"
"""


def write(folder, text):
    path = folder / "claims.toml"
    path.write_text(text, "utf-8")
    return path


def test_read_claims(tmp_path):
    assert read_claims(write(tmp_path, CLAIM + MYTH)) == [
        Claim("mp-xor", 2, "No single MP neuron computes XOR.", False),
        Claim(
            "relu-depth",
            4,
            "Each layer halves the activity.",
            True,
            "It stays near one half.",
            "lecture folklore",
            "ReLU halves",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CLAIM + CLAIM, "mp-xor: listed twice"),
        (CLAIM.replace("chapter = 2", ""), "mp-xor: the field 'chapter' is missing"),
        (CLAIM.replace('id = "mp-xor"', ""), "claim number 1: the field 'id' is missing"),
        (CLAIM.replace("chapter = 2", "chapter = true"), "chapter must be a int"),
        (CLAIM.replace("false", '"no"'), "told_wrong must be a bool"),
        (CLAIM.replace("No single MP neuron computes XOR.", ""), "statement must be a str"),
        (CLAIM + 'verdict = "holds"', "unknown field 'verdict'"),
        (CLAIM + 'truth = "It does."', "truth must be given exactly where"),
        (MYTH.replace('truth = "It stays near one half."', ""), "truth must be given exactly"),
        (MYTH.replace('title = "ReLU halves"', ""), "title must be given exactly where"),
        (CLAIM + 'picture = "fig-x"', "picture may be given only where told_wrong is true"),
    ],
)
def test_faults_in_the_list_are_named(tmp_path, text, fault):
    with pytest.raises(ValueError, match=fault):
        read_claims(write(tmp_path, text))


TRUE = holds("it is so", True)
BOUND = at_most("error", measured=0.1, bound=0.2)
FALLEN = refuted("share", told=0.1, measured=0.5, apart=0.1)


def notebook(*verdicts, title="Count the gates"):
    heading = {"cell_type": "markdown", "source": [f"# {title}\n", "\n", "# not this one"]}
    cells = [
        {
            "cell_type": "code",
            "source": "settle(…)",
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": "nothing to see"},
                {"output_type": "execute_result", "data": verdict._repr_mimebundle_()},
            ],
        }
        for verdict in verdicts
    ]
    return {"cells": [heading, *cells]}


@pytest.fixture
def book(tmp_path):
    """Write lessons by their path in the book."""

    def make(lessons):
        for name, content in lessons.items():
            path = tmp_path / f"{name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content), "utf-8")
        return tmp_path

    return make


def test_collect_verdicts(book):
    fallen = settle("relu-depth", FALLEN, instead="It is not.")
    folder = book(
        {
            "4-relu/lesson": notebook(fallen, title="Bend a line"),
            "2-mp/lesson": notebook(settle("mp-xor", TRUE), settle("mp-gates", BOUND)),
            "2-mp/.ipynb_checkpoints/lesson": notebook(settle("mp-xor", TRUE)),
            "index": notebook(),
        }
    )
    found = collect_verdicts(folder)
    assert [(item.id, item.verdict, item.lesson, item.title) for item in found] == [
        ("mp-xor", "holds", "2-mp/lesson", "Count the gates"),
        ("mp-gates", "holds within a bound", "2-mp/lesson", "Count the gates"),
        ("relu-depth", "does not hold as stated", "4-relu/lesson", "Bend a line"),
    ]
    assert found[-1].instead == "It is not."
    assert found[-1].evidence[0]["text"] == FALLEN.text


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "probably"},
        {"evidence": []},
        {"evidence": ["it is so"]},
        {"evidence": [{"text": "it is so"}]},
        {"colour": "green"},
    ],
)
def test_an_invented_verdict_is_refused(book, change):
    content = notebook(settle("mp-xor", TRUE))
    data = content["cells"][1]["outputs"][1]["data"]
    data["application/vnd.neurons-to-gates.verdict+json"] |= change
    with pytest.raises(ValueError, match="lesson stores a verdict that `settle` did not make"):
        collect_verdicts(book({"lesson": content}))


def stored(id, *evidence, lesson="2-mp/lesson", instead=None):
    data = settle(id, *evidence, instead=instead).as_dict()
    return Settled(
        id, data["verdict"], tuple(data["evidence"]), data["instead"], lesson, "A lesson"
    )


XOR = Claim("mp-xor", 2, "…", False)
DEPTH = Claim("relu-depth", 4, "…", True, "…")


def test_unknown_ids():
    assert unknown_ids([XOR], [stored("mp-xor", TRUE)]) == []
    assert unknown_ids([XOR], [stored("mp-xnor", TRUE)]) == ["2-mp/lesson settles mp-xnor"]


def test_settled_twice():
    once, again = stored("mp-xor", TRUE), stored("mp-xor", BOUND, lesson="2-mp/other")
    assert settled_twice([once, stored("mp-gates", TRUE)]) == []
    assert settled_twice([once, again]) == [
        "mp-xor is settled 2 times: 2-mp/lesson, 2-mp/other",
    ]
    assert len(settled_twice([once, once])) == 1, "twice in one lesson counts as well"


def test_mistold():
    fallen = stored("relu-depth", FALLEN, instead="It is not.")
    assert mistold([XOR, DEPTH], [stored("mp-xor", TRUE), fallen]) == []
    assert mistold([XOR, DEPTH], []) == [], "what is open is not mistold"
    assert len(mistold([DEPTH], [stored("relu-depth", TRUE)])) == 1
    assert len(mistold([XOR], [stored("mp-xor", FALLEN, instead="It is not.")])) == 1


def test_merge_keeps_the_order_of_the_claims():
    verdict = stored("relu-depth", TRUE)
    assert merge([XOR, DEPTH], [verdict]) == [Entry(XOR, None), Entry(DEPTH, verdict)]


def figure(name, png=b"png"):
    about = {"image": {"alt": f"{name}, seen."}, "figure": {"name": name, "caption": "It."}}
    stored = {"image/png": base64.b64encode(png).decode()}
    return {
        "cell_type": "code",
        "metadata": {"mystnb": about},
        "source": "ax = draw()",
        "outputs": [{"output_type": "display_data", "data": stored}],
    }


def test_the_picture_is_the_last_before_the_verdict_or_the_one_that_is_named(book):
    content = notebook(settle("relu-depth", FALLEN, instead="It is not."))
    content["cells"][1:1] = [figure("fig-a"), figure("fig-b", b"pixels")]
    content["cells"].append(figure("fig-c"))
    [found] = collect_verdicts(book({"4-relu/lesson": content}))
    assert Entry(DEPTH, found).picture == Picture("fig-b", "fig-b, seen.", "It.", b"pixels")
    named = Claim("relu-depth", 4, "…", True, "…", picture="fig-c")
    assert Entry(named, found).picture.name == "fig-c"
    assert without_picture([Entry(DEPTH, found), Entry(named, found), Entry(XOR, None)]) == []


def test_a_missing_picture_is_named(book):
    content = notebook(settle("relu-depth", FALLEN, instead="It is not."))
    [found] = collect_verdicts(book({"4-relu/lesson": content}))
    assert without_picture([Entry(DEPTH, found), Entry(DEPTH, None)]) == [
        "relu-depth: 4-relu/lesson has no figure before its verdict"
    ]
    named = Claim("relu-depth", 4, "…", True, "…", picture="fig-x")
    assert without_picture([Entry(named, found)]) == [
        "relu-depth: 4-relu/lesson has no figure fig-x"
    ]


def test_totals():
    holding, bounded = stored("mp-xor", TRUE), stored("mp-xor", BOUND)
    fallen = stored("relu-depth", FALLEN, instead="It is not.")
    assert totals([Entry(XOR, holding)]) == "1 of 1 claim settled: 1 holds."
    assert totals([Entry(XOR, None), Entry(DEPTH, None)]) == "0 of 2 claims settled; 2 open."
    entries = [Entry(XOR, item) for item in (holding, holding, bounded, None)]
    assert totals([*entries, Entry(DEPTH, fallen)]) == (
        "4 of 5 claims settled: 2 hold, 1 holds within a bound, 1 does not hold as stated; 1 open."
    )


def test_in_short_gives_what_decided():
    count = equal("count", measured=14, expected=14, tolerance=0)
    assert in_short(stored("mp-xor", TRUE)) == "it is so: true"
    assert in_short(stored("mp-xor", count, TRUE)) == "count = 14, as expected (and 1 more)"
    assert in_short(stored("mp-xor", BOUND, TRUE)) == "error = 0.1 ≤ 0.2 (and 1 more)"
    assert in_short(stored("mp-xor", TRUE, count, BOUND)) == (
        "it is so: true; error = 0.1 ≤ 0.2 (and 1 more)"
    )
    fallen = stored("relu-depth", BOUND, FALLEN, instead="It is not.")
    assert in_short(fallen) == "share: told 0.1, measured 0.5 (and 1 more)"
