"""What all tests share: figures that open no window and do not pile up, and an honest summary."""

import sys
from collections import Counter

import pytest

# What a skipped test says in its reason; with CI=true it fails instead.
MISSING = ("no Chromium on this machine", "no Java on this machine")


@pytest.fixture(autouse=True)
def _figures_stay_offscreen():
    """Close what a test drew: with 20 figures open Matplotlib warns, and that is an error."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def pytest_configure(config):
    """Draw without a display in the test process only.

    The variable MPLBACKEND would reach the kernels of the lessons too, and take their figures away.
    """
    import matplotlib as mpl

    mpl.use("Agg")


def pytest_terminal_summary(terminalreporter):
    """Say plainly what was left out, why, and which command brings it back."""
    for missing in MISSING:
        left_out = Counter(
            report.nodeid.partition("[")[0]
            for report in terminalreporter.stats.get("skipped", [])
            if missing in str(report.longrepr)
        )
        if left_out:
            say = terminalreporter.line
            terminalreporter.section("LEFT OUT")
            say(f"{left_out.total()} tests of the built book, because there is {missing}:")
            for test, count in left_out.items():
                say(f"  {test} ({count})")
            say("Install it with `make browser`, then test again.")
