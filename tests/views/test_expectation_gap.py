"""Expectation against experience as a picture: what it marks, what it says, and what it does not pretend."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cxmethod import views
from cxmethod.engagement import Engagement
from cxmethod.language import LANGUAGES
from cxmethod.steps import obtain
from cxmethod.views import style
from cxmethod.views.chart import MIME, chart_schema
from cxmethod.views.show import Shown

from .clients import crowd
from .test_figures import texts, unwrapped

HOPED = [1, 1, 2, 1, 0, 1, 2, 1, 1, 0] * 4
WORSE = [-1, 0, 0, -1, -2, -1, 0, -1, 0, -1] * 4
BETTER = [2, 2, 2, 2, 1, 2, 2, 2, 2, 1] * 4
UNSAID = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b")

Draw = Callable[..., tuple[Figure, Shown]]


@pytest.fixture
def draw(engagement, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """The figure of customers who hoped and met this and that, before it becomes bytes."""

    def make(
        client: Engagement | None = None, persona: str = "all", **arguments: Any
    ) -> tuple[Figure, Shown]:
        caught: list[Figure] = []

        def show(figure: Figure, *, alt: str, caption: str, chart: Any = None) -> Shown:
            caught.append(figure)
            return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

        monkeypatch.setattr(import_module("cxmethod.views.expectation_gap"), "show_figure", show)
        own = client or engagement(**arguments)
        shown = views.expectation_gap(own, obtain(own, "03_motivations"), persona)
        return caught[0], shown

    return make


def three(**others: Any) -> dict[str, Any]:
    names = ("wait", "desk", "bill")
    met = dict(zip(names, (WORSE, BETTER, HOPED), strict=True))
    return {"before": dict.fromkeys(names, HOPED), "after": met, **others}


def written(figure: Figure) -> list[str]:
    return [unwrapped(text.get_text()) for text in texts(figure)]


def markers(figure: Figure) -> list[tuple[str, bool]]:
    """Shape and hollowness of the marks of the differences, from above."""
    lines = [line for line in figure.axes[1].lines if line.get_marker() in ("^", "v", "o")]
    return [(str(line.get_marker()), line.get_markerfacecolor() == "white") for line in lines]


def test_what_is_told_apart_is_marked_by_shape_and_by_word(draw):
    figure, _ = draw(**three(language="en"))
    assert markers(figure) == [("v", False), ("^", False), ("o", False)]
    said = written(figure)
    assert [sum(word in text for text in said) for word in ("▼ worse", "▲ better", "no clear")] == [1, 1, 1]


def test_few_customers_are_drawn_hollow_and_the_title_says_it(draw):
    arguments = three(language="en")
    few = {source: {k: v[:10] for k, v in arguments[source].items()} for source in ("before", "after")}
    figure, _ = draw(**few, language="en")
    assert {hollow for _, hollow in markers(figure)} == {True}
    assert any("(indicative only)" in text for text in written(figure))


def test_the_title_names_both_sides(draw):
    _, shown = draw(**three(language="en"))
    assert "Worse than expected: Wait; better: Desk." in str(shown)


def test_where_nothing_is_told_apart_the_title_says_so(draw):
    figure, _ = draw(before={"desk": HOPED}, after={"desk": HOPED}, language="es")
    assert written(figure).count("En ningún punto de contacto se distingue lo vivido de lo esperado") == 1


def test_a_persona_s_picture_names_it(draw):
    people = "respondent,persona\n" + "\n".join(f"c{n},gold" for n in range(1, 41))
    cards = "persona,name,evidence\ngold,The golden ones,assumed"
    figure, _ = draw(persona="gold", **three(respondents=people, personas=cards, language="en"))
    assert written(figure)[0].startswith("The golden ones. ") or any(
        text.startswith("The golden ones. ") for text in written(figure)
    )


def test_every_touchpoint_is_told_in_words_with_its_numbers(draw):
    _, shown = draw(**three(language="en"))
    assert "Wait: expected +1.0, met −0.7; difference −1.7, from −1.8 to −1.6, n = 40, ▼ worse" in str(shown)
    assert all(name in str(shown) for name in ("Wait", "Desk", "Bill"))
    assert shown.about["caption"]


def test_names_that_fill_more_than_two_lines_give_way_to_their_number(draw):
    keys = ["a", "b", "c"]
    points = "touchpoint,name,phase,order\n" + "\n".join(
        f"{key},{key} {'long ' * 30},visit,1" for key in keys
    )
    figure, _ = draw(
        before=dict.fromkeys(keys, HOPED), after=dict.fromkeys(keys, WORSE), touchpoints=points, language="en"
    )
    assert "Worse than expected at 3 touchpoints and better at 0" in written(figure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_twenty_long_names_stay_inside_and_apart(draw, language):
    rng = np.random.default_rng(7)
    tables = crowd()
    keys = list(tables["touchpoints"]["touchpoint"])
    hoped = {key: rng.integers(-1, 3, 60).tolist() for key in keys}
    met = {
        key: np.clip(np.array(hoped[key]) + rng.integers(-1, 2, 60) + place % 3 - 1, -2, 2).tolist()
        for place, key in enumerate(keys)
    }
    figure, shown = draw(before=hoped, after=met, language=language, **tables)
    renderer = FigureCanvasAgg(figure).get_renderer()
    width, height = figure.get_size_inches()
    box = figure.get_tightbbox(renderer)
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.02
    said = texts(figure)
    boxes = [text.get_window_extent(renderer).padded(-1) for text in said]
    covered = [
        (said[a].get_text(), said[b].get_text())
        for a in range(len(said))
        for b in range(a)
        if boxes[a].overlaps(boxes[b])
    ]
    assert covered == []
    assert not [text for text in [*written(figure), str(shown)] if UNSAID.search(text)]
    assert height < 1.1 * width


def test_the_colour_of_a_verdict_is_never_alone(draw):
    figure, _ = draw(**three(language="es"))
    red = [text.get_text() for text in texts(figure) if text.get_color() == style.RED]
    assert red == ["▼ peor de lo esperado"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_pairs_it_says_how_to_ask_for_them(engagement, language):
    client = engagement(after={"desk": HOPED}, language=language)
    shown = views.expectation_gap(client, obtain(client, "03_motivations"))
    assert shown.kind == "text"
    assert re.search(r"5 .*(both before and after|antes y después).*30", str(shown))


def test_the_bundle_is_whole_and_the_same_each_time(engagement):
    client = engagement(**three())
    result = obtain(client, "03_motivations")
    first, second = (views.expectation_gap(client, result)._repr_mimebundle_() for _ in range(2))
    assert first == second
    assert set(first[0]) == {"image/svg+xml", "image/png", "text/plain", MIME}


def test_a_native_chart_has_the_differences_by_verdict(engagement):
    client = engagement(**three())
    chart = views.expectation_gap(client, obtain(client, "03_motivations")).data[MIME]
    Draft202012Validator(chart_schema()).validate(chart)
    known = [[value is not None for value in series["values"]] for series in chart["series"]]
    assert sorted(known) == [[False, False, True], [False, True, False], [True, False, False]]
