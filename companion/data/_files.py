"""Files that were downloaded: whole or refused, and unpacked nowhere but where they should be."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath, PureWindowsPath


class CorruptFileError(ValueError):
    """A file is not what it should be: damaged, cut off, or of another kind.

    Examples
    --------
    >>> issubclass(CorruptFileError, ValueError)
    True
    """


def verify(path: str | os.PathLike[str], md5: str) -> None:
    """Raise unless a file has the checksum that its authors have published.

    MD5 finds damage and cut-off downloads. It does not protect from somebody who means harm.

    Parameters
    ----------
    path : path-like
        The file.
    md5 : str
        The checksum, 32 hexadecimal digits.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    CorruptFileError
        If the checksum is another.
    """
    with Path(path).open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != md5.lower():
        raise CorruptFileError(
            f"{Path(path).name} has the MD5 checksum {found}, and {md5.lower()} is right: it is "
            f"damaged or was not loaded to its end; load it again"
        )


def extract(archive: str | os.PathLike[str], folder: str | os.PathLike[str]) -> list[Path]:
    """Unpack a tar archive into a folder: all of it or nothing, and nothing outside.

    Parameters
    ----------
    archive : path-like
        A .tar file, compressed or not.
    folder : path-like
        Where to; made if it is not there. Files of the same names are replaced.

    Returns
    -------
    list of Path
        The files, in the archive's order.

    Raises
    ------
    FileNotFoundError
        If there is no such archive.
    CorruptFileError
        If it is no tar archive or damaged, if a member's path is absolute or leaves the folder,
        or if a member is a link or a device. Then nothing has been written to the folder.
    """
    target = Path(folder)
    try:
        with tarfile.open(archive) as tar:
            members = tar.getmembers()
            for member in members:
                _refuse_unsafe(member)
            files = [member for member in members if member.isfile()]
            target.mkdir(parents=True, exist_ok=True)
            # Beside their places, so that moving them there later cannot fail half-way for space.
            with tempfile.TemporaryDirectory(dir=target, prefix=".unpacking-") as scratch:
                for member in files:
                    place = Path(scratch, member.name)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with tar.extractfile(member) as source, place.open("wb") as copy:
                        shutil.copyfileobj(source, copy)
                for member in files:
                    place = target / member.name
                    place.parent.mkdir(parents=True, exist_ok=True)
                    Path(scratch, member.name).replace(place)
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the system's own: no such file, no space, no right
        raise CorruptFileError(
            f"{Path(archive).name} is damaged or no tar archive: {error}"
        ) from error
    return [target / member.name for member in files]


def _refuse_unsafe(member: tarfile.TarInfo) -> None:
    path = PurePosixPath(member.name)
    windows = PureWindowsPath(member.name)
    if path.is_absolute() or windows.drive or windows.root or ".." in (*path.parts, *windows.parts):
        raise CorruptFileError(f"the archive wants to write outside the folder, to {member.name!r}")
    if not (member.isfile() or member.isdir()):
        raise CorruptFileError(f"the archive holds a link or a device, {member.name!r}")
