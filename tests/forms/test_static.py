"""Forms in exports and under papermill: an accessible table, and nobody's personal data."""

import ipywidgets
import pytest

from cxmethod import forms
from cxmethod.engagement import Engagement
from cxmethod.forms.draft import draft_path
from cxmethod.forms.static import PERSONAL
from tests.forms.conftest import PERSONAS, PHASES, TOUCHPOINTS, Engage

WIDGET = "application/vnd.jupyter.widget-view+json"
RATINGS = "respondent,touchpoint,source,emotion,comment\nP1,website,after,1,They knew my aunt\nP2,website,after,-1,\n"


@pytest.fixture
def headless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXMETHOD_HEADLESS", "1")


def html(form: forms.Form) -> str:
    return str(form._repr_mimebundle_()[0]["text/html"])


def test_in_a_notebook_both_the_widget_and_the_static_table_are_there(client: Engagement) -> None:
    data, metadata = forms.edit(client, "touchpoints")._repr_mimebundle_()
    assert {WIDGET, "text/html", "text/plain", "application/vnd.dataresource+json"} == set(data)
    assert metadata["cxmethod"]["kind"] == "table"


@pytest.mark.usefixtures("headless")
def test_headless_no_widget_is_made(client: Engagement) -> None:
    before = len(ipywidgets.widgets.widget._instances)
    data, _ = forms.edit(client, "touchpoints")._repr_mimebundle_()
    assert WIDGET not in data
    assert len(ipywidgets.widgets.widget._instances) == before


def test_the_table_is_accessible_and_in_words(client: Engagement) -> None:
    text = html(forms.edit(client, "phases"))
    assert "<caption>Phases</caption>" in text
    assert '<th scope="col">Name</th>' in text
    assert "<td>before the service</td>" in text


def test_client_text_is_escaped(engage: Engage) -> None:
    client = engage(phases=PHASES.replace("Search", "<b>Search</b>"))
    assert "&lt;b&gt;Search&lt;/b&gt;" in html(forms.edit(client, "phases"))


def test_a_wrong_cell_is_marked_and_counted(engage: Engage) -> None:
    text = html(forms.edit(engage(phases=PHASES.replace("Visit,2", "Visit,two")), "phases"))
    assert "⚠ two" in text
    assert "1 thing to mend" in text


def test_long_tables_show_their_first_rows_and_say_how_many_there_are(engage: Engage) -> None:
    rows = "".join(f"o{n},{n}\n" for n in range(1, 41))
    form = forms.edit(engage(owners="owner,budget\n" + rows), "owners")
    assert html(form).count("<tr>") == 31
    assert "(the first 30 of 40)" in html(form)
    assert len(form._repr_mimebundle_()[0]["application/vnd.dataresource+json"]["data"]) == 30


def test_a_table_that_is_not_there_is_said_in_a_sentence(client: Engagement) -> None:
    data, metadata = forms.edit(client, "owners")._repr_mimebundle_()
    assert data["text/plain"] == "Owners: there are no rows yet."
    assert metadata == {"cxmethod": {"kind": "text"}}


def test_of_single_peoples_answers_only_the_amounts_are_shown(engage: Engage) -> None:
    form = forms.edit(engage(phases=PHASES, touchpoints=TOUCHPOINTS, ratings=RATINGS), "ratings")
    data, _ = form._repr_mimebundle_()
    assert data["text/plain"].startswith("Ratings: 2 rows (2 respondents and 1 touchpoint).")
    assert not any(word in str(data) for word in ("P1", "aunt"))


@pytest.mark.parametrize("name", sorted(PERSONAL))
def test_no_personal_table_shows_its_rows(engage: Engage, name: str) -> None:
    client = engage()
    (client.inputs / f"{name}.csv").write_text("respondent,journey,case,role\nSECRET,SECRET,SECRET,SECRET\n")
    assert "SECRET" not in str(forms.edit(client, name)._repr_mimebundle_())


def test_what_somebody_said_is_shown_once_it_is_approved_and_never_who_said_it(engage: Engage) -> None:
    motivations = "motivation,kind,text,evidence,respondent\nm1,worry,The price,observed,E07\nm2,goal,In and out,assumed,\n"
    client = engage(motivations=motivations)
    before = str(forms.edit(client, "motivations")._repr_mimebundle_())
    assert "The price" not in before
    assert "In and out" in before
    client.decide("quotes.approved", ["m1"])
    after = str(forms.edit(client, "motivations")._repr_mimebundle_())
    assert "The price" in after
    assert "E07" not in before + after


def test_an_approval_of_a_persona_s_quote_frees_no_motivation_of_the_same_key(engage: Engage) -> None:
    motivations = "motivation,kind,text,evidence,respondent\nana,worry,The price,observed,E07\n"
    client = engage(motivations=motivations, personas=PERSONAS)
    client.decide("quotes.approved", ["ana"])
    assert "The price" not in str(forms.edit(client, "motivations")._repr_mimebundle_())


def test_of_a_survey_s_single_answers_neither_persona_nor_intensity_is_shown(engage: Engage) -> None:
    motivations = "motivation,persona,kind,text,intensity,evidence,respondent\nm1,ana,preocupación,Price,4.75,medida,E07\n"
    data = str(
        forms.edit(engage(motivations=motivations, personas=PERSONAS), "motivations")._repr_mimebundle_()
    )
    assert not any(word in data for word in ("4.75", "Ana", "ana"))


def test_quotes_are_shown_once_they_are_approved(engage: Engage) -> None:
    client = engage(personas=PERSONAS)
    assert "I wait too long" not in str(forms.edit(client, "personas")._repr_mimebundle_())
    client.decide("quotes.approved", ["ana"])
    assert "I wait too long" in html(forms.edit(client, "personas"))


@pytest.mark.usefixtures("headless")
def test_a_run_shows_what_is_on_file_and_saves_no_draft(client: Engagement) -> None:
    draft_path(client, "phases").write_text(
        '{"version": 1, "cells": [], "removed": [], "added": [{"place": 2, "cells": {"phase": "x"}}]}',
        encoding="utf-8",
    )
    before = (client.inputs / "phases.csv").read_bytes()
    assert "<td>x</td>" not in html(forms.edit(client, "phases"))
    assert (client.inputs / "phases.csv").read_bytes() == before


def test_an_unknown_table_is_named_with_what_there_is(client: Engagement) -> None:
    text = str(forms.edit(client, "touchpoint"))
    assert "no table called touchpoint" in text
    assert "theme_cues" in text


def test_a_table_that_stands_twice_is_said_without_a_traceback(client: Engagement) -> None:
    (client.inputs / "phases.parquet").write_bytes(b"")
    assert "twice" in str(forms.edit(client, "phases"))
