"""Exercises of the lesson `look_inside_a_transformer_block`."""

import numpy as np

from companion.exercises._answers import Hint, array, function, integer
from companion.exercises._engine import exercise
from companion.transformers import attention, attention_weights, causal_mask, equal_hidden

# The block of "block-count", and the width of "gated-width" with the multiple it is rounded to.
_WIDTH, _HIDDEN = 768, 3072
_WIDE, _MULTIPLE = 5120, 256


@exercise("look-ahead")
def look_ahead(query):
    """Build the query map of a head that looks at the token after its own."""
    given = array(query, "your query map", shape=(6, 6))
    weights = attention_weights(np.eye(6) @ given.T, np.eye(6))
    looks = [weights[p].argmax() for p in range(5)]
    sure = min(weights[p, p + 1] for p in range(5))
    if sure >= 0.9:
        return (
            "Row j of the map says which token asks for position j: the one at j − 1. The last "
            "token finds nobody and spreads its look evenly. Under a causal mask this head "
            "would be blind."
        )
    if not given.any():
        raise Hint("With a map of zeros every score is 0, and each token looks evenly at all.")
    if looks == [p + 1 for p in range(5)]:
        raise Hint(
            f"The right direction, but a token gives only {sure:.2f} of its look to the next one. "
            "What makes softmax decide?"
        )
    if all(weights[p].argmax() == p - 1 for p in range(1, 6)):
        raise Hint("That one looks back, as in the lesson. Which diagonal looks ahead?")
    if looks == list(range(5)):
        raise Hint("Each token looks at itself. Move the ones off the main diagonal.")
    wrong = next(p for p in range(5) if looks[p] != p + 1)
    raise Hint(
        f"The token at position {wrong} looks most at position {looks[wrong]}. Its query is column "
        f"{wrong} of your map, and the key of position j is 1 at entry j alone."
    )


@exercise("masked-attention")
def masked_attention(answer):
    """Write attention with a causal mask."""
    given = function(answer, "your `look_back`", shape=(5, 3))
    rng = np.random.default_rng(0)
    q, k, v = rng.standard_normal((5, 4)), rng.standard_normal((5, 4)), rng.standard_normal((5, 3))
    mask = causal_mask(5)
    found = given(q, k, v)

    def same(wanted):
        return np.allclose(found, wanted, rtol=1e-6, atol=1e-9)

    root = np.sqrt(4)
    scores = q @ k.T / root
    slips = (
        (attention(q, k, v), "Everybody sees everything: no score is hidden. Where is the mask?"),
        (attention(q, k, v, mask.T), "The mask is turned round: your tokens see only what comes."),
        (attention(q * root, k, v, mask), "The scores are not divided by √d, d = 4 here."),
        (attention(q / root, k, v, mask), "You divide by d. It is its square root."),
        (
            attention(q, k, v, mask & ~np.eye(5, dtype=bool) | (np.arange(5) == 0)),
            "A token may look at itself, too: keep the main diagonal.",
        ),
        (
            attention_weights(q, k) * mask @ v,
            "Your rows do not sum to 1: you hide after softmax. Hide scores before it, with −∞.",
        ),
        (
            np.exp(np.where(mask, scores, 0))
            / np.exp(np.where(mask, scores, 0)).sum(1)[:, None]
            @ v,
            "A hidden score of 0 is not hidden: e⁰ is 1. Which score makes a weight of 0?",
        ),
        (
            np.exp(np.where(mask, scores, -np.inf))
            / np.exp(np.where(mask, scores, -np.inf)).sum(0)
            @ v,
            "Softmax runs down your columns. Each row, one who looks, has to sum to 1.",
        ),
    )
    if not same(attention(q, k, v, mask)):
        for slip, what in slips:
            if same(slip):
                raise Hint(what)
        row = int(np.abs(found - attention(q, k, v, mask)).max(axis=1).argmax())
        raise Hint(
            f"Row {row} is off most. It should be the mean of the values 0 to {row}, weighted by "
            "the softmax of its scores."
        )
    large = function(answer, "your `look_back`", shape=(2, 3))
    far = large(np.full((2, 4), 40.0), np.full((2, 4), 40.0), v[:2])
    if not np.allclose(far, [v[0], v[:2].mean(axis=0)]):
        raise Hint("Right for small scores. With scores of thousands something overflows.")
    return "The first token can only look at itself, and the last at all: one matrix does it all."


@exercise("block-count")
def block_count(weights):
    """Count the weights of a plain block."""
    given = integer(weights, "your number of weights", low=0)
    attention_part, plain = 4 * _WIDTH**2, 2 * _WIDTH * _HIDDEN
    if given == attention_part + plain:
        return (
            "Four squares for the attention and eight for the feed-forward part, twelve widths "
            "squared in all. Twelve such blocks make most of BERT's smaller model."
        )
    hints = {
        attention_part: "That is the attention alone. What about the feed-forward part?",
        plain: "Eight squares of the width, and there are twelve. Did you leave out the attention? "
        "Or one matrix of the feed-forward part, which goes there and back?",
        3 * _WIDTH**2 + plain: "Query, key and value are three maps. There is a fourth.",
        attention_part + 3 * _WIDTH * _HIDDEN: "Three matrices are what a gated part has.",
        48 * _WIDTH**2 + plain: "The heads share the width: more heads do not make more weights.",
    }
    raise Hint(
        hints.get(
            given,
            "Count matrices: four of width × width, and two of width × hidden. How many entries "
            "have they?",
        )
    )


@exercise("gated-width")
def gated_width(hidden):
    """Give the hidden size of a gated part that costs as much as a plain one."""
    given = integer(hidden, "your hidden size", low=1)
    right = equal_hidden(4 * _WIDE, _MULTIPLE)
    if given == right:
        return (
            "4 · 5120 = 20 480, two thirds of it is 13 653, and the next multiple of 256 is "
            "13 824 = 54 · 256. The code of LLaMA takes the same steps."
        )
    exact = equal_hidden(4 * _WIDE)
    hints = {
        4 * _WIDE: "That is the plain part's. Three matrices of this size cost half as much again.",
        exact: "Two thirds it is. Now round it up to a multiple of 256.",
        exact + 1: "Two thirds it is. Now round it up to a multiple of 256.",
        exact // _MULTIPLE * _MULTIPLE: "You rounded down. The code that you imitate rounds up.",
        equal_hidden(_WIDE, _MULTIPLE): "You took two thirds of the width, not of four widths.",
        2 * _WIDE: "Half is not enough of a share: three matrices against two make two thirds.",
    }
    raise Hint(
        hints.get(
            given,
            "A plain part has 2 · width · 4 width weights. For which hidden size have three "
            "matrices as many? Then round up to a multiple of 256.",
        )
    )
