"""Whatever a reader answers, the helpers take it or turn it into a sentence."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.exercises import Hint
from companion.exercises._answers import (
    array,
    boolean,
    choice,
    function,
    integer,
    largest_difference,
    number,
    numbers,
    truth_table,
)


def hint(call, *arguments, **options):
    with pytest.raises(Hint) as caught:
        call(*arguments, **options)
    return str(caught.value)


@pytest.mark.parametrize("x", [2, 2.0, np.int32(2), np.float16(2), np.array(2), Fraction(2)])
def test_number(x):
    value = number(x)
    assert value == 2
    assert type(value) is float


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        ("0.25", "leave out the quotes"),
        ("a quarter", "not the text `'a quarter'`."),
        (None, "return something?"),
        (True, "not `True`"),
        (np.True_, "not `True`"),
        (1j, "not a complex number"),
        (np.array(1j), "not a complex number"),
        ([1.0], "not a list of 1"),
        (np.ones(3), "not an array of shape (3,)"),
        (np.ones(1), "not an array of shape (1,)"),
        ({}, "not a dict"),
        (abs, "call it first"),
        (math.nan, "0/0"),
        (math.inf, "infinite"),
        (10**400, "infinite"),
        (object(), "not an object"),
    ],
)
def test_no_number(answer, fragment):
    said = hint(number, answer, "your slope")
    assert fragment in said
    assert said.startswith("Your slope")


def test_number_in_range():
    assert number(0, low=0, high=1) == 0
    assert "cannot be below 0, and yours is -0.5" in hint(number, -0.5, low=0)
    assert "cannot be above 1, and yours is 1.5" in hint(number, 1.5, high=1)


def test_integer():
    assert integer(np.int64(3)) == integer(3.0) == 3
    assert type(integer(3.0)) is int
    assert "whole number, and yours is 2.5" in hint(integer, 2.5)
    assert "leave out the quotes" in hint(integer, "3")


def test_boolean():
    assert boolean(np.False_) is False
    assert "not the number 1" in hint(boolean, 1)
    assert "not the text" in hint(boolean, "True")


def test_choice():
    assert choice(" TanH", ["relu", "tanh"]) == "tanh"
    assert hint(choice, "elu", ["relu", "tanh"], "your pick") == (
        'Your pick should be one of `"relu"`, `"tanh"`, not the text `\'elu\'`.'
    )
    assert "not the number 3" in hint(choice, 3, ["relu"])


@pytest.mark.parametrize("answer", [[[1, 2, 3]], ((1, 2, 3),), np.array([[1, 2, 3]], np.int8)])
def test_array(answer):
    values = array(answer, shape=(None, 3))
    assert values.dtype == np.float64
    assert values.tolist() == [[1, 2, 3]]


def test_array_is_a_copy():
    given_one = np.ones(2)
    array(given_one)[0] = 5
    assert given_one[0] == 1


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        ([1, 2], "should have shape (3,), and yours has (2,)"),
        (np.ones((3, 1)), "should have shape (3,), and yours has (3, 1)"),
        (3, "and yours has ()"),
        ([1, [2], 3], "differ in length"),
        (["a", "b", "c"], "holds text"),
        ("abc", "not the text"),
        ([1j, 2, 3], "complex"),
        ([True, False, True], "True and False"),
        ([1, None, 2], "not numbers"),
        ([1, math.nan, 2], "NaN"),
        ([1, math.inf, 2], "infinite"),
        (None, "return something?"),
        (abs, "a function"),
        ({1, 2, 3}, "not a set"),
        ([10**400, 1, 2], "not numbers"),
        ([[1, 2], 3, 4], "differ"),
    ],
)
def test_no_array(answer, fragment):
    assert fragment in hint(array, answer, "your weights", shape=(3,))


def test_numbers():
    assert numbers(np.array([1, 2]), 2) == (1.0, 2.0)
    assert "2 numbers, and you gave one" in hint(numbers, 1, 2)
    assert "a list of 2 numbers" in hint(numbers, [1, 2, 3], 2)
    assert "a list of 2 numbers" in hint(numbers, [[1, 2]], 2)


def test_truth_table():
    assert truth_table([0, True, 1, False], 2) == (0, 1, 1, 0)
    assert truth_table(np.array([True, False]), 1) == (1, 0)
    assert truth_table(lambda a: not a, 1) == (1, 0)
    assert "gives 0.5 for 0, 1" in hint(truth_table, [0, 0.5, 1, 1], 2)
    assert "gives 2 for 1, 1" in hint(truth_table, lambda a, b: a + b, 2)
    assert "4 numbers" in hint(truth_table, [0, 1], 2)
    assert "should take 2 arguments" in hint(truth_table, lambda a: a, 2)


X = np.array([-1.0, 0.0, 2.0])


def test_function():
    double = function(lambda x: 2 * x)
    assert double(X).tolist() == [-2, 0, 4]
    assert double(1.5) == 3
    assert double(X.astype(np.float32)).dtype == np.float32
    assert function(lambda x: x > 0)(X).dtype == np.float64
    assert function(lambda x: np.asarray(x).sum(), shape=())(X) == 1
    assert function(np.abs)(X).tolist() == [1, 0, 2]


def raising(x):
    raise KeyError("w")


def chatting(x):
    raise ValueError("a\n  b")


def leaving(x):
    raise SystemExit


def changing(x):
    x *= 2
    return x


def falling(x):
    return falling(x)


def forgetting(x):
    y = 2 * x  # noqa: F841


def drifting(w, x):
    w.append(x)
    return x


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (3, "should be a function, not the number 3"),
        ("relu", "without calling it"),
        (raising, "raises KeyError: 'w' (called with the array [-1.0, 0.0, 2.0])"),
        (chatting, "raises ValueError: a b (called"),
        (leaving, "raises SystemExit (called"),
        (falling, "raises RecursionError"),
        (changing, "changes the array it is given"),
        (forgetting, "returns nothing: does it end in `return`?"),
        (lambda x, y: x, "should take 1 argument, and yours takes `(x, y)`"),
        (lambda: 1, "should take 1 argument, and yours takes `()`"),
        (lambda x: x[:2], "should have shape (3,) for the array"),
        (lambda x: x.sum(), "and has shape ()"),
        (lambda x: x[:, None], "and has shape (3, 1)"),
        (lambda x: "one", "not the text"),
        (lambda x: [1, [2], 3], "its rows differ"),
        (lambda x: 1j * x, "complex numbers"),
        (lambda x: x.astype(object), "things that are not numbers"),
        (lambda x: x * np.nan, "is NaN"),
        (lambda x: x * np.inf, "makes NumPy warn"),
        (lambda x: np.full(3, np.inf), "is infinite"),
        (lambda x: 1 / x, "makes NumPy warn, “divide by zero encountered in divide”"),
        (lambda x: np.exp(x * 1e4), "overflow encountered in exp"),
        (lambda x: np.log(x - 5), "invalid value"),
        (lambda x: abs, "not a function"),
        (lambda x: int(x), "raises TypeError"),
    ],
)
def test_no_function(answer, fragment):
    def call():
        function(answer, "your `f`")(X)

    assert fragment in hint(call)


def test_a_function_gets_copies():
    seen = X.copy()
    with pytest.raises(Hint):
        function(changing)(seen)
    assert seen.tolist() == X.tolist()
    with pytest.raises(Hint, match="changes"):
        function(drifting, shape=())([1.0], 2.0)


def test_warnings_that_the_reader_silences_are_no_fault():
    def quiet(x):
        with np.errstate(all="ignore"):
            return np.where(x == 0, 0.0, 1 / x)

    assert function(quiet)(X).tolist() == [-1, 0, 0.5]


def test_underflow_is_no_fault():
    assert function(np.exp)(np.array([-1e4]))[0] == 0


def test_settings_of_numpy_are_left_alone():
    before = np.geterr(), list(warnings.filters)
    with pytest.raises(Hint):
        function(lambda x: 1 / x)(X)
    assert (np.geterr(), list(warnings.filters)) == before


def test_many_outputs():
    pair = function(lambda x: (x, x.sum()), outputs=2, shape=[(3,), ()])
    values, total = pair(X)
    assert values.tolist() == X.tolist()
    assert total == 1
    assert "should return 2 values" in hint(lambda: function(lambda x: x, outputs=2)(X))
    twice = function(lambda x: (x, x), "your `f`", outputs=2, shape=[(3,), ()])
    assert hint(twice, X).startswith("Value 2 of what your `f` returns should have shape ()")


def test_infinite_values_may_be_meant():
    assert function(lambda x: np.full(3, np.inf), finite=False)(X).tolist() == [math.inf] * 3


def test_largest_difference():
    at = [-2, 0, 1, 3]
    assert largest_difference([0, 0, 1, 3], [0, 0, 1, 3], at, tolerance=0) is None
    assert largest_difference([0, 0, 1, 2], [0, 0, 1.5, 3], at, tolerance=0.1) == (3, 2, "too low")
    assert largest_difference([9, 0, 1, 2], [0, 0, 1.5, 3], at, tolerance=0.1) == (
        -2,
        9,
        "too high",
    )
    x, value, _ = largest_difference([0, math.nan, 1, 3], [0, 0, 1, 3], at, tolerance=1)
    assert x == 0
    assert math.isnan(value)
    same = [math.inf, -math.inf, math.nan, 0]
    assert largest_difference(same, same, at, tolerance=0) is None


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.builds(object)
    | st.just(abs)
    | st.just(int),
    lambda parts: st.lists(parts) | st.tuples(parts) | st.dictionaries(st.integers(), parts),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "take",
    [
        number,
        integer,
        boolean,
        array,
        lambda a: choice(a, ["relu"]),
        lambda a: numbers(a, 2),
        lambda a: truth_table(a, 1),
        lambda a: function(a)(1.0),
        lambda a: function(lambda x: a)(1.0),
    ],
)
@settings(max_examples=50)
@given(answer=ANYTHING)
def test_anything_is_taken_or_explained(take, answer):
    try:
        take(answer)
    except Hint as hinted:
        said = str(hinted)
    else:
        return
    assert said[0].isupper()
    assert said.endswith((".", "?"))
    assert "\n" not in said
