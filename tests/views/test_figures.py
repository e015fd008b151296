"""Every figure, for every odd client, in both languages: it is drawn, stays inside its edges, and says what it says."""

from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxmethod import views
from cxmethod.steps import obtain
from cxmethod.views import style
from cxmethod.views.chart import MIME
from cxmethod.views.labels import place_labels

from .conftest import FIGURES, MORE_FIGURES, catching
from .wave_clients import WAVES

UNSAID = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b")
# What each odd client puts to the test; the languages take turns.
ODD = {
    "emotional_plane": (
        "no ratings", "no touchpoints", "one touchpoint", "one answer", "unknown answers", "all alike", "expectations alone",
        "internal views alone", "no outcome", "two of a name", "crowded interviews",
    ),
    "plane before moments": ("one touchpoint", "internal views alone"),
    "driver_quadrant": ("no ratings", "one touchpoint", "all alike", "no outcome", "crowded interviews"),
    "route_comparison": ("interviews told", "loops"),
    "journey_graph": ("interviews told", "loops", "one long phase"),
    "control_charts": ("one wave", *tuple(WAVES)[:3]),
    "charts of the mean": tuple(WAVES)[1:2],
    "charts of the distribution": tuple(WAVES)[1:2],
    "scores_by_wave": tuple(WAVES)[-2:],
    "before_after": (tuple(WAVES)[2],),
    "explosion": ("no ratings", "scope.interviews_weeks", "one touchpoint", "crowded", "workshop"),
    "strategy_map": ("no ratings", "no outcome", "two of a name", "one touchpoint"),
    "theme_fit_map": ("a theme of nine attributes",),
    "alignment_slopes": ("one role",),
}  # fmt: skip
FULL = ("demo", "workshop", "crowded")
NONE = ("nothing", "workshop")
SAID = {
    "route_comparison": (*NONE, "no journeys that ended", "success alone", "off the map"),
    "journey_graph": (*NONE, "no journeys that ended", "success alone", "off the map"),
    "control_charts": (*NONE, "a wave of nobody", *tuple(WAVES)[-2:]),
    "charts of the mean": (*NONE, *tuple(WAVES)[:3:2]),
    "charts of the distribution": (*NONE, *tuple(WAVES)[:3:2]),
    "scores_by_wave": NONE,
    "before_after": NONE,
    "penalty_reward_chart": NONE,
    "alignment_slopes": NONE,
}
"""Where there is nothing to draw, a sentence stands instead of an empty chart."""
DRAWN = [
    *((name, figure, ("es", "en")[n % 2]) for figure, names in ODD.items() for n, name in enumerate(names)),
    *(
        (name, figure, "es")
        for name in ("nothing", *FULL)
        for figure in FIGURES
        if name not in SAID.get(figure, ())
    ),
    *(
        pytest.param(name, figure, "en", marks=pytest.mark.slow)
        for name in ("nothing", *FULL)
        for figure in FIGURES
        if name not in SAID.get(figure, ())
    ),
]

DRAWN += [
    *(("demo", figure, language) for figure in MORE_FIGURES for language in ("es", "en")),
    ("crowded", "penalty_reward_chart", "es"),
    *(("crowded", figure, "en") for figure in ("strategy_map", "theme_fit_map", "alignment_slopes")),
    *(("workshop", figure, "es") for figure in ("strategy_map", "theme_fit_map")),
    ("personas", "plane by persona", "en"),
    ("personas", "emotional_plane", "es"),
]

# Seaborn's heat map still sets the colour of missing cells the old way.
pytestmark = pytest.mark.filterwarnings("ignore:The set_bad function:PendingDeprecationWarning")


def texts(figure: Figure) -> list[Text]:
    """The texts that are written in a figure; not those of ticks beyond an axis's ends, which are not drawn."""
    axes = [axis for one in figure.axes for axis in (one.xaxis, one.yaxis)]
    ticks = [(tick, sorted(axis.get_view_interval())) for axis in axes for tick in axis.get_major_ticks()]
    beyond = {id(tick.label1) for tick, (low, high) in ticks if not low <= tick.get_loc() <= high}
    written = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in written if id(text) not in beyond]


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("name", "figure", "language"), DRAWN)
def test_a_figure_is_drawn_and_nothing_leaves_its_edges(drawn, name, figure, language):
    one = drawn(name, figure, language)
    width, height = one.figure.get_size_inches()
    box = one.figure.get_tightbbox(FigureCanvasAgg(one.figure).get_renderer())
    beyond = [-box.x0, -box.y0, box.x1 - width, box.y1 - height]
    assert max(beyond) < 0.02, f"left, below, right, above by inches: {np.round(beyond, 2)}"
    written = [text.get_text() for text in texts(one.figure)]
    assert [text for text in [*written, one.alt, one.caption] if UNSAID.search(text)] == []
    assert one.alt.strip()
    assert one.caption.strip()


@pytest.mark.parametrize(("name", "figure", "language"), DRAWN)
def test_the_title_is_written_whole(drawn, name, figure, language):
    one = drawn(name, figure, language)
    assert unwrapped(one.title) in {unwrapped(text.get_text()) for text in texts(one.figure)}


@pytest.mark.parametrize(("name", "figure", "language"), DRAWN)
def test_title_subtitle_and_note_cover_no_other_text(drawn, name, figure, language):
    one = drawn(name, figure, language).figure
    renderer = FigureCanvasAgg(one).get_renderer()
    head = [text for text in one.texts if text.get_text().strip()]
    boxes = {id(text): text.get_window_extent(renderer).padded(-1) for text in texts(one)}
    covered = [
        (own.get_text(), other.get_text())
        for own in head
        for other in texts(one)
        if other is not own and boxes[id(own)].overlaps(boxes[id(other)])
    ]
    assert covered == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("figure", "name"), [(figure, name) for figure, own in SAID.items() for name in own])
def test_where_there_is_nothing_to_draw_sentences_say_what_is_missing_and_how_to_get_it(
    spoken, figure, name, language
):
    shown = (FIGURES | MORE_FIGURES)[figure](*spoken(name, language))
    assert shown.kind == "text"
    assert len(re.findall(r"[.:](?: |$)", shown.data["text/plain"])) >= 2


# --- what a picture tells


def test_an_alternative_text_tells_the_whole_curve(drawn, spoken):
    names = spoken("demo", "es")[1]["04_touchpoints"].journey["name"]
    assert [name for name in names if name not in drawn("demo", "emotional_plane", "es").alt] == []


def test_red_points_are_named_on_the_plane_in_red(drawn, spoken):
    results = spoken("demo", "es")[1]
    moments = results["05_moments_of_truth"].moments
    red = moments[(moments["persona"] == "all") & (moments["kind"] == "red")]["touchpoint"]
    names = results["04_touchpoints"].journey.set_index("touchpoint")["name"]
    figure = drawn("demo", "emotional_plane", "es").figure
    written = {unwrapped(text.get_text()) for text in texts(figure) if text.get_color() == style.RED}
    assert len(red) == 3
    assert {names[key] for key in red} <= written


def test_a_plane_before_moments_names_nothing_red(drawn):
    figure = drawn("demo", "plane before moments", "es").figure
    assert style.RED not in {text.get_color() for text in texts(figure)}


def test_a_persona_has_a_plane_of_its_own_that_names_it(spoken):
    client, results = spoken("demo", "es")
    name = client.table("personas").set_index("persona")["name"]["mayores"]
    with catching() as caught:
        views.emotional_plane(client, results["04_touchpoints"], persona="mayores")
    assert name in caught[0].caption


def test_a_dollar_in_a_name_is_a_dollar_and_no_formula(engagement):
    client = engagement(
        after={"desk": [1, -1, 0, 1, -2]},
        touchpoints="touchpoint,name,phase,order\ndesk,Costs $5 and $6,visit,1",
    )
    with catching() as caught:
        views.emotional_plane(client, obtain(client, "04_touchpoints"))
    (own,) = [text for text in texts(caught[0].figure) if unwrapped(text.get_text()) == "Costs $5 and $6"]
    assert not own.get_parse_math()


# --- the bundle


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure not in SAID])
def test_a_figure_carries_svg_png_and_its_alternative_text_the_same_each_time(spoken, figure):
    client, results = spoken("workshop", "es")
    before = dict(matplotlib.rcParams)
    first, second = (FIGURES[figure](client, results)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert dict(matplotlib.rcParams) == before
    assert plt.get_fignums() == []
    data, about = first[0], first[1]["cxmethod"]
    assert set(data) - {MIME} == {"image/svg+xml", "image/png", "text/plain"}
    assert ElementTree.fromstring(data["image/svg+xml"]).tag == "{http://www.w3.org/2000/svg}svg"
    assert base64.b64decode(data["image/png"], validate=True).startswith(b"\x89PNG")
    assert (about["kind"], about["alt"]) == ("figure", data["text/plain"])
    assert about["caption"]


def test_a_picture_names_neither_its_day_nor_its_maker(spoken):
    svg = FIGURES["driver_quadrant"](*spoken("workshop", "en")).data["image/svg+xml"]
    assert "dc:date" not in svg
    assert "Matplotlib" not in svg


# --- the hand that draws


def test_names_beside_points_do_not_cover_each_other():
    figure, axes = style.new_figure(6, 4)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    x = np.array([0.5, 0.52, 0.5, 0.48])
    place_labels(axes, x, x[::-1].copy(), ["one", "two", "three", "four"], ["k"] * 4)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()]
    assert len(boxes) == 4
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_the_same_points_put_their_names_in_the_same_places():
    placed = []
    for _ in range(2):
        _, axes = style.new_figure(6, 4)
        place_labels(axes, np.array([0.5, 0.52]), np.array([0.5, 0.5]), ["one", "two"], ["k", "k"])
        placed.append([text.xyann for text in axes.texts])
    assert placed[0] == placed[1]


def test_places_are_pushed_apart_in_their_order():
    moved = style.spread([1.0, 1.1, -2.0, 1.05], 0.5)
    assert np.diff(sorted(moved)).min() >= 0.5 - 1e-6
    assert np.argsort(moved).tolist() == [2, 0, 3, 1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("two words", "two\nwords"),
        ("one two three four", "one\ntwo\nthree\nfour"),
        ("unforeseeable end", "unfore\nseeabl\ne\nend"),
    ],
)
def test_a_text_is_wrapped_on_as_many_lines_as_it_takes(text, shown):
    assert style.wrapped(text, 6) == shown


def test_only_an_absurd_name_is_cut():
    name = "word " * 60
    assert unwrapped(style.wrapped(name[:160], 20)) == name[:160].strip()
    assert style.wrapped(name, 20).endswith("…")
