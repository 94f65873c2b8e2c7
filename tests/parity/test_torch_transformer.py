"""The companion's transformer block against PyTorch's."""

import numpy as np
import pytest

from companion.transformers import (
    Block,
    FeedForward,
    GatedFeedForward,
    LayerNorm,
    MultiHeadAttention,
    RMSNorm,
    attention,
    causal_mask,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed")
nn, functional = torch.nn, torch.nn.functional

RNG = np.random.default_rng(0)
WIDTH, HEADS, HIDDEN = 12, 3, 20
TEXTS = RNG.standard_normal((4, 7, WIDTH))
CLOSE = {"rtol": 1e-11, "atol": 1e-12}


def theirs(layer, x, causal=False):
    """Return what PyTorch's layer makes of it; its mask is True where one may not look."""
    hidden = torch.from_numpy(~causal_mask(x.shape[-2])) if causal else None
    with torch.no_grad():
        return layer(torch.from_numpy(x), src_mask=hidden).numpy()


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("lengths", [(5, 5), (5, 8)])
def test_attention(masked, lengths):
    n, m = lengths
    q = RNG.standard_normal((2, 3, n, 4)) * 5
    k, v = RNG.standard_normal((2, 2, 3, m, 4)) * 5
    mask = np.tri(n, m, dtype=bool) if masked else None
    wanted = functional.scaled_dot_product_attention(
        *map(torch.from_numpy, (q, k, v)), attn_mask=None if mask is None else torch.tensor(mask)
    )
    np.testing.assert_allclose(attention(q, k, v, mask), wanted.numpy(), **CLOSE)


def test_causal_attention_is_the_one_that_is_meant_by_their_switch():
    q, k, v = RNG.standard_normal((3, 6, 4))
    wanted = functional.scaled_dot_product_attention(
        *map(torch.from_numpy, (q, k, v)), is_causal=True
    )
    np.testing.assert_allclose(attention(q, k, v, causal_mask(6)), wanted.numpy(), **CLOSE)


@pytest.mark.parametrize("causal", [False, True])
def test_multi_head_attention_and_its_weights(causal):
    ours = MultiHeadAttention.random(WIDTH, HEADS, seed=1, biases=True)
    layer = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.tensor(np.vstack([ours.query, ours.key, ours.value])))
        layer.in_proj_bias.copy_(torch.tensor(np.concatenate(ours.biases[:3])))
        layer.out_proj.weight.copy_(torch.tensor(ours.output))
        layer.out_proj.bias.copy_(torch.tensor(ours.biases[3]))
        x = torch.from_numpy(TEXTS)
        mask = torch.from_numpy(~causal_mask(7)) if causal else None
        outputs, weights = layer(x, x, x, attn_mask=mask, average_attn_weights=False)
    np.testing.assert_allclose(ours(TEXTS, causal), outputs.numpy(), **CLOSE)
    np.testing.assert_allclose(ours.weights(TEXTS, causal), weights.numpy(), **CLOSE)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("activation", ["relu", "gelu"])
@pytest.mark.parametrize("norm_first", [False, True])
def test_a_block(activation, norm_first, causal):
    ours = Block.random(WIDTH, HEADS, HIDDEN, activation, seed=2, classic=True)
    norms = [LayerNorm(*RNG.standard_normal((2, WIDTH)), epsilon=1e-3) for _ in range(2)]
    ours = Block(ours.attention, ours.feed_forward, tuple(norms), norm_first)
    found = ours(TEXTS, causal)
    np.testing.assert_allclose(found, theirs(ours.to_torch(), TEXTS, causal), **CLOSE)


def test_a_block_without_biases():
    part = FeedForward.random(WIDTH, HIDDEN, "gelu", seed=3)
    norms = LayerNorm(np.ones(WIDTH)), LayerNorm(np.ones(WIDTH))
    ours = Block(MultiHeadAttention.random(WIDTH, HEADS, seed=4), part, norms)
    np.testing.assert_allclose(ours(TEXTS), theirs(ours.to_torch(), TEXTS), **CLOSE)


def test_blocks_that_their_layer_does_not_have_are_refused():
    with pytest.raises(ValueError, match="this block is another"):
        Block.random(WIDTH, HEADS, HIDDEN, "swiglu", seed=0).to_torch()
    some = Block.random(WIDTH, HEADS, HIDDEN, "relu", seed=0, classic=True)
    some.attention = MultiHeadAttention.random(WIDTH, HEADS, seed=0)
    with pytest.raises(ValueError, match="all biases or none"):
        some.to_torch()


def test_rms_norm():
    scale = RNG.standard_normal(WIDTH)
    wanted = functional.rms_norm(
        torch.from_numpy(TEXTS), (WIDTH,), torch.from_numpy(scale), eps=1e-4
    )
    np.testing.assert_allclose(RMSNorm(scale, 1e-4)(TEXTS), wanted.numpy(), **CLOSE)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("swiglu", functional.silu),
        ("geglu", functional.gelu),
        ("reglu", functional.relu),
        ("glu", torch.sigmoid),
    ],
)
def test_a_gated_part_is_what_llama_writes(name, function):
    """LLaMA's line is w2(silu(w1(x)) * w3(x)): w1 is the gate."""
    ours = GatedFeedForward.random(WIDTH, HIDDEN, name, seed=5)
    w1, w3, w2 = map(torch.tensor, (ours.gate, ours.value, ours.out))
    x = torch.from_numpy(TEXTS)
    wanted = functional.linear(function(functional.linear(x, w1)) * functional.linear(x, w3), w2)
    np.testing.assert_allclose(ours(TEXTS), wanted.numpy(), **CLOSE)
