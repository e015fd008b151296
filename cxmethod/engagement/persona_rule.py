"""How customers become segments: by one column, or found in several."""

from __future__ import annotations

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from cxmethod.engagement.section import Section, Text


class Indicators(Section):
    """Columns of the respondents that tell who somebody is, before anything happened to them."""

    categorical: tuple[Text, ...] = ()
    continuous: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Indicators:
        named = [*self.categorical, *self.continuous]
        if not named:
            raise PydanticCustomError("indicators_none", "at least one column")
        if len(set(named)) < len(named):
            raise PydanticCustomError("indicators_twice", "each column once")
        return self


class PersonaRule(Section):
    """One segment per value of a respondents column, or segments found in several columns."""

    column: Text | None = None
    indicators: Indicators | None = None

    @model_validator(mode="after")
    def _one_way(self) -> PersonaRule:
        if (self.column is None) == (self.indicators is None):
            raise PydanticCustomError("persona_ways", "column, or indicators")
        return self
