import errno
import json
import os
from pathlib import Path

import pytest

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.job import Fault, Outcome
from cxmethod.runs.batch.ledger import Ledger, Shard, read_shard

WORDS = Words()


def outcome(place: str, status: str = "done", at: int = 0) -> Outcome:
    fault = Fault("why", "report", 3) if status == "failed" else None
    return Outcome(place, "Ñandú", status, fault=fault, finished=f"2026-11-23T05:00:{at:02}+00:00")  # type: ignore[arg-type]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    (tmp_path / "ledger").mkdir()
    return Ledger(tmp_path, "portfolio")


def test_what_was_appended_is_read_the_last_of_each_client(ledger: Ledger) -> None:
    for one in (outcome("a", "failed"), outcome("b", at=1), outcome("a", at=2)):
        ledger.append(one, WORDS)
    assert ledger.latest() == {"a": outcome("a", at=2), "b": outcome("b", at=1)}


def test_a_failure_keeps_its_notebook_and_cell(ledger: Ledger) -> None:
    ledger.append(outcome("a", "failed"), WORDS)
    assert ledger.latest()["a"].fault == Fault("why", "report", 3)


def test_a_torn_last_line_is_no_outcome_and_is_glued_to_none(ledger: Ledger) -> None:
    ledger.append(outcome("a"), WORDS)
    ledger.append(outcome("b"), WORDS)
    whole = ledger.path.read_bytes()
    for length in range(whole.index(b"\n") + 1, len(whole)):
        ledger.path.write_bytes(whole[:length])
        assert set(ledger.latest()) <= {"a", "b"}
        ledger.append(outcome("c"), WORDS)
        assert {"a", "c"} <= set(ledger.latest())


def test_a_line_of_another_version_or_shape_is_passed_over(ledger: Ledger) -> None:
    ledger.path.write_text('{"version": 2}\n[]\n{"version": 1, "place": "x"}\nnull\n', encoding="utf-8")
    counted: list[int] = []
    assert ledger.latest(counted.append) == {}
    # That of another version is another's, and no fault.
    assert counted == [3]


@pytest.mark.parametrize(
    "wrong",
    [
        {"finished": None},
        {"finished": 3},
        {"deliverables": None},
        {"deliverables": {"report.html": None}},
        {"notes": 5},
        {"fault": "why"},
        {"status": "gone"},
        {"place": ["a"]},
    ],
)
def test_a_line_of_wrong_types_is_passed_over_and_counted(ledger: Ledger, wrong: dict[str, object]) -> None:
    ledger.append(outcome("a"), WORDS)
    said = json.loads(ledger.path.read_text(encoding="utf-8"))
    with ledger.path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said | {"place": "b"} | wrong) + "\n")
    counted: list[int] = []
    assert set(ledger.latest(counted.append)) == {"a"}
    assert counted == [1]


def test_a_field_of_a_later_release_is_ignored(ledger: Ledger) -> None:
    ledger.append(outcome("a", "failed"), WORDS)
    said = json.loads(ledger.path.read_text(encoding="utf-8"))
    said["fault"]["hint"] = said["machine"] = "new"
    ledger.path.write_text(json.dumps(said) + "\n", encoding="utf-8")
    assert ledger.latest()["a"].fault == Fault("why", "report", 3)


def test_a_full_disk_ends_the_batch_and_leaves_whole_lines(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append(outcome("a"), WORDS)
    before, write = ledger.path.read_bytes(), os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:9]))
    with pytest.raises(CxError, match=os.strerror(errno.ENOSPC)):
        ledger.append(outcome("b"), WORDS)
    assert ledger.path.read_bytes() == before


def test_shards_write_their_own_file_and_read_all(tmp_path: Path) -> None:
    (tmp_path / "ledger").mkdir()
    whole, *parts = (Ledger(tmp_path, "p", shard) for shard in (Shard(), Shard(1, 2), Shard(2, 2)))
    for at, part in enumerate((whole, *parts)):
        part.append(outcome(str(at), at=at), WORDS)
    assert len({part.path for part in (whole, *parts)}) == 3
    assert all(set(part.latest()) == {"0", "1", "2"} for part in (whole, *parts))


def test_a_portfolio_or_shard_is_held_by_one_batch(tmp_path: Path) -> None:
    with Ledger(tmp_path, "p").held(WORDS):
        with pytest.raises(CxError, match="is running"), Ledger(tmp_path, "p").held(WORDS):
            pass
        with Ledger(tmp_path, "p", Shard(1, 2)).held(WORDS), Ledger(tmp_path, "other").held(WORDS):
            pass
    with Ledger(tmp_path, "p").held(WORDS):
        pass


def test_a_shard_is_written_as_a_part(tmp_path: Path) -> None:
    assert read_shard("2/8", WORDS) == Shard(2, 8)


@pytest.mark.parametrize("text", ["", "0/4", "5/4", "1/0", "1", "a/b", "-1/2", "1/2/3"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(CxError, match="i/n"):
        read_shard(text, WORDS)
