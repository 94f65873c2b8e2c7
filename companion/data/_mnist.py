"""MNIST in its real format: IDX files, of which each begins with its type and its shape."""

from __future__ import annotations

import gzip
import math
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

import numpy as np

from companion.data._files import CorruptFileError, verify

#: MD5 checksums of the four compressed files as they have been published.
MNIST_CHECKSUMS: Mapping[str, str] = MappingProxyType(
    {
        "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
        "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
        "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
        "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
    }
)

# The third byte of a file says what its numbers are; they are stored with the big end first.
_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


class LabelledImages(NamedTuple):
    """Images, and which class each of them shows.

    Attributes
    ----------
    images : ndarray
        The first axis counts the images.
    labels : ndarray of int64, shape (n,)
        The class, 0 … 9.
    """

    images: np.ndarray
    labels: np.ndarray


def read_idx(path: str | os.PathLike[str]) -> np.ndarray:
    """Read an IDX file, compressed with gzip or not.

    Parameters
    ----------
    path : path-like
        A file such as ``t10k-images-idx3-ubyte.gz``.

    Returns
    -------
    ndarray
        In the shape and type that the file states.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    CorruptFileError
        If it is no IDX file, holds fewer or more numbers than it states, or is damaged.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", Proceedings of the IEEE 86 (1998) 2278-2324. doi:10.1109/5.726791
    """
    path = Path(path)
    with path.open("rb") as file:
        is_compressed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            with gzip.open(file) if is_compressed else file as stream:
                return _parse(stream, path.name)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise CorruptFileError(f"{path.name} is damaged or cut off: {error}") from error


def mnist(
    folder: str | os.PathLike[str], part: str = "train", *, verified: bool = True
) -> LabelledImages:
    """Load MNIST's handwritten digits from files on this machine.

    Parameters
    ----------
    folder : path-like
        Where the files lie under their original names, compressed (``….gz``) or not.
    part : {"train", "test"}
        The 60 000 images to learn from, or the 10 000 to test with.
    verified : bool
        Whether compressed files must have the published checksums. Uncompressed ones have none.

    Returns
    -------
    LabelledImages
        The images with shape (n, 28, 28), as bytes from 0 (paper) to 255 (ink).

    Raises
    ------
    FileNotFoundError
        If a file is missing.
    ValueError
        If `part` is neither "train" nor "test".
    CorruptFileError
        If a file is damaged, cut off or something else, or if the two do not belong together.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", Proceedings of the IEEE 86 (1998) 2278-2324. doi:10.1109/5.726791
    """
    if part not in ("train", "test"):
        raise ValueError(f"part must be 'train' or 'test', got {part!r}")
    prefix = "train" if part == "train" else "t10k"
    arrays = []
    for name in (f"{prefix}-images-idx3-ubyte", f"{prefix}-labels-idx1-ubyte"):
        path = _find(Path(folder), name)
        if verified and path.name in MNIST_CHECKSUMS:
            verify(path, MNIST_CHECKSUMS[path.name])
        arrays.append(read_idx(path))
    images, labels = arrays
    if images.ndim != 3 or labels.shape != images.shape[:1] or images.dtype != np.uint8:
        raise CorruptFileError(
            f"images of shape {images.shape} and labels of shape {labels.shape} do not belong "
            f"together"
        )
    if labels.size and not 0 <= labels.min() <= labels.max() <= 9:
        raise CorruptFileError(f"labels must be from 0 to 9, got {labels.max()}")
    return LabelledImages(images, labels.astype(np.int64))


def _find(folder: Path, name: str) -> Path:
    for candidate in (folder / f"{name}.gz", folder / name):
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(f"there is neither {name}.gz nor {name} in {folder}")


def _parse(stream: BinaryIO, name: str) -> np.ndarray:
    head = stream.read(4)
    if len(head) < 4 or head[:2] != b"\0\0" or head[2] not in _TYPES or head[3] == 0:
        raise CorruptFileError(
            f"{name} is no IDX file: it begins with {head.hex(' ') or 'nothing'}"
        )
    dtype, sizes = np.dtype(_TYPES[head[2]]), stream.read(4 * head[3])
    if len(sizes) < 4 * head[3]:
        raise CorruptFileError(f"{name} is cut off within its shape")
    shape = tuple(np.frombuffer(sizes, ">u4").tolist())
    expected = math.prod(shape) * dtype.itemsize
    # One byte more than it should be is enough to know, whatever else may follow.
    content = stream.read(expected + 1)
    if len(content) != expected:
        found = f"{len(content)}" if len(content) < expected else "more"
        raise CorruptFileError(
            f"{name} states the shape {shape}, which takes {expected} bytes, and holds {found}"
        )
    return np.frombuffer(content, dtype).reshape(shape).astype(dtype.newbyteorder("="))
