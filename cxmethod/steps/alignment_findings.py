"""What step 8 tells of the company's people: who sees it otherwise, where they part, what they do not know or want."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.steps.alignment import Alignment
from cxmethod.steps.finding import Finding, for_each


def alignment_findings(own: Alignment, names: pd.Series, limits: Thresholds) -> list[Finding]:
    """Roles too small to be shown, the role furthest from customers, the touchpoint that divides, statements denied."""
    found = _hidden(own.roles, limits)
    for measure, rows in own.agreement.groupby("measure", sort=False):
        found += _furthest(rows, str(measure))
    for measure, rows in own.between.groupby("measure", sort=False):
        found += _dividing(rows, str(measure), names, limits)
    values = {"role": "role", "statement": "item", "score": "score", "n": "n"}
    for standing in ("low", "leaning"):
        rows = own.items[own.items["standing"] == standing]
        found += for_each(rows, f"strategy.item_{standing}", "info", "role", **values)
    return found


def _hidden(roles: pd.DataFrame, limits: Thresholds) -> list[Finding]:
    small = [str(role) for role in roles.loc[~roles["shown"].astype(bool), "role"]]
    if not small:
        return []
    return [
        Finding(
            "strategy.roles_hidden", "info", "alignment", {"roles": small, "needed": limits.suppress_below}
        )
    ]


def _furthest(rows: pd.DataFrame, measure: str) -> list[Finding]:
    """The role whose order is least the customers'; whether its interval parts from the closest role's is said."""
    ordered = rows.dropna(subset=["low", "high"]).sort_values("rho", kind="stable").to_dict("records")
    if len(ordered) < 2:
        return []
    last, first = ordered[0], ordered[-1]
    apart = last["high"] < first["low"]
    values = {
        "role": last["role"], "rho": last["rho"], "rho_low": last["low"], "rho_high": last["high"], "n": last["n"],
        "closest": first["role"], "rho_closest": first["rho"],
    }  # fmt: skip
    told = "apart" if apart else "least"
    return [Finding(f"strategy.role_{told}_{measure}", "info", str(last["role"]), values)]


def _dividing(rows: pd.DataFrame, measure: str, names: pd.Series, limits: Thresholds) -> list[Finding]:
    """Where roles part most, among the touchpoints where chance alone would not part them so."""
    own = rows.dropna(subset=["p_adjusted"])
    if own.empty:
        return []
    sure = own[own["p_adjusted"] < limits.significance]
    if sure.empty:
        return [Finding(f"strategy.roles_alike_{measure}", "info", measure, {"n": len(own)})]
    most = sure.sort_values("spread", ascending=False, kind="stable").head(1)
    most = most.assign(name=most["touchpoint"].map(names))
    values = {
        "touchpoint": "name",
        "highest": "highest",
        "upper": "most",
        "lowest": "lowest",
        "lower": "least",
    }
    return for_each(most, f"strategy.roles_disagree_{measure}", "info", "touchpoint", **values)
