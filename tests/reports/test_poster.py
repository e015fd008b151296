"""The poster: one sheet, whatever the client sends."""

from __future__ import annotations

import io
import json
import re
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdf import PdfReader

from cxmethod.reports.journey import JOURNEY
from cxmethod.reports.poster import PAPERS, export_poster, poster_bytes
from cxmethod.reports.poster_sheet import poster_sheet, short

HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("x")',
    '#include "x"',
    "*b* _i_ $x$ @ref",
    "// no \\ [",
    "`raw`",
]
HYPHENS = re.compile("[-\u00ad\u2010]")
MILLIMETRES = {"a0": 1189, "a1": 841, "a2": 594, "a3": 420}


def point(number: int, name: str, phase: str | None = "visit") -> dict[str, Any]:
    said = ("initiator", "controlled_by", "evidence", "strategy_reason", "theme_fit")
    text = {**dict.fromkeys(said), "strategy": "watch"}
    rest = (
        "initiator",
        "controlled_by",
        "owner",
        "indicator",
        "role",
        "bond",
        "evidence",
        "strategy",
        "theme_fit",
    )
    return {
        **dict.fromkeys(rest),
        "touchpoint": f"t{number}",
        "name": name,
        "phase": phase,
        "position": number + 1,
        "channel": name,
        "activity": name,
        "business_critical": True,
        "contradiction": False,
        "strategy_reason": None,
        "processes": ["p"],
        "text": text,
    }


def emotion(number: int, mean: float | None, source: str = "after") -> dict[str, Any]:
    shown = None if mean is None else f"{mean:+.1f}"
    text = dict.fromkeys(("interval", "negative_share", "negative_interval", "n", "evidence", "standing"))
    return {
        **dict.fromkeys(("low", "high", "negative_share", "negative_low", "negative_high")),
        "persona": "all",
        "touchpoint": f"t{number}",
        "source": source,
        "n": 40,
        "mean": mean,
        "evidence": "measured",
        "standing": "firm",
        "text": {**text, "mean": shown, "source": source},
    }


@pytest.fixture
def journey() -> Any:
    """A map of touchpoints with these names."""
    schema = json.loads(resources.files("cxmethod.views").joinpath("journey.schema.json").read_text("utf-8"))
    words = schema["properties"]["text"]
    said = {name: name for name in words["required"]}

    def make(names: list[str], means: list[float | None] | None = None, **changes: Any) -> dict[str, Any]:
        felt = means or [(-1) ** n * 1.5 for n in range(len(names))]
        lists = {name: [] for name, own in schema["properties"].items() if own.get("type") == "array"}
        phase = {
            **dict.fromkeys(("question", "stage", "evidence")),
            "phase": "visit",
            "name": names[0] if names else "Visit",
            "order": 1,
            "customer_goal": names[0] if names else None,
            "touchpoints": [f"t{n}" for n in range(len(names))],
            "text": {"question": None, "stage": None},
        }
        made = {
            **dict.fromkeys(schema["required"]),
            **lists,
            "version": 1,
            "client": "Acme",
            "language": "en",
            "locale": "en_US",
            "draft": False,
            "colour": "#0B5C6B",
            "phases": [phase],
            "touchpoints": [point(number, name) for number, name in enumerate(names)],
            "emotions": [emotion(number, mean) for number, mean in enumerate(felt)],
            "method": {
                "package": "cxmethod",
                "version": "0",
                "scale": {"low": -2, "high": 2},
                "thresholds": {"suppress_below": 5, "min_n": 30, "confidence": 0.95, "negative_share": 0.25},
                "changed": [],
                "importance": "none",
                "outcome": None,
            },
            "open": {"blocks": 0, "warns": 0},
            "text": said | {"message": "One message"},
        }
        return made | changes

    return make


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_one_sheet_of_the_size_asked_for(journey, paper):
    pages = PdfReader(io.BytesIO(poster_bytes(journey(["Desk", "Web"]), paper))).pages
    assert len(pages) == 1
    assert float(pages[0].mediabox.width) / 72 * 25.4 == pytest.approx(MILLIMETRES[paper], abs=0.5)
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_it_is_tagged_named_and_described(journey):
    reader = PdfReader(io.BytesIO(poster_bytes(journey(["Desk"]))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "Acme" in reader.metadata.title
    assert [alt for alt in _alternatives(root["/StructTreeRoot"]) if "Desk +1.5" in alt]


def _alternatives(element: Any) -> list[str]:
    """Every alternative text below an element of the structure tree."""
    element = element.get_object()
    if isinstance(element, list):
        return [alt for child in element for alt in _alternatives(child)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/Alt"])] if "/Alt" in element else []
    return own + (_alternatives(element["/K"]) if "/K" in element else [])


def test_client_text_is_text(journey):
    text = text_of(poster_bytes(journey(HOSTILE)))
    assert [name for name in HOSTILE if "".join(name.split()) not in text] == []


def test_twenty_touchpoints_with_long_names_fit(journey):
    names = [f"{n} Autorización preoperatoria de otorrinolaringología" for n in range(20)]
    text = text_of(poster_bytes(journey(names)))
    assert [name for name in names if "".join(name.split()) not in HYPHENS.sub("", text)] == []


def test_twenty_names_of_160_letters_stand_whole(journey):
    names = [f"{n} " + "autorización previa de la aseguradora " * 4 for n in range(20)]
    names = [name[:158].strip() for name in names]
    text = HYPHENS.sub("", text_of(poster_bytes(journey(names))))
    assert [name for name in names if "".join(name.split()) not in text] == []


def test_a_name_from_right_to_left_keeps_its_direction_beside_others(journey):
    sheet = poster_sheet(journey(["مركز (VIP) 24/7", "Desk"]), "a1")
    assert [one["name"] for one in sheet["points"]] == ["\u2068مركز (VIP) 24/7\u2069", "Desk"]


def test_signs_that_no_typeface_has_are_told(journey, tmp_path, caplog):
    notebook = new_notebook(
        cells=[
            new_code_cell(
                metadata={"tags": ["poster"]},
                outputs=[
                    new_output(
                        "display_data",
                        data={JOURNEY: journey(["日本", "Desk"]), "text/plain": "map"},
                        metadata={"cxmethod": {"kind": "journey"}},
                    )
                ],
            )
        ]
    )
    write(notebook, tmp_path / "report.ipynb")
    export_poster(tmp_path / "report.ipynb", tmp_path / "poster.pdf")
    assert "日 本" in caplog.text


@pytest.mark.parametrize("names", [[], ["x" * 300], ["שם בעברית", "اسم عربي"]])
def test_odd_maps_still_make_a_sheet(journey, names):
    assert len(PdfReader(io.BytesIO(poster_bytes(journey(names)))).pages) == 1


def test_what_is_unknown_is_not_drawn_and_parts_the_line(journey):
    sheet = poster_sheet(journey(["a", "b", "c"], [1.0, None, -1.0]), "a1")
    assert [[one["place"] for one in stretch] for stretch in sheet["curves"]["after"]] == [[0], [2]]
    assert [one["felt"] for one in sheet["points"]] == ["+1.0", None, "-1.0"]


def test_the_same_map_gives_the_same_bytes_as_pdf_and_as_svg(journey):
    one = journey(["Desk", "Web"])
    assert poster_bytes(one) == poster_bytes(one)
    svg = poster_bytes(one, kind="svg")
    assert svg == poster_bytes(one, kind="svg")
    assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_a_long_text_is_cut_between_words_and_an_endless_one_may_break():
    assert short("word " * 100, "line").endswith("word…")
    assert len(short("word " * 100, "line")) <= 200
    assert "\u200b" in short("x" * 60, "line")
    assert short("", "line") is None


def test_the_map_of_these_tests_is_one_that_the_schema_knows(journey):
    schema = json.loads(resources.files("cxmethod.views").joinpath("journey.schema.json").read_text("utf-8"))
    problems = [
        problem.json_path for problem in jsonschema.Draft202012Validator(schema).iter_errors(journey(["a"]))
    ]
    assert problems == []


def test_a_map_in_which_nobody_speaks_says_so(journey):
    assert "Whatcustomerssayhasnotbeenwrittendownyet" in text_of(poster_bytes(journey(["Desk", "Web"])))


def test_what_is_suspected_is_an_outline_and_the_key_says_so(journey):
    names = ["Web", "Desk"]
    made = journey(names, [-1.0, 1.0])
    for status, said in (("confirmed", False), ("suspected", True)):
        made["moments"] = [
            {"persona": "all", "touchpoint": "t0", "kind": "red", "status": status, "text": {}},
        ]
        assert [one["suspected"] for one in poster_sheet(made, "a1")["points"]] == [said, False]
        text = PdfReader(io.BytesIO(poster_bytes(made, "a1"))).pages[0].extract_text()
        assert ("uspected red point" in text) is said


def test_few_customers_are_in_the_key_where_they_are_hollow(journey):
    made = journey(["Web", "Desk"], [-1.0, 1.0])
    for standing, said in (("firm", False), ("indicative", True)):
        for one in made["emotions"]:
            one["standing"] = standing
        text = PdfReader(io.BytesIO(poster_bytes(made, "a1"))).pages[0].extract_text()
        assert ("few customers" in text) is said
