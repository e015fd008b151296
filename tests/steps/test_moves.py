"""The rule by which the picture of the journey draws its moves."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.steps.moves import LEAST_SHARE, MOST_PAIRS, drawn_moves

LIMITS = Thresholds()


def drawn(
    made: dict[tuple[str, str], int], route: str = "a > b", of: int = 100, limits: Thresholds = LIMITS
) -> pd.DataFrame:
    """The drawn moves where so many of `of` successful journeys make each, all of which see every touchpoint."""
    pairs = pd.DataFrame(list(made), columns=["source", "target"])
    transitions = pairs.assign(
        success_n=of, success_p=[n / of for n in made.values()], success_count=list(made.values()),
        failure_n=0, failure_p=float("nan"), failure_count=0,
    )  # fmt: skip
    points = sorted({point for pair in made for point in pair})
    visits = pd.DataFrame({"outcome": "success", "touchpoint": points, "journeys": of, "reach": 1.0})
    routes = pd.DataFrame({"outcome": ["success"], "rank": [0], "route": [route]})
    return drawn_moves(transitions, routes, visits, limits)


def pairs(moves: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(moves["source"], moves["target"], strict=True))


def test_every_move_of_the_likeliest_route_is_drawn_however_rare():
    moves = drawn({("a", "b"): 5, ("a", "c"): 50}, "a > b")
    assert pairs(moves) == {("a", "b"), ("a", "c")}
    assert moves.set_index("target")["on_route"].to_dict() == {"b": True, "c": False}


def test_a_move_of_too_few_is_drawn_on_the_route_alone_and_without_a_number():
    moves = drawn({("a", "b"): 4, ("a", "c"): 4}, "a > b", of=20)
    assert pairs(moves) == {("a", "b")}
    assert moves[["journeys", "count", "share", "part"]].isna().all(axis=None)


def test_a_move_that_few_of_many_make_is_not_drawn():
    rare = int(1000 * LEAST_SHARE) - 1
    assert pairs(drawn({("a", "b"): 500, ("a", "c"): rare}, of=1000)) == {("a", "b")}


def test_the_moves_that_most_make_are_drawn_first():
    made = {("a", f"t{n:02d}"): 100 - n for n in range(MOST_PAIRS + 6)}
    moves = drawn(made, "a > t00", limits=Thresholds(touchpoints_per_map=20))
    assert ("a", "t18") in pairs(moves)
    assert len(moves) == 19
    several = {
        (s, t): 90 - n for n, (s, t) in enumerate((s, t) for s in "abcdef" for t in "abcdef" if s != t)
    }
    kept = drawn(several, "a > b")
    assert len(kept) == MOST_PAIRS
    assert kept["share"].min() == 0.9 - (MOST_PAIRS - 1) / 100


def test_a_return_to_the_same_touchpoint_counts_towards_no_limit():
    made = {(s, t): 90 for s in "abcdef" for t in "abcdef" if s != t}
    moves = drawn(made | {("f", "f"): 6}, "a > b")
    assert ("f", "f") in pairs(moves)
    assert len(moves) == MOST_PAIRS + 1


def test_no_more_touchpoints_than_the_map_may_hold_and_those_of_the_route_among_them():
    made = {("a", "b"): 60, ("c", "d"): 90, ("e", "f"): 90}
    moves = drawn(made, "e > f", limits=Thresholds(touchpoints_per_map=2))
    assert pairs(moves) == {("e", "f")}


def test_the_parts_that_are_drawn_add_up_to_what_the_picture_covers():
    moves = drawn({("a", "b"): 60, ("b", "c"): 36, ("c", "a"): 4})
    assert round(moves["part"].sum(), 6) == 0.96
