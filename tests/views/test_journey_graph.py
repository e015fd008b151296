"""The picture of the journey: what it says, to eyes and to ears."""

from __future__ import annotations

import re

import pytest
from matplotlib.patches import PathPatch

from cxmethod import views
from cxmethod.steps import obtain_all
from cxmethod.views import style
from cxmethod.views.graph_parts import COLOURS

from .conftest import catching
from .route_clients import MAP, journeys
from .test_figures import texts, unwrapped


@pytest.fixture
def picture(engagement):
    """The figure of a client with these tables, before it becomes bytes."""

    def draw(language: str = "en", persona: str = "all", **tables):
        client = engagement(language=language, **tables)
        results = obtain_all(client, save=False)
        with catching() as caught:
            views.journey_graph(client, results["02_relationship"], persona)
        return caught[0]

    return draw


def written(figure) -> list[str]:
    return [unwrapped(text.get_text()) for text in texts(figure)]


PARTED = MAP | journeys(
    (35, "success", "abd"), (5, "success", "acd"), (30, "failure", "abcbc"), (10, "failure", "a")
)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Of the failed journeys, 75% end at Call, and 75% came back to Quote"),
        (
            "es",
            "De los recorridos fallidos, el 75\u00a0% termina en Call y el 75\u00a0% volvió a pasar por Quote",
        ),
    ],
)
def test_the_title_says_where_failed_journeys_end_and_come_back(picture, language, title):
    assert picture(language, **PARTED).title == title


def test_success_and_failure_are_told_apart_by_colour_and_by_line(picture):
    figure = picture(**PARTED).figure
    lines = {patch.get_edgecolor()[:3]: patch.get_linestyle() for patch in figure.findobj(PathPatch)}
    assert len(lines) == len(COLOURS)
    assert len({str(kind) for kind in lines.values()}) == 2


def test_a_line_is_as_thick_as_the_share_of_journeys_that_take_it(picture):
    figure = picture(**PARTED).figure
    green = sorted(
        patch.get_linewidth()
        for patch in figure.findobj(PathPatch)
        if _is(patch, style.GREEN) and patch.get_zorder() == 3
    )
    assert green[-1] > 2 * green[0] > 0


def _is(patch: PathPatch, colour: str) -> bool:
    red, green, blue = (round(255 * part) for part in patch.get_edgecolor()[:3])
    return f"#{red:02X}{green:02X}{blue:02X}" == colour


def test_every_touchpoint_has_its_name_and_the_share_of_each_outcome(picture):
    said = written(picture(**PARTED).figure)
    assert {"Advert", "Quote", "Call", "Visit"} <= set(said)
    assert {"● 100", "◆ 100", "● 88", "◆ 75", "● 13"} <= set(said)


def test_few_journeys_are_drawn_hollow_and_said_to_be_a_hint(picture):
    one = picture(**MAP, **journeys((6, "success", "ab"), (6, "failure", "ac")))
    said = written(one.figure)
    assert any("○" in text for text in said)
    assert not any("●" in text for text in said)
    assert one.title.endswith("(a hint: few journeys)")


def test_the_alternative_text_tells_routes_moves_returns_and_exits(picture):
    alt = picture(**PARTED).alt
    for told in (
        "Success route: Advert → Quote → Visit.",
        "Main moves of failed journeys: from Advert to Quote (75%)",
        "Failed journeys come back to: Quote (100%); Call (100%).",
        "Failed journeys end at: Call (100%); Advert (25%).",
    ):
        assert told in alt


def test_the_note_says_how_much_of_all_moves_is_drawn_and_who_was_left_out(picture):
    said = " ".join(
        written(
            picture(**MAP, **journeys((40, "success", "ab"), (40, "failure", "ac"), (2, "open", "a"))).figure
        )
    )
    assert re.search(r"100% of all moves of success and 100% of those of failure", said)
    assert "still open and left out: 2" in said


def test_a_touchpoint_off_the_map_stands_in_a_band_of_its_own(picture):
    said = written(picture(**MAP, **journeys((6, "success", "axb"), (6, "failure", "a"))).figure)
    assert "Not on the map" in said
    assert "x" in said


def test_a_dollar_in_a_name_is_a_dollar(picture):
    points = "touchpoint,name,phase,order\na,Costs $5 and $6,look,1\nb,B,choose,2"
    one = picture(phases=MAP["phases"], touchpoints=points, **journeys((6, "success", "ab")))
    assert "Costs $5 and $6" in written(one.figure)


def test_a_persona_has_a_picture_of_its_own_that_names_it(picture):
    tables = journeys((6, "success", "ab"), (6, "success", "acb"))
    events = tables["events"].splitlines()
    whose = [f"{line},{'gold' if int(line.split(',')[0]) < 6 else 'silver'}" for line in events[1:]]
    one = picture(
        persona="gold",
        **MAP,
        events="\n".join([f"{events[0]},persona", *whose]),
        journeys=tables["journeys"],
        personas="persona,name,evidence\ngold,The golden,assumed\nsilver,The silver,assumed",
    )
    assert "The golden" in one.caption
    assert "Call" not in written(one.figure)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (MAP, "There are no journeys to draw yet"),
        (MAP | journeys((2, "success", "ab")), "Too few journeys to draw"),
    ],
)
def test_without_enough_journeys_a_sentence_stands_instead_of_a_picture(engagement, tables, said):
    client = engagement(**tables)
    shown = views.journey_graph(client, obtain_all(client, save=False)["02_relationship"])
    assert shown.kind == "text"
    assert shown.data["text/plain"].startswith(said)
