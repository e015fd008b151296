"""What a sheet of the workbook is called, what its columns are called and mean, and in which unit they stand."""

from __future__ import annotations

from collections.abc import Mapping

from cxmethod.language import Words

_BY_KIND: Mapping[str, str] = {
    "count": "count", "month": "month", "number": "number", "score": "number", "signed": "emotion", "percent": "share",
    "share_or_count": "share", "of_people": "share", "share_or_mean": "share_or_mean", "signed_percent": "points",
    "p": "probability", "money": "money", "duration": "minutes", "flag": "flag", "mark": "flag", "date": "date",
    "nps_or_share": "nps_or_share", "nps_or_points": "nps_or_points", "charted": "statistic", "amount": "amount",
    "threshold": "number",
}  # fmt: skip
_BY_COLUMN: Mapping[str, str] = {
    "intensity": "grade", "stated_importance": "grade", "ease": "grade", "months": "months", "end": "month",
    "person_days": "days", "capacity": "days", "used": "days", "days_least": "days", "days_usual": "days",
    "weeks_least": "weeks", "weeks_usual": "weeks", "first_week": "week", "last_week": "week", "waiting_hours": "hours",
    "penalty": "outcome", "penalty_low": "outcome", "penalty_high": "outcome", "reward": "outcome", "reward_low": "outcome",
    "reward_high": "outcome", "difference_low": "outcome", "difference_high": "outcome", "rank": "rank", "rank_low": "rank",
    "rank_high": "rank", "topsis_rank": "rank", "bottleneck_rank": "rank", "tranche": "rank", "position": "rank",
    "next_position": "rank", "01_traits_difference": "deviations", "05_penalty_reward_difference": "outcome",
    "08_alignment_mean": "grade", "08_alignment_low": "grade", "08_alignment_high": "grade", "08_alignment_sd": "grades",
    "08_between_most": "grade", "08_between_least": "grade", "08_between_spread": "grades", "08_items_score": "grade",
    "08_items_low": "grade", "08_items_high": "grade",
}  # fmt: skip


def sheet_name(key: str, words: Words) -> str:
    """A short name that begins with the step's number, such as ``4 Emotions``; a table's own where none was written."""
    code = f"sheets.name_{_short(key)}"
    if not words.knows(code):
        return _short(key).replace("_", " ")
    return words.say(code)


def sheet_title(key: str, words: Words) -> str:
    """What the sheet shows: the caption of the page's table, where the page has it."""
    codes = (f"sheets.title_{_short(key)}", f"caption.{key}", f"caption.{key.split('.')[1]}")
    code = next((code for code in codes if words.knows(code)), None)
    return words.say(code) if code else sheet_name(key, words)


def heading(key: str, column: str, words: Words) -> str:
    """The heading of a column: the workbook's own, else the page's; the column's name where nobody wrote one."""
    table = key.split(".")[1]
    pages = (f"label.{table}.{column}", f"label.{column}")
    code = next((code for code in (*_codes("heading", key, column), *pages) if words.knows(code)), None)
    return words.say(code) if code else column


def meaning(key: str, column: str, words: Words) -> str | None:
    """What the column says, in a sentence; None where nobody wrote it, which a test does not let pass."""
    code = next((code for code in _codes("meaning", key, column) if words.knows(code)), None)
    return words.say(code) if code else None


def unit(key: str, column: str, kind: str, words: Words) -> str:
    """In which unit the column stands."""
    name = _BY_COLUMN.get(f"{_short(key)}_{column}") or _BY_COLUMN.get(column) or _BY_KIND.get(kind, "text")
    if name == "money" and words.currency:
        return words.currency
    return words.say(f"sheets.unit_{name}")


def _codes(domain: str, key: str, column: str) -> tuple[str, str, str]:
    """From the table's own to the one that holds wherever the column stands."""
    table = key.split(".")[1]
    return f"{domain}.{_short(key)}_{column}", f"{domain}.{table}_{column}", f"{domain}.{column}"


def _short(key: str) -> str:
    """``04_touchpoints.emotions`` → ``04_emotions``."""
    step, table = key.split(".")
    return f"{step.split('_')[0]}_{table}"
