"""The engagement: one client's folder, which is the whole state of the work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cxmethod.assets import asset
from cxmethod.engagement.decisions import Decisions, decided, dump_decisions, read_decisions
from cxmethod.engagement.first_list import begun
from cxmethod.engagement.manifest import StepSpec, entry, read_manifest, write_manifest
from cxmethod.engagement.problems import InputProblems, Problem
from cxmethod.engagement.reading import RawTable, read_raw
from cxmethod.engagement.results import Result, is_whole, read_result, write_result
from cxmethod.engagement.saving import locked, write_atomic
from cxmethod.engagement.schemas import TABLES
from cxmethod.engagement.settings import Settings, read_settings
from cxmethod.engagement.validation import Checked, check, empty
from cxmethod.language import CxError, Words

SETTINGS = "engagement.yaml"
DECISIONS = "decisions.yaml"


class Engagement:
    """One client's folder: settings, decisions, input tables, results.

    Tables are read when they are asked for, checked against their schema and kept until their file changes.
    Nothing outside the folder is read or written.
    """

    def __init__(self, folder: Path, settings: Settings, words: Words) -> None:
        self.folder = folder
        self.settings = settings
        self.words = words
        self._read: dict[str, tuple[tuple[int, int], RawTable | list[Problem]]] = {}
        self._checked: dict[str, tuple[Any, Checked]] = {}

    @classmethod
    def open(cls, folder: str | Path, language: str | None = None) -> Engagement:
        """Open `folder`; see `cxmethod.open`."""
        place = Path(folder).expanduser().resolve()
        path = place / SETTINGS
        language = language or None
        if language is not None and language not in ("es", "en"):
            raise CxError("engagement.language", value=language)
        if not path.is_file():
            raise CxError("engagement.not_found", Words(language or "en"), folder=str(folder), file=SETTINGS)
        settings = read_settings(path, language)
        return cls(place, settings, settings.words(language))

    def __repr__(self) -> str:
        return f"Engagement({self.settings.client!r})"

    @cached_property
    def inputs(self) -> Path:
        """The folder of the input tables."""
        return self.folder / "inputs"

    # -- input tables -------------------------------------------------------------------------

    def table_path(self, name: str) -> Path | None:
        """The file of a table, None where there is none.

        Raises
        ------
        CxError
            When the table stands there twice, as CSV and as Parquet.
        """
        found = [path for kind in ("csv", "parquet") if (path := self.inputs / f"{name}.{kind}").is_file()]
        if len(found) > 1:
            raise CxError("engagement.table_twice", self.words, table=name)
        return found[0] if found else None

    def has(self, name: str) -> bool:
        """Whether a table is there and has rows."""
        return self._filled(name)

    def _filled(self, name: str) -> bool:
        raw = self._raw(name)
        return isinstance(raw, list) or (raw is not None and not raw.frame.empty)

    def table(self, name: str) -> pd.DataFrame:
        """The checked values of an input table; no rows where the client sent none.

        Parameters
        ----------
        name : str
            A table of `cxmethod.engagement.schemas.TABLES`.

        Raises
        ------
        InputProblems
            Naming everything wrong in it: file, row, column, value and rule.
        """
        checked = self._check(name)
        if checked is None:
            return empty(TABLES[name])
        if checked.problems:
            raise InputProblems(checked.problems, self.words)
        return checked.frame.copy()

    def assumed(self, name: str) -> tuple[str, ...]:
        """Columns of a table that its file leaves empty and that were made up for: see `cxmethod.engagement.first_list`."""
        raw = self._raw(name)
        known = isinstance(raw, RawTable) and not raw.frame.empty
        return self._begun(name, raw).assumed if known and isinstance(raw, RawTable) else ()

    def problems(self, names: Iterable[str] | None = None) -> list[Problem]:
        """Everything wrong in the tables called `names`, or in all."""
        checked = (self._check(name) for name in (names or TABLES))
        return [problem for one in checked if one is not None for problem in one.problems]

    def notices(self) -> list[str]:
        """What was read otherwise than a reader may think: unknown files and columns, old encodings."""
        files = (path for path in sorted(self.inputs.glob("*")) if path.suffix in (".csv", ".parquet"))
        strangers = (path.name for path in files if path.stem not in TABLES)
        lines = [self.words.say("engagement.unknown_file", file=name) for name in strangers]
        for name in TABLES:
            raw = self._raw(name)
            if not isinstance(raw, RawTable):
                continue
            if raw.legacy:
                lines.append(self.words.say("engagement.legacy_encoding", file=raw.file))
            if assumed := self.assumed(name):
                lines.append(
                    self.words.say(
                        "engagement.assumed_columns",
                        file=raw.file,
                        columns=self.words.join(self._heading(name, column) for column in assumed),
                        count=len(assumed),
                    )
                )
            if raw.unknown and name != "respondents":
                columns = self.words.join(raw.unknown)
                lines.append(
                    self.words.say(
                        "engagement.unknown_columns", file=raw.file, columns=columns, count=len(raw.unknown)
                    )
                )
        return lines

    def write_table(self, name: str, frame: pd.DataFrame) -> Path:
        """Check `frame` as the table called `name` and put it in its file, whole or not at all.

        Raises
        ------
        InputProblems
            When it does not hold; nothing is written then.
        """
        if problems := self.check_frame(name, frame):
            raise InputProblems(problems, self.words)
        old = self.table_path(name)
        path = old or self.inputs / f"{name}.csv"
        content = frame.to_parquet(index=False) if path.suffix == ".parquet" else _csv(frame)
        with locked(self.folder, self.words):
            return write_atomic(path, content)

    def check_frame(self, name: str, frame: pd.DataFrame) -> list[Problem]:
        """What would be wrong if `frame` were the table called `name`."""
        path = self.table_path(name)
        written = {str(column): str(column) for column in frame.columns}
        rows = frame.set_axis(range(2, len(frame) + 2), axis=0)
        raw = self._begun(name, RawTable(rows, path.name if path else f"{name}.csv", written))
        return list(
            check(raw, TABLES[name], lambda other: self._keys(other, raw if other == name else None)).problems
        )

    def _raw(self, name: str) -> RawTable | list[Problem] | None:
        path = self.table_path(name)
        if path is None:
            return None
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if name not in self._read or self._read[name][0] != stamp:
            self._read[name] = (stamp, read_raw(path, TABLES[name]))
        return self._read[name][1]

    def _check(self, name: str) -> Checked | None:
        raw = self._raw(name)
        if raw is None:
            return None
        if isinstance(raw, list):
            return Checked(empty(TABLES[name]), tuple(raw))
        raw = self._begun(name, raw)
        if raw.frame.empty and not any(
            column.required and column.name not in raw.frame for column in TABLES[name].columns
        ):
            return Checked(empty(TABLES[name]), ())
        stamps = self._stamps(name)
        if name not in self._checked or self._checked[name][0] != stamps:
            self._checked[name] = (stamps, check(raw, TABLES[name], self._keys))
        return self._checked[name][1]

    def _heading(self, name: str, column: str) -> str:
        known = TABLES[name].column(column)
        return known.es if known is not None and self.words.language == "es" else column

    def _begun(self, name: str, raw: RawTable) -> RawTable:
        return begun(raw, phases=self._filled("phases")) if name == "touchpoints" else raw

    def _stamps(self, name: str) -> dict[str, Any]:
        others = {column.refers for column in TABLES[name].columns if column.refers}
        for other in others:
            self._raw(other)
        return {other: self._read[other][0] for other in {name, *others} if other in self._read}

    def _keys(self, name: str, instead: RawTable | None = None) -> pd.Index | None:
        """Keys of a table that others may refer to; None where it says nothing, so that nothing can be wrong."""
        if name == "personas" and self.settings.persona is not None:
            return None
        raw = instead or self._raw(name)
        raw = self._begun(name, raw) if isinstance(raw, RawTable) else raw
        key = TABLES[name].unique[0]
        if not isinstance(raw, RawTable) or key not in raw.frame or raw.frame.empty:
            return None
        return pd.Index(raw.frame[key].astype("string").str.strip())

    # -- decisions ----------------------------------------------------------------------------

    @property
    def decisions(self) -> Decisions:
        """The decisions on file, read afresh."""
        return read_decisions(self.folder / DECISIONS, self.words)

    def decide(self, place: str, value: Any) -> Decisions:
        """Put one decision on file at once; None takes it back.

        Parameters
        ----------
        place : str
            Dotted, such as ``moments.waiting_room`` or ``scope.cut``.
        value
            Plain values, as they would stand in `decisions.yaml`.

        Raises
        ------
        CxError
            When the decision does not hold; the file stays as it was.
        """
        with locked(self.folder, self.words):
            after = decided(self.decisions, place, value, self.words)
            write_atomic(self.folder / DECISIONS, dump_decisions(after).encode())
        return after

    # -- results ------------------------------------------------------------------------------

    def save(self, result: Result) -> None:
        """Put a step's result under ``results/STEP`` and record what it was computed from."""
        step = result.spec.name
        folder = self.folder / "results" / step
        with locked(self.folder, self.words):
            manifest = self.manifest()
            manifest["steps"].pop(step, None)
            write_manifest(self._manifest_path, manifest)
            write_result(folder, result)
            manifest["steps"][step] = dict(result.basis) or self.basis(result.spec)
            write_manifest(self._manifest_path, manifest)

    def load(self, step: str) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
        """Tables and summary of a saved step."""
        return read_result(self.folder / "results" / step)

    def manifest(self) -> dict[str, Any]:
        """What each saved step was computed from."""
        return read_manifest(self._manifest_path)

    def is_fresh(self, spec: StepSpec) -> bool:
        """Whether a step's saved result still follows from what it reads."""
        if not is_whole(self.folder / "results" / spec.name):
            return False
        return bool(self.manifest()["steps"].get(spec.name) == self.basis(spec))

    def notebook_path(self, step: str) -> Path:
        """The consultant's own copy of a notebook, else the stock one."""
        own = self.folder / "notebooks" / f"{step}.ipynb"
        return own if own.is_file() else asset("notebooks") / f"{step}.ipynb"

    @property
    def _manifest_path(self) -> Path:
        return self.folder / "results" / "manifest.json"

    def basis(self, spec: StepSpec) -> dict[str, Any]:
        """Fingerprints of all that a step would be computed from at this moment."""
        manifest = self.manifest()
        decisions = self.decisions.model_dump(mode="json")
        return entry(
            spec,
            {name: self.table_path(name) for name in spec.tables},
            self.settings.model_dump(mode="json", exclude={"sources", "compare_with"}, exclude_defaults=True),
            {section: decisions[section] for section in spec.decisions},
            self.notebook_path(spec.name),
            {name: manifest["steps"].get(name) for name in spec.after},
        )


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()
