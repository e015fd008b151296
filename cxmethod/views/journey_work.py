"""What the company does behind the journey and will do about it, for other tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.views.blueprint_parts import marked_ranks
from cxmethod.views.durations import duration
from cxmethod.views.journey_records import Kind, Record, records, told
from cxmethod.views.sentences import code

_PROCESSES: Mapping[str, Kind] = {
    "process": "text", "name": "text", "owner": "text", "touchpoints": "list", "red_points": "list",
    "waiting_hours": "number", "wait_minutes": "number", "flow_efficiency": "number", "rework_rate": "number",
    "sla_met_rate": "number", "monthly_rework_cost": "number",
}  # fmt: skip
_HANDOVERS: Mapping[str, Kind] = {
    "touchpoint": "text", "owner": "text", "next_touchpoint": "text", "next_owner": "text", "red": "flag",
}  # fmt: skip
_OPPORTUNITIES: Mapping[str, Kind] = {
    "opportunity": "text", "kind": "text", "name": "text", "phase": "text", "status": "text", "initiatives": "list",
    "done": "list",
}  # fmt: skip
_INITIATIVES: Mapping[str, Kind] = {
    "initiative": "text", "name": "text", "state": "text", "owner": "text", "indicator": "text", "target": "text",
    "tranche": "count", "start": "count", "end": "count", "done_wave": "text", "cost": "number", "easy_and_smart": "flag",
    "touchpoints": "list", "motivations": "list",
}  # fmt: skip


def processes(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """Each process with its owner and the touchpoints that it serves; the worst bottlenecks carry their place."""
    words, table = client.words, results["06_processes"].processes
    ranks = marked_ranks(table)
    forms: dict[str, Any] = dict.fromkeys(("flow_efficiency", "rework_rate", "sla_met_rate"), words.percent)
    forms |= {
        "waiting_hours": lambda value: words.number(value, 0),
        "wait_minutes": lambda value: duration(value, words),
        "monthly_rework_cost": words.money,
    }
    return [
        {**told(row, **forms), "bottleneck": ranks.get(row["process"])} for row in records(table, _PROCESSES)
    ]


def handovers(results: Mapping[str, Any]) -> list[Record]:
    """Where the customer passes from one owner to another."""
    return records(results["06_processes"].handovers, _HANDOVERS)


def opportunities(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """Red points and unanswered worries; the name of a worry is missing until its words are approved."""
    words, found = client.words, results["07_opportunities"]
    forms: dict[str, Any] = dict.fromkeys(("kind", "status"), lambda value: code(value, words))
    return [told(row, **forms) for row in records(found.opportunities, _OPPORTUNITIES)]


def initiatives(client: Engagement, results: Mapping[str, Any]) -> list[Record]:
    """What is chosen, in the order of the roadmap, then what else is proposed, then what is done already."""
    words, found = client.words, results["07_opportunities"]
    when = found.roadmap[["initiative", "start", "end"]]
    ahead = found.initiatives.merge(when, on="initiative", how="left")
    chosen = ahead["selected"].fillna(False).astype(bool)
    ahead = ahead.assign(state=chosen.map({True: "chosen", False: "proposed"}), _later=~chosen)
    ahead = ahead.sort_values(["_later", "tranche", "start", "rank"], kind="stable", na_position="last")
    rows = pd.concat([ahead, found.done.assign(state="done")], ignore_index=True)
    forms: dict[str, Any] = {
        "cost": words.money,
        "tranche": lambda value: words.say("journey.tranche", number=words.number(value, 0)),
        "state": lambda value: words.say(f"journey.state_{value}"),
    }
    return [
        _with_months(told(row, **forms), client)
        for row in records(rows.reindex(columns=list(_INITIATIVES)), _INITIATIVES)
    ]


def _with_months(row: Record, client: Engagement) -> Record:
    """Months counted from 1, as people count them: the first is the one in which it begins."""
    words, start, end = client.words, row["start"], row["end"]
    months = None
    if start is not None and end is not None:
        first, last = words.number(start + 1, 0), words.number(end, 0)
        months = words.say("journey.month" if first == last else "journey.months", first=first, last=last)
    return {**row, "text": {**row["text"], "months": months}}
