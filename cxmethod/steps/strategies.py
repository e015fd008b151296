"""The decision table: which strategy a touchpoint gets, from what is known of it, the first rule that holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxmethod.steps.kinds import KINDS

STRATEGIES = ("repair", "protect", "elevate", "simplify", "watch")
ACTING = ("repair", "protect", "elevate", "simplify")
"""Strategies that somebody must answer for."""

UNKNOWN = "unknown"
FACTORS = ("basic", "performance", "excitement", "neutral", "inconsistent", UNKNOWN)
GAPS = ("disappointed", "met", "exceeded", UNKNOWN)
FITS = ("keeps", "breaks", "neither", UNKNOWN)


@dataclass(frozen=True)
class Rule:
    """Conditions that must all hold; one that is empty always does.

    Parameters
    ----------
    name : str
        Code of the reason.
    strategy : str
        One of `STRATEGIES`.
    kinds, factors, gaps, fits : tuple of str
        Kind of moment (05), penalty–reward class (05), expectation against experience (03), cues against the promise (08).
    """

    name: str
    strategy: str
    kinds: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    fits: tuple[str, ...] = ()

    def holds(self, facts: pd.DataFrame) -> pd.Series:
        """Where it applies; `facts` has the columns `kind`, `factor`, `gap`, `fit`."""
        wanted = {"kind": self.kinds, "factor": self.factors, "gap": self.gaps, "fit": self.fits}
        held = pd.Series(True, facts.index)
        for column, allowed in wanted.items():
            if allowed:
                held &= facts[column].isin(allowed)
        return held


TABLE = (
    Rule("not_seen", "watch", kinds=("insufficient",)),
    Rule("red_basic", "repair", kinds=("red",), factors=("basic",)),
    Rule("red", "repair", kinds=("red",)),
    Rule("basic_disappoints", "repair", factors=("basic",), gaps=("disappointed",)),
    Rule("basic_hurts", "repair", kinds=("watch",), factors=("basic",)),
    Rule("basic_held", "protect", kinds=("value", "mixed"), factors=("basic",)),
    Rule("good_not_as_hoped", "elevate", kinds=("value",), gaps=("disappointed",)),
    Rule("delight_kept", "protect", kinds=("value",), factors=("excitement",), gaps=("exceeded",)),
    Rule("delight_to_win", "elevate", kinds=("value",), factors=("excitement",), fits=("keeps", "neither", UNKNOWN)),
    Rule("value", "protect", kinds=("value",)),
    Rule("fair", "elevate", kinds=("mixed",)),
    Rule("hurts", "simplify", kinds=("watch",)),
    Rule("promised_too_much", "simplify", gaps=("disappointed",)),
    Rule("off_theme", "simplify", fits=("breaks",)),
    Rule("signature", "protect", gaps=("exceeded",), fits=("keeps",)),
    Rule("small_delight", "elevate", factors=("excitement",), fits=("keeps",)),
    Rule("fine", "watch"),
)  # fmt: skip
"""In the order in which the rules are asked.

Where it matters and hurts, it is repaired. A basic factor is repaired as soon as it disappoints, and otherwise only held: its absence
costs and its excellence gives nothing (Kano, Seraku, Takahashi & Tsuji 1984; Cheung & Lee 2009 on the asymmetry of negative and positive
performance). Surprise is spent on excitement factors, and where customers already get more than they expected it is kept, not raised:
delight lifts the expectation of the next visit (Oliver 1980; Rust & Oliver 2000). Where it does not matter nothing is improved: steps,
waits, promises and cues that contradict the theme are taken away (Pine & Gilmore 1998: harmonise positive cues, eliminate negative ones).
"""


def decided(facts: pd.DataFrame) -> pd.DataFrame:
    """Strategy and reason of each touchpoint, by the first rule of `TABLE` that holds.

    Parameters
    ----------
    facts : DataFrame
        `kind` (of `cxmethod.steps.kinds.KINDS`), `factor` (of `FACTORS`), `gap` (of `GAPS`), `fit` (of `FITS`), none missing.

    Returns
    -------
    DataFrame
        `facts` with `reason` (a rule's name) and `strategy`.
    """
    *asked, last = TABLE
    held = [rule.holds(facts) for rule in asked]
    chosen = np.select(held, [rule.name for rule in asked], last.name)
    reason = pd.Series(chosen, facts.index, dtype="string")
    return facts.assign(reason=reason, strategy=reason.map({rule.name: rule.strategy for rule in TABLE}))


def every_case() -> pd.DataFrame:
    """All that may be known of a touchpoint, one row a combination, with its strategy: the table as a whole."""
    cases = pd.MultiIndex.from_product([KINDS, FACTORS, GAPS, FITS], names=["kind", "factor", "gap", "fit"])
    return decided(cases.to_frame(index=False))
