"""Wrong answers to the exercises on a transformer's block, and the hint that each has to meet."""

import numpy as np


def _scores(q, k):
    return q @ k.T / np.sqrt(q.shape[1])


def _softmax(scores, axis=1):
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def _hidden(scores, fill=-np.inf):
    return np.where(np.tri(len(scores), dtype=bool), scores, fill)


def _naive(q, k, v):
    e = np.where(np.tri(len(q), dtype=bool), np.exp(np.minimum(_scores(q, k), 700)), 0)
    return e / e.sum(axis=1, keepdims=True).clip(None, 1e300) @ v


def _down_the_columns(q, k, v):
    e = np.exp(_hidden(_scores(q, k)))
    return e / e.sum(axis=0) @ v


WRONG = {
    "look-ahead": [
        (np.zeros((6, 6)), "evenly"),
        (np.eye(6, k=-1), "softmax decide"),
        (20 * np.eye(6, k=1), "looks back"),
        (20 * np.eye(6), "at itself"),
        (20 * np.eye(6, k=-2), "position 0 looks most at position 2"),
        (np.eye(5), "shape"),
    ],
    "masked-attention": [
        (lambda q, k, v: _softmax(_scores(q, k)) @ v, "no score is hidden"),
        (lambda q, k, v: _softmax(_hidden(q @ k.T)) @ v, "not divided"),
        (lambda q, k, v: _softmax(_hidden(q @ k.T / 4)) @ v, "square root"),
        (lambda q, k, v: _softmax(_scores(q, k)) * np.tri(len(q)) @ v, "after softmax"),
        (lambda q, k, v: _softmax(_hidden(_scores(q, k), 0.0)) @ v, "not hidden"),
        (
            lambda q, k, v: (
                _softmax(
                    np.triu(np.ones((len(q), len(q)))) * 0
                    + np.where(np.tri(len(q), k=-1) > 0, -np.inf, _scores(q, k))
                )
                @ v
            ),
            "turned round",
        ),
        (_down_the_columns, "columns"),
        (_naive, "overflows"),
        (lambda q, k, v: 2 * v, "off most"),
        (lambda q, k, v: _scores(q, k), "shape"),
        (lambda q, k: q, "3 arguments"),
    ],
    "block-count": [
        (4 * 768**2, "attention alone"),
        (2 * 768 * 3072, "there and back"),
        (3 * 768**2 + 2 * 768 * 3072, "a fourth"),
        (4 * 768**2 + 3 * 768 * 3072, "gated"),
        (12, "Count matrices"),
        (7e6 + 0.5, "whole"),
    ],
    "gated-width": [
        (20480, "half as much again"),
        (13653, "round it up"),
        (13568, "rounded down"),
        (3584, "four widths"),
        (10240, "Half"),
        (100, "three matrices"),
        ("13824", "number"),
    ],
}
