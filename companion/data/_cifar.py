"""CIFAR-10 in its real binary format: a label and 3 × 32 × 32 bytes, over and over."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from companion.data._files import CorruptFileError
from companion.data._mnist import LabelledImages

#: What the labels 0 … 9 mean.
CIFAR10_CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
#: The MD5 checksum that the authors publish for cifar-10-binary.tar.gz.
CIFAR10_CHECKSUM = "c32a1d4ab5d03f1284b67883e8d87530"

_SHAPE = (3, 32, 32)
_RECORD = 1 + 3 * 32 * 32


def read_cifar10(path: str | os.PathLike[str]) -> LabelledImages:
    """Read one file of CIFAR-10's binary version.

    Parameters
    ----------
    path : path-like
        A file such as ``test_batch.bin``.

    Returns
    -------
    LabelledImages
        The images with shape (n, 3, 32, 32), red, green and blue, as bytes from 0 to 255.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    CorruptFileError
        If its size is no multiple of 3073 bytes, or a label is above 9.

    References
    ----------
    A. Krizhevsky, "Learning multiple layers of features from tiny images", Technical Report,
    University of Toronto (2009). https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf
    """
    path = Path(path)
    content = np.fromfile(path, np.uint8)
    if not content.size or content.size % _RECORD:
        raise CorruptFileError(
            f"{path.name} has {content.size} bytes, which is no multiple of {_RECORD}: it is cut "
            f"off, or not of CIFAR-10's binary version"
        )
    records = content.reshape(-1, _RECORD)
    labels = records[:, 0].astype(np.int64)
    if labels.max() > 9:
        wrong = int(np.argmax(labels > 9))
        raise CorruptFileError(
            f"{path.name} has the label {labels[wrong]} for image {wrong}, and CIFAR-10 has 0 to "
            f"9: it is damaged, or of another data set"
        )
    return LabelledImages(records[:, 1:].reshape(-1, *_SHAPE).copy(), labels)


def cifar10(folder: str | os.PathLike[str], part: str = "train") -> LabelledImages:
    """Load CIFAR-10's photographs from files on this machine.

    To get there from the archive that the authors offer::

        verify("cifar-10-binary.tar.gz", CIFAR10_CHECKSUM)
        extract("cifar-10-binary.tar.gz", "data")
        images, labels = cifar10("data/cifar-10-batches-bin", "test")

    Parameters
    ----------
    folder : path-like
        Where ``data_batch_1.bin`` … ``data_batch_5.bin`` and ``test_batch.bin`` lie.
    part : {"train", "test"}
        The 50 000 images to learn from, or the 10 000 to test with.

    Returns
    -------
    LabelledImages
        The images with shape (n, 3, 32, 32), as bytes; divide by 255 for numbers from 0 to 1.

    Raises
    ------
    FileNotFoundError
        If a file is missing.
    ValueError
        If `part` is neither "train" nor "test".
    CorruptFileError
        If a file is cut off, damaged or something else. Nothing is returned then, though others
        may be sound.
    """
    if part not in ("train", "test"):
        raise ValueError(f"part must be 'train' or 'test', got {part!r}")
    names = ["test_batch.bin"]
    if part == "train":
        names = [f"data_batch_{number}.bin" for number in range(1, 6)]
    missing = [name for name in names if not Path(folder, name).is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} has no {', '.join(missing)}")
    parts = [read_cifar10(Path(folder, name)) for name in names]
    return LabelledImages(*map(np.concatenate, zip(*parts, strict=True)))
