"""The bundles that exporters read (DESIGN §6): what is in them, escaped for the form that it takes."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pandas as pd
import pytest
from matplotlib.figure import Figure

from cxmethod.pictures import PICTURES
from cxmethod.steps import Finding, obtain
from cxmethod.steps.thread import Thread
from cxmethod.views import cover, markup, sentences, table
from cxmethod.views.markup import Cell
from cxmethod.views.show import show_figure, show_finding, show_table

FRAME = pd.DataFrame(
    {
        "name": pd.Series(["Desk", None], dtype="string"),
        "n": [3, 4],
        "mean": [0.5, float("nan")],
        "kept": pd.Series([True, None], dtype="boolean"),
        "at": pd.to_datetime(["2026-01-01", "2026-01-02"]),
    }
)


def strictly(content: object) -> object:
    """Through JSON as any other program writes and reads it: NaN is none of it."""
    return json.loads(json.dumps(content, allow_nan=False))


class Tags(HTMLParser):
    """The tags of a piece of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


# --- tables


@pytest.fixture
def shown():
    headings = [Cell("Name"), Cell("n", number=True)]
    return show_table(
        "Two rows", headings, [[Cell("Desk"), Cell("3", True)], [Cell("—"), Cell("4", True)]], FRAME
    )


def test_a_table_has_a_caption_and_headings_with_their_scope(shown):
    html = Tags(shown.data["text/html"])
    assert html.of("table") == [{"class": "cx-table"}]
    assert len(html.of("caption")) == 1
    assert [each["scope"] for each in html.of("th")] == ["col", "col", "row", "row"]


def test_numbers_are_marked_so_that_they_can_be_set_right(shown):
    html = Tags(shown.data["text/html"])
    assert [each.get("class") for each in html.of("td")] == ["num", "num"]


def test_a_table_carries_its_values_by_table_schema_and_they_come_back(shown):
    resource = strictly(shown.data["application/vnd.dataresource+json"])
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert types == {
        "name": "string", "n": "integer", "mean": "number", "kept": "boolean", "at": "datetime",
    }  # fmt: skip
    assert [row["n"] for row in resource["data"]] == [3, 4]
    assert resource["data"][1] | {"at": None} == {
        "name": None,
        "n": 4,
        "mean": None,
        "kept": None,
        "at": None,
    }
    assert pd.to_datetime([row["at"] for row in resource["data"]]).equals(pd.DatetimeIndex(FRAME["at"]))


@pytest.mark.parametrize("value", [1 / 3, 1e-12, 123456789.123456, -2.0000000001])
def test_a_number_comes_back_as_it_was(value):
    frame = pd.DataFrame({"value": [value]})
    resource = show_table("x", [Cell("Value")], [[Cell("…")]], frame).data[
        "application/vnd.dataresource+json"
    ]
    assert strictly(resource)["data"][0]["value"] == pytest.approx(value, rel=1e-12)


def test_a_table_is_readable_as_plain_text(shown):
    lines = shown.data["text/plain"].splitlines()
    assert lines == ["Two rows", "", "Name  n", "Desk  3", "—     4"]
    assert str(shown) == shown.data["text/plain"]


def test_the_kind_and_the_caption_go_with_a_table(shown):
    assert shown._repr_mimebundle_()[1] == {"cxmethod": {"kind": "table", "caption": "Two rows"}}


# --- findings


def test_a_finding_carries_code_sentence_values_evidence_and_severity():
    one = show_finding("phase.no_touchpoint", "No touchpoint.", "warns", {"phase": "Pay"}, "observed")
    data, metadata = one._repr_mimebundle_()
    assert data["application/vnd.cxmethod.finding+json"] == {
        "version": 1,
        "code": "phase.no_touchpoint",
        "text": "No touchpoint.",
        "values": {"phase": "Pay"},
        "evidence": "observed",
        "severity": "warns",
    }
    assert data["text/html"] == '<p class="cx-finding cx-warns">No touchpoint.</p>'
    assert data["text/plain"] == "No touchpoint."
    assert metadata["cxmethod"]["kind"] == "finding"


@pytest.mark.parametrize("name", ["demo", "workshop", "unknown answers", "nothing"])
def test_every_finding_is_json_for_any_reader(spoken, threaded, name):
    client, results = spoken(name, "en")
    for result in (*results.values(), threaded(name)):
        for found in result.findings:
            content = sentences.show(found, client.words).data["application/vnd.cxmethod.finding+json"]
            strictly(content)


# --- the cover


@pytest.mark.parametrize(("name", "draft"), [("demo", False), ("nothing", True)])
def test_a_cover_carries_what_exporters_need_to_know_of_the_whole(spoken, threaded, name, draft):
    client, _ = spoken(name, "en")
    data, metadata = cover(client, threaded(name))._repr_mimebundle_()
    content = strictly(data["application/vnd.cxmethod.cover+json"])
    looks = {"colour", "accent", "logo", "template"}
    assert set(content) == {"version", "client", "title", "subtitle", "date", "language", "draft"} | looks
    assert (content["version"], content["language"], content["draft"]) == (1, "en", draft)
    assert content["client"] == client.settings.client
    assert metadata["cxmethod"]["kind"] == "cover"


# --- what clients write

HOSTILE = [
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></table><h1>Mine</h1>",
    "&lt;already&gt; & so on",
    "عيادة الأفق",
    '=HYPERLINK("http://example.com")',
    "{n} of {touchpoint}",
    "I waited and waited. " * 20,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_client_text_is_text_in_a_cell_a_caption_and_a_heading(text):
    shown = show_table(text, [Cell(text)], [[Cell(text)], [Cell("x")]], FRAME[["n"]])
    html = Tags(shown.data["text/html"])
    assert {name for name, _ in html.tags} == {"table", "caption", "thead", "tr", "th", "tbody"}
    assert html.text == text * 3 + "x"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["es", "en"])
def test_client_text_is_text_in_a_finding(spoken, text, language):
    client, _ = spoken("nothing", language)
    found = Finding("motivation.unanswered", "warns", "m1", {"text": text, "kind": "worry"})
    shown = sentences.show(found, client.words)
    html = Tags(shown.data["text/html"])
    assert [name for name, _ in html.tags] == ["p"]
    assert text in html.text
    assert shown.data["application/vnd.cxmethod.finding+json"]["values"]["text"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_client_text_is_text_in_a_result_table_from_the_file_to_the_screen(engagement, text):
    motivations = pd.DataFrame(
        {"motivation": ["m1"], "kind": "worry", "text": [text], "evidence": "observed"}
    )
    client = engagement(motivations=motivations)
    shown = table(client, obtain(client, "03_motivations"), "statements")
    html = Tags(shown.data["text/html"])
    assert text.strip() in html.text
    assert not {"script", "img", "h1"} & {name for name, _ in html.tags}
    assert shown.data["application/vnd.dataresource+json"]["data"][0]["text"] == text.strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_client_text_is_text_on_the_cover(engagement, text):
    client = engagement(settings={"client": text, "objective_text": text})
    html = Tags(cover(client, Thread(())).data["text/html"])
    assert [name for name, _ in html.tags] == ["p", "h1", "p"]
    assert html.text.count(text) == 2


def test_a_list_and_a_paragraph_escape_what_they_say():
    assert markup.listing(["a < b"]) == "<ul><li>a &lt; b</li></ul>"
    assert markup.paragraph("a < b", "cx-summary") == '<p class="cx-summary">a &lt; b</p>'


@pytest.mark.parametrize(
    ("wish", "pictures"),
    [(None, ["image/svg+xml", "image/png", "text/plain"]), ("vector", ["image/svg+xml", "text/plain"])],
)
def test_a_figure_goes_without_its_png_where_that_is_wished(monkeypatch, wish, pictures):
    monkeypatch.delenv(PICTURES, raising=False)
    if wish:
        monkeypatch.setenv(PICTURES, wish)
    shown = show_figure(Figure(figsize=(1, 1)), alt="A curve", caption="")
    assert list(shown.data) == pictures
