"""The notebooks obey the rules, and each rule refuses the fault that it is there for."""

import base64
import io
import re
import tomllib

import hygiene
import nbformat
import pytest
from hygiene import LESSON_RULES, RULES, Notebook, complaints, paths, shared_definitions
from install_cell import (
    METADATA,
    ROOT,
    TEXTS,
    cloned,
    install_source,
    put_install_cell,
    put_links,
    repository,
)
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from PIL import Image
from traitlets.config import Config

READ = {path.relative_to(hygiene.BOOK).as_posix(): Notebook.read(path) for path in paths()}


def test_there_are_notebooks():
    assert READ


@pytest.mark.parametrize("name", READ)
def test_notebook_is_clean(name):
    found = complaints(READ[name])
    assert not found, "\n" + "\n".join(found)


def test_no_function_is_defined_in_two_notebooks():
    assert shared_definitions(list(READ.values())) == []


# The rules themselves. A lesson without fault, and then one fault at a time.


def png(size=(640, 400), colours=("white", "black")) -> str:
    image = Image.new("RGB", size, colours[0])
    image.paste(colours[-1], (0, 0, size[0] // 2, size[1] // 2))
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return base64.b64encode(stored.getvalue()).decode()


def result(text, kind="text/plain", output="display_data"):
    return {"output_type": output, "data": {kind: text}, "metadata": {}}


def code(source, *outputs, tags=(), **metadata):
    metadata |= {"tags": list(tags)} if tags else {}
    return {
        "cell_type": "code",
        "source": source,
        "outputs": list(outputs),
        "metadata": metadata,
    }


PROSE = (
    """# Bend a line once

You will be able to say why.

:::{admonition} Predict
What will {numref}`fig-one` show?
:::

## Exercises

## Sources

## Where next
"""
    + 200 * "word "
)

FIGURE = {
    "image": {"alt": "Two curves that part to the right of 0, where one stays flat."},
    "figure": {"caption": "Two curves.", "name": "fig-one"},
}


def drawing(stored=None, **about):
    stored = stored or png()
    return code("ax = draw_curves()", result(stored, "image/png"), mystnb=FIGURE | about)


def chart(kind=hygiene.CHART, **other):
    shown = result({"description": "A line that turns.", "data": {"values": []}} | other, kind)
    still = result(png(), "image/png")
    return code("explore_lines()", shown, still, mystnb=FIGURE)


def lesson(*extra, without=(), lesson=True, name="lesson", **metadata) -> Notebook:
    """Return a lesson without fault: prose, a figure, a verdict, an exercise; then the extra."""
    parts = {
        "prose": {"cell_type": "markdown", "source": PROSE, "metadata": {}},
        "install": code(install_source(name), **METADATA),
        "figure": drawing(),
        "verdict": code('settle("relu-basics", holds("a", b))', result("relu-basics: holds")),
        "exercise": code('slope = ...\ncheck("slope", slope)', result("Not answered yet")),
        "solution": code('check("slope", 1)', result("✓ Yes."), tags=("hide-cell", "solution")),
    }
    cells = [part for key, part in parts.items() if key not in without] + list(extra)
    run = [cell for cell in cells if cell["cell_type"] == "code"]
    for number, cell in enumerate(run, 1):
        cell.setdefault("execution_count", number)
    cells = [{"id": f"cell-{number}"} | cell for number, cell in enumerate(cells)]
    metadata = hygiene.NORMAL_METADATA | metadata
    return Notebook({"cells": cells, "metadata": metadata}, name, lesson=lesson)


def markdown(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def test_a_lesson_without_fault_has_no_complaint():
    assert complaints(lesson()) == []


FAULTS = {
    "cells_have_run": [
        (lesson(code("x = 1") | {"execution_count": None}), "cell 7 was not run"),
        (lesson(code("x = 1") | {"execution_count": 7}), "not 1 to 6"),
    ],
    "output_counts_agree": [
        (
            lesson(code("1", result("1", output="execute_result") | {"execution_count": 9})),
            "result of run 9",
        )
    ],
    "no_stored_errors": [
        (lesson(code("1 / 0", {"output_type": "error", "ename": "ZeroDivisionError"})), "Zero"),
        (
            lesson(code("f()", {"output_type": "stream", "name": "stderr", "text": "Beware"})),
            "error stream",
        ),
    ],
    "nothing_escapes_validation": [
        (lesson(code("1 / 0", tags=["raises-exception"])), "raises-exception"),
        (lesson(code("f()", tags=["nbval-skip"])), "nbval-skip"),
        (lesson(code("f()", tags=["nbval-ignore-output"])), "nbval-ignore-output"),
        (lesson(code("f()", tags=["skip-execution"])), "skip-execution"),
        (lesson(code("# NBVAL_IGNORE_OUTPUT\nf()")), "NBVAL_IGNORE_OUTPUT"),
        (lesson(code("#PYTEST_VALIDATE_IGNORE_OUTPUT\nf()")), "PYTEST_VALIDATE_IGNORE_OUTPUT"),
    ],
    "metadata_is_normal": [
        (lesson(language_info={"name": "python", "version": "3.12.1"}), "language_info"),
        (lesson(kernelspec={"name": "my-env"}), "kernelspec"),
        (lesson(widgets={}), "widgets"),
        (lesson(code("1", execution={"iopub.execute_input": "12:00"})), "when it was run"),
        (lesson(code("1") | {"id": "cell-1"}), "id of their own"),
    ],
    "says_what_it_needs": [
        (
            lesson(code('need("torch")')),
            "lists [] under 'needs', and it calls need(…) for ['torch']",
        ),
        (lesson(needs=["torch"]), "for []"),
        (lesson(code('need("torch>=2", "jax")'), needs=["torch"]), "for ['torch', 'jax']"),
        (lesson(code('need("cupy")'), needs=["cupy"]), "needs ['cupy'], which requirements.txt"),
    ],
    "file_is_small": [
        (Notebook(lesson().data, size=hygiene.MOST_BYTES + 1, lesson=True), "1000001 bytes")
    ],
    "figures_are_stored": [
        (lesson(code("ax = draw_gates()")), "stores no image"),
        (lesson(code("fig, ax = plt.subplots()")), "stores no image"),
        (lesson(code("show()", mystnb=FIGURE)), "stores no image"),
        (lesson(drawing(png(colours=("white",)))), "one colour"),
        (lesson(drawing(png((200, 100)))), "200 pixels wide"),
        (lesson(drawing("bm90IGFuIGltYWdl")), "cannot be read"),
        (lesson(drawing(png()[:300])), "cannot be read"),
    ],
    "figures_are_described": [
        (lesson(drawing(image={"alt": "A figure."})), "alt text"),
        (lesson(drawing(figure={"name": "fig-one"})), "no caption"),
        (lesson(drawing(figure={"caption": "Curves."})), "no name"),
        (lesson(drawing(figure={"caption": "Curves.", "name": "fig-two"})), "fig-two"),
        (lesson(code("ax.figure", result(png(), "image/png"))), "alt text"),
    ],
    "explorables_are_stored": [
        (lesson(code("explore_swish()", result(png(), "image/png"))), "stores no chart"),
        (lesson(chart(kind="application/vnd.vegalite.v6.json")), "not application/vnd.vegalite.v5"),
        (lesson(chart(description="")), "without a description"),
        (lesson(chart(data={"values": ["0" * hygiene.MOST_CHART]})), "more than"),
        (lesson(chart(data={"url": "points.csv"})), "loads its data"),
    ],
    "installs_itself_in_colab": [
        (lesson(without=["install"]), "no other installs"),
        (lesson(code(install_source("lesson"), **METADATA)), "no other installs"),
        (lesson(code("%pip install x", **METADATA), without=["install"]), "not install the course"),
        (lesson(code(install_source("3/x"), **METADATA), without=["install"]), "not install"),
        (lesson(code(install_source("lesson"), tags=["install"])), "make links"),
        (lesson(code(install_source("lesson"), result("Done."), **METADATA)), "make links"),
    ],
    "nothing_from_other_hosts": [
        (lesson(code('read("https://example.org/data.csv")')), "example.org"),
        (lesson(code("f()", result('<img src="//example.org/x.png">', "text/html"))), "example"),
        (
            lesson(code("f()", result("<script src=https://cdn.x.io/a.js>", "text/html"))),
            "cdn.x.io",
        ),
        (lesson(code("f()", result("import('https://esm.sh/vega')", "text/html"))), "esm.sh"),
        (lesson(markdown("![A plot](https://example.org/plot.png)")), "plot.png"),
        (lesson(markdown('<iframe src="https://example.org">')), "example.org"),
    ],
    "nothing_of_this_machine": [
        (lesson(code("f", result("/home/ada/book/data.npz"))), "/home/ada"),
        (lesson(code("f", result("<function f at 0x7f3a2c1b9d80>"))), "0x7f3a2c1b9d80"),
        (lesson(code("f", result(r"C:\Users\ada"))), r"C:\Users"),
        (lesson(code('load("/tmp/data.npz")')), "/tmp"),
    ],
    "chance_is_seeded": [
        (lesson(code("x = np.random.rand(3)")), "np.random.rand"),
        (lesson(code("np.random.seed(0)")), "np.random.seed"),
        (lesson(code("rng = np.random.default_rng()")), "without a seed"),
        (lesson(code("rng = default_rng(None)")), "without a seed"),
        (lesson(code("rng = np.random.default_rng(seed=None)")), "without a seed"),
        (lesson(code("import random")), "module random"),
        (lesson(code("from random import choice")), "module random"),
        (lesson(code("from numpy.random import rand")), "numpy.random.rand"),
    ],
    "no_timing": [
        (lesson(code("import time")), "imports time"),
        (lesson(code("from timeit import timeit")), "imports timeit"),
    ],
    "plain_python": [
        (lesson(code("%timeit f()")), "not plain Python"),
        (lesson(code("!pip install x")), "not plain Python"),
    ],
    "cells_are_short": [(lesson(code("\n".join(16 * ["x = 1"]))), "16 lines")],
    "no_star_imports": [(lesson(code("from companion.activations import *")), "companion.act")],
    "nothing_defined_twice": [
        (lesson(code("def settle(x):\n    return x")), "companion.claims"),
        (lesson(code("settle = lambda x: x")), "companion.claims"),
        (lesson(code("settle = np.vectorize(f)")), "companion.claims"),
        (lesson(code("class Verdict: ...")), "companion.claims"),
    ],
    "has_the_parts_of_a_lesson": [
        (lesson(without=["prose"]), "does not start with a title"),
        (lesson(without=["prose"]), "a prediction is missing"),
        (lesson(without=["prose"]), "You will be able to is missing"),
        (lesson(without=["prose"]), "## Exercises is missing"),
        (lesson(without=["prose"]), "## Sources is missing"),
        (lesson(without=["prose"]), "## Where next is missing"),
        (lesson(without=["verdict"]), "no claim is settled"),
    ],
    "exercises_have_solutions": [
        (lesson(without=["solution"]), "no solution follows"),
        (lesson(without=["exercise", "solution"]), "there is no exercise"),
        (lesson(code('check("slope", 1)', result("✓"), tags=["solution"])), "plain sight"),
        (
            lesson(code('check("slope", 2)', result("✗ Not yet."), tags=["hide-cell", "solution"])),
            "has no ✓",
        ),
    ],
    "prose_leads": [(lesson(*[code("\n".join(15 * ["x = 1"])) for _ in range(2)]), "words for")],
}


@pytest.mark.parametrize(
    ("rule", "notebook", "fragment"),
    [
        pytest.param(rule, notebook, fragment, id=f"{rule}-{fragment}")
        for rule, faults in FAULTS.items()
        for notebook, fragment in faults
    ],
)
def test_rule_refuses_its_fault(rule, notebook, fragment):
    found = list((RULES | LESSON_RULES)[rule](notebook))
    assert any(fragment in complaint for complaint in found), found


def test_every_rule_has_a_planted_fault():
    assert FAULTS.keys() == RULES.keys() | LESSON_RULES.keys()


def test_a_function_in_two_notebooks_is_refused():
    first, second = lesson(code("def f(): ..."), name="a"), lesson(code("f = lambda: 1"), name="b")
    assert "f is defined in a, b" in shared_definitions([first, second])[0]
    assert shared_definitions([first, lesson(name="b")]) == []


@pytest.mark.parametrize(
    "cell",
    [
        markdown("See [the paper](https://doi.org/10.1038/323533a0)."),
        code("f()", result('<a href="https://doi.org/10.1038/323533a0">paper</a>', "text/html")),
        code("rng = np.random.default_rng(7)\nx = rng.normal(size=3)"),
        code("y = 2 * relu(x)"),
        chart(),
        code("f", result("a ratio of 1/2")),
    ],
)
def test_what_is_fine_passes(cell):
    assert complaints(lesson(cell)) == []


def test_a_lesson_may_need_what_parity_has():
    assert complaints(lesson(code('need("torch>=2.3")'), needs=["torch"])) == []


def test_a_page_that_is_no_lesson_needs_no_exercises():
    page = lesson(without=["exercise", "solution", "verdict"], lesson=False)
    assert complaints(page) == []


# The cell that installs the course in Colab, and the other places that name the repository


def notebook_of(*cells):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_markdown_cell("# Title"), *cells]
    return notebook


def test_the_install_cell_comes_second_and_the_others_are_numbered_anew():
    shown = nbformat.v4.new_output("execute_result", {"text/plain": "1"}, execution_count=1)
    run = nbformat.v4.new_code_cell("1", execution_count=1, outputs=[shown])
    notebook = notebook_of(run, nbformat.v4.new_code_cell("2"))
    for _ in range(2):  # once more changes nothing
        put_install_cell(notebook, "4-relu-family/bend-a-line-once.ipynb")
        assert [cell.get("execution_count") for cell in notebook.cells] == [None, 1, 2, None]
        assert notebook.cells[2].outputs[0].execution_count == 2
        assert notebook.cells[1].metadata == METADATA
        assert notebook.cells[1].source.endswith("%cd /content/course/book/4-relu-family")
    nbformat.validate(notebook)


def test_the_install_cell_does_nothing_here():
    """What nbval runs is this cell, in IPython, and nothing is printed or installed."""
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    with capture_output() as printed:
        ran = shell.run_cell(install_source("4-relu-family/x.ipynb"))
    assert ran.success
    assert (printed.stdout, printed.stderr) == ("", "")


def test_the_install_cell_asks_for_an_extra_that_there_is():
    [extra] = re.findall(r"course\[(\w+)\]", install_source("x.ipynb"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert extra in project["optional-dependencies"]


def test_a_fork_gets_its_own_links():
    old, new = "https://github.com/a/course", "https://github.com/ada/gates"
    text = f"git clone {old}\ncd course\nSee <{old}/issues> and {old}-2.\n"
    assert put_links(text, cloned(text), new) == (
        f"git clone {new}\ncd gates\nSee <{new}/issues> and {old}-2.\n"
    )


@pytest.mark.parametrize("name", TEXTS)
def test_texts_name_the_repository_of_the_setting(name):
    text = (ROOT / name).read_text("utf-8")
    url, _ = repository()
    assert url in text, "run `make links`"
    assert put_links(text, cloned((ROOT / "README.md").read_text("utf-8")), url) == text
