"""What the settings say of the study itself: how long it may take, whom it may ask, what the client can send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cxmethod.engagement.section import Section, Text

DataTable = Literal[
    "personas", "respondents", "phases", "motivations", "touchpoints", "ratings", "outcomes", "events", "processes"
]  # fmt: skip
"""Tables that a method of the study may need, build on or gather."""


class Scope(Section):
    """What the work itself may cost in time and interviews.

    Parameters
    ----------
    weeks, interviewable_customers, population : int, optional
        Weeks for the study, customers who can really be called, customers there are at all.
    margin_of_error : float
        Half the width of the survey's interval of a share.
    study_budget, day_rate : float, optional
        Money for the study (not for the improvements), and what a day of a consultant costs.
    interviews_a_week : int
        How many interviews one team can prepare, hold and write up in a week; the default is a judgement.
    value : str, optional
        A column of respondents that says what each customer is worth; the cut then covers value instead of customers.
    data : dict
        Table → whether the client can send it; what is not named is not known.
    """

    weeks: int | None = Field(default=None, ge=1)
    interviewable_customers: int | None = Field(default=None, ge=0)
    population: int | None = Field(default=None, ge=1)
    margin_of_error: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    study_budget: float | None = Field(default=None, ge=0)
    day_rate: float | None = Field(default=None, gt=0)
    interviews_a_week: int = Field(default=6, ge=1)
    value: Text | None = None
    data: dict[DataTable, bool] = Field(default_factory=dict)
