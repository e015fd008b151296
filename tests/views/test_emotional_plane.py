"""The emotional plane: what it draws is what the results say, and thin evidence looks thin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from jsonschema import Draft202012Validator
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.container import BarContainer
from matplotlib.text import Text

from cxmethod import views
from cxmethod.steps import obtain
from cxmethod.views import readings, style
from cxmethod.views.chart import MIME, chart_schema
from cxmethod.views.labels import text_size

from .conftest import FIGURES, MORE_FIGURES, catching
from .test_figures import texts, unwrapped

PAGE_FIGURES = ("emotional_plane", "driver_quadrant", *MORE_FIGURES)
PICTURES = {
    "charts of the mean", "charts of the distribution", "theme_fit_map", "strategy_map", "alignment_slopes",
    "slopes of importance",
}  # fmt: skip
"""Small multiples and grids, which no one native chart can tell."""
LIVED = [-1, -1, -2, -1, 0, -1] * 6


def plane(client: Any, **more: Any) -> Any:
    with catching() as caught:
        views.emotional_plane(client, obtain(client, "04_touchpoints"), **more)
    return caught[0]


def points(drawn: Any, marker: str) -> list[tuple[float, str]]:
    """Height and face of every point of a shape, as far as it stands on the plane."""
    lines = [line for line in drawn.figure.axes[0].get_lines() if line.get_marker() == marker]
    return [
        (round(float(y), 3), to_hex(line.get_markerfacecolor()))
        for line in lines
        for y in line.get_ydata()
        if y == y
    ]


def hatched(drawn: Any) -> list[Any]:
    """The bars of the plane."""
    bars = [each for each in drawn.figure.axes[0].containers if isinstance(each, BarContainer)]
    return [bar for each in bars for bar in each.patches]


def moments_of(result: Any, **kinds: tuple[str, str | None]) -> Any:
    """Moments as far as the plane needs them: kind and status by touchpoint."""
    rows = [
        {"persona": "all", "touchpoint": key, "kind": kind, "status": status, "negative_share": 0.3}
        for key, (kind, status) in kinds.items()
    ]

    class Moments:
        moments = pd.DataFrame(rows).astype({"status": "string"})
        facts = {"basis": "measured"}  # noqa: RUF012

    return Moments


# --- what is drawn


def test_points_stand_where_the_means_are(engagement):
    client = engagement(after={"web": LIVED, "desk": [1] * 30 + [2] * 30})
    emotions = obtain(client, "04_touchpoints").emotions
    assert {y for y, _ in points(plane(client), "o")} == set(emotions["mean"].round(3))


def test_thin_evidence_is_hollow(engagement):
    drawn = plane(engagement(after={"web": LIVED, "desk": [1, 2, 1, 1, 2, 1]}))
    assert dict(points(drawn, "o")) == {-1.0: style.AFTER.lower(), 1.333: "#ffffff"}


def test_intervals_end_where_the_scale_ends(engagement):
    drawn = plane(engagement(after={"web": [2, 2, 2, 2, 2, 0], "desk": [-2, -2, -2, -2, 1]}))
    heights = np.concatenate(
        [
            np.vstack(lines.get_segments())[:, 1]
            for lines in drawn.figure.axes[0].collections
            if lines.get_zorder() > 2
        ]
    )
    assert heights.max() == 2
    assert heights.min() == -2


def test_a_blind_spot_is_hatched_from_our_view_to_theirs(engagement):
    client = engagement(
        internal={"web": [1, 1, 2], "desk": [0, 1, 0]}, after={"web": LIVED, "desk": [0, 1] * 15}
    )
    (bar,) = hatched(plane(client))
    assert bar.get_hatch() == style.HATCH
    assert (bar.get_y(), bar.get_y() + bar.get_height()) == pytest.approx((-1, 4 / 3))


def test_without_a_test_a_blind_spot_is_a_question(engagement):
    client = engagement(internal={"web": [2, 2]}, after={"web": LIVED})
    drawn = plane(client)
    (bar,) = hatched(drawn)
    assert bar.get_hatch() == style.DOTS
    assert "Blind spot?" in {unwrapped(text.get_text()) for text in texts(drawn.figure)}
    assert "blind spot" not in drawn.title


def test_of_many_red_points_the_title_names_the_worst(engagement):
    keys = {"web": 0, "desk": -1, "bill": -0.5, "park": -2}
    client = engagement(after={key: [mean] * 30 for key, mean in keys.items()})
    result = obtain(client, "04_touchpoints")
    moments = moments_of(result, **dict.fromkeys(keys, ("red", "confirmed")))
    assert readings.red_points(client, result, moments) == "4 red points: Park, Desk, Bill and 1 more"


def test_how_many_answered_stands_beneath_each_touchpoint(engagement):
    client = engagement(internal={"web": [1, 1, 2]}, after={"web": LIVED, "desk": [0, 1] * 15})
    written = [text.get_text() for text in texts(plane(client).figure)]
    assert [written.count(n) for n in ("36", "30", "3", "—")] == [1, 1, 1, 1]


@pytest.mark.parametrize(("status", "face"), [("confirmed", style.RED.lower()), ("suspected", "#ffffff")])
def test_a_red_point_has_its_own_shape_and_is_hollow_while_suspected(engagement, status, face):
    client = engagement(after={"web": LIVED, "desk": [1, 2] * 20})
    moments = moments_of(obtain(client, "04_touchpoints"), web=("red", status))
    drawn = plane(client, moments=moments)
    assert (-1.0, face) in points(drawn, "D")
    assert "Web" in {text.get_text() for text in texts(drawn.figure) if text.get_color() == style.RED}


def test_a_red_point_above_the_axis_says_how_many_feel_badly(engagement):
    client = engagement(after={"web": [2, 2, -1, 1] * 10})
    moments = moments_of(obtain(client, "04_touchpoints"), web=("red", "confirmed"))
    written = [text.get_text() for text in texts(plane(client, moments=moments).figure)]
    assert "Web\n30% feel badly" in written


# --- the message


@pytest.mark.parametrize(
    ("statuses", "title"),
    [
        (("confirmed", "confirmed"), "2 red points: Web and Desk"),
        (("suspected", "suspected"), "2 red points are suspected: Web and Desk"),
        (("confirmed", "suspected"), "One red point: Web; one more is suspected"),
        (("decided", "decided"), "2 red points: Web and Desk"),
    ],
)
def test_what_is_suspected_is_worded_as_suspected(engagement, statuses, title):
    client = engagement(after={"web": LIVED, "desk": LIVED})
    result = obtain(client, "04_touchpoints")
    moments = moments_of(result, web=("red", statuses[0]), desk=("red", statuses[1]))
    assert readings.red_points(client, result, moments) == title


def test_before_the_moments_the_message_is_the_lowest_point_and_the_blind_spots(engagement):
    client = engagement(internal={"web": [1, 1, 2]}, after={"web": LIVED, "desk": [1, 2] * 15})
    drawn = plane(client)
    assert "Web (−1.0); and we have a blind spot" in drawn.title


def test_a_journey_that_is_all_good_is_not_called_bad(engagement):
    assert plane(engagement(after={"web": [1, 2] * 20, "desk": [2] * 40})).title.startswith(
        "The whole journey feels good"
    )


def test_without_importance_nobody_says_that_there_are_no_red_points(engagement):
    client = engagement(after={"web": LIVED})
    drawn = plane(client, moments=obtain(client, "05_moments_of_truth"))
    assert "red" not in drawn.title


# --- by persona


def test_each_persona_has_a_panel_with_its_name_and_its_answers(drawn):
    one = drawn("personas", "plane by persona", "en")
    assert len(one.figure.axes) == 3
    written = {unwrapped(text.get_text()) for text in texts(one.figure)}
    assert {"home · n = 50", "business · n = 32", "elders · n = 8"} <= written


def test_personas_that_do_not_part_are_not_said_to(engagement):
    people = "respondent,plan\n" + "\n".join(f"c{n},{'ab'[n % 2]}" for n in range(1, 41))
    client = engagement(
        after={"web": [0, 1, 1, 0] * 10}, respondents=people, settings={"persona": {"column": "plan"}}
    )
    assert (
        readings.personas_part(client, obtain(client, "04_touchpoints"))
        == "Nowhere do the personas part clearly"
    )


def test_where_personas_part_most_is_the_message(engagement):
    people = "respondent,plan\n" + "\n".join(f"c{n},{'a' if n <= 20 else 'b'}" for n in range(1, 41))
    answers = {"web": [-1, 0] * 10 + [1, 2] * 10, "desk": [0, 1] * 20}
    client = engagement(after=answers, respondents=people, settings={"persona": {"column": "plan"}})
    said = readings.personas_part(client, obtain(client, "04_touchpoints"))
    assert said == "Where they part most: Web (b: +1.5; a: −0.5)"


def test_without_personas_a_sentence_says_so(engagement):
    client = engagement(after={"web": LIVED})
    shown = views.emotional_plane(client, obtain(client, "04_touchpoints"), by="persona")
    assert (shown.kind, str(shown)) == ("text", "No persona has answers yet: there are no panels to compare.")


# --- in words


def test_the_text_alternative_says_the_message_and_then_each_touchpoint_in_order(spoken):
    client, results = spoken("demo", "es")
    with catching() as caught:
        FIGURES["emotional_plane"](client, results)
    alt, journey = caught[0].alt, results["04_touchpoints"].journey
    assert alt.startswith(caught[0].title)
    places = [alt.index(f"{place}. {name}: ") for place, name in enumerate(journey["name"], start=1)]
    assert places == sorted(places)


def test_the_text_alternative_says_the_numbers_of_the_results(spoken):
    client, results = spoken("demo", "es")
    with catching() as caught:
        FIGURES["emotional_plane"](client, results)
    words, emotions = client.words, results["04_touchpoints"].emotions
    lived = emotions[(emotions["persona"] == "all") & (emotions["source"] == "after")]
    said = [
        f"vivido {words.signed(row['mean'])} (de {words.signed(row['low'])} a {words.signed(row['high'])}; n = {row['n']})"
        for row in lived.to_dict("records")
    ]
    assert len(said) == 16
    assert [text for text in said if text not in caught[0].alt] == []


# --- one hand for all


@pytest.mark.parametrize("figure", PAGE_FIGURES)
def test_printed_on_a4_landscape_no_text_is_below_seven_points(drawn, figure):
    one = drawn("demo", figure, "es").figure
    smallest = min(text.get_fontsize() for text in one.findobj(Text) if text.get_text().strip())
    printed = 10.6 / one.get_size_inches()[0]
    assert smallest * printed >= 7


@pytest.mark.parametrize(
    "colour", [style.INK, style.QUIET, style.RED, style.GREEN, style.AFTER, style.BEFORE, style.INTERNAL]
)
@pytest.mark.parametrize("ground", ["#FFFFFF", style.BAND])
def test_every_colour_of_text_stands_out(colour, ground):
    def light(value: str) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(value)]
        return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))

    assert (light(ground) + 0.05) / (light(colour) + 0.05) >= 4.5


@pytest.mark.parametrize(("name", "figure"), [("crowded", "driver_quadrant"), ("crowded", "emotional_plane")])
def test_no_name_lies_on_another(drawn, name, figure):
    one = drawn(name, figure, "es").figure
    renderer = FigureCanvasAgg(one).get_renderer()
    named = [text for text in one.axes[0].texts if text.get_bbox_patch() and text.get_text()]
    boxes = [text.get_window_extent(renderer).padded(-1.5) for text in named]
    assert len(boxes) > 3
    assert [
        (named[a].get_text(), named[b].get_text())
        for a in range(len(boxes))
        for b in range(a)
        if boxes[a].overlaps(boxes[b])
    ] == []


def test_a_text_is_measured_as_it_is_written():
    figure, _ = style.new_figure(4, 3)
    one, two = (text_size(figure, text, fontsize=8) for text in ("name", "name\nname"))
    assert one[0] == pytest.approx(two[0], rel=0.05)
    assert two[1] > 1.8 * one[1]
    assert figure.texts == []


# --- data for native charts


@pytest.mark.parametrize("figure", sorted({*PAGE_FIGURES} - PICTURES))
def test_a_figure_carries_the_data_of_a_native_chart(spoken, figure):
    client, results = spoken("demo", "en")
    data = (FIGURES | MORE_FIGURES)[figure](client, results).data[MIME]
    Draft202012Validator(chart_schema()).validate(data)
    places = len(data["x"]["values"])
    assert places > 0
    assert {len(series[part]) for series in data["series"] for part in ("values", "low", "high", "n")} == {
        places
    }


def test_the_data_of_the_plane_are_the_results(spoken):
    client, results = spoken("demo", "en")
    data = FIGURES["emotional_plane"](client, results).data[MIME]
    emotions = results["04_touchpoints"].emotions
    lived = emotions[(emotions["persona"] == "all") & (emotions["source"] == "after")]
    (series,) = [each for each in data["series"] if each["name"] == "What customers lived"]
    assert series["values"] == pytest.approx(lived["mean"].to_list())
    assert series["n"] == lived["n"].to_list()
    assert {note["text"] for note in data["annotations"]} >= {"red point", "value point", "Blind spot"}


@pytest.mark.parametrize("figure", ["emotional_plane", "driver_quadrant"])
def test_a_chart_to_edit_shows_hollow_what_is_suspected(spoken, figure):
    client, results = spoken("workshop", "en")
    chart = FIGURES[figure](client, results).data[MIME]
    named = {
        one.get("name") or one["text"]: one.get("hollow", False)
        for one in (*chart["series"], *chart["annotations"])
        if "red point" in (one.get("name") or one["text"])
    }
    assert named
    assert all(hollow and "suspected" in name for name, hollow in named.items())


def test_a_title_says_the_share_that_sentences_say(spoken):
    client, results = spoken("demo", "en")
    moments = results["05_moments_of_truth"]
    drivers = moments.drivers[moments.drivers["persona"] == "all"]
    chart = FIGURES["driver_quadrant"](client, results).data[MIME]
    share = client.words.percent(drivers["relative_share"].max())
    assert f"{share} of what explains the outcome" in chart["title"]
    assert max(v for one in chart["series"] for v in one["values"] if v is not None) == pytest.approx(
        drivers["relative_share"].max()
    )


def test_a_share_that_is_hidden_is_not_written_beside_its_point(engagement):
    client = engagement(after={"web": [2, 2, -1, 1] * 10})
    moments = moments_of(obtain(client, "04_touchpoints"), web=("red", "suspected"))
    moments.moments["negative_share"] = np.nan
    written = [text.get_text() for text in texts(plane(client, moments=moments).figure)]
    assert "Web" in written
    assert not [text for text in written if "feel badly" in text]
