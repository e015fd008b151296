import json

import numpy as np
import pandas as pd
import pytest

from cxmethod.engagement import Engagement, Problem
from cxmethod.language import Words
from cxmethod.runs.check import Check, check
from cxmethod.steps.finding import Finding
from cxmethod.views import sentences

BLOCKING = Finding("thread.no_touchpoints", "blocks", "touchpoints")
NOTE = Finding("thread.no_touchpoints", "info", "touchpoints")
PROBLEM = Problem("engagement.rule_number", "phases.csv", "orden", 2, "x")


@pytest.mark.parametrize(
    ("found", "blocks"),
    [
        (Check((), (), ()), False),
        (Check((), ("Something",), (NOTE,)), False),
        (Check((PROBLEM,), (), ()), True),
        (Check((), (), (BLOCKING,)), True),
    ],
)
def test_problems_and_blocking_findings_block(found: Check, blocks: bool) -> None:
    assert found.blocks is blocks


def test_what_blocks_is_said_first() -> None:
    words = Words("es")
    sentence = f"  · {sentences.finding(BLOCKING, words)}"
    assert Check((), ("Un aviso.",), (BLOCKING, NOTE)).lines(words) == [
        "Mientras esto siga abierto, los entregables quedan en borrador:",
        sentence,
        "Además:",
        sentence,
        "Para tener en cuenta:",
        "  · Un aviso.",
    ]


def test_an_engagement_that_nothing_blocks_is_told_so() -> None:
    assert Check((), (), ()).lines(Words("en")) == ["Nothing blocks this engagement."]


def test_for_a_machine_numbers_are_numbers_and_the_unknown_is_null() -> None:
    values = {"n": np.int64(5), "mean": np.float64("nan"), "share": 0.5, "who": ("a", pd.NA)}
    found = Check((), (), (Finding("thread.no_touchpoints", "warns", "x", values),))
    (finding,) = json.loads(json.dumps(found.as_dict(Words("en")), allow_nan=False))["findings"]
    assert finding["values"] == {"n": 5, "mean": None, "share": 0.5, "who": ["a", None]}
    assert finding["text"]


def test_the_thread_waits_until_the_tables_hold(engagement: Engagement) -> None:
    engagement.inputs.mkdir()
    (engagement.inputs / "phases.csv").write_text("fase,nombre,orden,pregunta,etapa\nf1,Uno,x,discover,pre\n")
    found = check(engagement)
    assert len(found.problems) == 1
    assert found.findings == ()
    assert found.lines(engagement.words)[-1].startswith("El hilo")
