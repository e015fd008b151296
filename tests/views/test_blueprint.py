"""The service blueprint, for journeys long and short: drawn whole, inside its edges, and saying what it shows."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps import processes
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.processes import ProcessResult
from cxmethod.views import blueprint, style
from cxmethod.views.blueprint_words import title
from cxmethod.views.durations import duration
from cxmethod.views.show import Shown

UNSAID = re.compile(r"[{}]|\bnan\b|<NA>|\bNone\b")
LONG = "Autorización de la aseguradora para procedimientos"
KEYS = [f"t{number:02d}" for number in range(20)]


def crowd() -> dict[str, Any]:
    """Twenty touchpoints, twenty processes and ten owners, all with long names; the rank of a bottleneck falls with n."""
    phases = {
        "phase": list("abcdef"),
        "name": [f"Fase que el cliente llama {n}" for n in "ABCDEF"],
        "order": range(6),
    }
    points = {
        "touchpoint": KEYS,
        "name": [f"{n} {LONG}" for n in range(20)],
        "phase": [("abcdef")[n * 6 // 20] for n in range(20)],
        "order": range(20),
        "channel": ["Correo y ventanilla de atención", "Sede", ""] * 6 + ["Web", "Teléfono"],
    }
    work = {
        "process": [f"p{n}" for n in range(20)],
        "name": [f"Proceso {n}: gestión de la {LONG.lower()}" for n in range(20)],
        "owner": [f"Gerencia administrativa y financiera {n % 10}" if n else "" for n in range(20)],
        "minutes": 5,
        "wait_minutes": range(40, 20, -1),
        "cases_per_month": 5000,
    }
    pairs = [(key, f"p{n}") for n, key in enumerate(KEYS) if n != 7] + [("t19", "p1"), ("t00", "p5")]
    return {
        "phases": pd.DataFrame(phases).assign(question="interact", stage="during"),
        "touchpoints": pd.DataFrame(points),
        "processes": pd.DataFrame(work),
        "touchpoint_processes": pd.DataFrame(pairs, columns=["touchpoint", "process"]),
    }


POINTS = "touchpoint,name,phase,order,channel\ndesk,Desk $x^2$,p,1,Site\nroom,Room,p,2,\nbill,Bill,p,3,Web"
SMALL = {
    "touchpoints": POINTS,
    "touchpoint_processes": "touchpoint,process\ndesk,admit\nbill,charge",
    "processes": "process,name,owner,wait_minutes,cases_per_month\nadmit,Admission,Ana,10,600\ncharge,Billing,,5,600",
}
CLIENTS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "crowd": (crowd(), {"t02": "red", "t07": "red", "t11": "value", "t15": "red"}),
    "small": (SMALL, {"desk": "red", "room": "red"}),
    "one": ({"touchpoints": "touchpoint,name,phase,order\ndesk,Desk,p,1"}, {"desk": "red"}),
    "no processes": ({"touchpoints": POINTS}, {}),
    "no red points": (SMALL, {"desk": "value"}),
    "no waiting": (SMALL | {"processes": "process,name\nadmit,Admission\ncharge,Billing"}, {}),
}


def result_of(client: Engagement, kinds: dict[str, str]) -> ProcessResult:
    own = pd.DataFrame({"touchpoint": list(kinds), "kind": list(kinds.values())}, dtype="string")
    status = ["confirmed" if n % 2 else "suspected" for n in range(len(own))]
    moments = own.assign(persona="all", status=pd.Series(status, dtype="string"))
    return processes.run(client, MomentResult(drivers=pd.DataFrame(), moments=moments))


@pytest.fixture
def drawn(engagement, monkeypatch):
    """The figure of a client before it becomes bytes, its alternative text and its title."""
    module = import_module("cxmethod.views.blueprint")

    def draw(name: str, language: str = "es") -> tuple[Figure, str, list[str]]:
        tables, kinds = CLIENTS[name]
        client = cxmethod.open(engagement(**tables).folder, language)
        caught: list[tuple[Figure, str]] = []

        def show(figure: Figure, *, alt: str, caption: str) -> Shown:
            caught.append((figure, alt))
            return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

        monkeypatch.setattr(module, "show_figure", show)
        blueprint(client, result_of(client, kinds))
        ((figure, alt),) = caught
        return figure, alt, [text.get_text() for text in figure.findobj(Text) if text.get_visible()]

    return draw


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", CLIENTS)
def test_it_is_drawn_inside_its_edges_and_says_everything(drawn, name, language):
    figure, alt, texts = drawn(name, language)
    width, height = figure.get_size_inches()
    box = figure.get_tightbbox(FigureCanvasAgg(figure).get_renderer())
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.02
    assert [text for text in [*texts, alt] if UNSAID.search(text)] == []


def test_twenty_touchpoints_keep_their_letters_on_a_page_and_a_slide(drawn):
    figure, _, _ = drawn("crowd")
    width, height = figure.get_size_inches()
    page = min(10.9 / width, 7.5 / height)
    smallest = min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text().strip())
    assert smallest * page >= 4.5


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", CLIENTS)
def test_the_title_stands_whole_on_two_lines(engagement, name, language):
    tables, kinds = CLIENTS[name]
    result = result_of(engagement(**tables), kinds)
    assert style.fits(title(result, Words(language), 112), 112, 2)


def test_names_and_channels_are_never_read_as_mathematics(drawn):
    _, _, texts = drawn("small")
    assert any("$x^2$" in text for text in texts)


def test_the_title_tells_the_bottleneck_and_the_red_point_that_nobody_works_on(drawn):
    _, _, texts = drawn("small", "en")
    said = " ".join(" ".join(text.split()) for text in texts)
    assert "“Admission” keeps customers waiting 100 hours a month and feeds the red point Desk $x^2$" in said
    assert "nobody works on Room" in said


def test_the_alternative_text_names_every_touchpoint_process_and_owner(drawn):
    _, alt, _ = drawn("small", "en")
    assert "Desk $x^2$ (red point): Admission (Ana)." in alt
    assert "Room (red point): no process." in alt
    assert "Bill: Billing (Nobody answers)." in alt
    assert "Bottlenecks: Admission (100 hours a month)" in alt


def test_without_a_journey_it_is_said_that_there_is_nothing_to_draw(engagement):
    client = engagement(processes=SMALL["processes"])
    shown = blueprint(client, result_of(client, {}))
    assert shown.kind == "text"
    assert "no touchpoints yet" in str(shown)


@pytest.mark.parametrize(
    ("minutes", "english", "spanish"),
    [(0.5, "0.5 min", "0,5 min"), (47, "47 min", "47 min"), (150, "2.5 hr", "2,5 h"), (5760, "4.0 days", "4,0 d"), (None, "—", "—")],
)  # fmt: skip
def test_times_come_in_the_unit_that_suits_them(minutes, english, spanish):
    assert duration(minutes, Words("en")).replace("\u00a0", " ") == english
    assert duration(minutes, Words("es")).replace("\u00a0", " ") == spanish
