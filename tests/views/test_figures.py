"""Every figure, for every odd client, in both languages: it is drawn, stays inside its edges, and says what it says."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxmethod import views
from cxmethod.engagement import Engagement
from cxmethod.views.show import Shown

from .clients import CLIENTS

Draw = Callable[[Engagement, dict[str, Any]], Shown]

FIGURES: dict[str, Draw] = {
    "emotional_plane": lambda c, r: views.emotional_plane(c, r["04_touchpoints"], r["05_moments_of_truth"]),
    "plane before moments": lambda c, r: views.emotional_plane(c, r["04_touchpoints"]),
    "driver_quadrant": lambda c, r: views.driver_quadrant(c, r["04_touchpoints"], r["05_moments_of_truth"]),
    "route_comparison": lambda c, r: views.route_comparison(c, r["02_relationship"]),
    "control_charts": lambda c, r: views.control_charts(c, r["09_monitoring"]),
    "alignment_map": lambda c, r: views.alignment_map(c, r["08_strategy"]),
}
MODULES = ("emotional_plane", "driver_quadrant", "route_comparison", "control_charts", "alignment_map")
NAMES = [*CLIENTS, "demo", "workshop"]

# Seaborn's heat map still sets the colour of missing cells the old way.
pytestmark = pytest.mark.filterwarnings("ignore:The set_bad function:PendingDeprecationWarning")


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Figure, str, str]]:
    """Figures, with alternative text and caption, as they come to be shown; no bytes are made of them."""
    drawn: list[tuple[Figure, str, str]] = []

    def catch(figure: Figure, *, alt: str, caption: str) -> Shown:
        drawn.append((figure, alt, caption))
        return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

    for name in MODULES:
        monkeypatch.setattr(import_module(f"cxmethod.views.{name}"), "show_figure", catch)
    return drawn


def texts(figure: Figure) -> list[Text]:
    """The texts that are written in a figure."""
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_drawn_and_nothing_leaves_its_edges(spoken, caught, name, figure, language):
    FIGURES[figure](*spoken(name, language))
    ((drawn, alt, caption),) = caught
    width, height = drawn.get_size_inches()
    box = drawn.get_tightbbox(FigureCanvasAgg(drawn).get_renderer())
    assert box.x0 >= -0.01
    assert box.y0 >= -0.01
    assert box.x1 <= width + 0.01
    assert box.y1 <= height + 0.01
    assert alt.strip()
    assert caption.strip()
    unsaid = [text.get_text() for text in texts(drawn) if re.search(r"[{}]|\bnan\b|<NA>|None", text.get_text())]
    assert unsaid == []
    assert not re.search(r"[{}]|\bnan\b|<NA>|\bNone\b", alt + caption)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("name", ["crowded", "demo", "workshop"])
def test_the_title_is_written_whole(spoken, caught, monkeypatch, name, figure, language):
    module = import_module("cxmethod.views.style")
    heads: list[str] = []
    write = module.head

    def head(drawn: Figure, title: str, subtitle: str, note: str = "") -> None:
        heads.append(title)
        write(drawn, title, subtitle, note)

    monkeypatch.setattr(module, "head", head)
    FIGURES[figure](*spoken(name, language))
    written = {" ".join(text.get_text().split()) for text in texts(caught[0][0])}
    assert " ".join(heads[0].split()) in written


def test_an_alternative_text_tells_the_whole_curve(spoken, caught):
    client, results = spoken("demo", "en")
    FIGURES["emotional_plane"](client, results)
    names = results["04_touchpoints"].journey["name"]
    assert all(name in caught[0][1] for name in names)


def test_red_points_are_named_on_the_plane_in_red(spoken, caught):
    client, results = spoken("demo", "es")
    FIGURES["emotional_plane"](client, results)
    moments = results["05_moments_of_truth"].moments
    red = moments[(moments["persona"] == "all") & (moments["kind"] == "red")]["touchpoint"]
    names = results["04_touchpoints"].journey.set_index("touchpoint")["name"]
    written = {
        " ".join(text.get_text().split()) for text in texts(caught[0][0]) if text.get_color() == views_red()
    }
    assert {" ".join(names[key].split()) for key in red} <= written


def views_red() -> str:
    return str(import_module("cxmethod.views.style").RED)


def test_a_persona_has_a_plane_of_its_own(spoken, caught):
    client, results = spoken("demo", "es")
    views.emotional_plane(client, results["04_touchpoints"], persona="mayores")
    assert "mayores" not in caught[0][2]
    assert caught[0][2] != client.words.say("plane.caption")


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_carries_svg_png_and_its_alternative_text(spoken, figure):
    client, results = spoken("demo", "es")
    data, metadata = FIGURES[figure](client, results)._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "image/png", "text/plain"}
    root = ElementTree.fromstring(data["image/svg+xml"])
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert base64.b64decode(data["image/png"], validate=True).startswith(b"\x89PNG")
    about = metadata["cxmethod"]
    assert (about["kind"], about["alt"]) == ("figure", data["text/plain"])
    assert about["caption"]


@pytest.mark.parametrize("figure", ["emotional_plane", "route_comparison", "alignment_map"])
def test_the_same_results_give_the_same_bytes_and_leave_matplotlib_as_it_was(spoken, figure):
    client, results = spoken("workshop", "en")
    before = dict(matplotlib.rcParams)
    first, second = (FIGURES[figure](client, results).data for _ in range(2))
    assert first == second
    assert dict(matplotlib.rcParams) == before
    assert plt.get_fignums() == []


def test_a_picture_names_neither_its_day_nor_its_maker(spoken):
    client, results = spoken("workshop", "en")
    svg = FIGURES["driver_quadrant"](client, results).data["image/svg+xml"]
    assert "dc:date" not in svg
    assert "Matplotlib" not in svg


def test_a_dollar_in_a_name_is_a_dollar_and_no_formula(engagement, caught):
    client = engagement(
        after={"desk": [1, -1, 0, 1, -2]},
        touchpoints="touchpoint,name,phase,order\ndesk,Costs $5 and $6,visit,1",
    )
    from cxmethod.steps import obtain

    views.emotional_plane(client, obtain(client, "04_touchpoints"))
    FigureCanvasAgg(caught[0][0]).draw()
    assert any("$5" in text.get_text() and not text.get_parse_math() for text in texts(caught[0][0]))
