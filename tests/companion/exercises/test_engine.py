"""`check` says right, wrong or open, always in a sentence and never with a traceback."""

import re

import pytest

from companion.exercises import EXERCISES, Hint, check
from companion.exercises._answers import function
from companion.exercises._engine import _registered, exercise


@pytest.fixture
def ask():
    """Register a checker as the exercise `demo-sum`, for one test alone."""
    before = dict(_registered)

    def register(checker):
        _registered.pop("demo-sum", None)
        exercise("demo-sum")(checker)
        return lambda *answers: check("demo-sum", *answers)

    yield register
    _registered.clear()
    _registered.update(before)


def add(first, second):
    """Two numbers whose sum is 3."""
    if first + second != 3:
        raise Hint("Add `first` & `second`: is it 3?")
    return "Because 1 < 2 and `1 + 2` is 3."


def test_right(ask):
    feedback = ask(add)(1, 2)
    assert (feedback.passed, feedback.state) == (True, "right")
    assert repr(feedback) == "✓ Right. Because 1 < 2 and `1 + 2` is 3."


def test_wrong(ask):
    feedback = ask(add)(1, 1)
    assert (feedback.passed, feedback.state) == (False, "wrong")
    assert repr(feedback) == "✗ Not yet. Add `first` & `second`: is it 3?"


def stub(x): ...


def documented_stub(x):
    """Say what to do, and do nothing."""


def passed_stub(x):
    pass


OPEN = [..., [1, ...], (..., 2), {"w": ...}, [[1, [...]]], stub, documented_stub, passed_stub]


@pytest.mark.parametrize("answer", OPEN)
def test_open(ask, answer):
    feedback = ask(add)(1, answer)
    assert (feedback.passed, feedback.state) == (False, "open")
    assert feedback.message == "Not answered yet: replace the … by your answer."


def test_a_stub_that_returns_is_open_as_well(ask):
    def called(answer):
        """Any function."""
        function(answer)(1.0)
        return "Yes."

    def returned_stub(x):
        y = 2 * x
        return [y, ...]

    assert ask(called)(returned_stub).state == "open"
    assert ask(called)(lambda x: x).state == "right"


def test_open_goes_before_a_wrong_number_of_answers(ask):
    assert ask(add)(...).state == "open"


@pytest.mark.parametrize("answers", [(), (1,), (1, 2, 3)])
def test_number_of_answers(ask, answers):
    feedback = ask(add)(*answers)
    assert feedback.state == "wrong"
    assert feedback.message == (
        "This exercise takes 2 answers (`first` and `second`), "
        f"and `check` was given {len(answers)}."
    )


def test_unforeseen_exception_is_a_sentence(ask):
    feedback = ask(add)(1, "two")
    assert feedback.state == "wrong"
    assert "could not be checked (TypeError: " in feedback.message
    assert "Traceback" not in repr(feedback)


def test_an_exercise_has_to_say_why(ask):
    def silent(answer):
        """Anything."""

    with pytest.raises(TypeError, match="must return why the answer is right"):
        ask(silent)(1)


def test_html_is_escaped_and_shows_code(ask):
    html = ask(add)(1, 2)._repr_html_()
    assert '<div class="feedback feedback-right">' in html
    assert '<strong class="feedback-word">Right.</strong>' in html
    assert "1 &lt; 2 and <code>1 + 2</code> is 3" in html
    wrong = ask(add)(1, 1)._repr_html_()
    assert "feedback-wrong" in wrong
    assert "<code>first</code> &amp; <code>second</code>" in wrong
    assert "feedback-open" in ask(add)(...)._repr_html_()
    assert not re.search(r"style=|<script", html + wrong)


@pytest.mark.parametrize("name", ["demo-sun", "demosum", "Demo-Sum"])
def test_unknown_exercise_offers_near_names(ask, name):
    ask(add)
    with pytest.raises(LookupError, match=r"there is no exercise .*did you mean 'demo-sum'"):
        check(name, 1)


@pytest.mark.parametrize("name", ["zzzzzzzz", None, 3])
def test_unknown_exercise_far_from_all(name):
    with pytest.raises(LookupError, match="copy its name from the lesson's cell"):
        check(name, 1)


@pytest.mark.parametrize("id", ["", "Demo", "demo_sum", None])
def test_ids_are_lower_case(id):
    with pytest.raises(ValueError, match="id must be lower-case"):
        exercise(id)


def test_a_checker_says_what_it_asks_and_takes_an_answer():
    def untold(answer):
        return "Yes."

    def idle():
        """Nothing."""

    with pytest.raises(ValueError, match="must say what it asks"):
        exercise("demo-untold")(untold)
    with pytest.raises(ValueError, match="must take the answer"):
        exercise("demo-idle")(idle)
    assert not {"demo-untold", "demo-idle"} & EXERCISES.keys()


def test_names_are_unique(ask):
    ask(add)

    def other(answer):
        """Another one."""

    with pytest.raises(ValueError, match="another exercise of this name"):
        exercise("demo-sum")(other)
    assert exercise("demo-sum")(add) is add


def test_the_register_is_read_only():
    with pytest.raises(TypeError):
        EXERCISES["demo-sum"] = None
