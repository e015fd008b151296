"""The shop's log followed with plain Python, client by client, against what step 2 says of it."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

import cxmethod
from cxmethod.intake import take_in
from cxmethod.steps import obtain
from cxmethod.views import journey_graph

from .conftest import HERE, at_hand

pytestmark = pytest.mark.slow

FILE = "data/simple_shop/simple-onlineshop.csv"
Walks = dict[str, list[str]]


@pytest.fixture(scope="module")
def walks() -> Walks:
    """Client → the pages they saw, in order of time; rows of the same moment as they stand in the file."""
    with at_hand(FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_client: dict[str, list[tuple[str, int, str]]] = {}
    for place, row in enumerate(rows):
        by_client.setdefault(row["client_id"], []).append((row["timestamp"], place, row["event"]))
    return {client: [event for _, _, event in sorted(seen)] for client, seen in by_client.items()}


@pytest.fixture(scope="module")
def result(taken_in) -> Any:
    return obtain(taken_in("shop", FILE), "02_relationship")


@pytest.fixture(scope="module")
def ten(walks, tmp_path_factory) -> tuple[Walks, Any]:
    """Five clients who paid and five who did not, alone in an engagement of their own."""
    paid = [client for client, walk in walks.items() if "payment_done" in walk][:5]
    left = [client for client, walk in walks.items() if "payment_done" not in walk and len(walk) > 4][:5]
    chosen = {client: walks[client] for client in [*paid, *left]}
    folder = tmp_path_factory.mktemp("ten") / "shop"
    (folder / "inputs").mkdir(parents=True)
    settings = (HERE / "shop" / "engagement.yaml").read_text(encoding="utf-8")
    (folder / "engagement.yaml").write_text(settings + "thresholds: {suppress_below: 1}\n", encoding="utf-8")
    with at_hand(FILE).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in chosen or row[0] == "client_id"]
    source = folder / "simple-onlineshop.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    client = cxmethod.open(folder)
    take_in(client, [source])
    return chosen, obtain(client, "02_relationship")


def won(walks: Walks) -> list[list[str]]:
    return [walk for walk in walks.values() if "payment_done" in walk]


def lost(walks: Walks) -> list[list[str]]:
    return [walk for walk in walks.values() if "payment_done" not in walk]


def told(table: pd.DataFrame, outcome: str, measure: str) -> dict[str, float]:
    own = table[(table["persona"] == "all") & (table["outcome"] == outcome)].set_index("touchpoint")
    return {str(point): float(share) for point, share in own[measure].dropna().items()}


def shares(walks: list[list[str]], measure: str) -> dict[str, float]:
    """Of the walks that see a page (of all, for the reach), the share that have the measure there."""
    seen = Counter(page for walk in walks for page in set(walk))
    has = {
        "reach": seen,
        "loops": Counter(page for walk in walks for page, times in Counter(walk).items() if times > 1),
        "drop_off": Counter(walk[-1] for walk in walks),
        "starts": Counter(walk[0] for walk in walks),
    }[measure]
    of = Counter(dict.fromkeys(seen, len(walks))) if measure in ("reach", "starts") else seen
    return {page: has[page] / of[page] for page in seen}


@pytest.mark.parametrize("measure", ["reach", "starts", "loops", "drop_off"])
def test_ten_clients_reach_return_and_stop_where_their_rows_say(ten, measure):
    walks, result = ten
    assert told(result.visits, "success", measure) == pytest.approx(shares(won(walks), measure))
    assert told(result.visits, "failure", measure) == pytest.approx(shares(lost(walks), measure))


def test_ten_clients_take_the_routes_that_their_rows_say(ten):
    walks, result = ten
    for outcome, own in (("success", won(walks)), ("failure", lost(walks))):
        listed = result.routes[(result.routes["outcome"] == outcome) & (result.routes["rank"] > 0)]
        counted = Counter(" > ".join(walk) for walk in own)
        assert dict(zip(listed["route"], listed["n"], strict=True)) == counted


def test_ten_clients_make_the_moves_that_their_rows_say(ten):
    walks, result = ten
    for outcome, own in (("success", won(walks)), ("failure", lost(walks))):
        once = Counter(move for walk in own for move in set(pairwise(walk)))
        often = Counter(move for walk in own for move in pairwise(walk))
        seen = Counter(page for walk in own for page in set(walk))
        for row in result.transitions.to_dict("records"):
            move = row["source"], row["target"]
            assert row[f"{outcome}_count"] == often[move]
            assert row[f"{outcome}_n"] == seen[move[0]]
            if seen[move[0]]:
                assert row[f"{outcome}_p"] == pytest.approx(once[move] / seen[move[0]])


@pytest.mark.parametrize("measure", ["reach", "starts", "loops", "drop_off"])
def test_all_clients_reach_return_and_stop_where_their_rows_say(walks, result, measure):
    assert told(result.visits, "success", measure) == pytest.approx(shares(won(walks), measure))
    assert told(result.visits, "failure", measure) == pytest.approx(shares(lost(walks), measure))


def test_the_likeliest_routes_hold_no_loop_and_only_moves_that_clients_made(walks, result):
    likeliest = result.routes[(result.routes["persona"] == "all") & (result.routes["rank"] == 0)]
    for outcome, own in (("success", won(walks)), ("failure", lost(walks))):
        (route,) = (text.split(" > ") for text in likeliest.loc[likeliest["outcome"] == outcome, "route"])
        made = {move for walk in own for move in pairwise(walk)}
        assert len(set(route)) == len(route)
        assert set(pairwise(route)) <= made
        assert route[0] in {walk[0] for walk in own}
        assert route[-1] in {walk[-1] for walk in own}


def test_the_move_into_the_payment_is_marked_and_is_not_the_headline(taken_in, result):
    into = result.transitions[result.transitions["target"] == "payment_done"]
    assert into.loc[into["difference"].notna(), "by_definition"].all()
    first = next(found for found in result.findings if found.code.startswith("route.parting"))
    assert "Pago hecho" not in first.values.values()


def test_the_picture_covers_most_of_what_clients_did_and_says_how_much(walks, result, taken_in):
    for outcome, own in (("success", won(walks)), ("failure", lost(walks))):
        moves = result.moves[(result.moves["persona"] == "all") & (result.moves["outcome"] == outcome)]
        drawn = set(zip(moves["source"], moves["target"], strict=True))
        whole = Counter(move for walk in own for move in pairwise(walk))
        part = sum(count for move, count in whole.items() if move in drawn) / whole.total()
        assert moves["part"].sum() == pytest.approx(part)
        assert part > 0.9


def test_the_alternative_text_tells_routes_returns_and_exits(taken_in, result):
    client = taken_in("shop", FILE)
    alt = journey_graph(client, result).about["alt"]
    for told_ in (
        "Ruta de éxito: Catálogo →",
        "Ruta de fracaso:",
        "vuelven a: Catálogo (71",
        "terminan en: Pago con tarjeta (73",
    ):
        assert told_ in alt
