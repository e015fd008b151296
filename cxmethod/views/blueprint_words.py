"""What a service blueprint says: its message, and the whole of it for readers who do not see it."""

from __future__ import annotations

import pandas as pd

from cxmethod.language import Words
from cxmethod.steps.processes import ProcessResult
from cxmethod.views import style
from cxmethod.views.blueprint_parts import marked_ranks
from cxmethod.views.readings import named


def title(result: ProcessResult, words: Words, letters: int) -> str:
    """The gravest thing that the blueprint shows: red points without a process, or bottlenecks under red points.

    What leaves no room on two lines of so many letters is left to the picture; names are whole.
    """
    said = _message(result, words, both=True)
    return said if style.fits(said, letters, 2) else _message(result, words, both=False)


def _message(result: ProcessResult, words: Words, *, both: bool) -> str:
    def told(names: pd.Series) -> str:
        return named([str(name) for name in names], words)

    red = result.links[(result.links["kind"] == "red").fillna(False)]
    uncovered = red[red["process"].isna()]["name"].drop_duplicates()
    table = result.processes
    feeding = table[(table["waiting_hours"] > 0) & table["red_points"].notna()].sort_values("bottleneck_rank")
    if feeding.empty and len(uncovered):
        return words.say("processes.title_uncovered", count=len(uncovered), points=told(uncovered))
    if feeding.empty:
        return _without_red(result, words)
    first = feeding.iloc[0]
    points = red[red["process"] == first["process"]]["name"].drop_duplicates()
    said = words.say(
        "processes.title_feeds",
        count=len(points),
        process=str(first["name"]),
        hours=words.number(first["waiting_hours"], 0),
        points=told(points),
    )
    if uncovered.empty or not both:
        return said
    return words.say("processes.title_and_uncovered", said=said, points=told(uncovered))


def _without_red(result: ProcessResult, words: Words) -> str:
    held = result.processes[result.processes["waiting_hours"] > 0].sort_values("bottleneck_rank")
    if len(held):
        first = held.iloc[0]
        return words.say(
            "processes.title_held", process=first["name"], hours=words.number(first["waiting_hours"], 0)
        )
    count = len(result.processes)
    return words.say("processes.title_plain", count=count) if count else words.say("processes.title_nothing")


def shown_kind(kind: object) -> str:
    """``red`` or ``value``, which a blueprint marks; blank for every other kind."""
    return kind if isinstance(kind, str) and kind in ("red", "value") else ""


def alternative(result: ProcessResult, words: Words) -> str:
    """Each touchpoint with what stands behind it, then bottlenecks and hand-overs."""
    points = result.links.groupby("position", sort=True)
    lines = [words.say("processes.alt", count=points.ngroups)]
    lines += [_point(own, words) for _, own in points]
    table = result.processes.set_index("process")
    ranks = marked_ranks(result.processes)
    if ranks:
        held = (
            words.say(
                "processes.alt_held",
                process=table.at[key, "name"],
                hours=words.number(table["waiting_hours"][key], 0),
            )
            for key in ranks
        )
        lines.append(words.say("processes.alt_bottlenecks", processes=words.join(held)))
    if len(result.handovers):
        lines.append(
            words.say(
                "processes.alt_handovers",
                count=len(result.handovers),
                points=words.join(result.handovers["next_name"]),
            )
        )
    return " ".join(lines)


def _point(own: pd.DataFrame, words: Words) -> str:
    first = own.iloc[0]
    kind = shown_kind(first["kind"])
    name = words.say(f"processes.alt_{kind}", point=first["name"]) if kind else str(first["name"])
    done = own.dropna(subset=["process"])
    if done.empty:
        return words.say("processes.alt_nobody", point=name)
    owners = done["owner"].fillna(words.say("processes.no_owner"))
    behind = [f"{process} ({owner})" for process, owner in zip(done["process_name"], owners, strict=True)]
    return words.say("processes.alt_point", point=name, processes=words.join(behind))
