"""Leave out the lessons that need what is not installed here, and say so; never one asked by name."""

from pathlib import Path

import pytest

from tests.book.optional_lessons import reason


def pytest_collection_modifyitems(config, items):
    """Skip every cell of such a lesson: the later ones need what the first has imported."""
    directory = config.invocation_params.dir
    named = {(directory / argument.partition("::")[0]).resolve() for argument in config.args}
    reasons = {}
    for item in items:
        path = Path(item.path)
        if path.suffix != ".ipynb" or path.resolve() in named:
            continue
        if path not in reasons:
            reasons[path] = reason(path)
        if reasons[path]:
            item.add_marker(pytest.mark.skip(reason=f"{path.stem} {reasons[path]}"))


def pytest_terminal_summary(terminalreporter):
    """Name each lesson that was left out, once, whatever the number of its cells."""
    skipped = (str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
    lessons = {text for text in skipped if "`make parity` runs it" in text}
    for lesson in sorted({text.partition("Skipped: ")[2].rstrip("')") for text in lessons}):
        terminalreporter.section("LEFT OUT")
        terminalreporter.line(f"The lesson {lesson}.")
