"""Every exercise stands in one lesson with a solution that passes, and refuses wrong answers.

The wrong answers of a lesson are a table `WRONG` in the file of its name in `wrong_answers/`:
exercise -> [(answer, fragment of the hint), …]; a tuple holds several answers.
"""

import ast
import json
import math
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

from companion.exercises import EXERCISES, check

HERE = Path(__file__).parent
BOOK = HERE.parents[2] / "book"
LEAST_WRONG = 3
UNFORESEEN = "could not be checked"


def read_wrong(path):
    """Load a lesson's table; tests are no package, so by its path."""
    spec = spec_from_file_location(path.stem, path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.WRONG


def lesson_of(id):
    """Give the name that the exercise's module and its notebook bear."""
    return EXERCISES[id].checker.__module__.rpartition(".")[2]


WRONG = {path.stem: read_wrong(path) for path in sorted((HERE / "wrong_answers").glob("*.py"))}


# What a lesson does with an exercise


def uses(notebook):
    """Yield (exercise, whether it is a solution, its tags, the feedback stored) of each check."""
    for cell in notebook["cells"]:
        tags = set(cell["metadata"].get("tags", ()))
        if cell["cell_type"] != "code" or "install" in tags:  # that one is no plain Python
            continue
        feedback = [
            "".join(output["data"].get("text/plain", ""))
            for output in cell["outputs"]
            if "data" in output
        ]
        for node in ast.walk(ast.parse("".join(cell["source"]))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check":
                yield ast.literal_eval(node.args[0]), "solution" in tags, tags, feedback


def faults(id, notebooks):
    """List what is wrong with how the lessons, a dict of name -> notebook, use an exercise."""
    found = [
        (name, use)
        for name, notebook in notebooks.items()
        for use in uses(notebook)
        if use[0] == id
    ]
    lessons = sorted({name for name, _ in found})
    if len(lessons) != 1:
        return [f"{id} stands in {len(lessons)} lessons: {lessons}"]
    stubs = [use for _, use in found if not use[1]]
    solutions = [use for _, use in found if use[1]]
    faults = []
    if len(stubs) != 1:
        faults.append(f"{id} has {len(stubs)} cells to fill in, not 1")
    if len(solutions) != 1:
        faults.append(f"{id} has {len(solutions)} solutions, not 1")
    if len(stubs) == len(solutions) == 1 and found[0][1][1]:
        faults.append(f"{id} has its solution above the exercise")
    for _, _, _, feedback in stubs:
        if not (feedback and feedback[-1].startswith("○")):
            faults.append(f"{id} is not open in the cell to fill in: {feedback}")
    for _, _, tags, feedback in solutions:
        if "hide-cell" not in tags:
            faults.append(f"the solution of {id} is not folded")
        if not (feedback and feedback[-1].startswith("✓")):
            faults.append(f"the solution of {id} does not pass: {feedback}")
    return faults


def lessons():
    paths = (path for path in BOOK.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(paths)}


def test_there_are_exercises():
    assert EXERCISES


@pytest.mark.parametrize("id", EXERCISES)
def test_exercise_stands_in_its_lesson_alone(id):
    name = lesson_of(id).replace("_", "-")
    notebooks = lessons()
    assert name in notebooks, "the module bears the name of no lesson"
    assert [use for use in uses(notebooks[name]) if use[0] == id], f"not in {name}"
    assert faults(id, notebooks) == []


def test_lessons_use_registered_exercises_only():
    used = {use[0] for notebook in lessons().values() for use in uses(notebook)}
    assert used <= EXERCISES.keys()


# Wrong answers


def as_answers(answer):
    return answer if isinstance(answer, tuple) else (answer,)


@pytest.mark.parametrize("id", EXERCISES)
def test_enough_wrong_answers(id):
    rows = WRONG.get(lesson_of(id), {}).get(id, ())
    assert len(rows) >= LEAST_WRONG, f"add to wrong_answers/{lesson_of(id)}.py"


@pytest.mark.parametrize("lesson", WRONG)
def test_tables_hold_exercises_of_their_lesson(lesson):
    assert [id for id in WRONG[lesson] if id not in EXERCISES or lesson_of(id) != lesson] == []


CASES = [
    pytest.param(id, as_answers(answer), fragment, id=f"{id}-{number}")
    for table in WRONG.values()
    for id, rows in table.items()
    for number, (answer, fragment) in enumerate(rows, 1)
]


@pytest.mark.parametrize(("id", "answers", "fragment"), CASES)
def test_wrong_answer_gets_its_hint(id, answers, fragment):
    feedback = check(id, *answers)
    assert feedback.state == "wrong", feedback
    assert UNFORESEEN not in feedback.message
    assert fragment.strip()
    assert fragment in feedback.message


def failing(*_arguments):
    raise ZeroDivisionError("division by zero")


def yielding(*_arguments):
    return "text"


GARBAGE = [
    "text",
    None,
    math.nan,
    math.inf,
    1j,
    [],
    [[1, 2], [3]],
    {},
    object(),
    np.array(["a"]),
    np.full((2, 3, 4), np.nan),
    failing,
    yielding,
    lambda: 1,
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda thing: repr(thing)[:16].split(" at ")[0])
@pytest.mark.parametrize("id", EXERCISES)
def test_garbage_is_explained(id, garbage):
    """The checker foresees it: the reader is told what kind of answer is wanted."""
    feedback = check(id, *[garbage] * len(EXERCISES[id].answers))
    assert feedback.state == "wrong", feedback
    assert UNFORESEEN not in feedback.message


@pytest.mark.parametrize("id", EXERCISES)
def test_unanswered_is_open(id):
    assert check(id, *[...] * len(EXERCISES[id].answers)).state == "open"


# These tests can fail


def cell(source, text, *tags):
    output = {"output_type": "execute_result", "data": {"text/plain": text}}
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {"tags": list(tags)},
        "outputs": [output],
    }


STUB = cell('answer = ...\ncheck("demo", answer)', "○ Open. Not answered yet.", "exercise")
SOLUTION = cell('check("demo", 3)', "✓ Right. It is 3.", "hide-cell", "solution")


def test_a_sound_lesson_has_no_faults():
    assert faults("demo", {"one": {"cells": [STUB, SOLUTION]}, "two": {"cells": []}}) == []


@pytest.mark.parametrize(
    ("notebooks", "fault"),
    [
        ({}, "in 0 lessons"),
        ({"one": [STUB, SOLUTION], "two": [STUB, SOLUTION]}, "in 2 lessons"),
        ({"one": [SOLUTION]}, "0 cells to fill in"),
        ({"one": [STUB]}, "0 solutions"),
        ({"one": [STUB, STUB, SOLUTION]}, "2 cells to fill in"),
        ({"one": [STUB, SOLUTION, SOLUTION]}, "2 solutions"),
        ({"one": [SOLUTION, STUB]}, "solution above"),
        ({"one": [STUB, SOLUTION | {"metadata": {"tags": ["solution"]}}]}, "not folded"),
        ({"one": [STUB, SOLUTION | {"outputs": []}]}, "does not pass"),
        ({"one": [STUB, SOLUTION | {"outputs": STUB["outputs"]}]}, "does not pass"),
        ({"one": [STUB | {"outputs": SOLUTION["outputs"]}, SOLUTION]}, "not open"),
    ],
)
def test_faults_are_found(notebooks, fault):
    notebooks = {name: {"cells": cells} for name, cells in notebooks.items()}
    assert any(fault in text for text in faults("demo", notebooks))
