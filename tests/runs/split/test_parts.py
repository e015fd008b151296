"""A client's folder is whole or not there, whatever happens while it is written."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from cxmethod.language import Words
from cxmethod.runs.split import parts as split_parts
from cxmethod.runs.split.parts import Label, clear_unfinished, read_label, write_part

from .wholes import state

LABEL = Label("chain", "respondents", "sede", "Sur")
ONE = {"inputs/a.csv": b"a\n1\n", "inputs/b.csv": b"b\n1\n", "engagement.yaml": b"client: Sur\n"}
TWO = {"inputs/a.csv": b"a\n2\n", "inputs/c.csv": b"c\n1\n", "engagement.yaml": b"client: Sur 2\n"}


class Killed(BaseException):
    """As a kill: nothing catches it."""


@pytest.fixture
def killed_at(monkeypatch):
    """Let the writing end before its n-th file."""
    write = split_parts.write_atomic

    def at(step: int) -> None:
        steps = count()

        def dying(path: Path, content: bytes) -> Path:
            if next(steps) == step:
                raise Killed
            return write(path, content)

        monkeypatch.setattr(split_parts, "write_atomic", dying)

    return at


def put(folder: Path, files: dict[str, bytes]) -> split_parts.Written:
    return write_part(folder, files, LABEL, Words("es"))


def held(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (_, content) in state(folder).items()}


@pytest.mark.parametrize("step", range(4))
def test_a_new_client_that_was_killed_is_not_there(tmp_path, killed_at, step):
    killed_at(step)
    with pytest.raises(Killed):
        put(tmp_path / "sur", ONE)
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_half_made_is_removed(tmp_path):
    (tmp_path / ".abc.split-part" / "inputs").mkdir(parents=True)
    clear_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", range(5))
def test_a_client_that_was_killed_while_renewed_is_completed_by_the_next_run(
    tmp_path, killed_at, monkeypatch, step
):
    put(tmp_path / "undisturbed", ONE)
    put(tmp_path / "undisturbed", TWO)
    put(tmp_path / "sur", ONE)
    killed_at(step)
    with pytest.raises(Killed):
        put(tmp_path / "sur", TWO)
    monkeypatch.undo()
    done = put(tmp_path / "sur", TWO)
    assert done.kept == ()
    renamed = {
        name: content.replace(b"undisturbed", b"sur")
        for name, content in held(tmp_path / "undisturbed").items()
    }
    assert held(tmp_path / "sur") == renamed


def test_after_a_kill_data_that_changed_once_more_are_not_taken_for_an_edit(tmp_path, killed_at, monkeypatch):
    put(tmp_path / "sur", ONE)
    killed_at(2)  # the record and the first table are written
    with pytest.raises(Killed):
        put(tmp_path / "sur", TWO)
    monkeypatch.undo()
    done = put(tmp_path / "sur", ONE | {"inputs/a.csv": b"a\n3\n"})
    assert (done.kept, (tmp_path / "sur" / "inputs" / "a.csv").read_bytes()) == ((), b"a\n3\n")


def test_a_file_that_the_split_no_longer_has_goes_unless_somebody_changed_it(tmp_path):
    put(tmp_path / "sur", ONE | {"inputs/x.csv": b"x\n"})
    (tmp_path / "sur" / "inputs" / "x.csv").write_bytes(b"mine\n")
    put(tmp_path / "sur", TWO)
    assert sorted(held(tmp_path / "sur")) == [
        "engagement.yaml",
        "inputs/a.csv",
        "inputs/c.csv",
        "inputs/x.csv",
        "split.json",
    ]


def test_a_table_that_somebody_typed_is_not_joined_by_a_second_file_of_it(tmp_path):
    put(tmp_path / "sur", ONE)
    (tmp_path / "sur" / "inputs" / "k.csv").write_bytes(b"k\n1\n")
    done = put(tmp_path / "sur", ONE | {"inputs/k.parquet": b"PAR1"})
    assert done.kept == ("inputs/k.parquet",)
    assert not (tmp_path / "sur" / "inputs" / "k.parquet").exists()


def test_a_table_that_grew_into_parquet_replaces_its_csv(tmp_path):
    put(tmp_path / "sur", ONE)
    grown = {name: content for name, content in ONE.items() if name != "inputs/a.csv"}
    done = put(tmp_path / "sur", grown | {"inputs/a.parquet": b"PAR1"})
    assert done.kept == ()
    assert {name for name in held(tmp_path / "sur") if name.startswith("inputs/a")} == {"inputs/a.parquet"}


def test_a_folder_that_was_renamed_is_no_part_any_more(tmp_path):
    put(tmp_path / "sur", ONE)
    assert read_label(tmp_path / "sur") == LABEL
    (tmp_path / "sur").rename(tmp_path / "sur 2025")
    assert read_label(tmp_path / "sur 2025") is None


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "sur").mkdir()
    put(tmp_path / "sur", ONE)
    assert set(held(tmp_path / "sur")) == {*ONE, "split.json"}
