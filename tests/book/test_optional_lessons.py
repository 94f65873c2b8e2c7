"""A lesson that needs more than the course installs is left out here, aloud, and run by parity."""

import os
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import nbformat
import optional_lessons
import pytest
import refresh
from hygiene import NORMAL_METADATA
from optional_lessons import ROOT, installed_by_parity, needs, reason

ABSENT = "no_such_package"
LESSONS = optional_lessons.optional_lessons()
SENTENCE = (
    f"This lesson needs {ABSENT}, which is not installed: run `python -m pip install {ABSENT}`"
)


@pytest.fixture
def book(tmp_path):
    """Write a book of two lessons, one of which needs what there is not."""
    folder = tmp_path / "book"
    folder.mkdir()
    shutil.copy(ROOT / "book" / "conftest.py", folder)
    for name, wanted in {"plain": [], "special": [ABSENT]}.items():
        source = "from companion.optional import need\n\nneed({})\n1 + 1".format(
            ", ".join(f'"{package}"' for package in wanted)
        )
        two = nbformat.v4.new_output("execute_result", {"text/plain": "2"}, execution_count=1)
        cell = nbformat.v4.new_code_cell(source, execution_count=1, outputs=[two], id="one")
        notebook = nbformat.v4.new_notebook(cells=[cell], metadata=dict(NORMAL_METADATA))
        if wanted:
            notebook.metadata["needs"] = wanted
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


def validate(book, *arguments):
    """Run nbval as `make` does, in a project that has nothing but this book."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "true"}
    folder = ["-c", os.devnull, "--rootdir", str(book.parent), "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *folder], cwd=book.parent, env=environment, text=True, capture_output=True
    )


def test_what_is_left_out_is_named_and_the_rest_is_run(book):
    """With a worker, as `make` does: the worker leaves out, and the other process says so."""
    ran = validate(book, "book", "-n", "1")
    assert ran.returncode == 0, ran.stdout
    assert "1 passed, 1 skipped" in ran.stdout
    assert (
        f"The lesson special needs {ABSENT}, not installed here; `make parity` runs it."
    ) in ran.stdout


def test_a_lesson_asked_for_by_name_is_never_left_out(book):
    ran = validate(book, "./book/special.ipynb")
    assert ran.returncode == 1, ran.stdout
    assert SENTENCE in ran.stdout
    assert "skipped" not in ran.stdout


def test_there_are_such_lessons_and_each_is_a_page():
    contents = (ROOT / "_toc.yml").read_text("utf-8")
    pages = [lesson.relative_to(ROOT).with_suffix("").as_posix() for lesson in LESSONS]
    assert "book/5-gated-activations/carry-it-to-pytorch" in pages
    assert [page for page in pages if f"file: {page}\n" not in contents] == []


def test_parity_installs_what_they_need_and_asks_for_each_by_name():
    assert {package for lesson in LESSONS for package in needs(lesson)} <= installed_by_parity()
    listed = subprocess.run(
        [sys.executable, "tests/book/optional_lessons.py"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    ).stdout.split()
    assert [ROOT / path for path in listed] == LESSONS
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nparity: ")[2].partition("\n\n")[0]
    assert "lessons=$$($(PARITY)/bin/python tests/book/optional_lessons.py) &&" in recipe
    assert "-m pytest tests/parity $$lessons $(NBVAL)" in recipe
    assert "make parity" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_parity_has_the_versions_that_are_on_record():
    text = (ROOT / "tests" / "parity" / "conventions.toml").read_text("utf-8")
    for name, version in tomllib.loads(text)["versions"].items():
        assert f"\n{name}=={version}\n" in optional_lessons.REQUIREMENTS.read_text("utf-8")


def test_the_course_itself_never_asks_for_it():
    wanted = (ROOT / "requirements.txt").read_text("utf-8")
    packages = {package for lesson in LESSONS for package in needs(lesson)}
    assert [package for package in packages if f"\n{package}==" in wanted] == []


# Refreshing


def test_without_parity_a_lesson_stays_as_it_is(book, monkeypatch, capsys):
    lesson = book / "special.ipynb"
    before = lesson.read_bytes()
    monkeypatch.setattr(refresh, "PARITY", book / "none")
    refresh.refresh(lesson)
    assert lesson.read_bytes() == before
    assert capsys.readouterr().out == (
        f"left as it is: {lesson} needs {ABSENT}, not installed here; `make parity` runs it, so "
        "run that first\n"
    )


def test_with_parity_its_python_runs_the_lesson_and_the_need_stays_on_record(book, monkeypatch):
    """Here this Python stands in for parity's, and says so."""
    lesson = book / "special.ipynb"
    notebook = nbformat.read(lesson, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# Title"))
    notebook.cells[1].source = "import os\nos.environ['ROLE']"
    nbformat.write(notebook, lesson)
    python = book / "parity" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nROLE=parity exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(refresh, "PARITY", book / "parity")
    monkeypatch.setattr(refresh, "BOOK", book)
    refresh.refresh(lesson)
    refreshed = nbformat.read(lesson, as_version=4)
    assert refreshed.cells[-1].outputs[0].data["text/plain"] == "'parity'"
    assert refreshed.metadata == NORMAL_METADATA | {"needs": [ABSENT]}


def test_reason_is_empty_where_all_is_there(book):
    assert reason(book / "plain.ipynb") == ""
    assert find_spec(ABSENT) is None
    assert reason(book / "special.ipynb").startswith(f"needs {ABSENT}, not installed")
