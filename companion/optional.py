"""What only some lessons need: say in one sentence what is missing and how to get it.

The course runs on what ``requirements.txt`` has. A lesson that wants more begins with `need`, and a
reader who has not got it meets one sentence instead of a page of traceback.

>>> need("numpy>=2.1")
"""

import re
from importlib import metadata

__all__ = ["MissingPackageError", "need"]


class MissingPackageError(ImportError):
    """A package that a lesson needs is not installed, or too old.

    Examples
    --------
    >>> issubclass(MissingPackageError, ImportError)
    True
    """

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence alone: where in the companion it was raised helps nobody."""
        return [str(self)]


def need(*packages: str) -> None:
    """Raise unless packages are installed, in a version that is new enough.

    Parameters
    ----------
    *packages : str
        Names as pip knows them, each alone or with the oldest version that will do:
        ``"torch>=2.3"``.

    Raises
    ------
    MissingPackageError
        If one is missing or too old. The message is one sentence: what is wrong, and the command
        that mends it. In a notebook it is shown without a traceback.
    ValueError
        If a requirement is written in any other way.

    Examples
    --------
    >>> need("numpy", "scipy>=1.14")
    >>> need("numpy>=99")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    MissingPackageError: This lesson needs numpy 99 or newer, and 2.4.6 is installed: …
    """
    wrong = [fault for package in packages if (fault := _fault(package))]
    if wrong:
        names = " ".join(f'"{package}"' if ">" in package else package for package in packages)
        raise MissingPackageError(
            f"This lesson needs {'; and it needs '.join(wrong)}: run "
            f"`python -m pip install {names}`, then restart the kernel."
        )


def _fault(package: str) -> str:
    """Say what is wrong with a package, or nothing."""
    parts = re.fullmatch(r"([A-Za-z][\w.-]*)(?:>=(\d+(?:\.\d+)*))?", package)
    if parts is None:
        raise ValueError(f"packages must be like 'torch' or 'torch>=2.3', got {package!r}")
    name, oldest = parts.groups()
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        wanted = f"{name} {oldest} or newer" if oldest else name
        return f"{wanted}, which is not installed"
    if oldest and _numbers(found) < _numbers(oldest):
        return f"{name} {oldest} or newer, and {found} is installed"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with: 2.13.0+cpu gives 2, 13, 0."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, release[0].split("."))) if release else (0,)
