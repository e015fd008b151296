"""What sets a persona apart, in the few lines that a card has room for, and as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.persona import PersonaResult
from cxmethod.views.markup import Cell, paragraph
from cxmethod.views.show import Shown, show_table

_MOST = 6
_NEGLIGIBLE = 0.1
_NEARLY = 0.8


def strongest(result: PersonaResult, persona: str, most: int = _MOST) -> pd.DataFrame:
    """A persona's rows of the traits, one an indicator, the greatest differences first.

    Of an indicator's categories the one that differs most; what more of the persona have goes before what fewer of them have
    where both say nearly the same.
    """
    own = result.traits[result.traits["persona"] == persona]
    own = own[own["difference"].abs() >= _NEGLIGIBLE]
    greatest = own.groupby("trait")["difference"].transform(lambda d: d.abs().max())
    near = own[own["difference"].abs() >= _NEARLY * greatest]
    keyed = near.assign(_more=near["difference"] > 0, _strength=near["difference"].abs())
    first = keyed.sort_values(["_more", "_strength"], ascending=False, kind="stable").drop_duplicates("trait")
    ordered = first.sort_values("_strength", ascending=False, kind="stable")
    return ordered.head(most).drop(columns=["_more", "_strength"])


def trait_name(row: dict[Any, Any], words: Words) -> str:
    """The indicator, and the category where it has one, in the client's words."""
    indicator = str(row["trait"]).replace("_", " ")
    if pd.isna(row["value"]):
        return indicator
    return words.say("personas.category", indicator=indicator, value=str(row["value"]))


def trait_value(row: dict[Any, Any], column: str, words: Words) -> str:
    """A share as a percentage, a mean as a number."""
    return words.number(row[column]) if pd.isna(row["value"]) else words.percent(row[column])


def persona_traits(client: Engagement, result: PersonaResult) -> Shown:
    """The strongest traits of every persona beside the rest of the customers and the average."""
    words = client.words
    names = result.personas.set_index("persona")["name"]
    parts = [strongest(result, str(persona)) for persona in result.personas["persona"]]
    table = pd.concat(parts, ignore_index=True) if parts else result.traits
    if table.empty:
        text = words.say("personas.no_traits")
        return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})
    headings = [
        Cell(words.say("label.persona")),
        Cell(words.say("personas.trait")),
        Cell(words.say("personas.inside"), True),
        Cell(words.say("personas.rest"), True),
        Cell(words.say("personas.average"), True),
        Cell(words.say("personas.difference"), True),
    ]
    rows = [
        [
            Cell(str(names[row["persona"]])),
            Cell(trait_name(row, words)),
            *(
                Cell(trait_value(row, column, words), True)
                for column in ("share_or_mean", "rest", "everyone")
            ),
            Cell(words.signed(row["difference"], 2), True),
        ]
        for row in table.to_dict("records")
    ]
    return show_table(words.say("personas.traits_caption"), headings, rows, table)
