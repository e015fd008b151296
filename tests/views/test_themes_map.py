"""What customers said, as a grid and in sentences to read out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cxmethod import views
from cxmethod.language import LANGUAGES
from cxmethod.steps import obtain
from cxmethod.views.show import Shown

from .test_figures import texts, unwrapped

PHASES = "phase,name,order,question,stage\ncall,I call,1,discover,pre\nvisit,I visit,2,interact,during"
SAID = """motivation,kind,text,phase,intensity,evidence,respondent
m1,worry,Will it hurt?,visit,5,observed,E1
m2,doubt,Which form?,visit,3,observed,E2
m3,goal,Be home by noon,visit,4,observed,E1
m4,frustration,Nobody answers,call,,assumed,
m5,need,A chair,,2,observed,E1"""
POINTS = "touchpoint,name,phase,order,addresses\ndesk,Desk,visit,1,m2"

Draw = Callable[..., tuple[Figure, Shown]]


@pytest.fixture
def draw(engagement, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """The grid of statements, before it becomes bytes."""

    def make(persona: str = "all", **arguments: Any) -> tuple[Figure, Shown]:
        caught: list[Figure] = []

        def show(figure: Figure, *, alt: str, caption: str) -> Shown:
            caught.append(figure)
            return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

        monkeypatch.setattr(import_module("cxmethod.views.themes_map"), "show_figure", show)
        client = engagement(**arguments)
        shown = views.themes_map(client, obtain(client, "03_motivations"), persona)
        return caught[0], shown

    return make


def workshop(**others: Any) -> dict[str, Any]:
    return {"motivations": SAID, "phases": PHASES, "touchpoints": POINTS, "language": "en", **others}


def written(figure: Figure) -> list[str]:
    return [unwrapped(text.get_text()) for text in texts(figure)]


def test_a_cell_holds_count_intensity_and_what_waits_for_an_answer(draw):
    figure, _ = draw(**workshop())
    said = written(figure)
    assert {"worry", "doubt", "frustration", "goal", "need", "I call", "I visit", "No phase"} <= set(said)
    assert said.count("◆ 1") == 2
    assert {"int. 5.0", "int. 2.0"} <= set(said)


def test_the_title_says_where_most_was_heard_and_what_has_no_answer(draw):
    _, shown = draw(**workshop())
    assert (
        "frustrations were heard: I visit (2\u00a0of\u00a03); along the whole journey, 2 have no answer."
        in str(shown)
    )


def test_where_phases_tie_the_title_counts_only(draw):
    same = "motivation,kind,text,evidence\nm1,worry,Will it hurt?,observed"
    _, shown = draw(motivations=same, language="es")
    assert (
        "Se oyó una preocupación, duda o frustración; en todo el recorrido, una queda sin respuesta"
        in str(shown)
    )


def test_what_moves_alone_says_that_no_worry_is_known(draw):
    _, shown = draw(motivations="motivation,kind,text,evidence\nm1,goal,Home,observed", language="en")
    assert "of what worries them nothing is" in str(shown)


def test_silent_phases_are_told_in_words(draw):
    quiet = PHASES + "\npay,I pay,3,return,post"
    _, shown = draw(**workshop(phases=quiet))
    assert "I pay: nothing on file." in str(shown)


def test_few_people_are_said_to_be_a_hint(draw):
    figure, _ = draw(**workshop())
    assert any(
        "distinct customers who speak in them: 2" in text and "hint" in text for text in written(figure)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nine_phases_and_every_kind_stay_inside_and_apart(draw, language):
    kinds = ["goal", "need", "expectation", "motivation", "worry", "doubt", "frustration", "trigger"]
    places = [f"p{n}" for n in range(9)]
    phases = pd.DataFrame(
        {
            "phase": places,
            "name": [f"Una fase con un nombre bastante largo {n}" for n in range(9)],
            "order": [str(n) for n in range(9)],
            "question": "interact",
            "stage": "during",
        }
    )
    rows = [
        f"m{k}{p},{kind},T,{place},4,observed"
        for k, kind in enumerate(kinds)
        for p, place in enumerate(places)
    ]
    statements = "motivation,kind,text,phase,intensity,evidence\n" + "\n".join(rows)
    figure, _ = draw(motivations=statements, phases=phases, language=language)
    renderer = FigureCanvasAgg(figure).get_renderer()
    width, height = figure.get_size_inches()
    box = figure.get_tightbbox(renderer)
    assert max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) < 0.02
    said = texts(figure)
    boxes = [text.get_window_extent(renderer).padded(-1) for text in said]
    pairs = [(a, b) for a in range(len(said)) for b in range(a) if boxes[a].overlaps(boxes[b])]
    assert [(said[a].get_text(), said[b].get_text()) for a, b in pairs] == []


# --- to read out


def read_out(engagement, **arguments: Any) -> list[str]:
    client = engagement(**arguments)
    return str(views.worries(client, obtain(client, "03_motivations"))).splitlines()


def test_each_phase_with_worries_is_a_sentence_with_its_heaviest_words(engagement):
    approved = {"quotes": {"approved": ["m1", "m2"]}}
    assert read_out(engagement, **workshop(decisions=approved)) == [
        "I call: one worry, doubt or frustration; it has no answer. Nobody answers",
        "I visit: 2 worries, doubts or frustrations; one has no answer. “Will it hurt?”",
    ]


def test_words_that_wait_are_not_read_out_nor_others_put_in_their_place(engagement):
    approved = {"quotes": {"approved": ["m2"]}}
    lines = read_out(engagement, **workshop(decisions=approved))
    assert lines[1] == "I visit: 2 worries, doubts or frustrations; one has no answer."


def test_one_thing_is_said_in_the_singular(engagement):
    lines = read_out(
        engagement, motivations=SAID.replace("m2,doubt", "m2,goal"), phases=PHASES, language="es"
    )
    assert lines[1].startswith("I visit: una preocupación, duda o frustración; no tiene respuesta.")


@pytest.mark.parametrize("statements", [None, "motivation,kind,text,evidence\nm1,goal,Home,observed"])
def test_without_worries_it_says_how_to_hear_them(engagement, statements):
    client = engagement(language="en", motivations=statements)
    assert "last time" in str(views.worries(client, obtain(client, "03_motivations")))


def test_without_statements_the_grid_says_how_to_collect_them(engagement):
    client = engagement(language="es")
    shown = views.themes_map(client, obtain(client, "03_motivations"))
    assert (shown.kind, "seis entrevistas" in str(shown)) == ("text", True)


# --- the tables


def test_words_that_wait_are_said_to_wait_in_the_tables(engagement):
    client = engagement(**workshop())
    shown = views.table(client, obtain(client, "03_motivations"), "statements")
    assert "(words not yet approved)" in str(shown)
    assert "Nobody answers" in str(shown)
    assert "Will it hurt" not in str(shown.data)
    assert "E1" not in str(shown.data)


def test_approved_words_stand_in_quotation_marks_and_a_summing_up_does_not(engagement):
    client = engagement(**workshop(decisions={"quotes": {"approved": ["m1"]}}))
    shown = str(views.table(client, obtain(client, "03_motivations"), "statements"))
    assert "“Will it hurt?”" in shown
    assert "“Nobody" not in shown


def test_of_few_people_it_is_said_how_many_and_no_percentage(engagement):
    for min_n, said in ((30, "1 of 2 "), (2, "1 of 2 (50%)")):
        client = engagement(**workshop(settings={"thresholds": {"min_n": min_n}}))
        assert said in str(views.table(client, obtain(client, "03_motivations"), "themes"))
