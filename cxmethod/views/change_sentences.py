"""What moved between two states, in sentences: one section a part of the work, and what it rests on."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.language import Words
from cxmethod.steps.changes import Changes, Side
from cxmethod.steps.emotion_changes import MOVED
from cxmethod.steps.finding import Severity
from cxmethod.views.change_evidence import because, evidence, missing
from cxmethod.views.change_places import Names
from cxmethod.views.change_words import Said, clean, column, known_or, plain, quoted
from cxmethod.views.sentences import code

_LISTED = {"added": "info", "removed": "info", "cut": "info", "restored": "info"}
_LIMIT_TOLD = ("became_red", "no_longer_red", "kind")
_SILENT = ("hidden", "protecting")


@dataclass(frozen=True)
class Section:
    """The sentences of one part: touchpoints, emotions, moments, portfolio, evidence or missing."""

    part: str
    title: str
    lines: tuple[Said, ...]


def title(changes: Changes, words: Words) -> str:
    """From when to when; by the names of the folders where the dates do not tell the states apart."""
    before, after = changes.before, changes.after
    if before.date and after.date and before.date != after.date:
        return words.say("changes.title_dates", before=_when(before, words), after=_when(after, words))
    return words.say("changes.title_names", before=clean(before.folder), after=clean(after.folder))


def sections(
    changes: Changes,
    words: Words,
    confidence: float = 0.95,
    places: tuple[str, str] | None = None,
    names: Names | None = None,
) -> list[Section]:
    """Everything that there is to say, part by part.

    Parameters
    ----------
    changes : Changes
    words : Words
    confidence : float
        That of the intervals.
    places : pair of str, optional
        How the caller named the two folders: then it is said what to run there. A report does not say that.
    names : mapping, optional
        Key → name of what decisions are about; the keys without it.
    """
    made: dict[str, list[Said]] = {
        "touchpoints": list(_touchpoints(changes, words)),
        "emotions": list(_emotions(changes, words, confidence)),
        "moments": list(_moments(changes, words)),
        "portfolio": list(_portfolio(changes, words)),
        "evidence": list(evidence(changes, words, names)),
    }
    absent = set(changes.missing["part"])
    for part in ("touchpoints", "emotions", "moments", "portfolio"):
        made[part] += because(changes, part, words, names)
    shown = {"missing": list(missing(changes, words, places))} if absent else {}
    shown |= {part: lines for part, lines in made.items() if part not in absent}
    return [
        Section(part, words.say(f"changes.head_{part}"), tuple(lines) or (_none(part, words),))
        for part, lines in shown.items()
    ]


def _none(part: str, words: Words) -> Said:
    return Said(f"{part}_none", words.say(f"changes.none_{part}"))


def _when(side: Side, words: Words) -> str:
    return words.date(datetime.date.fromisoformat(side.date))


def _touchpoints(changes: Changes, words: Words) -> Iterable[Said]:
    frame = changes.touchpoints
    for change in _LISTED:
        own = frame[frame["change"] == change]
        if len(own):
            text = words.say(f"changes.touchpoint_{change}", count=len(own), names=quoted(own["name"], words))
            yield Said(f"touchpoint_{change}", text, "info", {"touchpoints": list(own["touchpoint"])})
    for row in frame[~frame["change"].isin([*_LISTED, "reordered"])].to_dict("records"):
        instead = "nobody" if row["change"] == "owner" else "unsaid"
        was, now = (known_or(row[state], words, instead) for state in ("before", "after"))
        text = words.say(
            f"changes.touchpoint_{row['change']}", name=clean(row["name"]), before=was, after=now
        )
        yield Said(f"touchpoint_{row['change']}", text, "info", {"touchpoint": row["touchpoint"]})
    moved = frame[frame["change"] == "reordered"]
    if len(moved):
        text = words.say("changes.touchpoint_reordered", names=quoted(moved["name"], words))
        yield Said("touchpoint_reordered", text, "info", {"touchpoints": list(moved["touchpoint"])})


def _emotions(changes: Changes, words: Words, confidence: float) -> Iterable[Said]:
    frame, people = changes.emotions, changes.people
    by = {str(verdict): own for verdict, own in frame.groupby("verdict", sort=False)}
    if set(by) <= {"same"}:
        return
    if people.get("shared"):
        counts: dict[str, Any] = {name: words.number(number, 0) for name, number in people.items()}
        yield Said("emotion_people", words.say("changes.emotion_people", **counts), "info", dict(people))
    level = words.percent(confidence)
    for verdict in MOVED:
        for row in by.get(verdict, frame.head(0)).to_dict("records"):
            text = words.say(f"changes.emotion_{verdict}", level=level, **_figures(row, words))
            severity: Severity = "warns" if verdict in ("worse", "more_negative") else "info"
            yield Said(f"emotion_{verdict}", text, severity, plain(row))
    for verdict in ("method", "only_after", "only_before", "untested"):
        if verdict in by:
            names = words.join(_point(row, words) for row in by[verdict].to_dict("records"))
            text = words.say(f"changes.emotion_{verdict}", names=names)
            yield Said(f"emotion_{verdict}", text, "info", {"n": len(by[verdict])})
    unseen = sum(len(by[verdict]) for verdict in _SILENT if verdict in by)
    for verdict, count in (
        ("noise", len(by.get("noise", ()))),
        ("same", len(by.get("same", ()))),
        ("unseen", unseen),
    ):
        if count:
            yield Said(
                f"emotion_{verdict}",
                words.say(f"changes.emotion_{verdict}", count=count),
                "info",
                {"n": count},
            )


def _point(row: Mapping[Any, Any], words: Words) -> str:
    return words.say(
        "changes.point", name=clean(row["name"]), source=words.say(f"changes.source_{row['source']}")
    )


def _figures(row: Mapping[Any, Any], words: Words) -> dict[str, Any]:
    points = {name: words.signed(100 * row[f"share_{name}"], 0) for name in ("difference", "low", "high")}
    return {
        "point": _point(row, words),
        "answers": _answers(row, words),
        **{name: words.signed(row[name], 2) for name in ("mean_before", "mean_after")},
        **{name: words.signed(row[name], 2) for name in ("difference", "low", "high")},
        **{f"share_{name}": words.percent(row[f"share_{name}"]) for name in ("before", "after")},
        **{f"points_{name}": value for name, value in points.items()},
    }


def _answers(row: Mapping[Any, Any], words: Words) -> str:
    """What the comparison rests on: the evidence of this very touchpoint that changed."""
    counts: dict[str, Any] = {
        name: words.number(row[f"n_{name}"], 0) for name in ("before", "after", "new", "gone", "changed")
    }
    return words.say("changes.answers", **counts)


def _moments(changes: Changes, words: Words) -> Iterable[Said]:
    for row in changes.moments.to_dict("records"):
        change = row["change"]
        kinds: dict[str, Any] = {
            f"{name}_{state}": _code(row[f"{name}_{state}"], words)
            for name in ("kind", "status") for state in ("before", "after")
        }  # fmt: skip
        text = words.say(f"changes.moment_{change}", name=clean(row["name"]), **kinds)
        if row["decided"]:
            text = f"{text} {words.say('changes.moment_decided')}"
        elif change in _LIMIT_TOLD and row["emotion"] in ("noise", "still"):
            movement = str(row["emotion"])
            near = words.say(f"changes.moment_{movement}")
            text = f"{text} {near}"
        yield Said(f"moment_{change}", text, "warns" if change == "became_red" else "info", plain(row))


def _code(value: Any, words: Words) -> str:
    return words.say("changes.no_status") if pd.isna(value) else code(str(value), words)


def _portfolio(changes: Changes, words: Words) -> Iterable[Said]:
    was, now = changes.before.portfolio == "chosen", changes.after.portfolio == "chosen"
    if was != now:
        told = "portfolio_first" if now else "portfolio_lost"
        yield Said(told, words.say(f"changes.{told}"))
    frame = changes.portfolio
    for row in frame[frame["change"].isin(["entered", "left", "done"])].to_dict("records"):
        told = f"left_{row['why']}" if row["change"] == "left" else str(row["change"])
        text = words.say(
            f"changes.initiative_{told}", name=clean(row["name"]), cost=words.money(row["cost_after"]),
            tranche=words.number(row["tranche_after"], 0),
        )  # fmt: skip
        yield Said(f"initiative_{told}", _with_own(text, row, words), "info", plain(row))
    for change in ("new", "removed"):
        own = frame[frame["change"] == change]
        if len(own):
            text = words.say(f"changes.initiative_{change}", count=len(own), names=quoted(own["name"], words))
            yield Said(f"initiative_{change}", text, "info", {"initiatives": list(own["initiative"])})
    yield from _also(frame, words)


def _also(frame: pd.DataFrame, words: Words) -> Iterable[Said]:
    """Costs, tranches and owners one by one; places in the order together, as one that moves pushes all others."""
    forms: dict[str, Callable[[Any], str]] = {
        "cost": lambda value: words.say("changes.unsaid") if pd.isna(value) else words.money(value),
        "tranche": lambda value: (
            words.say("changes.no_tranche") if pd.isna(value) else words.number(value, 0)
        ),
        "owner": lambda value: known_or(value, words, "nobody"),
    }
    ranked = frame[frame["change"].isin(["", "entered", "left"])]
    for name, form in forms.items():
        # Who enters gets its tranche, and who leaves loses it: that is said already.
        own = ranked if name != "tranche" else ranked[ranked["change"] == ""]
        for row in own[own["also"].str.contains(name, regex=False).astype(bool)].to_dict("records"):
            was, now = (form(row[f"{name}_{state}"]) for state in ("before", "after"))
            text = words.say(f"changes.initiative_{name}", name=clean(row["name"]), before=was, after=now)
            yield Said(f"initiative_{name}", text, "info", plain(row))
    moved = ranked[ranked["also"].str.contains("rank", regex=False).astype(bool)].to_dict("records")
    if moved:
        places = words.join(
            words.say(
                "changes.place", name=clean(row["name"]), before=words.number(row["rank_before"], 0),
                after=words.number(row["rank_after"], 0),
            )
            for row in moved
        )  # fmt: skip
        yield Said(
            "initiative_rank", words.say("changes.initiative_rank", places=places), "info", {"n": len(moved)}
        )


def _with_own(text: str, row: Mapping[Any, Any], words: Words) -> str:
    """What changed in the initiative's own row: the first place to look."""
    columns = [name for name in str(row["own"]).split(";") if name and name != "decision"]
    if not columns:
        return text
    named = words.join(column(name, "initiatives", words) for name in columns)
    return f"{text} {words.say('changes.own_row', columns=named)}"
