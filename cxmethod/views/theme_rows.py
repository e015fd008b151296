"""What the views of motivations share: whose themes, the phases in order, and whose message it is."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.journey import ALL
from cxmethod.steps.motivations import MotivationsResult

NOWHERE = ""
"""Stands for the phase of what was said of no phase in particular."""


def theme_rows(result: MotivationsResult, persona: str) -> pd.DataFrame:
    """The themes of a persona, with `NOWHERE` for a missing phase."""
    own = result.themes[result.themes["persona"] == persona]
    return own.assign(phase=own["phase"].astype("string").fillna(NOWHERE)).reset_index(drop=True)


def phase_names(client: Engagement, own: pd.DataFrame) -> dict[str, str]:
    """Key → name of the phases in order, silent ones too; what was said of no phase last."""
    table = client.table("phases").sort_values("order", kind="stable")
    names = dict(zip(table["phase"].astype(str), table["name"].astype(str), strict=True))
    unnamed = [str(key) for key in own["phase"].unique() if key not in names and key != NOWHERE]
    names |= {key: key for key in unnamed}
    if (own["phase"] == NOWHERE).any():
        names[NOWHERE] = client.words.say("motivations.nowhere")
    return names


def of_persona(client: Engagement, text: str, persona: str) -> str:
    """A message that names the persona it is about; as it is for everyone."""
    if persona == ALL:
        return text
    names = client.table("personas").set_index("persona")["name"]
    return client.words.say("motivations.of_persona", persona=names.get(persona, persona), text=text)
