"""What customers said, counted by kind, phase and persona; whose words may leave the house; which worries wait."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.disclosure import protecting
from cxmethod.steps.journey import ALL, customer_personas, for_all_and_each

WORRIES = ("worry", "doubt", "frustration")
"""Kinds that wait for an answer."""
STATEMENTS = ["motivation", "persona", "phase", "kind", "text", "intensity", "evidence", "answered", "quoted"]
THEMES = [
    "persona", "phase", "kind", "n", "respondents", "of", "share", "intensity", "n_intensity", "unanswered", "indicative",
    "quotes",
]  # fmt: skip


def spoken(engagement: Engagement, membership: pd.DataFrame, persona_keys: set[str]) -> pd.DataFrame:
    """Each statement with whose it is, whether it has an answer, and its words as far as they may be shown.

    A statement with a `respondent` is somebody's words: its text is kept once its key is among `quotes.approved`. A
    key that a persona has too does not count there, as it may stand for the persona's quote. Without a respondent it
    is the consultant's own summing up and is kept. A statement's persona is that of its respondent where
    that is known, else the one that was typed in.

    Returns
    -------
    DataFrame
        `STATEMENTS` and `respondent`; `text` is missing where the words wait for approval, `answered` where it is no
        worry. Unanswered worries first, then answered ones, then the rest; within each the most intense first, then
        by phase.
    """
    table = engagement.table("motivations")
    quoted = table["respondent"].notna()
    approved = table["motivation"].isin(set(engagement.decisions.quotes.approved) - persona_keys)
    worry = table["kind"].isin(WORRIES).fillna(False).astype(bool)
    answered = table["motivation"].isin(addressed(engagement)["motivation"]).astype("boolean")
    known = table["respondent"].map(customer_personas(engagement, membership))
    frame = table.assign(
        persona=known.astype("string").fillna(table["persona"]),
        text=table["text"].where(~quoted | approved),
        answered=answered.where(worry, pd.NA),
        quoted=quoted,
    )
    order = engagement.table("phases").set_index("phase")["order"]
    keyed = frame.assign(_rank=frame["answered"].astype("Int64").fillna(2), _phase=frame["phase"].map(order))
    ordered = keyed.sort_values(
        ["_rank", "intensity", "_phase"], ascending=[True, False, True], kind="stable", ignore_index=True
    )
    return ordered[[*STATEMENTS, "respondent"]]


def told(heard: pd.DataFrame) -> pd.DataFrame:
    """`STATEMENTS` as they may be shown: what a survey's one answer says of whom, and how strongly, stays among the many.

    Who spoke in a workshop or an interview knows that it is written down; who filled in a survey (evidence `measured`) was
    told that answers are counted. Theirs is shown without `persona` and `intensity`, which `themes` sums up.
    """
    surveyed = heard["evidence"] == "measured"
    single = ["persona", "intensity"]
    return heard.assign(**heard[single].mask(surveyed))[STATEMENTS]


def addressed(engagement: Engagement) -> pd.DataFrame:
    """`touchpoint`, `name`, `motivation`: one row for each statement that a touchpoint says it addresses."""
    touchpoints = engagement.table("touchpoints")[["touchpoint", "name", "addresses"]]
    one_each = touchpoints.assign(motivation=touchpoints["addresses"].str.split(";")).explode("motivation")
    named = one_each.assign(motivation=one_each["motivation"].astype("string").str.strip())
    return named[named["motivation"].fillna("") != ""][["touchpoint", "name", "motivation"]].drop_duplicates()


def themes(statements: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Statements by persona, phase and kind.

    The base of `share` is people: of those of the persona who said anything (`of`), how many said this
    (`respondents`). Statements without a respondent count in `n` alone. Who speaks up is no sample of the customers, so
    nothing is weighted and no interval is given; below `min_n` people a row is marked `indicative`. Opinions heard
    in workshops and interviews are of few by nature and are shown with their numbers; where a row rests on a survey
    (evidence `measured`) and fewer than `suppress_below` people said it there, only the number of statements is, and so
    it is for personas by which those few could be worked out.

    Returns
    -------
    DataFrame
        `THEMES`; `intensity` is the mean (1–5) of the `n_intensity` statements that have one, `unanswered` the
        number of worries without an answer (missing for other kinds), `quotes` the approved words, one a line.
    """
    limits, kept = engagement.settings.thresholds, engagement.decisions.scope.cut.personas
    if kept:
        statements = statements.assign(persona=statements["persona"].where(statements["persona"].isin(kept)))
    long = for_all_and_each(statements)
    surveyed = long["evidence"] == "measured"
    # A survey's answer without a name is one person's all the same.
    person = long["respondent"].fillna("statement " + long["motivation"])
    long = long.assign(
        waiting=long["answered"].eq(False).astype("Int64"),
        person=person.where(surveyed),
        quote=long["text"].where(long["quoted"]).str.replace(r"\s+", " ", regex=True),
    )
    grouped = long.groupby(["persona", "phase", "kind"], dropna=False, sort=True)
    frame = grouped.agg(
        n=("motivation", "size"),
        respondents=("respondent", "nunique"),
        intensity=("intensity", "mean"),
        n_intensity=("intensity", "count"),
        unanswered=("waiting", lambda waiting: waiting.sum(min_count=1)),
        surveyed=("person", "nunique"),
        quotes=("quote", lambda quotes: "\n".join(quotes.dropna().unique()) or pd.NA),
    ).reset_index()
    spoke = long.groupby("persona")["respondent"].nunique()
    frame["of"] = frame["persona"].map(spoke).astype("int64")
    frame["share"] = frame["respondents"].astype(float) / frame["of"].where(frame["of"] > 0)
    beside = protecting(frame, ["phase", "kind"], limits.suppress_below, n="surveyed")
    hidden = frame["surveyed"].between(1, limits.suppress_below - 1) | beside
    frame[["share", "intensity"]] = frame[["share", "intensity"]].mask(hidden)
    frame["respondents"] = frame["respondents"].astype("Int64").mask(hidden | (frame["of"] == 0))
    frame["indicative"] = frame["of"] < limits.min_n
    # A column in which all is missing would have no type of its own.
    typed = frame.astype({"phase": "string", "unanswered": "Int64", "quotes": "string"})
    return _in_order(typed, engagement.table("phases"))[THEMES]


def _in_order(frame: pd.DataFrame, phases: pd.DataFrame) -> pd.DataFrame:
    """Everyone first, along the phases, the commonest kinds first."""
    place = frame["phase"].map(phases.set_index("phase")["order"])
    keyed = frame.assign(_first=frame["persona"] != ALL, _place=place)
    by = ["_first", "persona", "_place", "n"]
    return keyed.sort_values(by, ascending=[True, True, True, False], kind="stable", ignore_index=True)
