"""The proposed cut: the fewest personas that cover enough customers, and at most so many touchpoints."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.stats import routes as statistics
from cxmethod.stats.event_log import EventLog
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps import routes
from cxmethod.steps.events import log_of

_REASONS = ("route", "critical", "reach", "order")
POINTS = ["touchpoint", "name", "phase_name", "reason", "reach", "proposed", "kept"]


def personas_cut(personas: pd.DataFrame, covered: float, decided: tuple[str, ...]) -> pd.DataFrame:
    """The fewest personas that cover enough customers, or enough value where it is known; all where shares are unknown.

    Parameters
    ----------
    personas : DataFrame
        `persona`, `name`, `share`, and `value_share` where a value is declared.
    covered : float
        The share to cover.
    decided : tuple of str
        Personas that the consultant keeps; empty where nothing was decided.

    Returns
    -------
    DataFrame
        `persona`, `name`, `share`, `value_share`, `by` (value or customers), `cumulative`, `kept` (the proposal), `decided`
        (whether it stays: as decided, otherwise all do). The largest first.
    """
    value = personas.get("value_share", pd.Series(float("nan"), personas.index)).astype(float)
    by = "value" if value.notna().any() else "customers"
    size = value if by == "value" else personas["share"].astype(float)
    ordered = personas.assign(value_share=value, by=by, _size=size)
    ordered = ordered.sort_values("_size", ascending=False, kind="stable", ignore_index=True)
    before = ordered["_size"].cumsum().shift(fill_value=0.0)
    kept = (before < covered - 1e-9) | (ordered["share"].isna() & ordered["_size"].isna())
    stays = ordered["persona"].isin(decided) if decided else pd.Series(True, ordered.index)
    columns = ["persona", "name", "share", "value_share", "by"]
    return ordered[columns].assign(cumulative=ordered["_size"].cumsum(), kept=kept, decided=stays)


def touchpoints_cut(engagement: Engagement, journey: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """At most `touchpoints_per_map` touchpoints, and how much of what customers do they cover.

    Where there are too many: first those on the likeliest and the commonest routes to success and to failure, then those
    that are critical for the business, then those that most journeys reach. Without events, after the critical ones the
    first of each phase, then the second of each, and so on, so that no stretch of the journey goes unseen. Where there
    are not too many, all stay and no event is read.

    Parameters
    ----------
    engagement : Engagement
    journey : DataFrame
        Every touchpoint in order, as `touchpoints_in_order` gives them with `whole`.

    Returns
    -------
    DataFrame
        `touchpoint`, `name`, `phase_name`, `reason` (why it comes when it comes: route, critical, reach, order), `reach`
        (share of journeys), `proposed`, `kept` (as decided; where nothing was, all), as the customer meets them.
    dict
        `points_decided`; `n_left_out` (as decided, else as proposed); and where events were read `visits_share` (of all
        visits, those at the touchpoints that stay).
    """
    decided = engagement.decisions.scope.cut.touchpoints
    most = engagement.settings.thresholds.touchpoints_per_map
    stays = journey["touchpoint"].isin(decided) if decided else pd.Series(True, journey.index)
    points = journey.assign(
        reason=pd.Series(pd.NA, journey.index, dtype="string"), reach=float("nan"), proposed=True, kept=stays
    )
    facts: dict[str, Any] = {"points_decided": bool(decided), "n_left_out": int((~stays).sum())}
    if len(points) <= most:
        return points[POINTS], facts
    log = log_of(engagement)
    placed = _placed(points, log, engagement.settings.thresholds.suppress_below)
    first = placed.sort_values(["_rank", "_unreached", "_turn", "position"], kind="stable").head(most)
    placed["proposed"] = placed.index.isin(first.index)
    left = placed["kept" if decided else "proposed"]
    facts["n_left_out"] = int((~left).sum())
    visits = log.tally("moves").groupby("source", observed=True)["count"].sum()
    on_map = visits[visits.index.isin(placed["touchpoint"])]
    if on_map.sum():
        there = on_map.index.isin(placed.loc[left, "touchpoint"])
        facts["visits_share"] = float(on_map[there].sum() / on_map.sum())
    return placed[POINTS], facts


def _placed(points: pd.DataFrame, log: EventLog, suppress_below: int) -> pd.DataFrame:
    """Each touchpoint with why it comes when it comes, and where it stands among those of the same reason."""
    reached = (
        statistics.reach(log) if log.n_journeys else pd.DataFrame({"touchpoint": [], "n": [], "share": []})
    )
    counts = points["touchpoint"].map(reached.set_index("touchpoint")["n"]).fillna(0)
    share = points["touchpoint"].map(reached.set_index("touchpoint")["share"]).astype(float)
    on_route = points["touchpoint"].isin(_on_routes(log, suppress_below))
    critical = points["business_critical"].fillna(False).astype(bool)
    reason = pd.Series("order", points.index).mask(counts >= suppress_below, "reach")
    reason = reason.mask(critical, "critical").mask(on_route, "route")
    turn = points.groupby(points["phase_name"].fillna(""), sort=False).cumcount()
    shown = share.where(counts >= suppress_below)
    return points.assign(
        reason=reason.astype("string"),
        reach=shown,
        _rank=reason.map({name: place for place, name in enumerate(_REASONS)}),
        _unreached=-shown.fillna(0.0),
        _turn=turn,
    )


def _on_routes(log: EventLog, suppress_below: int) -> set[str]:
    """Touchpoints of the likeliest and the commonest route to each outcome."""
    if not log.n_journeys:
        return set()
    whole = routes.whole_routes(routes.ended(log), suppress_below)
    first = whole[whole["outcome"].isin(OUTCOMES) & (whole["rank"] <= 1)]
    return set(first["route"].str.split(" > ").explode())
