"""Norms, the feed-forward part and the block, against what they are made of."""

import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.activations import gelu, logistic, relu, swish
from companion.transformers import (
    Block,
    FeedForward,
    GatedFeedForward,
    LayerNorm,
    MultiHeadAttention,
    RMSNorm,
    equal_hidden,
)

RNG = np.random.default_rng(0)
X = RNG.standard_normal((5, 6)) * 3 + 1
ONES = np.ones(6)


def test_layer_norm_gives_mean_0_and_variance_1():
    normal = LayerNorm(ONES, epsilon=0)(X)
    assert_allclose(normal.mean(axis=-1), 0, atol=1e-14)
    assert_allclose(normal.var(axis=-1), 1)
    scaled = LayerNorm(2 * ONES, ONES, epsilon=0)(X)
    assert_allclose(scaled, 2 * normal + 1)


def test_rms_norm_keeps_the_direction():
    normal = RMSNorm(ONES, epsilon=0)(X)
    assert_allclose((normal**2).mean(axis=-1), 1)
    ratio = normal / X
    assert_allclose(ratio, np.broadcast_to(ratio[:, :1], ratio.shape))


def test_the_norms_agree_where_the_mean_is_0():
    centred = X - X.mean(axis=-1, keepdims=True)
    assert_allclose(LayerNorm(ONES)(centred), RMSNorm(ONES)(centred))


def test_a_token_of_equal_entries_does_no_harm():
    assert_array_equal(LayerNorm(ONES)(ONES), 0 * ONES)
    assert_array_equal(RMSNorm(ONES)(0 * ONES), 0 * ONES)


@pytest.mark.parametrize(("name", "f"), [("relu", relu), ("gelu", gelu)])
def test_a_plain_part_is_two_layers(name, f):
    part = FeedForward.random(6, 8, name, seed=1, biases=True)
    hidden = f(X @ part.into.T + part.biases[0])
    assert_allclose(part.units(X), hidden)
    assert_allclose(part(X), hidden @ part.out.T + part.biases[1])
    assert part.count() == 2 * 48 + 8 + 6


@pytest.mark.parametrize(
    ("name", "f"), [("swiglu", swish), ("geglu", gelu), ("reglu", relu), ("glu", logistic)]
)
def test_a_gated_part_multiplies_two_roads(name, f):
    part = GatedFeedForward.random(6, 8, name, seed=1)
    gates, values = part.roads(X)
    assert_allclose(gates, f(X @ part.gate.T))
    assert_allclose(values, X @ part.value.T)
    assert_allclose(part.units(X), gates * values, rtol=1e-12)
    assert_allclose(part(X), (gates * values) @ part.out.T, rtol=1e-12)
    assert part.count() == 3 * 48


def test_every_token_is_by_itself():
    part = GatedFeedForward.random(6, 8, "swiglu", seed=1)
    assert_allclose(part(X)[2], part(X[2:3])[0])


@pytest.mark.parametrize("hidden", [3, 12, 3072, 16384])
def test_two_thirds_make_equal_counts_but_for_the_rounding(hidden):
    gated, plain = 3 * equal_hidden(hidden), 2 * hidden
    assert plain - 3 < gated <= plain


def test_equal_hidden_rounds_up_to_a_multiple():
    assert equal_hidden(4 * 4096, 256) == 11008
    assert equal_hidden(1) == 1


def test_a_block_with_norms_first():
    block = Block.random(6, 2, 8, "swiglu", seed=2)
    first, second = block.norms
    between = X + block.attention(first(X), causal=True)
    assert_allclose(block(X, causal=True), between + block.feed_forward(second(between)))
    assert isinstance(first, RMSNorm)


def test_a_classic_block_ends_in_a_norm():
    block = Block.random(6, 2, 8, "relu", seed=2, classic=True)
    first, second = block.norms
    between = first(X + block.attention(X))
    assert_allclose(block(X), second(between + block.feed_forward(between)))
    assert_allclose(block(X).mean(axis=-1), 0, atol=1e-13)


@pytest.mark.parametrize(
    ("activation", "classic", "hidden"), [("gelu", True, 24), ("swiglu", False, 16)]
)
def test_counts_and_products(activation, classic, hidden):
    block = Block.random(6, 2, hidden, activation, seed=0, classic=classic)
    counts = block.count()
    weights = 8 * 6**2  # four widths' worth of hidden units, or the same in three matrices
    assert counts["feed-forward"] == weights + (30 if classic else 0)
    assert counts["attention"] == 4 * 36 + (24 if classic else 0)
    assert counts["norms"] == (24 if classic else 12)
    work = block.products(length=5)
    assert work == {"maps": 5 * 144, "looking": 2 * 25 * 6, "feed-forward": 5 * weights}


def test_single_precision_stays():
    x = X.astype(np.float32)
    assert RMSNorm(ONES.astype(np.float32))(x).dtype == np.float32
    part = FeedForward(np.eye(6, dtype=np.float32), np.eye(6, dtype=np.float32), "gelu")
    assert part(x).dtype == np.float32


def test_the_same_seed_gives_the_same_block():
    a, b = (Block.random(6, 2, 8, "geglu", seed=7) for _ in range(2))
    assert_array_equal(a(X), b(X))


def test_without_pytorch_there_is_a_clear_word(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ImportError, match="needs PyTorch, which is not installed"):
        Block.random(6, 2, 8, "relu", seed=0, classic=True).to_torch()


LOOK = MultiHeadAttention.random(6, 2, seed=0)
PART = FeedForward.random(6, 8, "relu", seed=0)
NORMS = RMSNorm(ONES), RMSNorm(ONES)
BAD = {
    "scale": (lambda: RMSNorm(1.0), ValueError, r"scale must have shape \(width,\)"),
    "epsilon": (lambda: RMSNorm(ONES, -1), ValueError, "epsilon must be"),
    "shift": (lambda: LayerNorm(ONES, [0.0]), ValueError, r"shift must have shape \(6,\)"),
    "norm's width": (lambda: LayerNorm(ONES)(np.ones((2, 5))), ValueError, r"\(..., 6\)"),
    "out": (lambda: FeedForward(np.ones((3, 2)), np.ones((3, 2))), ValueError, "out must have"),
    "bias": (
        lambda: FeedForward([[1.0]], [[1.0]], biases=([0.0, 0.0], [0.0])),
        ValueError,
        r"biases\[0\]",
    ),
    "unknown": (lambda: FeedForward.random(6, 8, "rellu", 0), ValueError, "Try relu"),
    "no gate": (
        lambda: GatedFeedForward.random(6, 8, "swish", 0),
        ValueError,
        "one of glu, reglu, geglu, swiglu; got 'swish'",
    ),
    "text": (lambda: GatedFeedForward([["a"]], [[1.0]], [[1.0]]), TypeError, "gate must hold"),
    "one row": (lambda: PART(np.ones(6)), ValueError, r"x must have shape \(..., tokens, 6\)"),
    "hidden": (lambda: equal_hidden(1.5), TypeError, "hidden must be a whole number"),
    "classic gate": (
        lambda: Block.random(6, 2, 8, "swiglu", 0, classic=True),
        ValueError,
        "plain in a classic block",
    ),
    "widths": (
        lambda: Block(LOOK, FeedForward.random(5, 8, "relu", 0), NORMS),
        ValueError,
        "the same width, got 6, 5, 6, 6",
    ),
    "norms": (lambda: Block(LOOK, PART, NORMS[:1]), ValueError, "norms must be two, got 1"),
}


@pytest.mark.parametrize(("call", "kind", "text"), BAD.values(), ids=BAD)
def test_errors_name_the_argument(call, kind, text):
    with pytest.raises(kind, match=text):
        call()
