"""Tiny files in CIFAR-10's true binary format, and an archive of them."""

import io
import tarfile

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from companion.data import (
    CIFAR10_CHECKSUM,
    CIFAR10_CLASSES,
    CorruptFileError,
    cifar10,
    extract,
    read_cifar10,
    verify,
)

RNG = np.random.default_rng(0)
NAMES = [*(f"data_batch_{i}.bin" for i in range(1, 6)), "test_batch.bin"]


def a_batch(images=4):
    return RNG.integers(0, 256, (images, 3, 32, 32), dtype=np.uint8), RNG.integers(0, 10, images)


def records(images, labels):
    """Return the bytes: each label, then its red, its green and its blue plane, row by row."""
    return b"".join(
        bytes([label]) + image[0].tobytes() + image[1].tobytes() + image[2].tobytes()
        for image, label in zip(images, labels, strict=True)
    )


BATCHES = {name: a_batch() for name in NAMES}


def archive_of(folder):
    path = folder / "cifar-10-binary.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, batch in BATCHES.items():
            content = records(*batch)
            member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_from_the_archive_to_arrays(tmp_path):
    files = extract(archive_of(tmp_path), tmp_path / "data")
    assert [file.name for file in files] == NAMES
    images, labels = cifar10(tmp_path / "data" / "cifar-10-batches-bin", "test")
    assert_array_equal(images, BATCHES["test_batch.bin"][0])
    assert_array_equal(labels, BATCHES["test_batch.bin"][1])
    images, labels = cifar10(tmp_path / "data" / "cifar-10-batches-bin")
    assert images.shape == (20, 3, 32, 32)
    assert (images.dtype, labels.dtype) == (np.uint8, np.int64)
    assert_array_equal(images[4:8], BATCHES["data_batch_2.bin"][0])
    assert len(CIFAR10_CLASSES) == 10


def test_another_archive_and_one_cut_off_are_refused_before_anything_is_written(tmp_path):
    path = archive_of(tmp_path)
    with pytest.raises(CorruptFileError, match=f"{CIFAR10_CHECKSUM} is right: it is damaged"):
        verify(path, CIFAR10_CHECKSUM)
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(CorruptFileError, match=r"binary\.tar\.gz is damaged"):
        extract(path, tmp_path / "data")
    assert list((tmp_path / "data").rglob("*.bin")) == []
    with pytest.raises(FileNotFoundError, match=r"data has no test_batch\.bin"):
        cifar10(tmp_path / "data", "test")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has 0 bytes"),
        (records(*BATCHES["test_batch.bin"])[:-1], "12291 bytes, which is no multiple of 3073"),
        (b"\x80\x02}q\x01", "no multiple of 3073"),
        (bytes([10]) + bytes(3072), "label 10 for image 0"),
        (records(*a_batch(2)) + bytes([255]) + bytes(3072), "label 255 for image 2"),
    ],
)
def test_files_that_are_not_what_they_should_be(tmp_path, content, message):
    path = tmp_path / "test_batch.bin"
    path.write_bytes(content)
    with pytest.raises(CorruptFileError, match=message):
        read_cifar10(path)
    with pytest.raises(CorruptFileError, match=message):
        cifar10(tmp_path, "test")


def test_one_bad_file_of_five_spoils_all(tmp_path):
    for name in NAMES[:5]:
        (tmp_path / name).write_bytes(records(*a_batch(1)))
    (tmp_path / NAMES[3]).write_bytes(b"cut off")
    with pytest.raises(CorruptFileError, match="data_batch_4"):
        cifar10(tmp_path)


def test_missing_files_and_parts(tmp_path):
    (tmp_path / NAMES[0]).write_bytes(records(*a_batch(1)))
    with pytest.raises(FileNotFoundError, match=r"no data_batch_2\.bin, data_batch_3\.bin"):
        cifar10(tmp_path)
    with pytest.raises(ValueError, match="'train' or 'test'"):
        cifar10(tmp_path, "all")
