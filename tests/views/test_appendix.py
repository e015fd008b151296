"""The back of the report, and the brand."""

import pytest

from cxmethod.language import LANGUAGES
from cxmethod.runs.check import check
from cxmethod.steps import obtain_all
from cxmethod.steps.thread import Thread
from cxmethod.views import cover, evidence_ledger, made_with
from cxmethod.views.brand import brand_accent, brand_notes

TOUCHPOINTS = "touchpoint,name,phase,order,evidence\ndesk,Desk,visit,1,observed\nweb,Web,visit,2,observed\nbill,Bill,visit,3,\n"


def ledger(client):
    return evidence_ledger(client, obtain_all(client, save=False))


def test_the_ledger_counts_what_each_claim_rests_on(engagement):
    client = engagement(after={"desk": [1] * 40}, internal={"desk": [2]}, touchpoints=TOUCHPOINTS)
    rows = {row["claim"]: row for row in ledger(client).data["application/vnd.dataresource+json"]["data"]}
    touchpoints = rows[client.words.say("forms.table_touchpoints")]
    assert (touchpoints["total"], touchpoints["observed"], touchpoints["unsaid"]) == (3, 2, 1)
    felt = {
        source: client.words.say("evidence.emotions", source=client.words.say(f"code.{source}"))
        for source in ("after", "internal")
    }
    assert rows[felt["after"]]["measured"] == 1
    assert rows[felt["internal"]]["assumed"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_engagement_without_anything_has_a_ledger_that_says_so(engagement, language):
    shown = ledger(engagement(language=language))
    assert shown.kind in ("text", "table")
    assert "None" not in str(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_with_what_the_numbers_were_made(engagement, language):
    import cxmethod

    said = str(made_with(engagement(language=language, settings={"seed": 77})))
    assert cxmethod.__version__ in said
    assert "77" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("colour", ["#ffee00", "#B3261E", "#7ac143"])
def test_a_colour_that_had_to_change_is_told_in_report_and_check(engagement, colour, language):
    client = engagement(language=language, settings={"brand": {"colour": colour}})
    (note,) = brand_notes(client)
    assert colour in note
    assert brand_accent(client.settings).colour in note
    assert note in str(made_with(client))
    assert note in check(client).notices


def test_of_a_colour_that_stays_nothing_is_said(engagement):
    assert brand_notes(engagement(settings={"brand": {"colour": "#003DA5"}})) == ()


@pytest.mark.parametrize("logo", ["missing.png", "../outside.png", "inputs"])
def test_a_logo_that_cannot_be_read_is_told(engagement, logo):
    client = engagement(settings={"brand": {"logo": logo}})
    (client.folder.parent / "outside.png").write_bytes(b"")
    (note,) = brand_notes(client)
    assert logo in note


def test_a_logo_in_the_folder_is_fine(engagement):
    client = engagement(settings={"brand": {"logo": "logo.png"}})
    (client.folder / "logo.png").write_bytes(b"")
    assert brand_notes(client) == ()


def test_the_cover_carries_the_adjusted_colour_beside_the_brands_own_and_the_logo(engagement):
    client = engagement(settings={"brand": {"colour": "#ffee00", "logo": "logo.png"}})
    said = cover(client, Thread(())).data["application/vnd.cxmethod.cover+json"]
    assert (said["colour"], said["logo"]) == ("#ffee00", "logo.png")
    assert said["accent"] == brand_accent(client.settings).colour != "#ffee00"
