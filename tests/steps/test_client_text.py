"""What clients write reaches the results as they wrote it, whatever it looks like to a program."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.steps import obtain_all
from cxmethod.steps.result import StepResult

TEXTS = {
    "markup": "<script>alert('x')</script> & <b>bold</b>",
    "formula": '=HYPERLINK("http://example.com";"click")',
    "right to left": "عيادة الأفق — استقبال",
    "braces": "{n} of {touchpoint} costs $5 and $6",
    "long": "I waited and waited. " * 20,
    "newlines": "one\ntwo",
    "quotes": 'the "best" one, they said',
}


@pytest.fixture(scope="module")
def results(engagement) -> dict[str, StepResult]:
    """Everything computed for a client who writes each of the texts wherever text may stand."""
    keys = [f"k{number}" for number in range(len(TEXTS))]
    texts = [text.strip() for text in TEXTS.values()]

    def named(table: str, **others: str | list[str]) -> pd.DataFrame:
        return pd.DataFrame({table: keys, "name": texts, **others})

    client = engagement(
        personas=named("persona", goals=texts[0], quote=texts[4], evidence="assumed"),
        phases=named("phase", order="1", question="interact", stage="during"),
        touchpoints=named("touchpoint", phase=keys, order="1", owner=texts[1]),
        ratings="respondent,touchpoint,source,emotion,importance,comment\n"
        + "\n".join(f'c{n},{key},after,-1,5,"{TEXTS["markup"]}"' for key in keys for n in range(6)),
        motivations=named("motivation", kind="worry", evidence="observed").rename(columns={"name": "text"}),
        processes=named("process", owner=texts[2]),
        touchpoint_processes="touchpoint,process\n" + "\n".join(f"{key},{key}" for key in keys),
        initiatives=named(
            "initiative", touchpoints=keys, owner=texts[2], indicator=texts[1], target=texts[0]
        ),
        theme_cues=named("touchpoint", fit="-1").rename(columns={"name": "cue"}),
        alignment=pd.concat(
            named("respondent", role=texts[0], importance="4")
            .rename(columns={"name": "item"})
            .assign(score="3", respondent=[f"{key}{person}" for key in keys])
            for person in range(5)
        ),
        decisions={
            "quotes": {"approved": keys},
            "moments": {
                "k0": {"kind": "maintain", "reason": texts[4], "author": texts[1], "date": "2026-01-01"}
            },
        },
    )
    obtain_all(client)
    return obtain_all(client)


@pytest.mark.parametrize(
    ("step", "table", "column"),
    [
        ("01_persona", "personas", "name"),
        ("03_motivations", "statements", "text"),
        ("04_touchpoints", "journey", "name"),
        ("04_touchpoints", "journey", "phase_name"),
        ("06_processes", "processes", "name"),
        ("07_opportunities", "initiatives", "name"),
        ("08_strategy", "cues", "cue"),
        ("08_strategy", "items", "item"),
    ],
)
def test_a_text_is_the_same_after_it_was_computed_saved_and_read(results, step, table, column):
    assert set(results[step].tables()[table][column]) == {text.strip() for text in TEXTS.values()}


def test_findings_carry_the_text_as_it_is(results):
    worries = [
        f.values["text"] for f in results["03_motivations"].findings if f.code == "motivation.unanswered"
    ]
    assert worries == [text.strip() for text in TEXTS.values()]


def test_a_written_reason_is_kept_word_by_word(results):
    moment = results["05_moments_of_truth"].moments.set_index("touchpoint").loc["k0"]
    assert moment["written_reason"] == TEXTS["long"].strip()
    assert moment["decided_by"] == TEXTS["formula"]
