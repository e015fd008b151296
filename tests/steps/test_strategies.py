"""The decision table as a whole: everything is decided, no rule is idle, and it says what the profession says."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.language import LANGUAGES
from cxmethod.language.catalogue import catalogue
from cxmethod.steps.strategies import ACTING, STRATEGIES, TABLE, UNKNOWN, decided, every_case

CASES = every_case()


def of(**known: str) -> pd.DataFrame:
    own = CASES
    for column, value in known.items():
        own = own[own[column] == value]
    return own


def test_every_case_has_a_strategy_and_every_rule_a_case():
    assert set(CASES["strategy"]) == set(STRATEGIES)
    assert set(CASES["reason"]) == {rule.name for rule in TABLE}


def test_a_rule_has_one_name():
    assert len({rule.name for rule in TABLE}) == len(TABLE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_reason_in_words(language):
    assert {f"strategies.because_{rule.name}" for rule in TABLE} <= set(catalogue(language, "strategies"))


def test_what_decides_and_hurts_is_always_repaired():
    assert set(of(kind="red")["strategy"]) == {"repair"}


def test_a_basic_factor_that_disappoints_is_repaired_wherever_customers_are_seen():
    own = of(factor="basic", gap="disappointed")
    assert set(own.loc[own["kind"] != "insufficient", "strategy"]) == {"repair"}


def test_a_basic_factor_is_never_elevated():
    """More of what is taken for granted gives nothing (Kano 1984)."""
    assert "elevate" not in set(of(factor="basic")["strategy"])


def test_what_wins_customers_is_never_simplified_nor_merely_watched():
    assert set(of(kind="value")["strategy"]) <= {"protect", "elevate", "repair"}


def test_a_delight_beyond_expectation_is_kept_and_one_that_is_met_is_elevated():
    """Delight raises the bar (Rust & Oliver 2000): it is not raised further."""
    own = of(kind="value", factor="excitement", fit="keeps").set_index("gap")["strategy"]
    assert own.to_dict() == {
        "exceeded": "protect",
        "met": "elevate",
        UNKNOWN: "elevate",
        "disappointed": "elevate",
    }


def test_nothing_shines_where_the_promise_is_broken():
    own = of(fit="breaks", kind="value", factor="excitement", gap="met")
    assert set(own["strategy"]) == {"protect"}


def test_what_hurts_without_deciding_is_not_decorated():
    assert set(of(kind="watch")["strategy"]) == {"repair", "simplify"}


def test_nothing_is_elevated_that_neither_decides_nor_delights():
    own = of(kind="maintain")
    assert set(own.loc[own["strategy"] == "elevate", "factor"]) == {"excitement"}


def test_where_too_few_speak_nobody_acts():
    assert set(of(kind="insufficient")["strategy"]) == {"watch"}
    assert "watch" not in ACTING


def test_where_nothing_but_the_kind_is_known_the_kind_decides():
    kinds = ["red", "value", "mixed", "watch", "maintain"]
    facts = pd.DataFrame({"kind": kinds, "factor": UNKNOWN, "gap": UNKNOWN, "fit": UNKNOWN})
    assert decided(facts)["strategy"].tolist() == ["repair", "protect", "elevate", "simplify", "watch"]
