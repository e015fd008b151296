"""What stands on the poster: the map, cut to what can be read from two metres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from cxmethod.engagement.colour import readable_on_white
from cxmethod.language import Words
from cxmethod.language.direction import isolated

Record = Mapping[str, Any]
ALL = "all"
_SOURCES = ("internal", "before", "after")
_PERSONAS = 5
_WORDS = {
    "words": 200,
    "line": 200,
    "activity": 160,
    "name": 160,
    "goal": 160,
    "subtitle": 240,
    "message": 400,
}
"""Letters of the longest text of each kind that is written whole; a name is never cut that is one."""
_HARD = {"worry": 0, "doubt": 1, "frustration": 2}
_DONE = ("chosen", "under_way")
_LETTERS = 12
_ENDLESS = re.compile(r"\S{40,}")
"""No word of a language that is written here; a sign without width lets it break."""
_BREAK = "\u200b"
_LINES = ("goals", "frustrations")
_SAID = ("nothing", "no_voices", "thin", "red_suspected", "value_suspected")


def poster_sheet(journey: Record, paper: str) -> dict[str, Any]:
    """The contents of the poster, in the order in which they stand on it.

    Parameters
    ----------
    journey : mapping
        ``journey.json``, version 1.
    paper : {"a0", "a1", "a2", "a3"}

    Returns
    -------
    dict
        JSON values only. Long texts end in an ellipsis; `curves` are cut where a touchpoint has no estimate.
    """
    points = journey["touchpoints"]
    place = {point["touchpoint"]: number for number, point in enumerate(points)}
    said = dict(journey["text"])
    said |= {name: short(said.get(name), name) for name in ("subtitle", "message")}
    words = Words(journey["language"])
    said |= {name: words.say(f"poster.{name}") for name in _SAID}
    felt = [one for one in journey["emotions"] if one["persona"] == ALL and one["touchpoint"] in place]
    sheet_points = _points(journey)
    return {
        "paper": paper,
        "language": journey["language"],
        "client": short(journey["client"], "name"),
        "draft": journey["draft"],
        "colour": readable_on_white(journey["colour"]),
        "say": said,
        "alt": _alt(said["message"], sheet_points),
        "personas": [_persona(one, words) for one in journey["personas"][:_PERSONAS]],
        "phases": _phases(journey, words),
        "points": sheet_points,
        "curves": {source: _curve(felt, source, place) for source in _SOURCES},
        "blind": [
            {"place": place[one["touchpoint"]], "internal": one["internal"], "after": one["after"]}
            for one in journey["blind_spots"]
            if one["persona"] == ALL and one["touchpoint"] in place
        ],
        "bottlenecks": any(one["bottleneck"] for point in sheet_points for one in point["processes"]),
    }


def short(text: str | None, kind: str) -> str | None:
    """`text` on one line, cut between words where it is longer than a poster bears."""
    if not text:
        return None
    whole, most = " ".join(text.split()), _WORDS[kind]
    if len(whole) > most:
        cut = whole[: most - 1]
        whole = (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:.") + "…"
    return isolated(_ENDLESS.sub(lambda word: _BREAK.join(wrap(word[0], _LETTERS)), whole))


def _alt(message: str | None, points: Iterable[Record]) -> str:
    felt = [f"{point['name']} {point['felt']}" for point in points if point["felt"]]
    return ". ".join(part for part in (message, "; ".join(felt)) if part) or "—"


def _persona(one: Record, words: Words) -> dict[str, Any]:
    return {
        "name": short(one["name"], "name"),
        "share": one["text"]["share"],
        "lines": [(words.say(f"poster.{key}"), line) for key in _LINES if (line := short(one[key], "line"))],
        "quote": words.say("poster.quote", words=short(one["quote"], "words")) if one["quote"] else None,
    }


def _phases(journey: Record, words: Words) -> list[dict[str, Any]]:
    """The phases that touchpoints stand in, each as wide as its own; a touchpoint of no phase has a blank one above it."""
    known = {phase["phase"]: phase for phase in journey["phases"]}
    stretches = [
        (key, list(own)) for key, own in groupby(journey["touchpoints"], lambda point: point["phase"])
    ]
    personas = {one["persona"]: one["name"] for one in journey["personas"]}
    found, first = [], 0
    for number, (key, own) in enumerate(stretches):
        phase = known.get(key, {})
        found.append(
            {
                "name": short(phase.get("name"), "name") or "—",
                "goal": short(phase.get("customer_goal"), "goal"),
                "place": number,
                "first": first,
                "count": len(own),
                "across": max(len(own) // 2, 1),
                "voices": _voices((one for one in journey["voices"] if one["phase"] == key), personas, words),
            }
        )
        first += len(own)
    return found


def _voices(voices: Iterable[Record], personas: Mapping[str, str], words: Words) -> list[dict[str, Any]]:
    """What has no answer first, then what holds customers back, then what moves them most."""
    ordered = sorted(
        voices,
        key=lambda one: (one["answered"] is not False, _HARD.get(one["kind"], 3), -(one["intensity"] or 0)),
    )
    return [
        {
            "words": words.say("poster.quote", words=short(one["words"], "words"))
            if one["quoted"]
            else short(one["words"], "words"),
            "who": short(personas.get(one["persona"]), "name"),
            "open": one["answered"] is False,
            "assumed": one["evidence"] == "assumed",
        }
        for one in ordered
    ]


def _points(journey: Record) -> list[dict[str, Any]]:
    moments = {one["touchpoint"]: one for one in journey["moments"] if one["persona"] == ALL}
    after = {
        one["touchpoint"]: one
        for one in journey["emotions"]
        if one["persona"] == ALL and one["source"] == "after" and one["mean"] is not None
    }
    said = journey["text"]
    return [
        {
            "name": short(point["name"], "name"),
            "channel": short(point["channel"], "name"),
            "activity": short(point["activity"], "activity"),
            "critical": bool(point["business_critical"]),
            "kind": moments.get(point["touchpoint"], {}).get("kind"),
            "suspected": moments.get(point["touchpoint"], {}).get("status") == "suspected",
            "felt": after[point["touchpoint"]]["text"]["mean"] if point["touchpoint"] in after else None,
            "mean": after[point["touchpoint"]]["mean"] if point["touchpoint"] in after else None,
            "strategy": point["text"]["strategy"],
            "processes": [_process(one, said) for one in _at(journey["processes"], point)],
            "initiatives": [
                {"name": short(one["name"], "name"), "by": _by(one, said)}
                for one in _at(journey["initiatives"], point)
                if one["state"] in _DONE
            ],
        }
        for point in journey["touchpoints"]
    ]


def _at(records: Iterable[Record], point: Record) -> Sequence[Record]:
    return [one for one in records if point["touchpoint"] in one["touchpoints"]]


def _process(one: Record, said: Record) -> dict[str, Any]:
    slow = [said["heading_bottleneck"], one["text"]["wait_minutes"]]
    return {
        "name": short(one["name"], "name"),
        "owner": short(one["owner"], "name") or said["heading_no_owner"],
        "bottleneck": " · ".join(part for part in slow if part) if one["bottleneck"] else None,
    }


def _by(initiative: Record, said: Record) -> str:
    """Who does it, and when."""
    owner = short(initiative["owner"], "name") or said["heading_no_owner"]
    return " · ".join(part for part in (owner, initiative["text"]["months"]) if part)


def _curve(felt: Iterable[Record], source: str, place: Mapping[str, int]) -> list[list[dict[str, Any]]]:
    """Stretches of touchpoints with an estimate, one beside the other."""
    known = sorted(
        (place[one["touchpoint"]], one) for one in felt if one["source"] == source and one["mean"] is not None
    )
    stretches: list[list[dict[str, Any]]] = []
    for number, one in known:
        if not stretches or stretches[-1][-1]["place"] != number - 1:
            stretches.append([])
        stretches[-1].append(
            {
                "place": number,
                "mean": one["mean"],
                "low": one["low"],
                "high": one["high"],
                "firm": one["standing"] == "firm",
            }
        )
    return stretches
