"""The cards: everything on them, nothing cut, nothing over anything else, in both languages."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations
from typing import Any

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

import cxmethod
from cxmethod.language import LANGUAGES
from cxmethod.steps.persona import PersonaResult
from cxmethod.views import persona_traits, style
from cxmethod.views.persona_traits import strongest
from cxmethod.views.show import Shown
from cxmethod.views.text_fit import fitted, width_of

# In the package the verb of that name stands before its module.
cards = import_module("cxmethod.views.persona_cards")

LONG = (
    "Las familias numerosas que coordinan las citas de tres generaciones desde la oficina y sin "
    "otorrinolaringólogosdeconfianzaenlaciudad"
)
TEXT = "Que la autorización salga a tiempo, que la cita sea la misma tarde y que no haya que volver. " * 2


def made(n: int, *, traits: bool = True, name: str = LONG, text: str | None = TEXT) -> PersonaResult:
    keys = [f"p{k}" for k in range(n)]
    evidence = ["measured", "observed", "assumed"]
    personas = pd.DataFrame(
        {
            "persona": keys, "name": name, "share": 1 / n, "n": [420, 20, 7, 30, 33, 5][:n], "evidence": (evidence * 2)[:n],
            "stability": 0.91, "low": 0.1, "high": 0.3, "certainty": 0.88,
        }
    )  # fmt: skip
    own = dict.fromkeys(("description", "goals", "needs", "frustrations", "quote"), text)
    rows = [
        {"persona": key, "trait": f"{trait}_{number}", "value": value, "n": 40, "share_or_mean": 0.5, "rest": 0.2,
         "everyone": 0.25, "difference": difference}
        for key in keys
        for number, (trait, value, difference) in enumerate(
            [("forma_de_pago_habitual_del_hogar", "Débito automático con tarjeta de la empresa", 3.1), ("edad", pd.NA, -1.2),
             ("cómo se enteró", "Por $100 de descuento y $5_000 más", 0.9), ("ciudad", "Santa Cruz de Mompox", -0.5),
             ("plan", "básico", 0.3), ("hijos", "sí", 0.2), ("mascotas", "no", 0.15)]
        )
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype({"value": "string"})
    return PersonaResult(
        personas=personas,
        cards=personas[["persona", "name"]].assign(**own),
        membership=pd.DataFrame(),
        traits=table if traits else table.head(0),
    )


@pytest.fixture
def client(engagement):
    return engagement(settings={"date": "2026-09-30"})


@pytest.fixture
def drawing(monkeypatch) -> list[Figure]:
    """Figures before they become bytes."""
    kept: list[Figure] = []

    def keep(figure: Figure, *, alt: str, caption: str) -> Shown:
        kept.append(figure)
        return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

    monkeypatch.setattr(cards, "show_figure", keep)
    return kept


def boxes(figure: Figure) -> dict[str, Any]:
    renderer = FigureCanvasAgg(figure).get_renderer()
    with style.house_style():
        return {f"{n}: {t.get_text()}": t.get_window_extent(renderer) for n, t in enumerate(figure.texts)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("traits", [True, False])
@pytest.mark.parametrize("text", [TEXT, None])
def test_nothing_is_cut_and_nothing_lies_over_anything_else(client, drawing, language, traits, text):
    spoken, result = cxmethod.open(client.folder, language), made(6, traits=traits, text=text)
    for persona in result.personas["persona"]:
        cards.persona_card(spoken, result, persona)
        places = boxes(drawing[-1])
        whole = drawing[-1].bbox
        outside = [t for t, b in places.items() if b.x0 < 0 or b.y0 < 0 or b.x1 > whole.x1 or b.y1 > whole.y1]
        assert outside == []
        crossing = [
            (a, b)
            for a, b in combinations(places, 2)
            if places[a].padded(-1.5).overlaps(places[b].padded(-1.5))
        ]
        assert crossing == []


def test_bars_keep_clear_of_names_and_figures(client, drawing):
    cards.persona_card(client, made(1), "p0")
    figure = drawing[-1]
    renderer = FigureCanvasAgg(figure).get_renderer()
    bars = [a.get_window_extent(renderer) for a in figure.artists if hasattr(a, "get_hatch")][1:]
    assert len(bars) == 6
    over = [(b, t) for b in bars for t, place in boxes(figure).items() if b.overlaps(place.padded(-1))]
    assert over == []


def test_bars_go_right_for_more_and_left_for_less_by_their_size(client, drawing):
    result = made(1)
    cards.persona_card(client, result, "p0")
    bars = [a for a in drawing[-1].artists if hasattr(a, "get_hatch")][1:]
    widths = [bar.get_width() for bar in bars]
    shown = strongest(result, "p0")["difference"].abs().tolist()
    assert [w / widths[0] for w in widths] == pytest.approx([d / shown[0] for d in shown])
    middle = bars[0].get_x()
    assert bars[1].get_x() + bars[1].get_width() == pytest.approx(middle)
    assert (bars[0].get_hatch(), bars[1].get_hatch()) == (None, "////")


def test_evidence_is_told_by_shape_and_by_word(client, drawing):
    result, looks = made(3), []
    for persona in result.personas["persona"]:
        cards.persona_card(client, result, persona)
        marks = [
            a for a in drawing[-1].artists if isinstance(a, Line2D) and a.get_marker() not in ("None", "")
        ]
        looks.append((marks[0].get_marker(), marks[0].get_markerfacecolor() == "white"))
    assert len(set(looks)) == 3
    assert all(any("Evidence: " in t for t in boxes(figure)) for figure in drawing)


def test_clients_text_is_never_read_as_mathematics(client):
    shown = cards.persona_card(client, made(1, name="Pays $5 or $10_each"), "p0")
    assert "Pays $5 or $10_each" in shown.about["alt"]
    assert "<svg" in shown.data["image/svg+xml"]


def test_the_text_alternative_says_what_the_card_says(client):
    alt = cards.persona_card(client, made(1, name="Ana"), "p0").about["alt"]
    for part in (
        "Ana",
        "100%",
        "10% to 30%",
        "n\u00a0=\u00a0420",
        "Evidence: measured",
        "edad",
        TEXT.strip()[:40],
    ):
        assert part in alt


def test_few_customers_and_unknown_parts_are_said(client, drawing):
    cards.persona_card(client, made(3, text=None), "p2")
    written = " ".join(boxes(drawing[-1]))
    assert "Fewer than 30 customers" in written
    assert "Not known yet. Ask three of them" in written


def test_a_quote_that_was_not_approved_is_not_there(client, drawing):
    cards.persona_card(client, made(1, text=None), "p0")
    assert "“" not in " ".join(boxes(drawing[-1]))


def test_one_row_an_indicator_and_what_more_of_them_have_before_what_fewer_have():
    traits = pd.DataFrame(
        {
            "persona": "a", "trait": ["paid", "paid", "age", "weak"], "value": ["no", "yes", None, "x"], "n": 40,
            "share_or_mean": 0.5, "rest": 0.1, "everyone": 0.2, "difference": [-1.0, 0.9, 0.5, 0.05],
        }
    )  # fmt: skip
    result = PersonaResult(
        personas=pd.DataFrame(), cards=pd.DataFrame(), membership=pd.DataFrame(), traits=traits
    )
    shown = strongest(result, "a")
    assert list(zip(shown["trait"], shown["value"].fillna("-"), strict=True)) == [
        ("paid", "yes"),
        ("age", "-"),
    ]


def test_every_card_is_shown_and_without_personas_a_sentence(client, monkeypatch):
    shown: list[Shown] = []
    monkeypatch.setattr(cards, "display", shown.append)
    cards.persona_cards(client, made(2))
    assert [one.kind for one in shown] == ["figure", "figure"]
    empty = made(1)
    nobody = PersonaResult(
        personas=empty.personas.head(0), cards=empty.cards.head(0), membership=pd.DataFrame()
    )
    cards.persona_cards(client, nobody)
    assert str(shown[-1]) == "There is no persona yet."


def test_traits_are_a_table_with_names_shares_and_means(client):
    text = persona_traits(client, made(1, name="Ana")).data["text/plain"]
    assert "Ana" in text
    assert "50%" in text
    nothing = persona_traits(client, made(1, traits=False))
    assert "Nothing that is known" in str(nothing)


def test_text_is_broken_where_it_is_full_and_long_words_within():
    with style.house_style():
        lines = fitted("one two three Donaudampfschifffahrtsgesellschaft", 0.7, 10)
        assert all(width_of(line, 10) <= 0.75 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "").startswith("onetwothreeDonau")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demos_cards_fit(whole, drawing, language):
    given = whole("demo", language)
    result = given.results["01_persona"]
    assert len(result.personas) == 4
    for persona in result.personas["persona"]:
        cards.persona_card(given.client, result, persona)
        places = boxes(drawing[-1])
        assert not any(
            places[a].padded(-1.5).overlaps(places[b].padded(-1.5)) for a, b in combinations(places, 2)
        )
