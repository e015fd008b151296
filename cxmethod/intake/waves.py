"""Waves in what clients send: each in one file, in an order that the reader is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from cxmethod.engagement import Problem, SurveySource
from cxmethod.intake.parts import Notice, Part
from cxmethod.intake.patterns import STAR, fits, star_part, wave_key


def files_of_one_wave(pattern: str, names: Sequence[str]) -> list[Problem]:
    """Files of which one pattern says the same wave, such as ``ola_1.csv`` and ``ola_01.csv``."""
    first: dict[str, str] = {}
    problems = []
    for name in names if STAR in pattern else ():
        wave = star_part(pattern, name) or ""
        other = first.setdefault(wave_key(wave), name)
        if other != name:
            limits = {"other": other, "wave": wave}
            problems.append(Problem("intake.rule_wave_twice", name, limits=limits))
    return problems


def waves_in_two_files(sources: Iterable[object], parts: Sequence[Part]) -> list[Problem]:
    """Waves that a column says in more than one file of a pattern: a wave that was sent twice would count twice."""
    problems = []
    for source in sources:
        if not isinstance(source, SurveySource) or source.wave is None or STAR not in source.file:
            continue
        own = [part for part in parts if part.kind == source.kind and fits(source.file, part.file)]
        said = pd.concat([_waves(part) for part in own], ignore_index=True) if own else _NONE
        first = said.groupby("key")["file"].transform("first")
        problems += [
            Problem(
                "intake.rule_wave_twice", row["file"], limits={"other": other, "wave": row["wave"]}
            )
            for row, other in zip(said.to_dict("records"), first, strict=True)
            if other != row["file"]
        ]  # fmt: skip
    return problems


def waves_found(tables: Mapping[str, pd.DataFrame]) -> list[Notice]:
    """The waves in the order in which monitoring will take them: the consultant sees whether it is that of time."""
    found = (frame["wave"] for frame in tables.values() if "wave" in frame)
    said = pd.concat([*found, pd.Series([], dtype="string")]).dropna().drop_duplicates()
    return [Notice("intake.waves", {"waves": tuple(said)}, len(said))] if len(said) else []


_NONE = pd.DataFrame({"wave": [], "file": [], "key": []}, dtype="string")


def _waves(part: Part) -> pd.DataFrame:
    found = [frame["wave"] for frame in part.tables.values() if "wave" in frame]
    waves = pd.concat([*found, _NONE["wave"]]).dropna().drop_duplicates()
    return pd.DataFrame({"wave": waves, "file": part.file, "key": [wave_key(wave) for wave in waves]})
