import json

import numpy as np
import pytest
from hypothesis import given, settings

from cxmethod.stats.removal import _chain, removal_effects
from tests.stats.journeys import told, words


def test_the_order_in_which_counts_come_changes_no_digit():
    ways = ["cab", "bb", "cbaab", "bb", "acbbca", "abaaac", "abcabc", "ca", "bcaba"]
    log = told(*ways, outcome="sffsfssfs", persona="zyzzzyzzx")
    moves = log.tally("moves")
    tables = []
    for seed in range(5):
        vars(log.tallies)["moves"] = moves.sample(frac=1, random_state=seed)
        tables.append(removal_effects(log))
    assert all(table.equals(tables[0]) for table in tables)


def test_what_differs_by_rounding_alone_stands_by_name():
    log = told(*["acz"] * 3, *["abz"] * 3, *["ac"] * 7, *["ab"] * 7, outcome="s" * 6 + "f" * 14)
    assert removal_effects(log)["touchpoint"].tolist() == ["a", "z", "b", "c"]


@pytest.fixture
def tiny(shared):
    """The published toy example as journeys of single letters, and what is expected of it."""
    oracle = json.loads(shared("oracles/attribution_tiny.json").read_text())
    journeys, outcome = [], ""
    for path, won, lost in oracle["paths"]:
        journeys += [path.replace(">", "").replace("C", "")] * (won + lost)
        outcome += "s" * won + "f" * lost
    return told(*journeys, outcome=outcome), oracle["expected"]


def test_removal_effects_and_shares_are_those_of_the_literature(tiny):
    log, expected = tiny
    table = removal_effects(log).set_index("touchpoint")
    assert table["removal_effect"].to_dict() == pytest.approx(
        {name[1:]: effect for name, effect in expected["removal_effects"].items()}
    )
    assert table["share"].to_dict() == pytest.approx(
        {name[1:]: share for name, share in expected["attributed"].items()}
    )


def test_transition_probabilities_and_the_base_are_those_of_the_literature(tiny):
    log, expected = tiny
    names, start, between, won = _chain(log, "success")
    found = {f"(start)->C{name}": p for name, p in zip(names, start, strict=True)}
    found |= {f"C{names[i]}->C{names[j]}": p for (i, j), p in np.ndenumerate(between.toarray())}
    found |= {f"C{name}->(conversion)": p for name, p in zip(names, won, strict=True)}
    lost = 1 - between.sum(axis=1) - won
    found |= {f"C{name}->(null)": p for name, p in zip(names, lost, strict=True)}
    known = {move: p for move, p in found.items() if p > 0}
    assert known == pytest.approx(expected["transition_probs"])
    base = start @ np.linalg.solve(np.eye(len(names)) - between.toarray(), won)
    assert base == pytest.approx(expected["base_conversion_prob"])


def by_removing(log) -> dict[str, float]:
    """The definition itself: whatever leads to the touchpoint leads to failure instead."""
    names, start, between, won = _chain(log, "success")
    moves = between.toarray()

    def chance(kept: np.ndarray) -> float:
        walks = np.eye(len(names)) - moves * kept[:, None] * kept
        return float((start * kept) @ np.linalg.solve(walks, won * kept))

    base = chance(np.ones(len(names)))
    return {name: 1 - chance((names != name).astype(float)) / base for name in names}


@settings(max_examples=20)
@given(words)
def test_the_closed_form_is_what_removing_gives(journeys):
    log = told(*journeys, outcome="".join("sf"[i % 2] for i in range(len(journeys))))
    found = removal_effects(log).set_index("touchpoint")["removal_effect"].to_dict()
    assert found == pytest.approx(by_removing(log), abs=1e-9)


@settings(max_examples=20)
@given(words)
def test_shares_add_up_to_one(journeys):
    table = removal_effects(told(*journeys, outcome="s" * len(journeys)))
    assert table["share"].sum() == pytest.approx(1)
    assert table["removal_effect"].between(0, 1).all()


def test_a_journey_that_returns_counts_its_visits_once():
    table = removal_effects(told("abab", "b", "a", outcome="ssf")).set_index("touchpoint")
    assert table.loc["b", "removal_effect"] == 1
    assert 0 < table.loc["a", "removal_effect"] < 1


def test_open_journeys_are_left_out():
    assert removal_effects(told("a", "b", "xy", outcome="sfo"))["touchpoint"].tolist() == ["a", "b"]


def test_where_nobody_succeeds_there_is_nothing_to_lose():
    table = removal_effects(told("ab", "b", outcome="ff"))
    assert table[["removal_effect", "share"]].isna().all(axis=None)


def test_without_ended_journeys_the_table_is_empty():
    assert removal_effects(told("ab")).empty
