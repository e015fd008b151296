"""Phases against the five questions: which one nobody answers, and which phases are not the customer's."""

from __future__ import annotations

import pandas as pd

from cxmethod.steps.departments import is_department
from cxmethod.steps.finding import Finding, for_each, missing_table

QUESTIONS = ("discover", "evaluate", "interact", "return", "refer")


def questions_answered(phases: pd.DataFrame, touchpoints: pd.DataFrame) -> pd.DataFrame:
    """How many phases, and how many of `touchpoints`, answer each of the five questions.

    Parameters
    ----------
    phases, touchpoints : DataFrame
        Both with `question`.

    Returns
    -------
    DataFrame
        `question`, `phases`, `touchpoints`.
    """
    counts = {"phases": phases["question"], "touchpoints": touchpoints["question"]}
    asked = pd.Index(QUESTIONS, name="question")
    return pd.DataFrame(
        {
            name: given.value_counts().reindex(asked, fill_value=0).astype(int)
            for name, given in counts.items()
        }
    ).reset_index()


def phase_findings(phases: pd.DataFrame, touchpoints: pd.DataFrame) -> list[Finding]:
    """A question without a phase, a phase without a touchpoint, a phase named like a department.

    Parameters
    ----------
    touchpoints : DataFrame
        All of the map, also those that the scope leaves out: a phase is not bare because of a cut.
    """
    if phases.empty:
        return [missing_table("phases")]
    open_questions = [question for question in QUESTIONS if question not in set(phases["question"])]
    bare = phases[~phases["phase"].isin(touchpoints["phase"])]
    departments = phases[phases["name"].map(is_department).astype(bool)]
    return [
        *(
            Finding("phase.question_open", "warns", question, {"question": question})
            for question in open_questions
        ),
        *for_each(bare, "phase.no_touchpoint", "warns", "phase", phase="name"),
        *for_each(departments, "phase.department", "warns", "phase", phase="name"),
    ]
