"""The back of the report: what each kind of claim rests on, and with what it was calculated."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import cxmethod
from cxmethod.engagement import TABLES, Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.result import StepResult
from cxmethod.views.brand import brand_notes
from cxmethod.views.markup import Cell, paragraph
from cxmethod.views.show import Shown, show_table, show_text

_KINDS = ("measured", "observed", "assumed", "proposed")
_TABLES = ("phases", "touchpoints", "motivations", "theme_cues")
_SOURCES = ("internal", "before", "after")
_UNSAID = "unsaid"


def evidence_ledger(client: Engagement, results: Mapping[str, StepResult]) -> Shown:
    """How many claims of each kind are measured, observed, assumed or proposed, and of how many nobody said.

    Personas and emotions are taken as the steps found them, everything else as it stands in the tables.

    Parameters
    ----------
    results : mapping
        Step → its result, as `steps.obtain_all` gives them.
    """
    words = client.words
    claims = {name: said for name, said in _claims(client, results).items() if len(said)}
    if not claims:
        return show_text(words.say("caption.nothing", caption=words.say("evidence.ledger")))
    counts = pd.DataFrame(
        [said.fillna(_UNSAID).value_counts().reindex([*_KINDS, _UNSAID]) for said in claims.values()],
        columns=[*_KINDS, _UNSAID],
    )
    frame = counts.fillna(0).astype(int).reset_index(drop=True)
    frame.insert(0, "claim", list(claims))
    frame.insert(1, "total", [len(said) for said in claims.values()])
    kept = [column for column in (*_KINDS, _UNSAID) if frame[column].any()]
    headings = [
        Cell(words.say("evidence.claim")),
        Cell(words.say("evidence.total"), number=True),
        *(Cell(_kind(kind, words), number=True) for kind in kept),
    ]
    rows = [
        [Cell(row["claim"]), *(Cell(words.number(row[column], 0), True) for column in ("total", *kept))]
        for row in frame.to_dict("records")
    ]
    return show_table(words.say("evidence.ledger"), headings, rows, frame)


def made_with(client: Engagement) -> Shown:
    """With which version and which seed the report was calculated, and what was changed of the brand."""
    words = client.words
    seed = str(client.settings.seed)
    sentences = [
        words.say("evidence.made_with", version=cxmethod.__version__, seed=seed),
        *brand_notes(client),
    ]
    html = "".join(paragraph(sentence) for sentence in sentences)
    return Shown({"text/html": html, "text/plain": "\n".join(sentences)}, "text", {})


def _claims(client: Engagement, results: Mapping[str, StepResult]) -> dict[str, pd.Series]:
    """Kind of claim, in words → the evidence of each."""
    words = client.words
    emotions = results["04_touchpoints"].tables()["emotions"]
    emotions = emotions[(emotions["persona"] == ALL) & emotions["mean"].notna()]
    tables = {name: client.table(name)["evidence"] for name in _TABLES if name in TABLES and client.has(name)}
    named = {words.say(f"forms.table_{name}"): said for name, said in tables.items()}
    felt = {
        words.say("evidence.emotions", source=words.say(f"code.{source}")): emotions.loc[
            emotions["source"] == source, "evidence"
        ]
        for source in _SOURCES
    }
    personas = results["01_persona"].tables()["personas"]["evidence"]
    return {words.say("forms.table_personas"): personas, **named, **felt}


def _kind(kind: str, words: Words) -> str:
    return words.say("evidence.unsaid") if kind == _UNSAID else words.say(f"code.{kind}")
