"""The portfolio as it is shown: figures for few and for many initiatives, and sentences that say why."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from cxmethod import views
from cxmethod.steps import opportunities
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.views.chart import MIME

from .conftest import catching

HEAD = "initiative,name,touchpoints,owner,cost,person_days,months,requires,status\n"
FEW = HEAD + "\n".join(
    [
        "host,A host,desk,Ana,60,10,2,,",
        "sign,A $x^2$ sign,room,Luis,50,10,2,host,",
        "paint,Paint,bill,Luis,30,10,3,,",
        "wing,A wing,room,Ana,20,55,9,,",
        "old,An old one,room,Ana,,,,,done",
    ]
)
POINTS = "touchpoint,name,phase,order\ndesk,Desk,p,1\nroom,Room,p,2\nbill,Bill,p,3"
OWNERS = "owner,capacity_days\nAna,40\nLuis,40"
FIGURES = ("effort_impact", "frontier_chart", "roadmap_chart")


def many(count: int) -> str:
    rng = np.random.default_rng(5)
    rows = [
        f"i{n},Acompañar a las personas mayores durante la espera número {n},{('desk', 'room', 'bill')[n % 3]},"
        f"Dirección {n % 10},{rng.integers(3, 60)},{rng.integers(2, 40)},{rng.integers(1, 9)},{f'i{n - 1}' if n % 7 == 6 else ''},"
        for n in range(count)
    ]
    return HEAD + "\n".join(rows)


def made(engagement, initiatives=FEW, language="en", budget=100, **others):
    settings = {"language": language, "currency": "COP", "budget": {"amount": budget, "months": 6}}
    tables = {"touchpoints": POINTS, "initiatives": initiatives, "owners": OWNERS, **others}
    client = engagement(settings=settings, language=language, **tables)
    moments = pd.DataFrame(
        {
            "persona": "all",
            "touchpoint": ["desk", "room", "bill"],
            "kind": ["red", "red", "maintain"],
            "status": ["confirmed", "suspected", None],
            "relative_share": [0.5, 0.3, 0.2],
            "negative_share": [0.6, 0.4, 0.1],
            "stated_importance": [5.0, 3.0, 2.0],
        }
    )
    said = pd.DataFrame({"motivation": [], "text": [], "answered": []}).astype({"answered": "boolean"})
    return client, opportunities.run(
        client,
        MotivationsResult(themes=pd.DataFrame(), statements=said, disconfirmation=pd.DataFrame()),
        MomentResult(drivers=pd.DataFrame(), moments=moments),
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("initiatives", [FEW, many(50)], ids=["few", "fifty"])
def test_each_figure_is_drawn_inside_its_edges(engagement, figure, language, initiatives):
    client, result = made(engagement, initiatives, language, budget=400 if initiatives != FEW else 100)
    with catching() as drawn:
        shown = getattr(views, figure)(client, result)
    assert shown.kind == "figure"
    assert not re.search(r"[{}]|\bnan\b|<NA>|\bNone\b", str(shown))
    (one,) = drawn
    canvas = FigureCanvasAgg(one.figure)
    canvas.draw()
    whole = one.figure.bbox
    # Ticks beyond the ends of an axis exist and are not drawn.
    ticks = {id(tick) for axes in one.figure.axes for tick in axes.get_xticklabels() + axes.get_yticklabels()}
    for text in one.figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and id(text) not in ticks:
            box = text.get_window_extent(canvas.get_renderer())
            assert whole.x0 - 1 <= box.x0 and box.x1 <= whole.x1 + 1, text.get_text()  # noqa: PT018


def test_charts_carry_their_data(engagement):
    client, result = made(engagement)
    assert views.effort_impact(client, result).data[MIME]["kind"] == "scatter"
    assert len(views.frontier_chart(client, result).data[MIME]["x"]["values"]) <= 45


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_chart_of_the_frontier_names_the_next_step_where_it_stands(engagement, language):
    client, result = made(engagement, language=language)
    chart, facts = views.frontier_chart(client, result).data[MIME], result.facts
    line, now, step = chart["series"]
    at = [[(x, y) for x, y in zip(chart["x"]["values"], one["values"], strict=True) if y is not None] for one in (now, step)]  # fmt: skip
    assert at == [
        [(facts["budget"], facts["value_share"])],
        [(facts["budget"] + facts["next_extra"], facts["next_value_share"])],
    ]
    # The line passes through both, and what the step brings is said at its point.
    assert {*at[0], *at[1]} <= set(zip(chart["x"]["values"], line["values"], strict=True))
    said = {(one["x"], one["y"]): one["text"] for one in chart["annotations"]}[at[1][0]]
    assert client.words.money(facts["next_extra"]) in said


@pytest.mark.parametrize("initiatives", [None, HEAD.strip()])
@pytest.mark.parametrize("show", [*FIGURES, "portfolio", "left_out", "summary"])
def test_without_initiatives_each_says_so(engagement, show, initiatives):
    client, result = made(engagement, initiatives)
    assert getattr(views, show)(client, result).kind == "text"


@pytest.mark.parametrize(
    ("show", "kind"), [("frontier_chart", "text"), ("effort_impact", "figure"), ("portfolio", "text")]
)
def test_without_a_budget_each_says_so(engagement, show, kind):
    client, result = made(engagement, budget=None)
    assert getattr(views, show)(client, result).kind == kind


def test_a_popular_one_that_is_left_out_is_explained_in_both_languages(engagement):
    for language, said in {
        "en": "it needs 55 days and Ana has 40",
        "es": "necesita 55 días y Ana tiene 40",
    }.items():
        assert said in str(views.left_out(*made(engagement, language=language)))


def test_what_would_leave_is_named_with_the_value_lost(engagement):
    said = str(views.left_out(*made(engagement, FEW.replace("2,host,", "2,,"), budget=80)))
    assert re.search(
        r"costs COP\s\d+ when COP\s\d+ are left; to take it in, “.+” would leave and \d+% of the value", said
    )


def test_the_next_step_says_what_would_enter(engagement):
    assert "The next step costs COP" in str(views.portfolio(*made(engagement)))


def test_every_table_can_be_shown(engagement):
    client, result = made(engagement)
    for name in result.tables():
        assert not re.search(r"\bnan\b|<NA>", str(views.table(client, result, name)))
    assert "An old one" in str(views.table(client, result, "done"))
