"""Evidence passes exactly where its comparison does, and says what was compared."""

import math

import numpy as np
import pytest

from companion.claims import at_least, at_most, equal, holds, refuted

ABOVE, BELOW = math.nextafter(1, 2), math.nextafter(1, 0)


@pytest.mark.parametrize(
    ("evidence", "passed"),
    [
        (at_most("e", measured=1.0, bound=1.0), True),
        (at_most("e", measured=ABOVE, bound=1.0), False),
        (at_most("e", measured=-5, bound=0), True),
        (at_least("e", measured=1.0, bound=1.0), True),
        (at_least("e", measured=BELOW, bound=1.0), False),
        (equal("e", measured=2, expected=2, tolerance=0), True),
        (equal("e", measured=ABOVE, expected=1.0, tolerance=0), False),
        (equal("e", measured=1.25, expected=1.0, tolerance=0.25), True),
        (equal("e", measured=0.75, expected=1.0, tolerance=0.25), True),
        (equal("e", measured=0.74, expected=1.0, tolerance=0.25), False),
        (equal("e", measured=10**20 + 1, expected=10**20, tolerance=0), False),
        (holds("e", True), True),
        (holds("e", np.False_), False),
        (refuted("e", told=0.0, measured=0.5, apart=0.5), True),
        (refuted("e", told=0.5, measured=0.0, apart=0.5), True),
        (refuted("e", told=0.0, measured=0.4, apart=0.5), False),
        (refuted("e", told=True, measured=np.False_), True),
        (refuted("e", told=True, measured=True), False),
    ],
)
def test_comparison(evidence, passed):
    assert evidence.passed is passed


NUMBERS = {
    at_most: ["measured", "bound"],
    at_least: ["measured", "bound"],
    equal: ["measured", "expected", "tolerance"],
    refuted: ["told", "measured", "apart"],
}


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1j, "1", None, np.ones(2)])
@pytest.mark.parametrize(
    ("make", "argument"), [(make, name) for make, names in NUMBERS.items() for name in names]
)
def test_no_number_no_evidence(make, argument, bad):
    numbers = dict.fromkeys(NUMBERS[make], 1.0) | {argument: bad}
    with pytest.raises((TypeError, ValueError), match=argument):
        make("error", **numbers)


@pytest.mark.parametrize("bad", [1, 0, None, "yes", np.array([True]), np.array(True), 1.0])
def test_a_condition_is_one_bool(bad):
    with pytest.raises(TypeError, match="condition must be one bool"):
        holds("it grows", bad)


@pytest.mark.parametrize("bad", ["", "  ", "two\nlines", None, 3])
@pytest.mark.parametrize("argument", ["what", "where"])
def test_texts_are_one_line(argument, bad):
    if argument == "where" and bad is None:
        return
    texts = {"what": "error", "where": "x = 1"} | {argument: bad}
    with pytest.raises((TypeError, ValueError), match=f"{argument} must be"):
        at_most(texts["what"], measured=1, bound=2, where=texts["where"])


def test_a_tolerance_is_not_negative():
    with pytest.raises(ValueError, match="tolerance must be at least 0"):
        equal("error", measured=1, expected=1, tolerance=-1e-9)


@pytest.mark.parametrize("apart", [0, -1])
def test_apart_is_positive(apart):
    """With 0 apart, every popular version would fall, the right one too."""
    with pytest.raises(ValueError, match="apart must be greater than 0"):
        refuted("share", told=1.0, measured=1.0, apart=apart)


def test_apart_is_for_numbers():
    with pytest.raises(TypeError, match="apart is for numbers"):
        refuted("it is linear", told=True, measured=False, apart=1)
    with pytest.raises(TypeError, match="measured must be one bool"):
        refuted("it is linear", told=True, measured=0)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (at_most("error", measured=3e-16, bound=0.1), "error < 1e-12 ≤ 0.1"),
        (at_most("error", measured=0.0, bound=1e-12), "error ≤ 1e-12"),
        (at_most("faults", measured=0, bound=0), "faults = 0 ≤ 0"),
        (at_least("slope", measured=8.53e-17, bound=8e-17), "slope = 8.53e-17 ≥ 8e-17"),
        (at_least("margin", measured=1e-17, bound=0), "margin ≥ 0"),
        (
            equal("gap", measured=2e-16, expected=0, tolerance=1e-15),
            "gap = 0, as expected to within 1e-15",
        ),
        (
            equal("slope", measured=8.53304e-17, expected=8.533e-17, tolerance=1e-20),
            "slope = 8.533e-17, as expected to within 1e-20",
        ),
        (
            equal("mean", measured=1e-15, expected=0.001, tolerance=0.01),
            "mean = 0 to within 1e-12, expected 0.001 to within 0.01",
        ),
        (
            equal("mean", measured=0.5032, expected=0.5, tolerance=0.01, where="depth 8"),
            "mean = 0.5032, expected 0.5 to within 0.01, at depth 8",
        ),
        (
            refuted("gradient", told=0.25, measured=1e-18, apart=0.1),
            "gradient: told 0.25, measured 0 to within 1e-12",
        ),
        (
            refuted("slope", told=0.0, measured=8.533e-17, apart=8e-17),
            "slope: told 0, measured 8.533e-17",
        ),
    ],
)
def test_noise_does_not_show(evidence, text):
    """What rounding left over differs between machines, unless the bound says it is meant."""
    assert evidence.passed
    assert evidence.text == text


@pytest.mark.parametrize("noise", [0.0, 1e-16, -3e-17, 5e-13])
@pytest.mark.parametrize(
    "make",
    [
        lambda x: at_most("e", measured=x, bound=1e-12),
        lambda x: at_most("e", measured=x, bound=0.1),
        lambda x: at_least("e", measured=x, bound=-1),
        lambda x: equal("e", measured=x, expected=0, tolerance=1e-12),
        lambda x: equal("e", measured=x, expected=0.01, tolerance=0.1),
        lambda x: refuted("e", told=1, measured=x, apart=0.5),
    ],
)
def test_noise_is_shown_alike(make, noise):
    assert make(noise).text == make(2e-16).text


def test_failure_gives_the_numbers_in_full():
    failure = at_most("error", measured=0.11920292202211755, bound=0.1192, where="x = 2").failure
    assert failure == "error: measured 0.11920292202211755 is above the bound 0.1192, at x = 2"
