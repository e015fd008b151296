"""What stands in every column of every result table, also in those that no page has room for: the workbook shows all."""

from __future__ import annotations

from collections.abc import Mapping

from cxmethod.views.columns import COLUMNS
from cxmethod.views.tables import INTERVALS

PERSONAL = frozenset({"01_persona.membership"})
"""Rows that are one customer each: they leave no house."""
REPEATED = frozenset({"01_persona.everyone"})
"""What another table says already."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "00_scope.cut": ("persona",), "00_scope.people": ("name",), "00_scope.points": ("touchpoint",),
    "01_persona.personas": ("persona",), "01_persona.cards": ("persona",), "04_touchpoints.journey": ("touchpoint", "phase"),
    "06_processes.processes": ("process",), "06_processes.links": ("touchpoint", "process"),
    "06_processes.handovers": ("touchpoint", "next_touchpoint"), "06_processes.tasks": ("task", "process"),
    "07_opportunities.opportunities": ("opportunity",), "07_opportunities.initiatives": ("initiative",),
    "07_opportunities.done": ("initiative",), "08_strategy.touchpoints": ("touchpoint",), "08_strategy.cues": ("touchpoint",),
    "09_monitoring.changes": ("touchpoint",), "09_monitoring.initiatives": ("touchpoint",),
    "09_monitoring.red_points": ("touchpoint",),
}  # fmt: skip
"""By table: keys beside which their name stands, and a name that repeats its key's."""

_OTHERS: Mapping[str, tuple[str, ...]] = {
    "persona": ("persona",),
    "text": ("description", "motivation", "motivations", "written_reason", "channel", "owner", "phase_name", "name"),
    "point": ("touchpoint", "unmatched"),
    "initiatives": ("requires", "excludes", "other"),
    "count": (
        "parameters", "success_count", "failure_count", "count", "respondents", "of", "n_intensity", "position", "next_position",
        "negative_n", "n", "rank_low", "rank_high", "A", "O", "M", "I", "R", "Q", "cases_per_month", "handed", "timed", "waiting_n",
        "working_n", "elapsed_n", "handover_n", "executions", "cases", "bottleneck_rank", "tranche", "gap_n", "cues", "roles",
        "n_before", "n_after", "weeks_least", "weeks_usual", "customers_least", "days_least", "days_usual", "first_week",
        "last_week",
    ),
    "number": ("score", "log_likelihood", "bic", "n_effective", "ease", "months", "person_days", "spread"),
    "signed": ("before", "after", "mean"),
    "score": (
        "entropy", "stability", "association", "customer_impact", "value", "difference", "difference_low", "difference_high",
    ),
    "percent": (
        "met", "met_low", "met_high", "relative_low", "relative_high", "equal_share", "above_equal_share", "negative_share",
        "negative_low", "negative_high", "sla_met_share", "overlap_share",
    ),
    "p": ("p_adjusted", "wilcoxon_p", "p_value", "association_p"),
    "flag": ("converged", "floored", "quoted", "decided", "alone", "baseline"),
    "code": (
        "evidence", "matters", "computed_kind", "basis", "dissatisfied", "status", "origin", "outcome", "metric",
    ),
    "duration": (
        "minutes", "cycle_mean", "waiting_median", "working_median", "working_p90", "elapsed_median", "elapsed_p90",
    ),
}  # fmt: skip
_OWN: Mapping[str, str] = {
    "00_scope.cut.by": "term", "00_scope.methods.serves": "term", "00_scope.methods.cost": "term", "00_scope.calendar.stage": "term",
    "04_touchpoints.gaps.comparison": "term", "05_moments_of_truth.moments.reason": "moment_reason",
    "05_moments_of_truth.moments.date": "date", "06_processes.processes.touchpoints": "points",
    "06_processes.cycles.first": "date", "06_processes.cycles.last": "date",
    "07_opportunities.initiatives.touchpoints": "points", "07_opportunities.done.touchpoints": "points",
    "07_opportunities.initiatives.indicator": "text", "07_opportunities.initiatives.target": "text",
    "07_opportunities.left_out.needed": "amount", "07_opportunities.left_out.left": "amount",
    "08_strategy.touchpoints.gap": "code", "08_strategy.touchpoints.fit": "term", "08_strategy.touchpoints.reason": "strategy_reason",
}  # fmt: skip
_BY_NAME = {name: kind for kind, names in _OTHERS.items() for name in names}


def sheet_columns(key: str, names: list[str]) -> dict[str, str]:
    """The columns of a table as a sheet shows them, each with its kind: those of the page first, in its order.

    Parameters
    ----------
    key : str
        Step and table, such as ``04_touchpoints.emotions``.
    names : list of str
        The columns that the result has; keys with a name beside them, and what is not known here, are left out.
    """
    kinds = _shown(key)
    kinds |= {name: kind for name in names if name not in kinds and (kind := _other(key, name))}
    kinds |= {name: _OWN[f"{key}.{name}"] for name in kinds if f"{key}.{name}" in _OWN}
    lead = ["persona"] if "persona" in kinds and "persona" in names else []
    order = dict.fromkeys([*lead, *kinds])
    return {name: kinds[name] for name in order if name in names and name not in KEYS.get(key, ())}


def _shown(key: str) -> dict[str, str]:
    """The columns of the page's table, an interval as its two limits."""
    kinds: dict[str, str] = {}
    for column, kind in COLUMNS.get(key, ()):
        if kind.endswith("interval"):
            kinds |= {f"{column}{end}": INTERVALS[kind] for end in ("low", "high")}
        elif kind == "percent_limits":
            kinds |= {f"{column}{end}": "percent" for end in ("", "_low", "_high")}
        else:
            kinds[column] = kind
    return kinds


def _other(key: str, name: str) -> str:
    return _OWN.get(f"{key}.{name}") or _BY_NAME.get(name, "")
