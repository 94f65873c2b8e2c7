"""Archives unpack whole and inside their folder, or not at all; checksums are checked."""

import io
import tarfile

import pytest

from companion.data import CorruptFileError, extract, verify

GOOD = [("a/one.txt", b"one"), ("a/b/two.txt", b"two")]


def archive(folder, members, links=(), mode="w:gz"):
    path = folder / "some.tar"
    with tarfile.open(path, mode) as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for name, kind, target in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            tar.addfile(member)
    return path


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2"])
def test_all_files_come_out(tmp_path, mode):
    target = tmp_path / "new" / "folder"
    files = extract(archive(tmp_path, GOOD, mode=mode), target)
    assert [file.read_bytes() for file in files] == [b"one", b"two"]
    assert everything_in(target) == ["a", "a/b", "a/b/two.txt", "a/one.txt"]


def test_files_of_the_same_name_are_replaced(tmp_path):
    extract(archive(tmp_path, GOOD), tmp_path / "data")
    extract(archive(tmp_path, [("a/one.txt", b"new")]), tmp_path / "data")
    assert (tmp_path / "data" / "a" / "one.txt").read_bytes() == b"new"
    assert (tmp_path / "data" / "a" / "b" / "two.txt").read_bytes() == b"two"


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/tmp/out.txt",
        "..\\out.txt",
        "C:\\out.txt",
        "\\out.txt",
        "..",
    ],
)
def test_paths_that_leave_the_folder(tmp_path, name):
    target = tmp_path / "in" / "data"
    with pytest.raises(CorruptFileError, match="outside the folder"):
        extract(archive(tmp_path, [*GOOD, (name, b"x")]), target)
    assert not target.exists()
    assert everything_in(tmp_path) == ["some.tar"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices(tmp_path, kind):
    target = tmp_path / "data"
    with pytest.raises(CorruptFileError, match="a link or a device, 'way-out'"):
        extract(archive(tmp_path, GOOD, [("way-out", kind, "../..")]), target)
    assert not target.exists()


def test_archives_that_are_cut_off_leave_nothing_behind(tmp_path):
    import os

    path = archive(tmp_path, [*GOOD, ("large", os.urandom(200_000))])
    whole = path.read_bytes()
    target = tmp_path / "data"
    for length in (0, 10, 100, len(whole) // 2, len(whole) - 200):
        path.write_bytes(whole[:length])
        with pytest.raises(CorruptFileError, match=r"some\.tar is damaged or no tar archive"):
            extract(path, target)
        assert not target.exists() or everything_in(target) == []


def test_what_is_no_archive(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<html>Not found</html>")
    with pytest.raises(CorruptFileError, match="no tar archive"):
        extract(path, tmp_path / "data")
    with pytest.raises(FileNotFoundError):
        extract(tmp_path / "none.tar", tmp_path / "data")


def test_checksums(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"hello\n")
    verify(path, "B1946AC92492D2347C6235B4D2611184")
    path.write_bytes(b"hello")
    with pytest.raises(CorruptFileError, match="file has the MD5 checksum 5d41402abc4b2a76b971"):
        verify(path, "b1946ac92492d2347c6235b4d2611184")
    with pytest.raises(FileNotFoundError):
        verify(tmp_path / "none", "b1946ac92492d2347c6235b4d2611184")
