from __future__ import annotations

import json
from hashlib import sha256

import pandas as pd
import pytest

import cxmethod.intake.writing as writing
from cxmethod.intake import take_in
from cxmethod.language import CxError
from tests.intake.conftest import LOG, SURVEY

GOOD = "id,q1,q2\nA,1,2\n"


def test_files_meet_their_source_whatever_the_case(engage, sent):
    engagement = engage({**SURVEY, "file": "Encuesta Satisfacción.csv"})
    decomposed = "ENCUESTA SATISFACCIO\u0301N.CSV"
    assert take_in(engagement, [sent(decomposed, GOOD)]).tables == {"respondents": 1, "ratings": 2}


def test_without_sources_there_is_nothing_to_go_by(engage, sent):
    with pytest.raises(CxError, match="names no sources"):
        take_in(engage(), [sent("survey.csv", GOOD)])


def test_all_problems_of_all_files_come_at_once(engage, sent, refused):
    engagement = engage(SURVEY, LOG, {**SURVEY, "file": "third.csv"})
    error = refused(
        engagement,
        sent("survey.csv", "id,q1,q2\nA,1,8\n"),
        sent("log.csv", "case,step,at\n1,a,never\n"),
        sent("other.csv", GOOD),
    )
    assert {(problem.file, problem.rule) for problem in error.problems} == {
        ("survey.csv", "intake.rule_outside_scale"),
        ("log.csv", "intake.rule_timestamp"),
        ("other.csv", "intake.rule_no_source"),
        ("third.csv", "intake.rule_no_file"),
    }


def test_two_files_of_one_name(engage, sent, tmp_path, rules):
    other = tmp_path / "Survey.CSV"
    other.write_text(GOOD)
    assert rules(engage(SURVEY), sent("survey.csv", GOOD), other) == [("intake.rule_file_twice", "", 0, "")]


def test_a_broken_touchpoints_table_is_among_the_problems(engage, sent, refused):
    engagement = engage(SURVEY, tables={"touchpoints": "touchpoint,name\nwebsite,Website\nwebsite,Again\n"})
    error = refused(engagement, sent("survey.csv", "id,q1,q2\nA,1,8\n"))
    assert {problem.file for problem in error.problems} == {"touchpoints.csv", "survey.csv"}


def test_client_files_are_not_changed(engage, sent):
    engagement, file = engage(SURVEY), sent("survey.csv", GOOD)
    take_in(engagement, [file], keep_raw=True)
    assert file.read_text() == GOOD


def test_files_are_recorded_by_name_and_digest(engage, sent):
    engagement = engage(SURVEY)
    take_in(engagement, [sent("Survey.csv", "id,q1,q2,mail\nA,1,2,x\n")])
    record = json.loads((engagement.inputs / "intake.json").read_text(encoding="utf-8"))
    content = b"id,q1,q2,mail\nA,1,2,x\n"
    assert record["files"] == [
        {
            "name": "Survey.csv",
            "sha256": sha256(content).hexdigest(),
            "bytes": len(content),
            "kind": "survey",
            "tables": ["respondents", "ratings"],
            "rows": 1,
            "unused": ["mail"],
        }
    ]


def test_raw_files_are_kept_only_when_asked_for(engage, sent):
    engagement = engage(SURVEY)
    take_in(engagement, [sent("survey.csv", GOOD)])
    assert not (engagement.inputs / "raw").exists()
    take_in(engagement, [sent("survey.csv", GOOD)], keep_raw=True)
    assert (engagement.inputs / "raw" / "survey.csv").read_text() == GOOD


def test_a_kept_file_can_be_taken_in_again(engage, sent):
    engagement = engage(SURVEY)
    first = take_in(engagement, [sent("survey.csv", GOOD)], keep_raw=True)
    assert take_in(engagement, [engagement.inputs / "raw" / "survey.csv"], keep_raw=True) == first


def test_a_file_where_its_table_would_be_written_is_refused(engage, rules):
    engagement = engage({**SURVEY, "file": "ratings.csv"})
    path = engagement.inputs / "ratings.csv"
    path.write_text(GOOD)
    assert rules(engagement, path) == [("intake.rule_file_is_table", "", 0, "")]


def test_large_tables_are_parquet_and_never_both(engage, sent, monkeypatch):
    engagement, file = engage(SURVEY), sent("survey.csv", "id,q1,q2\nA,1,2\nB,1,2\n")
    monkeypatch.setattr(writing, "_LARGE", 3)
    take_in(engagement, [file])
    names = {"touchpoints.csv", "intake.json", "respondents.csv"}
    assert {path.name for path in engagement.inputs.iterdir()} == names | {"ratings.parquet"}
    monkeypatch.undo()
    take_in(engagement, [file])
    assert {path.name for path in engagement.inputs.iterdir()} == names | {"ratings.csv"}


def test_parquet_and_csv_hold_the_same(engage, sent, monkeypatch):
    engagement, file = engage(SURVEY, LOG), sent("survey.csv", "id,q1,q2\nNA,1.25,\nB,,2\n")
    log = sent("log.csv", "case,step,at\nNA,a,2026-01-01\n")
    take_in(engagement, [file, log])
    names = ("ratings", "respondents", "events", "journeys")
    text = {name: engagement.table(name) for name in names}
    monkeypatch.setattr(writing, "_LARGE", 0)
    take_in(engagement, [file, log])
    for name in names:
        assert engagement.table_path(name).suffix == ".parquet"
        pd.testing.assert_frame_equal(engagement.table(name), text[name], check_dtype=False)


def test_what_was_typed_by_hand_is_kept_aside(engage, sent):
    engagement = engage(SURVEY)
    typed = "respondent,touchpoint,source,emotion\nboss,website,internal,2\n"
    (engagement.inputs / "ratings.csv").write_text(typed)
    intake = take_in(engagement, [sent("survey.csv", GOOD)])
    (copy,) = (engagement.inputs / "replaced").iterdir()
    assert copy.read_text() == typed
    assert any("inputs/replaced/" in line for line in intake.sentences(engagement.words))


def test_what_an_intake_wrote_is_simply_replaced(engage, sent):
    engagement = engage(SURVEY)
    for text in (GOOD, "id,q1,q2\nA,5,5\n"):
        intake = take_in(engagement, [sent("survey.csv", text)])
    assert not (engagement.inputs / "replaced").exists()
    assert intake.notices == ()


def test_an_empty_table_is_simply_replaced(engage, sent):
    engagement = engage(SURVEY)
    (engagement.inputs / "ratings.csv").write_text("respondent,touchpoint,source,emotion\n")
    take_in(engagement, [sent("survey.csv", GOOD)])
    assert not (engagement.inputs / "replaced").exists()


def test_tables_that_are_not_renewed_are_said(engage, sent):
    take_in(engage({**SURVEY, "outcome": {"column": "q1"}}), [sent("survey.csv", GOOD)])
    engagement = engage(SURVEY)
    for _ in range(2):
        intake = take_in(engagement, [sent("survey.csv", GOOD)])
        assert any("outcomes of an earlier intake" in line for line in intake.sentences(engagement.words))


def test_the_report_says_what_was_left_out_in_both_languages(engage, sent):
    engagement = engage({**SURVEY, "unknown": [9]}, locale="es_CO")
    intake = take_in(engagement, [sent("survey.csv", "id;q1;q2;año\nA;;9;7\nB;1;;7\n".encode("cp1252"))])
    assert (intake.blanks, intake.unknown, intake.tables) == (2, 1, {"respondents": 2, "ratings": 4})
    for language, parts in {"en": ("2 ratings", "1 rating has", "año", "Windows-1252"),
                            "es": ("2 valoraciones", "1 valoración tiene", "año", "Windows-1252")}.items():  # fmt: skip
        text = "\n".join(intake.sentences(engagement.settings.words(language)))
        assert all(part in text for part in parts), text
        assert "{" not in text


def test_taking_the_same_in_twice_changes_nothing(engage, sent):
    engagement, file = engage(SURVEY), sent("survey.csv", GOOD)
    take_in(engagement, [file])
    before = {path.name: path.read_bytes() for path in engagement.inputs.iterdir()}
    take_in(engagement, [file])
    assert {path.name: path.read_bytes() for path in engagement.inputs.iterdir()} == before
