"""The file store keeps bytes whole or not at all."""

import hashlib

import pytest

from archive.catalog import store


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    return settings.CAPTURE_DIR


def test_what_is_stored_is_read_back():
    data = "示例乡的防疫卡点".encode("gb18030") + b"\x00\xff"
    kept = store.store(data)
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert kept.size == len(data)
    assert store.read(kept.sha256) == data


def test_storing_the_same_bytes_again_changes_nothing():
    first = store.store(b"abc")
    second = store.store(iter([b"a", b"bc"]))
    assert (first.sha256, first.new, second.sha256, second.new) == (second.sha256, True, first.sha256, False)


def test_a_flipped_byte_is_found(folder):
    kept = store.store(b"a page as received")
    path = store.path_of(kept.sha256)
    path.chmod(0o640)
    path.write_bytes(b"a page as Received")
    with pytest.raises(store.DamagedBytes):
        store.read(kept.sha256)


def test_bytes_that_are_gone_are_said_to_be_gone():
    with pytest.raises(store.MissingBytes):
        store.read("0" * 64)


def test_a_name_that_is_no_hash_reaches_no_file():
    with pytest.raises(ValueError, match="sha256"):
        store.read("../../etc/passwd")


def test_a_failed_write_leaves_nothing_behind(folder):
    def broken():
        yield b"first"
        raise OSError("the upload broke off")

    with pytest.raises(OSError, match="broke off"):
        store.store(broken())
    assert [path for path in folder.rglob("*") if path.is_file()] == []
