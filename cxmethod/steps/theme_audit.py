"""The promise against what customers see, hear and touch: which attribute each cue keeps or breaks, and where."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.engagement.schemas import plain
from cxmethod.steps.finding import Finding, for_each, missing_table

MOMENT = ("red", "value", "mixed")
"""Kinds of touchpoints that matter."""

CUES = ["touchpoint", "name", "attribute", "cue", "fit", "effect", "contradiction", "unmatched"]
ATTRIBUTES = ["attribute", "touchpoints", "positive", "negative", "fit", "contradictions"]


def cues(engagement: Engagement, journey: pd.DataFrame, kinds: pd.Series) -> pd.DataFrame:
    """What was noted at the map's touchpoints, in the journey's order, each against the promise.

    Parameters
    ----------
    kinds : Series
        Touchpoint → kind of moment, for everyone.

    Returns
    -------
    DataFrame
        `touchpoint`, `name`, `attribute` (as the theme writes it), `cue`, `fit` (−2 … 2), `effect` (``serves``, ``breaks``,
        ``neither``; blank where the fit is unknown), `contradiction` (against the promise at a moment of truth), `unmatched`
        (what was written as an attribute and is none of the theme's).
    """
    noted = engagement.table("theme_cues")
    names = journey.set_index("touchpoint")["name"]
    place = noted["touchpoint"].map(journey.set_index("touchpoint")["position"])
    kept = noted.assign(place=place).dropna(subset=["place"])
    kept = kept.sort_values("place", kind="stable", ignore_index=True)
    fit = kept["fit"].astype(float)
    written = kept["attribute"].astype("string")
    attribute = _matched(written, _promised(engagement))
    effect = np.select([fit > 0, fit < 0, fit == 0], ["serves", "breaks", "neither"], "")
    at_moment = kept["touchpoint"].isin(kinds.index[kinds.isin(MOMENT)])
    frame = kept.assign(
        name=kept["touchpoint"].map(names),
        attribute=attribute,
        unmatched=written.mask(attribute.notna()),
        effect=pd.Series(effect, kept.index, dtype="string").replace("", pd.NA),
        contradiction=(at_moment & (fit < 0)).astype(bool),
    )
    return frame[CUES]


def _promised(engagement: Engagement) -> tuple[str, ...]:
    theme = engagement.settings.theme
    return () if theme is None else theme.attributes


def _matched(written: pd.Series, promised: tuple[str, ...]) -> pd.Series:
    """The theme's own spelling of what was written; without promised attributes what was written stands."""
    if not promised:
        return written
    known = {plain(attribute): attribute for attribute in promised}
    lookup = {text: known.get(plain(str(text)), pd.NA) for text in written.dropna().unique()}
    return written.map(lookup, na_action="ignore").astype("string")


def fits(audited: pd.DataFrame) -> pd.DataFrame:
    """By touchpoint: `theme_fit` (mean), `fit` (keeps, breaks, neither, of `cxmethod.steps.strategies.FITS`), `cues`, `broken`.

    One cue against the promise breaks it, however many keep it: a good cue does not hide a bad one.
    """
    known = audited.dropna(subset=["fit"])
    grouped = known.assign(serves=known["fit"] > 0, breaks=known["fit"] < 0).groupby("touchpoint", sort=False)
    table = grouped.agg(
        theme_fit=("fit", "mean"), cues=("fit", "size"), kept=("serves", "sum"), broken=("breaks", "sum")
    )
    fit = np.select([table["broken"] > 0, table["kept"] > 0], ["breaks", "keeps"], "neither")
    return table.assign(fit=pd.Series(fit, table.index, dtype="string"))


def attributes(engagement: Engagement, audited: pd.DataFrame) -> pd.DataFrame:
    """What is promised and where it is met: every attribute of the theme, in its order; none are invented.

    Returns
    -------
    DataFrame
        `attribute`, `touchpoints` (with a cue of it), `positive` and `negative` cues, `fit` (mean), `contradictions`.
    """
    named = audited.dropna(subset=["attribute"])
    grouped = named.assign(serves=named["fit"] > 0, breaks=named["fit"] < 0).groupby("attribute", sort=False)
    table = grouped.agg(
        touchpoints=("touchpoint", "nunique"),
        positive=("serves", "sum"),
        negative=("breaks", "sum"),
        fit=("fit", "mean"),
        contradictions=("contradiction", "sum"),
    )
    promised = _promised(engagement) or tuple(table.index)
    whole = table.reindex(pd.Index(promised, name="attribute", dtype="string"))
    counts = dict.fromkeys(("touchpoints", "positive", "negative", "contradictions"), 0)
    filled = whole.fillna(counts).astype(dict.fromkeys(counts, "int64"))
    return filled.reset_index()[ATTRIBUTES]


def findings(
    engagement: Engagement, audited: pd.DataFrame, met: pd.DataFrame, kinds: pd.Series, names: pd.Series
) -> list[Finding]:
    """Where the promise is broken, met by nothing, or not looked for."""
    found = [] if engagement.has("theme_cues") else [missing_table("theme_cues")]
    if engagement.settings.theme is None:
        found.append(Finding("strategy.no_theme", "warns"))
    broken = audited[audited["contradiction"]]
    found += for_each(broken, "strategy.contradiction", "warns", "touchpoint", touchpoint="name", cue="cue")
    if audited.empty:
        return found
    found += _of_attributes(engagement, audited, met)
    moments = names[names.index.isin(kinds.index[kinds.isin(MOMENT)])]
    silent = [str(name) for name in moments[~moments.index.isin(audited["touchpoint"])]]
    if silent:
        found.append(Finding("strategy.moment_no_cue", "info", "theme_cues", {"touchpoints": silent}))
    return found


def _of_attributes(engagement: Engagement, audited: pd.DataFrame, met: pd.DataFrame) -> list[Finding]:
    found = []
    unmatched = [str(text) for text in audited["unmatched"].dropna().unique()]
    if unmatched:
        values = {"attributes": unmatched, "promised": list(_promised(engagement))}
        found.append(Finding("strategy.attribute_unmatched", "warns", "theme_cues", values))
    if not _promised(engagement):
        return found
    if audited["attribute"].isna().all():
        return [*found, Finding("strategy.attribute_unnamed", "info", "theme_cues")]
    nowhere = met.loc[met["touchpoints"] == 0, "attribute"]
    only_broken = met.loc[(met["positive"] == 0) & (met["negative"] > 0), "attribute"]
    for code, names in (("nowhere", nowhere), ("broken", only_broken)):
        if len(names):
            values = {"attributes": [str(name) for name in names]}
            found.append(Finding(f"strategy.attribute_{code}", "warns", "theme_cues", values))
    return found
