import pandas as pd
import pytest

from cxmethod.stats.roadmap import circle, roadmap


def pairs(*rows):
    return pd.DataFrame(list(rows), columns=["option", "other"], dtype=object)


def options(**rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=["owner", "days", "months"])


def starts(plan):
    return plan.set_index("option")["start"].to_dict()


def test_what_is_required_comes_first():
    plan = roadmap(options(a=("Ana", 5, 2), b=("Luis", 5, 3)), pairs(("a", "b")), pd.Series(dtype=float), 12)
    assert starts(plan) == {"b": 0, "a": 3}


def test_an_owner_without_free_hands_starts_later():
    plan = roadmap(options(a=("Ana", 10, 2), b=("Ana", 10, 2)), pairs(), pd.Series({"Ana": 60.0}), 12)
    assert starts(plan) == {"a": 0, "b": 2}


def test_an_owner_with_free_hands_does_both_at_once():
    plan = roadmap(options(a=("Ana", 4, 2), b=("Ana", 6, 2)), pairs(), pd.Series({"Ana": 60.0}), 12)
    assert starts(plan) == {"a": 0, "b": 0}


def test_one_too_large_for_its_owner_s_month_is_carried_out_alone():
    plan = roadmap(options(a=("Ana", 40, 2), b=("Ana", 1, 1)), pairs(), pd.Series({"Ana": 60.0}), 12)
    assert starts(plan) == {"a": 0, "b": 2}


def test_without_owner_or_capacity_nothing_waits():
    plan = roadmap(options(a=(None, 40, 2), b=("Eva", None, None)), pairs(), pd.Series(dtype=float), 12)
    assert starts(plan) == {"a": 0, "b": 0}
    assert plan.set_index("option")["end"].to_dict() == {"a": 2, "b": 1}


def test_the_first_tranche_is_the_given_one_and_no_tranche_precedes_its_prerequisites():
    table = options(a=("Ana", 1, 1), b=("Ana", 1, 8), c=("Ana", 1, 1), d=("Ana", 1, 1))
    plan = roadmap(table, pairs(("c", "b")), pd.Series({"Ana": 60.0}), 12, first=("d",)).set_index("option")
    assert plan["tranche"].to_dict() == {"a": 2, "b": 2, "c": 3, "d": 1}


def test_a_circle_is_found_and_refused():
    ring = pairs(("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    assert set(circle(ring)) == {"a", "b", "c"}
    assert circle(pairs(("a", "b"), ("a", "c"), ("b", "c"))) == ()
    assert circle(pairs(("a", "a"))) == ("a",)
    with pytest.raises(ValueError, match="in a circle"):
        roadmap(
            options(a=("A", 1, 1), b=("A", 1, 1), c=("A", 1, 1), d=("A", 1, 1)),
            ring,
            pd.Series(dtype=float),
            12,
        )
