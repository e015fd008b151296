from __future__ import annotations

import os
from hashlib import sha256

import pytest

from cxmethod.engagement import saving, write_atomic
from cxmethod.engagement.saving import fingerprint, locked
from cxmethod.language import Words


def test_folders_are_made(tmp_path):
    assert write_atomic(tmp_path / "a" / "b.txt", b"x").read_bytes() == b"x"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    path = write_atomic(tmp_path / "a.txt", b"old")

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(saving.os, step, fail)
    with pytest.raises(OSError, match="no space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.txt"]


def test_an_interrupt_leaves_the_old_file(tmp_path, monkeypatch):
    path = write_atomic(tmp_path / "a.txt", b"old")
    monkeypatch.setattr(saving.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, b"new")
    assert (path.read_bytes(), len(list(tmp_path.iterdir()))) == (b"old", 1)


def test_the_content_is_on_disk_before_the_name_changes(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(saving.os, "fsync", lambda _: calls.append("fsync"))
    replace = os.replace
    monkeypatch.setattr(saving.os, "replace", lambda *names: (calls.append("replace"), replace(*names)))
    write_atomic(tmp_path / "a.txt", b"x")
    assert calls == ["fsync", "replace"]


def test_a_file_keeps_its_permissions(tmp_path):
    path = write_atomic(tmp_path / "a.txt", b"old")
    path.chmod(0o600)
    write_atomic(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_file_can_be_read_by_others(tmp_path):
    assert write_atomic(tmp_path / "a.txt", b"x").stat().st_mode & 0o777 == 0o644


def test_fingerprints(tmp_path):
    path = write_atomic(tmp_path / "a.txt", b"x" * 3_000_000)
    assert fingerprint(path) == sha256(b"x" * 3_000_000).hexdigest()
    assert fingerprint(tmp_path / "none") is None


def test_a_lock_is_given_back_after_a_failure(tmp_path):
    with pytest.raises(ValueError, match="x"), locked(tmp_path, Words()):
        raise ValueError("x")
    with locked(tmp_path, Words()):
        pass
