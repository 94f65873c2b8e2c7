"""A bar on a terminal and nowhere else."""

import io
import sys

import numpy as np
import pytest

from companion._progress import progress
from companion.network import SGD, CrossEntropy, dense_network
from companion.training import train


class Terminal(io.StringIO):
    def isatty(self):
        return True


def short_run(**options):
    network = dense_network([2, 2], seed=0)
    inputs, labels = np.eye(2), np.array([0, 1])
    return train(network, inputs, labels, CrossEntropy(), SGD(), epochs=3, **options)


def test_nothing_is_printed_where_nobody_looks(capsys):
    short_run()
    assert capsys.readouterr() == ("", "")


def test_a_short_run_shows_nothing_on_a_terminal_either(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    short_run()
    assert screen.getvalue() == ""


@pytest.mark.parametrize("shown", [True, None])
def test_a_long_run_shows_a_bar(monkeypatch, shown):
    """Time is made to fly, so that the run takes long."""
    import tqdm.std

    clock = iter(range(0, 10_000, 3))
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(tqdm.std.tqdm, "_time", lambda self: next(clock), raising=False)
    monkeypatch.setattr(tqdm.std, "time", lambda: next(clock))
    with progress(4, shown) as advance:
        for _ in range(4):
            advance()
    assert "step" in screen.getvalue()


def test_without_tqdm_it_trains_all_the_same(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    assert len(short_run(progress=True)) == 4
