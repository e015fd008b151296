"""Step 3: what moves customers, what worries them, and whether it came as they expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.stats.intervals import adjust, paired_means
from cxmethod.steps.finding import Finding, for_each, missing_table
from cxmethod.steps.journey import ALL, for_all_and_each, in_order, ratings_with_persona, touchpoints_in_order
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult

WORRIES = ("worry", "doubt", "frustration")


@dataclass(frozen=True, eq=False, kw_only=True)
class MotivationsResult(StepResult):
    """Themes of motivation, and expectation against experience.

    Parameters
    ----------
    themes : DataFrame
        `persona`, `phase`, `kind`, `n` (statements), `intensity` (mean 1–5).
    statements : DataFrame
        Each statement with `answered` (a touchpoint addresses it; missing where it is no worry).
    disconfirmation : DataFrame
        `persona`, `touchpoint`, `n`, `before`, `after`, `difference`, `low`, `high`, `p_adjusted`, `verdict`
        (exceeded, met, disappointed).
    """

    spec = StepSpec(
        "03_motivations",
        ("motivations", "touchpoints", "ratings", "respondents", "phases", "events"),
        ("scope",),
        ("01_persona",),
    )

    themes: pd.DataFrame
    statements: pd.DataFrame
    disconfirmation: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> MotivationsResult:
    """Themes by kind, phase and persona; worries without an answer; paired differences before → after."""
    statements = _answered(engagement.table("motivations"), engagement.table("touchpoints"))
    findings = [missing_table("motivations")] if statements.empty else []
    open_worries = statements[statements["answered"].eq(False).fillna(False)]
    findings += for_each(
        open_worries,
        "motivation.unanswered",
        "warns",
        "motivation",
        text="text",
        kind="kind",
        evidence="evidence",
    )
    disconfirmation = _disconfirmation(engagement, personas)
    if disconfirmation.empty:
        findings.append(Finding("motivation.no_before", "info"))
    facts = {"statements": len(statements), "worries": int(statements["answered"].notna().sum())}
    return MotivationsResult(
        themes=_themes(statements, engagement.table("phases")),
        statements=statements,
        disconfirmation=disconfirmation,
        facts=facts | {"unanswered": len(open_worries)},
        findings=tuple(findings),
    )


def _answered(statements: pd.DataFrame, touchpoints: pd.DataFrame) -> pd.DataFrame:
    addressed = touchpoints["addresses"].dropna().str.split(";").explode().str.strip()
    answered = statements["motivation"].isin(addressed).astype("boolean")
    worry = statements["kind"].isin(WORRIES).fillna(False).astype(bool)
    columns = ["motivation", "persona", "phase", "kind", "text", "intensity", "evidence"]
    return statements[columns].assign(answered=answered.where(worry, pd.NA))


def _themes(statements: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    grouped = for_all_and_each(statements).groupby(["persona", "phase", "kind"], dropna=False, sort=True)
    frame = grouped.agg(n=("motivation", "size"), intensity=("intensity", "mean")).reset_index()
    order = phases.set_index("phase")["order"]
    keyed = frame.assign(_first=frame["persona"] != ALL, _order=frame["phase"].map(order))
    ordered = keyed.sort_values(["_first", "persona", "_order"], kind="stable", ignore_index=True)
    return ordered.drop(columns=["_first", "_order"])


def _disconfirmation(engagement: Engagement, personas: PersonaResult) -> pd.DataFrame:
    limits = engagement.settings.thresholds
    columns = [
        "persona",
        "touchpoint",
        "n",
        "before",
        "after",
        "difference",
        "low",
        "high",
        "p_adjusted",
        "verdict",
    ]
    ratings = ratings_with_persona(engagement, personas.membership, by_wave=True)
    keys = ["respondent", "touchpoint", "wave"]
    after = ratings[ratings["source"] == "after"].rename(columns={"emotion": "after"})
    before = ratings[ratings["source"] == "before"].rename(columns={"emotion": "before"})
    pairs = after[[*keys, "persona", "weight", "after"]].merge(before[[*keys, "before"]], on=keys)
    if pairs.empty:
        return pd.DataFrame({name: [] for name in columns})
    by = ["persona", "touchpoint"]
    frame = paired_means(for_all_and_each(pairs), by, "before", "after", limits.confidence, "weight")
    frame = frame[frame["n"] >= limits.suppress_below].rename(columns={"mean_a": "before", "mean_b": "after"})
    frame["p_adjusted"] = frame.groupby("persona")["p_value"].transform(lambda p: adjust(p, "holm"))
    told_apart = frame["p_adjusted"] < limits.significance
    verdicts = [told_apart & (frame["low"] > 0), told_apart & (frame["high"] < 0)]
    frame["verdict"] = np.select(verdicts, ["exceeded", "disappointed"], "met")
    return in_order(frame[columns], touchpoints_in_order(engagement))
