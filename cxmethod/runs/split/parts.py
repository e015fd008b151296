"""A client's folder as a split writes it: whole or not at all, and over nothing that somebody changed in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from cxmethod.engagement.folder import SETTINGS
from cxmethod.engagement.saving import fingerprint, locked, write_atomic
from cxmethod.language import CxError, Words

RECORD = "split.json"
_VERSION = 1
_UNFINISHED = ".split-part"


@dataclass(frozen=True)
class Label:
    """Which split a folder is a part of, and the value that is its own."""

    of: str
    table: str
    column: str
    value: str

    def is_of(self, other: Label) -> bool:
        """Whether both are parts of one split."""
        return (self.of, self.table, self.column) == (other.of, other.table, other.column)


@dataclass(frozen=True)
class Written:
    """What was done in a client's folder.

    Parameters
    ----------
    changed : tuple of str
        Files that were written or removed.
    kept : tuple of str
        Files that were changed in the folder and are now otherwise in the whole too; they stay as they are.
    """

    changed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def read_label(folder: Path) -> Label | None:
    """The label of the part in `folder`; None where it is none, or a copy of one under another name."""
    record = _read(folder)
    label = record.get("label", {})
    if record.get("folder") != folder.name or set(label) != set(Label.__dataclass_fields__):
        return None
    return Label(**label)


def refuse_taken(labels: Mapping[Path, Label], words: Words) -> None:
    """Refuse folders that hold something else than the part of that label, all at once.

    Raises
    ------
    CxError
    """
    taken = [
        folder.name
        for folder, label in labels.items()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and read_label(folder) != label
    ]
    if taken:
        raise CxError("split.folder_taken", words, count=len(taken), folders=words.join(taken))


def write_part(folder: Path, files: Mapping[str, bytes], label: Label, words: Words) -> Written:
    """Put `files` (by path in the folder) into `folder`; a file that would be the same is not touched.

    A folder that is not there yet is made beside its place and then moved there, whole. In one that is there, files are
    replaced one by one, each whole, the settings last. A file that somebody changed since the last split stays; one that
    the split no longer has goes, if nobody changed it. ``split.json`` records, by SHA-256, what is the split's own.

    Parameters
    ----------
    folder : Path
        Not there, empty, or the part of `label`: see `refuse_taken`.
    files : mapping
    label : Label
    words : Words
    """
    if read_label(folder) is None:
        _make(folder, files, label)
        return Written(tuple(files))
    with locked(folder, words):
        return _renew(folder, files, label)


def clear_unfinished(into: Path) -> None:
    """Remove what a split that was killed left half made."""
    for folder in into.glob(f".*{_UNFINISHED}"):
        shutil.rmtree(folder)


def _make(folder: Path, files: Mapping[str, bytes], label: Label) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(dir=folder.parent, prefix=".", suffix=_UNFINISHED))
    try:
        building.chmod(0o755)
        for name, content in files.items():
            write_atomic(building / name, content)
        _record(building, label, {name: [_digest(content)] for name, content in files.items()}, folder.name)
        if folder.exists():  # and is empty
            folder.rmdir()
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _renew(folder: Path, files: Mapping[str, bytes], label: Label) -> Written:
    ours: dict[str, list[str]] = dict(_read(folder)["files"])
    wanted = {name: _digest(content) for name, content in files.items()}
    there = {name: fingerprint(folder / name) for name in {*wanted, *ours}}
    edited = {name for name in ours if there[name] is not None and there[name] not in ours[name]}
    edited = {name for name in edited if there[name] != wanted.get(name)}
    strange = {name for name in wanted if name not in ours and there[name] not in (None, wanted[name])}
    strange |= {name for name in wanted if _other_kind(folder, name, ours.keys() - edited)}
    put = [name for name in wanted if there[name] != wanted[name] and name not in edited | strange]
    gone = [name for name in ours if name not in wanted and there[name] is not None and name not in edited]
    after = {name: [wanted[name]] for name in wanted if name not in edited | strange}
    after |= {name: ours[name] for name in edited if name in wanted}
    if put or gone:
        # What is about to be written is ours too, should the run be killed before the last line.
        both = {name: sorted({*ours.get(name, []), *after.get(name, [])}) for name in {*ours, *after}}
        _record(folder, label, both, folder.name)
    for name in sorted(put, key=lambda name: name == SETTINGS):
        write_atomic(folder / name, files[name])
    for name in gone:
        (folder / name).unlink()
    if after != ours:
        _record(folder, label, after, folder.name)
    moved_on = {name for name in edited if name in wanted and wanted[name] not in ours[name]}
    return Written((*put, *gone), tuple(sorted(moved_on | strange)))


def _other_kind(folder: Path, name: str, ours: Collection[str]) -> bool:
    """Whether somebody typed the same table into a file of the other kind: a table must not stand there twice."""
    kinds = {".csv": ".parquet", ".parquet": ".csv"}
    path = Path(name)
    if path.suffix not in kinds or path.parent != Path("inputs"):
        return False
    other = path.with_suffix(kinds[path.suffix])
    return other.as_posix() not in ours and (folder / other).is_file()


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _read(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    readable = isinstance(record, dict) and record.get("version") == _VERSION
    return record if readable and isinstance(record.get("files"), dict) else {}


def _record(place: Path, label: Label, files: Mapping[str, list[str]], folder: str) -> None:
    record = {
        "version": _VERSION,
        "folder": folder,
        "label": vars(label),
        "files": {name: files[name] for name in sorted(files)},
    }
    write_atomic(place / RECORD, (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode())
