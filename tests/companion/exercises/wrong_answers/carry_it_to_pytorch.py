"""Wrong answers to the exercises on PyTorch, and the hint that each has to meet."""

import numpy as np


def _joined(label, pixels):
    return np.concatenate([[label], np.ravel(pixels)])


WRONG = {
    "write-a-record": [
        (lambda picture, label: _joined(label, picture), "colours are mixed"),
        (lambda picture, label: np.append(picture.transpose(2, 0, 1), label), "before or after"),
        (lambda picture, label: _joined(label, picture.T), "on their sides"),
        (
            lambda picture, label: _joined(label, picture.transpose(2, 0, 1)[::-1]),
            "the other way",
        ),
        (lambda picture, label: _joined(label, picture.transpose(2, 0, 1) / 255), "Do not divide"),
        (lambda picture, label: _joined(0, picture.transpose(2, 0, 1)), "should be the label, 6"),
        (
            lambda picture, label: _joined(label, picture.transpose(2, 0, 1)[:, ::-1]),
            "Number 1 of your record",
        ),
        (lambda picture, label: picture.ravel(), "(3073,)"),
        (lambda picture: picture, "2 arguments"),
        (np.zeros(3073), "a function"),
    ],
    "last-batch": [
        ((391, 128), "full only if"),
        ((390, 80), "a batch of its own"),
        ((391, 48), "lacks"),
        ((391, 16), "full ones leave over"),
        ((157, 80), "in all"),
        ((157, 16), "divmod"),
        ((390.625, 80), "whole"),
    ],
    "grey-range": [
        ((0.7311, 0.2689), "black comes first"),
        ((0.5, 0.7311), "Now black is −1"),
        ((-0.7616, 0.7616), "tanh"),
        ((0.3, 0.7311), "White is right"),
        ((0.2689, 0.9), "Black is right"),
        ((-1, 1), "from 0 to 1"),
        ((0.0, 1.0), "Put both into"),
    ],
    "count-the-inputs": [
        (((196608, 100), (100, 10)), "what 64 pictures have"),
        (((3072, 64), (64, 10)), "size of the batch"),
        (((1024, 100), (100, 10)), "three colours"),
        (((100, 3072), (10, 100)), "input first"),
        (((3072, 10), (100, 10)), "makes 100"),
        (((3072, 100), (3072, 10)), "what the first hands on"),
        (((3072, 100), (100, 100)), "ten answers"),
        ((3072, 100), "2 numbers"),
        (((3072.5, 100), (100, 10)), "whole"),
    ],
}
