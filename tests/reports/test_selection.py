"""Which cells and which outputs a reader meets."""

import pytest
from nbformat.v4 import new_output


def test_only_report_cells_where_any_cell_is_tagged(report, shown):
    text = report(shown.prose("Workshop."), shown.prose("For the client.", "report")).main.get_text()
    assert text.strip() == "For the client."


def test_all_cells_where_none_is_tagged(report, shown):
    text = report(shown.prose("One."), shown.prose("Two.")).main.get_text()
    assert text.split() == ["One.", "Two."]


@pytest.mark.parametrize(
    "tag", ["poster", "journey", "workbook", "trainer-note", "exercise", "solution", "hint"]
)
def test_cells_of_other_readers_are_left_out(report, shown, tag):
    assert "Hidden" not in report(shown.prose("Hidden.", "report", tag), shown.prose("Shown.", "report")).text


def test_cells_of_the_other_language_are_left_out(report, shown):
    page = report(shown.prose("Espera.", "lang-es"), shown.prose("Waiting.", "lang-en"), language="es")
    assert page.main.get_text().strip() == "Espera."


@pytest.mark.parametrize("draft", [True, False])
def test_draft_only_cells_follow_the_cover(report, shown, draft):
    page = report(shown.code(shown.cover(draft=draft)), shown.prose("What is open.", "draft-only"))
    assert ("What is open." in page.main.get_text()) is draft


def test_cover_counts_even_where_its_cell_is_not_tagged_report(report, shown):
    page = report(shown.code(shown.cover(language="es")), shown.prose("Hola.", "report"))
    assert page.html["lang"] == "es"
    assert page.header.h1.string == "The journey"


def test_no_code_and_no_stray_output(html_of, shown):
    html = html_of(
        shown.code(
            new_output("stream", name="stdout", text="stray stdout"),
            new_output("stream", name="stderr", text="stray stderr"),
            new_output("execute_result", execution_count=1, data={"text/plain": "stray repr"}),
            shown.output(None, {"text/html": "stray html", "application/vnd.jupyter.widget-view+json": {}}),
            source="secret_call()",
        )
    )
    assert "stray" not in html
    assert "secret_call" not in html


def test_other_bundles_of_ours_are_shown(report, shown):
    html = shown.output("journey", {"text/html": "<b>map</b>", "text/plain": "plain map"})
    plain = shown.output("journey", {"text/plain": "a < b"})
    page = report(shown.code(html, plain))
    assert page.main.b.string == "map"
    assert page.main.pre.string == "a < b"


def test_a_failed_cell_refuses_the_report(html_of, shown, refused):
    failed = new_output("error", ename="ValueError", evalue="no ratings", traceback=[])
    with refused("failed_cell") as refusal:
        html_of(shown.prose("Hola."), shown.code(failed, source="drivers(engagement)"), language="es")
    assert "2 (drivers(engagement))" in str(refusal.value)
    assert "ValueError: no ratings" in str(refusal.value)
    assert "cuaderno" in str(refusal.value)


def test_two_covers_are_refused(html_of, shown, refused):
    with refused("two_covers"):
        html_of(shown.code(shown.cover(), shown.cover()))


def test_a_cover_that_does_not_hold_is_refused_by_field(html_of, shown, refused):
    with refused("cover_invalid") as refusal:
        html_of(shown.code(shown.cover(colour="teal")))
    assert refusal.value.values["fields"] == "colour"


def test_a_language_that_we_do_not_speak_is_refused(html_of, shown, refused):
    with refused("language_unknown"):
        html_of(shown.prose("Bonjour."), language="fr")
