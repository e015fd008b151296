"""Step 3: what moves customers, what worries them, and whether it came as they expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps.disconfirmation import disconfirmation, pairs
from cxmethod.steps.finding import Finding, missing_table
from cxmethod.steps.journey import ALL
from cxmethod.steps.persona import PersonaResult
from cxmethod.steps.result import StepResult
from cxmethod.steps.themes import addressed, spoken, themes, told


@dataclass(frozen=True, eq=False, kw_only=True)
class MotivationsResult(StepResult):
    """Themes of motivation, and expectation against experience.

    Parameters
    ----------
    themes : DataFrame
        By `persona`, `phase`, `kind`: `n` (statements), `respondents` of the `of` people who spoke, `share`,
        `intensity` (mean 1–5) of `n_intensity` statements, `unanswered`, `indicative`, `quotes`; see
        `cxmethod.steps.themes.themes`.
    statements : DataFrame
        Each statement with `answered` (a touchpoint addresses it; missing where it is no worry) and `quoted`
        (somebody's own words; `text` is missing until they are approved). The unanswered worries first. `persona` and
        `intensity` of a survey's answers are missing.
    disconfirmation : DataFrame
        `persona`, `touchpoint`, `n`, `before`, `after`, `difference`, `low`, `high`, `p_adjusted`, then `wilcoxon_p`,
        the shares `exceeded`, `met`, `disappointed` with their limits, `verdict` (one of the three), `indicative`;
        see `cxmethod.steps.disconfirmation.disconfirmation`.
    """

    spec = StepSpec(
        "03_motivations",
        ("motivations", "touchpoints", "ratings", "respondents", "phases", "events", "personas"),
        ("scope", "quotes"),
        ("01_persona",),
    )

    themes: pd.DataFrame
    statements: pd.DataFrame
    disconfirmation: pd.DataFrame


def run(engagement: Engagement, personas: PersonaResult) -> MotivationsResult:
    """Themes by kind, phase and persona; worries without an answer; paired differences before → after."""
    keys = {*engagement.table("personas")["persona"], *personas.personas["persona"]}
    heard = spoken(engagement, personas.membership, keys)
    paired = pairs(engagement, personas.membership)
    compared = disconfirmation(paired, engagement)
    return MotivationsResult(
        themes=themes(heard, engagement),
        statements=told(heard),
        disconfirmation=compared,
        facts=_facts(heard, compared),
        findings=(
            *_of_statements(heard, engagement, keys),
            *_of_pairs(paired, compared, engagement),
        ),
    )


def _facts(heard: pd.DataFrame, compared: pd.DataFrame) -> dict[str, Any]:
    verdicts = compared.loc[compared["persona"] == ALL, "verdict"]
    return {
        "statements": len(heard),
        "worries": int(heard["answered"].notna().sum()),
        "unanswered": len(_unanswered(heard)),
        "people": int(heard["respondent"].nunique()),
        "withheld": int(heard["text"].isna().sum()),
        "compared": len(verdicts),
        **{name: int((verdicts == name).sum()) for name in ("exceeded", "met", "disappointed")},
    }


def _of_statements(heard: pd.DataFrame, engagement: Engagement, persona_keys: set[str]) -> list[Finding]:
    found = [missing_table("motivations")] if heard.empty else []
    found += [_waiting(row) for row in _unanswered(heard).to_dict("records")]
    said = addressed(engagement)
    strange = said[~said["motivation"].isin(heard["motivation"])]
    for touchpoint, rows in strange.groupby("touchpoint", sort=False):
        values = {"touchpoint": str(rows["name"].iloc[0]), "motivations": list(rows["motivation"])}
        found.append(Finding("motivation.unknown", "warns", str(touchpoint), values))
    shared = heard[heard["quoted"] & heard["motivation"].isin(persona_keys)]
    found += [Finding("motivation.key_shared", "warns", key, {"key": key}) for key in shared["motivation"]]
    withheld = int(heard["text"].isna().sum())
    if withheld:
        found.append(Finding("motivation.withheld", "info", "quotes", {"n": withheld}))
    return found


def _unanswered(heard: pd.DataFrame) -> pd.DataFrame:
    return heard[heard["answered"].eq(False).fillna(False)]


def _waiting(row: dict[Any, Any]) -> Finding:
    """A worry without an answer: in its words where they may be shown, else by its kind and key."""
    item, evidence = str(row["motivation"]), str(row["evidence"])
    if pd.isna(row["text"]):
        values = {"kind": row["kind"], "motivation": item}
        return Finding("motivation.unanswered_withheld", "warns", item, values, evidence)
    values = {"text": row["text"], "kind": row["kind"]}
    return Finding("motivation.unanswered", "warns", item, values, evidence)


def _of_pairs(paired: pd.DataFrame, compared: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    if paired.empty:
        return [Finding("motivation.no_before", "info")]
    shown = set(compared.loc[compared["persona"] == ALL, "touchpoint"])
    few = [key for key in paired["touchpoint"].unique() if key not in shown]
    if not few:
        return []
    names = engagement.table("touchpoints").set_index("touchpoint")["name"]
    values = {
        "touchpoints": [str(names.get(key, key)) for key in few],
        "needed": engagement.settings.thresholds.suppress_below,
    }
    return [Finding("motivation.few_pairs", "info", "ratings", values)]
