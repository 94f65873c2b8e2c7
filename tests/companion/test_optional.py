"""Who has not got a package reads one sentence that helps."""

from importlib import metadata

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

from companion.optional import MissingPackageError, need

INSTALLED = {"torch": "2.13.0+cpu", "tensorboard": "2.21.0", "odd": "unknown"}


@pytest.fixture(autouse=True)
def _pretend(monkeypatch):
    def version(name):
        try:
            return INSTALLED[name]
        except KeyError:
            raise metadata.PackageNotFoundError(name) from None

    monkeypatch.setattr(metadata, "version", version)


@pytest.mark.parametrize("package", ["torch", "torch>=2.3", "torch>=2.13", "torch>=2.13.0", "odd"])
def test_what_is_there_passes(package):
    need("tensorboard", package)


def test_nothing_is_needed():
    need()


MESSAGES = {
    ("torch>=2.14", "tensorboard"): (
        "This lesson needs torch 2.14 or newer, and 2.13.0+cpu is installed: run "
        '`python -m pip install "torch>=2.14" tensorboard`, then restart the kernel.'
    ),
    ("torch>=3",): (
        "This lesson needs torch 3 or newer, and 2.13.0+cpu is installed: run "
        '`python -m pip install "torch>=3"`, then restart the kernel.'
    ),
    ("jax>=0.4",): (
        "This lesson needs jax 0.4 or newer, which is not installed: run "
        '`python -m pip install "jax>=0.4"`, then restart the kernel.'
    ),
    ("jax", "torch>=2.13.1"): (
        "This lesson needs jax, which is not installed; and it needs torch 2.13.1 or newer, and "
        '2.13.0+cpu is installed: run `python -m pip install jax "torch>=2.13.1"`, then restart '
        "the kernel."
    ),
    ("odd>=1",): (
        "This lesson needs odd 1 or newer, and unknown is installed: run "
        '`python -m pip install "odd>=1"`, then restart the kernel.'
    ),
}


@pytest.mark.parametrize(("packages", "message"), MESSAGES.items(), ids=str)
def test_what_is_missing_or_too_old_gets_one_sentence(packages, message):
    with pytest.raises(MissingPackageError) as caught:
        need(*packages)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "package", ["", "torch==2", "torch>=", "torch >= 2", "-r file", "torch>=2; rm"]
)
def test_other_ways_to_write_a_requirement_are_refused(package):
    with pytest.raises(ValueError, match=r"like 'torch' or 'torch>=2\.3', got"):
        need(package)


def test_a_notebook_shows_the_sentence_and_no_traceback():
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    with capture_output() as shown:
        ran = shell.run_cell('from companion.optional import need\nneed("jax")')
    assert not ran.success
    assert shown.stdout.strip() == (
        "This lesson needs jax, which is not installed: run `python -m pip install jax`, then "
        "restart the kernel."
    )
    assert shown.stderr == ""
