"""Attention against sums written out, and the things that it does not know."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.transformers import MultiHeadAttention, attention, attention_weights, causal_mask

RNG = np.random.default_rng(0)
Q, K, V = RNG.standard_normal((3, 5, 4))


def written_out(q, k, v, mask):
    out = np.zeros((len(q), v.shape[1]))
    for i in range(len(q)):
        seen = [j for j in range(len(k)) if mask[i, j]]
        e = np.array([np.exp(sum(q[i] * k[j]) / 2) for j in seen])  # √4 = 2
        out[i] = sum(e[n] / e.sum() * v[j] for n, j in enumerate(seen))
    return out


@pytest.mark.parametrize("mask", [causal_mask(5), np.ones((5, 5), bool), np.eye(5, dtype=bool)])
def test_attention_is_the_sum_written_out(mask):
    assert_allclose(attention(Q, K, V, mask), written_out(Q, K, V, mask), rtol=1e-12)


def test_weights_are_shares():
    weights = attention_weights(Q * 30, K, causal_mask(5))
    assert_allclose(weights.sum(axis=-1), 1)
    assert (weights >= 0).all()
    assert_array_equal(weights[~causal_mask(5)], 0)


def test_large_scores_do_no_harm():
    assert_allclose(attention_weights([[1e4]], [[1e4], [0.0]]), [[1, 0]])


def test_nobody_sees_ahead():
    look = MultiHeadAttention.random(8, 2, seed=0)
    x = RNG.standard_normal((6, 8))
    changed = x.copy()
    changed[4:] += 1
    assert_allclose(look(x, causal=True)[:4], look(changed, causal=True)[:4], rtol=1e-12)
    assert not np.allclose(look(x)[:4], look(changed)[:4])


def test_without_a_mask_it_does_not_know_the_order():
    look = MultiHeadAttention.random(8, 4, seed=0, biases=True)
    x, order = RNG.standard_normal((6, 8)), RNG.permutation(6)
    assert_allclose(look(x[order]), look(x)[order], rtol=1e-10, atol=1e-12)


def test_heads_work_on_their_own_rows():
    look = MultiHeadAttention.random(6, 2, seed=0)
    x = RNG.standard_normal((5, 6))
    first, second = look.weights(x)
    assert_allclose(first, attention_weights(x @ look.query[:3].T, x @ look.key[:3].T))
    assert_allclose(second, attention_weights(x @ look.query[3:].T, x @ look.key[3:].T))
    parts = [w @ x @ look.value[3 * h : 3 * h + 3].T for h, w in enumerate((first, second))]
    assert_allclose(look(x), np.hstack(parts) @ look.output.T)


def test_many_texts_at_once():
    look = MultiHeadAttention.random(6, 3, seed=0)
    x = RNG.standard_normal((2, 4, 5, 6))
    assert look.weights(x).shape == (2, 4, 3, 5, 5)
    assert_allclose(look(x, causal=True)[1, 2], look(x[1, 2], causal=True))


def test_weights_are_copied_and_counted():
    square = np.eye(4)
    look = MultiHeadAttention(square, square, square, square, heads=2)
    square[0, 0] = 9
    assert look.query[0, 0] == 1
    assert look.count() == 64
    assert MultiHeadAttention.random(4, 2, seed=0, biases=True).count() == 80


E4 = np.eye(4)
BAD = {
    "length": (lambda: causal_mask(0), ValueError, "length must be a whole number >= 1, got 0"),
    "text": (lambda: attention_weights([["a"]], [[1.0]]), TypeError, "queries must hold real"),
    "sizes": (lambda: attention_weights([[1.0, 2.0]], [[1.0]]), ValueError, "queries and keys"),
    "mask dtype": (lambda: attention(Q, K, V, np.ones((5, 5))), TypeError, "truth values"),
    "mask shape": (lambda: attention(Q, K, V, np.ones((4, 5), bool)), ValueError, "fit shape"),
    "blind": (lambda: attention(Q, K, V, np.zeros((5, 5), bool)), ValueError, "at least one key"),
    "values": (lambda: attention(Q, K, V[:3]), ValueError, "one row a key"),
    "heads": (lambda: MultiHeadAttention.random(6, 4, seed=0), ValueError, "divide the width, 6"),
    "no square": (
        lambda: MultiHeadAttention(E4, E4[:3], E4, E4, 2),
        ValueError,
        r"key must have shape \(4, 4\), got \(3, 4\)",
    ),
    "biases": (lambda: MultiHeadAttention(E4, E4, E4, E4, 2, [[0] * 4]), ValueError, "four"),
    "bias": (
        lambda: MultiHeadAttention(E4, E4, E4, E4, 2, [[0] * 4] * 3 + [[0]]),
        ValueError,
        "bias of output must have shape",
    ),
    "width": (
        lambda: MultiHeadAttention.random(4, 2, seed=0)(np.ones((3, 5))),
        ValueError,
        r"\(..., tokens, 4\), got \(3, 5\)",
    ),
}


@pytest.mark.parametrize(("call", "kind", "text"), BAD.values(), ids=BAD)
def test_errors_name_the_argument(call, kind, text):
    with pytest.raises(kind, match=text):
        call()
