"""What moved between two states of an engagement, and which evidence changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.steps import emotion_changes, moment_changes, portfolio_changes, touchpoint_changes
from cxmethod.steps.causes import PARTS, causes, evidence
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.states import Saved, State

_NEEDED = {
    "04_touchpoints": emotion_changes.NEEDED,
    "05_moments_of_truth": moment_changes.NEEDED,
    "07_opportunities": portfolio_changes.NEEDED,
}
_COLUMNS = {
    "touchpoints": touchpoint_changes.COLUMNS,
    "emotions": emotion_changes.COLUMNS,
    "moments": moment_changes.COLUMNS,
    "portfolio": portfolio_changes.COLUMNS,
}


@dataclass(frozen=True)
class Side:
    """Whose state it is, and of when.

    Parameters
    ----------
    folder : str
        Name of its folder; where it lies is nobody's business.
    date : str
        ISO date of the settings; blank where there is none.
    portfolio : str
        How its portfolio came out (chosen, none …); blank where it is not known.
    """

    folder: str
    date: str = ""
    portfolio: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Changes:
    """What moved, from the state `before` to the state `after`.

    Parameters
    ----------
    before, after : Side
    touchpoints : DataFrame
        As `cxmethod.steps.touchpoint_changes.touchpoint_changes`.
    emotions : DataFrame
        As `cxmethod.steps.emotion_changes.emotion_changes`: every touchpoint and source that was compared, moved or not.
    moments : DataFrame
        As `cxmethod.steps.moment_changes.moment_changes`.
    portfolio : DataFrame
        As `cxmethod.steps.portfolio_changes.portfolio_changes`.
    tables, settings, decisions : DataFrame
        As `cxmethod.steps.causes.Evidence`.
    causes : DataFrame
        As `cxmethod.steps.causes.causes`.
    people : mapping
        Customers who rated: `before`, `after`, and `shared`, whose codes stand in both states.
    missing : DataFrame
        `part`, `state` (before, after), `why` (never, stale, other_version, inputs): what could not be compared. A part that
        stands here has an empty table.
    """

    before: Side
    after: Side
    touchpoints: pd.DataFrame
    emotions: pd.DataFrame
    moments: pd.DataFrame
    portfolio: pd.DataFrame
    tables: pd.DataFrame
    settings: pd.DataFrame
    decisions: pd.DataFrame
    causes: pd.DataFrame
    missing: pd.DataFrame
    people: Mapping[str, int] = field(default_factory=dict)

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table by name."""
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in named.items() if isinstance(value, pd.DataFrame)}

    @property
    def whole(self) -> bool:
        """Whether everything could be compared."""
        return self.missing.empty


def compare(before: Engagement, after: Engagement, *, force: bool = False, compute: bool = False) -> Changes:
    """Compare two states of one engagement; nothing is written in either.

    Parameters
    ----------
    before, after : Engagement
    force : bool
        Also where the settings name different clients.
    compute : bool
        Work out in memory what is missing or does not follow from its inputs any more, with this version of the method.

    Raises
    ------
    CxError
        When both are the same folder, or of different clients: what one client told is not for another.
    """
    words = after.words
    if before.folder == after.folder:
        raise CxError("changes.same_folder", words, folder=after.folder.name)
    if not force and _client(before) != _client(after):
        raise CxError(
            "changes.other_client", words, before=before.settings.client, after=after.settings.client
        )
    wanted = tuple(_NEEDED) if compute else ()
    return _compared(State(before, wanted), State(after, wanted))


def changes_since(engagement: Engagement) -> Changes | CxError | None:
    """What moved since the state that the settings name in `compare_with`; None where they name none.

    The path is relative to the engagement's folder. A state that cannot be compared is said, as an error that is given
    back: an old copy that somebody moved away keeps no report from being made.
    """
    earlier = engagement.settings.compare_with
    if not earlier:
        return None
    place = engagement.folder / Path(earlier).expanduser()
    try:
        if not (place / "engagement.yaml").is_file():
            raise CxError("changes.no_state", engagement.words, place=earlier)
        return compare(Engagement.open(place, engagement.words.language), engagement)
    except CxError as error:
        return error


def _client(state: Engagement) -> str:
    return " ".join(state.settings.client.casefold().split())


def _compared(before: State, after: State) -> Changes:
    a, b = before.engagement, after.engagement
    found = evidence(a, b)
    saved = {
        step: (before.saved(step, needed), after.saved(step, needed)) for step, needed in _NEEDED.items()
    }
    missing = pd.DataFrame(_missing(saved, (a, b)), columns=["part", "state", "why"], dtype="string")
    frames = {part: pd.DataFrame(columns=columns) for part, columns in _COLUMNS.items()}
    can = {part for part in PARTS if part not in set(missing["part"])}
    tables = {part: (saved[step][0].tables, saved[step][1].tables) for part, step in PARTS.items() if step}
    if "touchpoints" in can:
        frames["touchpoints"] = touchpoint_changes.touchpoint_changes(a, b)
    if "emotions" in can:
        old, new = (one["emotions"] for one in tables["emotions"])
        frames["emotions"] = emotion_changes.emotion_changes(a, b, old, new)
    if "moments" in can:
        old, new = (one["moments"] for one in tables["moments"])
        emotions = frames["emotions"] if "emotions" in can else None
        frames["moments"] = moment_changes.moment_changes(old, new, _names(a, b), emotions, found.decisions)
    if "portfolio" in can:
        cells = found.cells.get("initiatives", pd.DataFrame(columns=["key", "column"]))
        frames["portfolio"] = portfolio_changes.portfolio_changes(
            a, b, tables["portfolio"], cells, found.decisions
        )
    return Changes(
        before=_side(a, saved["07_opportunities"][0]),
        after=_side(b, saved["07_opportunities"][1]),
        tables=found.tables,
        settings=found.settings,
        decisions=found.decisions,
        causes=causes(found, saved, {part for part in can if _moved(frames[part])}),
        missing=missing,
        people=emotion_changes.people(a, b) if "emotions" in can else {},
        **frames,
    )


def _moved(frame: pd.DataFrame) -> bool:
    return bool((frame["verdict"] != "same").any()) if "verdict" in frame else not frame.empty


def _missing(saved: Mapping[str, tuple[Saved, Saved]], states: Sequence[Engagement]) -> list[tuple[str, ...]]:
    """Each part that cannot be compared, in which state, and why: results are looked at first, then inputs."""
    rows: list[tuple[str, ...]] = []
    for part, step in PARTS.items():
        for place, (name, state) in enumerate(zip(("before", "after"), states, strict=True)):
            why: str | None = saved[step][place].why if step else None
            if why is None and state.problems(_inputs(part, state)):
                why = "inputs"
            rows += [(part, name, why)] if why else []
    return rows


def _inputs(part: str, state: Engagement) -> tuple[str, ...]:
    """Tables that a comparison reads itself, beside the results."""
    if part == "portfolio":
        return ("initiatives",)
    drawn = (
        ("touchpoints", "phases")
        if state.has("touchpoints")
        else ("touchpoints", "phases", "ratings", "events")
    )
    return (*drawn, "ratings", "respondents") if part == "emotions" else drawn


def _names(before: Engagement, after: Engagement) -> pd.Series:
    """Touchpoints of both maps, today's first, with the name that each had last."""
    journeys = pd.concat([touchpoints_in_order(state)[["touchpoint", "name"]] for state in (after, before)])
    return journeys.drop_duplicates("touchpoint").set_index("touchpoint")["name"]


def _side(state: Engagement, saved: Saved) -> Side:
    date = state.settings.date
    return Side(state.folder.name, date.isoformat() if date else "", str(saved.facts.get("portfolio", "")))
