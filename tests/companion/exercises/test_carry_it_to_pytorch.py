"""Answers may be tensors; here a stand-in is one, and with parity they are real."""

import numpy as np
import pytest

from companion.exercises import check


class Tensor:
    """As much of a tensor as a check gets to see."""

    def __init__(self, values):
        self.values = np.asarray(values)

    def detach(self):
        return self

    def cpu(self):
        return self

    def __array__(self, dtype=None, copy=None):
        return self.values


def record(picture, label):
    return Tensor(np.concatenate([[label], picture.transpose(2, 0, 1).ravel()]))


@pytest.mark.parametrize(
    ("id", "answers"),
    [
        ("write-a-record", (record,)),
        ("last-batch", (Tensor(391), Tensor(80))),
        ("grey-range", (Tensor(np.float32(0.2689)), Tensor(0.7311))),
        ("count-the-inputs", (Tensor([3072, 100]), [Tensor(100), Tensor(10)])),
    ],
)
def test_tensors_are_as_good_as_numbers(id, answers):
    assert check(id, *answers).passed


def test_a_record_of_bytes_is_as_good_as_one_of_numbers():
    assert check("write-a-record", lambda p, c: np.uint8([c, *p.transpose(2, 0, 1).ravel()])).passed
