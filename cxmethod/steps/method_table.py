"""The decision table of the methods: data with its sources (`data/methods.yaml`), checked as it is read."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import yaml
from pydantic import Field, model_validator

from cxmethod.assets import asset
from cxmethod.engagement.scope_settings import DataTable
from cxmethod.engagement.section import Section
from cxmethod.engagement.settings import Objective

Service = Literal["main", "also"]


class InBoth(Section):
    """The same said in both languages."""

    en: str = Field(min_length=1)
    es: str = Field(min_length=1)


class Amount(Section):
    """The least that a method takes, and what it usually takes."""

    least: int = Field(ge=0)
    usual: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Amount:
        if self.usual < self.least:
            raise ValueError("usual is at least the least")
        return self


class Method(Section):
    """One row of the decision table.

    Parameters
    ----------
    objectives : dict
        Objective → whether the method was made for it (``main``) or helps (``also``).
    needs, uses, collects : tuple of str
        Tables that it cannot do without, that it builds on, and that it gathers itself.
    weeks, customers, days : Amount
        Weeks, customers to talk to, consultant-days.
    cost : str
        What it costs beside these days.
    gives, lacks : InBoth
        What one has at the end, and what one has not.
    source : str
        The publication that describes it.
    """

    method: str = Field(pattern=r"^[a-z_]+$")
    objectives: dict[Objective, Service]
    needs: tuple[DataTable, ...] = ()
    uses: tuple[DataTable, ...] = ()
    collects: tuple[DataTable, ...] = ()
    weeks: Amount
    customers: Amount
    days: Amount
    cost: Literal["low", "medium", "high"]
    gives: InBoth
    lacks: InBoth
    source: str = Field(pattern=r"\(\d{4}\)")


class Stage(Section):
    """A part of the study and its share of the weeks."""

    stage: Literal["prepare", "listen", "analyse", "decide"]
    share: float = Field(gt=0, le=1)


class ObjectiveWeights(Section):
    """Points for a method made for the objective, that helps, or that serves others."""

    main: float
    also: float
    other: float


class NeedWeights(Section):
    """Points where all that a method needs is there, and where something cannot be had."""

    there: float
    lacking: float


class ThereWeight(Section):
    """Points where the tables are there."""

    there: float


class AmountWeights(Section):
    """Points where there is enough, and where there is not."""

    enough: float
    short: float


class Weights(Section):
    """What each reason adds to a method's score."""

    objective: ObjectiveWeights
    needs: NeedWeights
    uses: ThereWeight
    collected: ThereWeight
    weeks: AmountWeights
    customers: AmountWeights
    budget: AmountWeights


class MethodTable(Section):
    """The whole table.

    Parameters
    ----------
    basis : InBoth
        What the numbers without a source of their own rest on.
    weights : Weights
    calendar : tuple of Stage
    methods : tuple of Method
    """

    version: Literal[1]
    basis: InBoth
    weights: Weights
    calendar: tuple[Stage, ...]
    methods: tuple[Method, ...]

    @model_validator(mode="after")
    def _whole(self) -> MethodTable:
        names = [method.method for method in self.methods]
        if len(set(names)) < len(names):
            raise ValueError("each method stands there once")
        if abs(sum(stage.share for stage in self.calendar) - 1) > 1e-9:
            raise ValueError("the stages share out all weeks")
        return self

    def method(self, name: str) -> Method:
        """The method called `name`.

        Raises
        ------
        KeyError
            When there is none.
        """
        return {method.method: method for method in self.methods}[name]


@cache
def method_table() -> MethodTable:
    """The table of this installation.

    Raises
    ------
    pydantic.ValidationError
        Naming what does not hold in it.
    """
    return read_table((asset("data") / "methods.yaml").read_text(encoding="utf-8"))


def read_table(text: str) -> MethodTable:
    """The table that `text` holds as YAML."""
    data: Any = yaml.safe_load(text)
    return MethodTable.model_validate(data)
