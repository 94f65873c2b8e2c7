"""Tiny files in MNIST's true format: read back whole, and refused when anything is amiss."""

import gzip
import hashlib
import struct

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from companion.data import CorruptFileError, _mnist, mnist, read_idx

IMAGES = np.random.default_rng(0).integers(0, 256, (5, 28, 28), dtype=np.uint8)
LABELS = np.array([3, 0, 9, 1, 1], dtype=np.uint8)
CODES = {"u1": 0x08, "i1": 0x09, ">i2": 0x0B, ">i4": 0x0C, ">f4": 0x0D, ">f8": 0x0E}


def idx(array, code="u1"):
    """Return the bytes of an IDX file, written by the format's description."""
    head = bytes([0, 0, CODES[code], array.ndim])
    return head + struct.pack(f">{array.ndim}I", *array.shape) + array.astype(code).tobytes()


def write(folder, part="train", compressed=True, images=IMAGES, labels=LABELS):
    prefix = {"train": "train", "test": "t10k"}[part]
    for name, array in (("images-idx3", images), ("labels-idx1", labels)):
        path = folder / f"{prefix}-{name}-ubyte{'.gz' if compressed else ''}"
        content = idx(array)
        path.write_bytes(gzip.compress(content, mtime=0) if compressed else content)


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("part", ["train", "test"])
def test_what_was_written_is_read(tmp_path, part, compressed):
    write(tmp_path, part, compressed)
    images, labels = mnist(tmp_path, part, verified=False)
    assert_array_equal(images, IMAGES)
    assert_array_equal(labels, LABELS)
    assert labels.dtype == np.int64
    images[:] = 0  # the caller's own


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("shape", [(7,), (2, 3), (2, 3, 4), (0, 5)])
def test_every_type_and_shape(tmp_path, code, shape):
    array = np.random.default_rng(1).integers(0, 100, shape).astype(code)
    path = tmp_path / "any.idx"
    path.write_bytes(idx(array, code))
    found = read_idx(path)
    assert found.dtype == np.dtype(code).newbyteorder("=")
    assert_array_equal(found, array)


def test_checksums_are_asked_for(tmp_path, monkeypatch):
    write(tmp_path)
    with pytest.raises(CorruptFileError, match="MD5 checksum"):
        mnist(tmp_path)
    right = {path.name: hashlib.md5(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    monkeypatch.setattr(_mnist, "MNIST_CHECKSUMS", right)
    assert len(mnist(tmp_path).labels) == 5


WHOLE = idx(IMAGES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no IDX file: it begins with nothing"),
        (WHOLE[:3], "no IDX file"),
        (b"\x80\x04" + WHOLE[2:], "no IDX file: it begins with 80 04 08 03"),
        (b"\0\0\x07\x03" + WHOLE[4:], "no IDX file"),
        (b"\0\0\x08\x00", "no IDX file"),
        (WHOLE[:10], "cut off within its shape"),
        (WHOLE[:-1], "takes 3920 bytes, and holds 3919"),
        (WHOLE + b"\0", "takes 3920 bytes, and holds more"),
        (b"\0\0\x08\x01" + b"\xff\xff\xff\xff" + b"12", "holds 2"),
    ],
)
@pytest.mark.parametrize("compressed", [True, False])
def test_files_that_are_not_what_they_should_be(tmp_path, content, message, compressed):
    path = tmp_path / "images"
    path.write_bytes(gzip.compress(content) if compressed else content)
    with pytest.raises(CorruptFileError, match=message):
        read_idx(path)


def test_compressed_files_that_are_cut_off_or_damaged(tmp_path):
    path = tmp_path / "images.gz"
    packed = gzip.compress(WHOLE)
    damaged = bytearray(packed)
    damaged[len(packed) // 2] ^= 0xFF
    for content in (packed[:-30], packed[:-4], packed[:40], bytes(damaged)):
        path.write_bytes(content)
        with pytest.raises(CorruptFileError, match=r"images\.gz"):
            read_idx(path)


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (IMAGES, LABELS[:4], "do not belong together"),
        (IMAGES[:, 0], LABELS, "do not belong together"),
        (IMAGES, LABELS + 1, "from 0 to 9, got 10"),
    ],
)
def test_pairs_that_do_not_fit(tmp_path, images, labels, message):
    write(tmp_path, images=images, labels=labels)
    with pytest.raises(CorruptFileError, match=message):
        mnist(tmp_path, verified=False)


def test_missing_files_and_parts(tmp_path):
    with pytest.raises(FileNotFoundError, match="train-images-idx3-ubyte"):
        mnist(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_idx(tmp_path / "none")
    with pytest.raises(ValueError, match="'train' or 'test', got 'both'"):
        mnist(tmp_path, "both")
