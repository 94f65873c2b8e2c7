"""Lessons that need what the course's own environment has not got, such as PyTorch.

A notebook says so itself, in its metadata: `"needs": ["torch", "tensorboard"]`. `make test` leaves
it out, and says that it did; `make parity` has the packages, and runs it by its name. A lesson that
is asked for by name is never left out.

Usage: python tests/book/optional_lessons.py    (prints their paths, one a line)
"""

import json
import re
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARITY = ROOT / ".venv-parity"
#: What `make parity` installs.
REQUIREMENTS = ROOT / "tests" / "parity" / "requirements.txt"


def needs(notebook: Path) -> list[str]:
    """Return the packages that a notebook needs beyond the course's own."""
    return json.loads(notebook.read_text("utf-8"))["metadata"].get("needs", [])


def missing(notebook: Path) -> list[str]:
    """Return those of them that this Python has not got."""
    return [package for package in needs(notebook) if find_spec(package) is None]


def reason(notebook: Path) -> str:
    """Say why a lesson is left out and what brings it back; nothing if it can run here."""
    packages = " and ".join(missing(notebook))
    return packages and f"needs {packages}, not installed here; `make parity` runs it"


def optional_lessons(book: Path = ROOT / "book") -> list[Path]:
    """Return the lessons that need something."""
    paths = sorted(book.rglob("*.ipynb"))
    return [path for path in paths if ".ipynb_checkpoints" not in path.parts and needs(path)]


def installed_by_parity() -> set[str]:
    """Return the names of the packages that `make parity` asks pip for."""
    return set(re.findall(r"^([\w-]+)", REQUIREMENTS.read_text("utf-8"), re.MULTILINE))


if __name__ == "__main__":
    for lesson in optional_lessons():
        print(lesson.relative_to(ROOT))
