"""The table of published models is whole, and its quotations say what it says."""

import re
from pathlib import Path

import pytest

from companion.transformers import published_models

MODELS = published_models()
LESSON = (
    Path(__file__).parents[3] / "book/5-gated-activations/look-inside-a-transformer-block.ipynb"
)
# What a quotation must contain, and must not, to stand for an activation.
SAYS = {
    "relu": (r"relu", r"gelu\b.*\*|silu"),
    "gelu": (r"gelu", r"linear|\*|relu\b"),
    "geglu": (r"geglu|gelu.*(linear|\*)", r"silu"),
    "swiglu": (r"swiglu|silu\(.*\) \*|sigmoid\(alpha \* x_glu\)", r"gelu\b"),
}


def test_it_is_in_order_and_without_repeats():
    assert [m.year for m in MODELS] == sorted(m.year for m in MODELS)
    assert len({m.name for m in MODELS}) == len(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_the_quotation_says_so(model):
    there, not_there = SAYS[model.activation]
    assert re.search(there, model.quote, re.IGNORECASE)
    assert not re.search(not_there, model.quote, re.IGNORECASE)
    assert model.gated == (model.activation in ("geglu", "swiglu"))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_the_source_names_the_state_that_was_read(model):
    assert re.fullmatch(
        r"https://github\.com/[\w.-]+/[\w.-]+/blob/[0-9a-f]{10}/[\w./-]+(#L\d+(-L\d+)?)?",
        model.source,
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_the_lesson_links_the_source(model):
    assert f"({model.source})" in LESSON.read_text("utf-8")
