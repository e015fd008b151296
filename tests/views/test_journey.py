"""The whole map as one JSON value: valid by its schema for every client, complete, and silent about who must not be known."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cxmethod.language import LANGUAGES
from cxmethod.steps import check_thread, obtain_all
from cxmethod.steps.finding import Finding
from cxmethod.steps.thread import Thread
from cxmethod.views import journey
from cxmethod.views.journey import MIME, journey_schema
from cxmethod.views.telling import telling

from .clients import CLIENTS

VALID = Draft202012Validator(journey_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
SPOKEN = [
    *((name, ("es", "en")[n % 2]) for n, name in enumerate(CLIENTS)),
    *((name, language) for name in ("demo", "workshop") for language in LANGUAGES),
]


@pytest.fixture
def mapped(spoken, threaded):
    """The map of a client in a language."""

    def make(name: str, language: str = "en") -> dict[str, Any]:
        client, results = spoken(name, language)
        return journey(client, results, threaded(name)).data[MIME]

    return make


def of(client) -> dict[str, Any]:
    return journey(client, obtain_all(client, save=False), check_thread(client)).data[MIME]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(journey_schema())


@pytest.mark.parametrize(("name", "language"), SPOKEN)
def test_the_map_of_every_client_keeps_to_the_schema(mapped, name, language):
    found = mapped(name, language)
    json.dumps(found, allow_nan=False)
    assert [error.message for error in VALID.iter_errors(found)] == []
    assert found["language"] == language


@pytest.mark.parametrize("name", ["demo", "workshop"])
def test_keys_lead_somewhere(mapped, name):
    found = mapped(name)
    points = {point["touchpoint"] for point in found["touchpoints"]}
    phases = {phase["phase"] for phase in found["phases"]}
    processes = {process["process"] for process in found["processes"]}
    assert {point["phase"] for point in found["touchpoints"]} <= phases
    assert {key for phase in found["phases"] for key in phase["touchpoints"]} == points
    assert {key for point in found["touchpoints"] for key in point["processes"]} <= processes
    for part in ("emotions", "moments", "expectations", "blind_spots", "handovers"):
        assert {row["touchpoint"] for row in found[part]} <= points
    known = {initiative["initiative"] for initiative in found["initiatives"]}
    assert {key for one in found["opportunities"] for key in one["initiatives"] + one["done"]} <= known


def test_numbers_are_those_of_the_results_and_their_words_those_of_the_page(mapped, spoken):
    client, results = spoken("demo", "es")
    emotions = results["04_touchpoints"].emotions.dropna(subset=["mean"])
    found = mapped("demo", "es")["emotions"]
    assert [row["mean"] for row in found] == emotions["mean"].tolist()
    assert found[0]["text"]["mean"] == client.words.signed(emotions["mean"].iloc[0])
    assert found[0]["text"]["negative_share"].endswith("\u00a0%")


def test_a_map_in_which_something_blocks_is_a_draft(spoken, threaded):
    client, results = spoken("demo", "en")
    thread = threaded("demo")
    found = journey(client, results, thread).data[MIME]
    assert found["draft"] is thread.blocks
    assert found["open"]["blocks"] + found["open"]["warns"] == len(telling(thread.findings, client.words))
    assert journey(client, results, Thread(())).data[MIME]["open"] == {"blocks": 0, "warns": 0}


def test_estimates_of_very_few_customers_are_not_in_it(engagement):
    found = of(engagement(after={"desk": [-1, 1, 2], "web": [1, 2] * 20}))
    assert {row["touchpoint"] for row in found["emotions"]} == {"web"}
    assert [row["negative_share"] for row in found["moments"] if row["touchpoint"] == "desk"] == [None]


def test_comments_and_whoever_made_them_are_not_in_it(engagement):
    ratings = "respondent,touchpoint,source,emotion,comment\n" + "".join(
        f"Dolores-{n},t1,after,{n % 3 - 1},SECRET remark {n}\n" for n in range(40)
    )
    touchpoints = "touchpoint,name,phase,order\nt1,Desk,p,1\n"
    client = engagement(phases="phase,name,order,question,stage\np,Visit,1,interact,during\n",
                        touchpoints=touchpoints, ratings=ratings)  # fmt: skip
    text = json.dumps(of(client))
    assert "Desk" in text
    assert "SECRET" not in text
    assert "Dolores" not in text


@pytest.mark.parametrize(("approved", "shown"), [([], False), (["m1"], True)])
def test_somebodys_words_are_in_it_once_they_were_approved(engagement, approved, shown):
    motivations = "motivation,kind,text,evidence,respondent\nm1,worry,Mine alone,observed,c1\n"
    motivations += "m2,worry,Summed up,observed,\n"
    client = engagement(
        after={"desk": [1] * 40}, motivations=motivations, decisions={"quotes": {"approved": approved}}
    )
    found = of(client)
    words = [voice["words"] for voice in found["voices"]]
    assert "Summed up" in words
    assert ("Mine alone" in words) is shown
    assert ("Mine alone" in json.dumps(found)) is shown


def test_client_text_stands_as_it_was_written(engagement):
    odd = '<script>alert(1)</script> "=1+1" مرحبا'
    name = odd.replace('"', '""')
    touchpoints = f'touchpoint,name,phase,order\ndesk,"{name}",p,1\n'
    client = engagement(phases="phase,name,order,question,stage\np,Visit,1,interact,during\n", touchpoints=touchpoints,
                        ratings="respondent,touchpoint,source,emotion\nc1,desk,after,1\n")  # fmt: skip
    assert [point["name"] for point in of(client)["touchpoints"]] == [odd]


def test_what_is_open_is_as_many_as_the_lists_have_sentences(spoken):
    client, results = spoken("demo", "es")
    same = tuple(Finding("process.no_owner", "warns", name, {"process": name}) for name in "abcd")
    found = journey(client, results, Thread((*same, Finding("thread.no_touchpoints", "blocks")))).data[MIME]
    assert found["open"] == {"blocks": 1, "warns": 1}
    assert found["text"]["open"].startswith("Quedan 2 puntos")
