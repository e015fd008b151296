"""Why each touchpoint is what it is: one sentence each, as a client understands it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, Thresholds
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.views.markup import Cell, paragraph
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_table
from cxmethod.views.values import below

_SHARES = ("relative_share", "equal_share", "negative_share")


def moment_reasons(client: Engagement, moments: MomentResult, *, persona: str = ALL) -> Shown:
    """A table of kind and reason; a decision in writing stands before the rule that it overrules.

    Parameters
    ----------
    persona : str
        Whose moments.
    """
    words, limits = client.words, client.settings.thresholds
    own = moments.moments[moments.moments["persona"] == persona]
    if own.empty:
        text = words.say("moments.why_none")
        return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})
    names = _names(client, "touchpoints", "touchpoint")
    rows = [
        [
            Cell(names.get(row["touchpoint"], row["touchpoint"])),
            Cell(_kind(row, words)),
            Cell(reason(row, words, limits)),
        ]
        for row in own.to_dict("records")
    ]
    headings = [
        words.say("label.touchpoint"),
        words.say("moments.heading_kind"),
        words.say("moments.heading_why"),
    ]
    return show_table(_caption(client, persona), [Cell(text) for text in headings], rows, own)


def reason(row: Mapping[Any, Any], words: Words, limits: Thresholds) -> str:
    """The sentence of one row of the moments, the consultant's word included."""
    why = _sentence(row, words, limits)
    if pd.isna(row["date"]):
        return why
    written = {
        "author": row["decided_by"],
        "date": words.date(datetime.date.fromisoformat(str(row["date"]))),
        "reason": _ended(str(row["written_reason"])),
        "rule_kind": code(str(row["computed_kind"]), words),
    }
    decided = row["kind"] != row["computed_kind"]
    return words.say("moments.why_decided" if decided else "moments.why_agreed", why=why, **written)


def _sentence(row: Mapping[Any, Any], words: Words, limits: Thresholds) -> str:
    matters, feels = str(row["reason"]).split(".")
    if feels == "withheld":
        return _capital(words.say("moments.why_withheld"))
    if feels == "unseen":
        return _capital(
            words.say("moments.why_unseen", suppress_below=words.number(limits.suppress_below, 0))
        )
    # Finer than elsewhere: 25.3% against a limit of 25% must not read as the same number.
    values: dict[str, Any] = {name: words.percent(row[name], 1) for name in _SHARES}
    if pd.isna(row["negative_share"]):
        values["negative_share"] = below(limits.suppress_below / row["n"], words)
    values |= {name: words.signed(row[name], 2) for name in ("mean", "low", "high")}
    values |= {
        "n": words.number(row["n"], 0),
        "above_equal_share": words.percent(row["above_equal_share"]),
        "importance": words.number(row["stated_importance"]),
        "importance_limit": words.number(limits.stated_importance),
        "negative_limit": words.percent(limits.negative_share),
    }
    clauses = [
        words.say(f"moments.matters_{matters}", **values),
        words.say(f"moments.feels_{feels}", **values),
    ]
    form = "moments.why_few" if row["n"] < limits.min_n else "moments.why"
    return _capital(words.say(form, matters=clauses[0], feels=clauses[1], n=values["n"]))


def _kind(row: Mapping[Any, Any], words: Words) -> str:
    kind = code(str(row["kind"]), words)
    if not pd.isna(row["status"]):
        kind = words.say("moments.kind_status", kind=kind, status=code(str(row["status"]), words))
    return words.say("moments.kind_critical", kind=kind) if row["business_critical"] else kind


def _caption(client: Engagement, persona: str) -> str:
    if persona == ALL:
        return client.words.say("moments.caption_why")
    name = _names(client, "personas", "persona").get(persona, persona)
    return client.words.say("moments.caption_why_persona", persona=name)


def _names(client: Engagement, table: str, key: str) -> dict[str, str]:
    frame = client.table(table)
    return dict(zip(frame[key].astype(str), frame["name"].astype(str), strict=True))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ended(text: str) -> str:
    """What a person wrote, with a full stop where there is none."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
