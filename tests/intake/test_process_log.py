"""A process log becomes process events: times normalised, starts and ends paired, people hidden."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from cxmethod.intake import take_in

SOURCE = {
    "kind": "process_log", "file": "log.csv", "process": "admission", "case": "case", "activity": "step",
    "start": "from", "end": "to", "resource": "who",
}  # fmt: skip
LINES = """case,step,from,to,who
1,Register,2026-01-01T10:00:00+01:00,2026-01-01T10:10:00+01:00,Ana Ruiz
1,Charge,2026-01-01T09:30:00Z,2026-01-01T09:35:00Z,Luis Gil
2,Register,,2026-01-02T10:10:00+01:00,
"""
PAIRS = {
    "kind": "process_log", "file": "log.csv", "process": {"column": "area"}, "case": "case", "activity": "step",
    "end": "at", "lifecycle": {"column": "type", "start": "Inicio", "complete": "Fin", "instance": "id"},
}  # fmt: skip
PAIRED = """area,case,step,at,type,id
desk,1,Register,2026-01-01 10:00,inicio,a
desk,1,Register,2026-01-01 10:01,inicio,b
desk,1,Register,2026-01-01 10:05,fin,b
desk,1,Register,2026-01-01 10:09,fin,a
cash,1,Charge,2026-01-01 10:20,fin,c
cash,1,Charge,2026-01-01 10:30,inicio,d
cash,1,Charge,2026-01-01 10:25,pausa,c
"""


def events(engagement) -> pd.DataFrame:
    return engagement.table("process_events")


def test_times_are_moments_of_one_zone(engage, sent):
    engagement = engage(SOURCE)
    take_in(engagement, [sent("log.csv", LINES)])
    table = events(engagement)
    assert table["process"].unique().tolist() == ["admission"]
    assert (table["end"] - table["start"]).dt.total_seconds().tolist()[:2] == [600, 300]
    assert (table["start"][1] - table["end"][0]).total_seconds() == 20 * 60
    assert pd.isna(table["start"][2])


def test_names_of_staff_become_pseudonyms(engage, sent):
    engagement = engage(SOURCE)
    take_in(engagement, [sent("log.csv", LINES)])
    assert events(engagement)["resource"].str.match(r"R[0-9a-f]{10}").tolist()[:2] == [True, True]


def test_starts_and_ends_are_paired_by_instance(engage, sent):
    engagement = engage(PAIRS)
    intake = take_in(engagement, [sent("log.csv", PAIRED)])
    table = events(engagement)
    assert table["process"].tolist() == ["desk", "desk", "cash"]
    assert ((table["end"] - table["start"]).dt.total_seconds() / 60).tolist()[:2] == [9, 4]
    assert pd.isna(table["start"][2])
    said = " ".join(intake.sentences(engagement.words))
    assert "1 execution has begun and not ended" in said
    assert "1 row is neither start nor end" in said


def test_an_end_before_its_start_is_named_by_its_row(engage, sent, rules):
    wrong = LINES.replace("10:10:00+01:00,Ana", "09:10:00+01:00,Ana")
    found = rules(engage(SOURCE), sent("log.csv", wrong))
    assert found == [("intake.rule_end_before_start", "to", 2, "2026-01-01T09:10:00+01:00")]


def test_one_column_with_zones_and_one_without_are_refused(engage, sent, rules):
    mixed = "case,step,from,to,who\n1,Register,2026-01-01 10:00,2026-01-01T10:10:00+01:00,\n"
    assert rules(engage(SOURCE), sent("log.csv", mixed)) == [("intake.rule_zones", "from", 0, "")]


def test_zones_in_some_rows_only_are_refused(engage, sent, rules):
    mixed = (
        "case,step,from,to,who\n1,Register,2026-01-01 10:00,2026-01-01T10:10:00+01:00,\n"
        "2,Register,2026-01-02T10:00:00+01:00,2026-01-02 10:10,\n"
    )
    assert rules(engage(SOURCE), sent("log.csv", mixed)) == [
        ("engagement.rule_zone", "from", 2, "2026-01-01 10:00"),
        ("engagement.rule_zone", "to", 3, "2026-01-02 10:10"),
    ]


def test_a_process_that_the_table_does_not_have_is_refused_once(engage, sent, rules):
    tables = {"processes": "process,name\nbilling,Billing\n"}
    found = rules(engage(SOURCE, tables=tables), sent("log.csv", LINES))
    assert [rule for rule, *_ in found] == ["intake.rule_process"]


@pytest.mark.parametrize("column", ["case", "step", "to"])
def test_a_blank_that_must_be_filled_is_named(engage, sent, rules, column):
    frame = pd.read_csv(io.StringIO(LINES), dtype=str, keep_default_na=False)
    frame.loc[1, column] = ""
    found = rules(engage(SOURCE), sent("log.csv", frame.to_csv(index=False)))
    assert ("engagement.rule_filled", column, 3, "") in found


def test_a_start_column_and_a_lifecycle_are_one_too_many(engage):
    with pytest.raises(Exception, match="not both"):
        engage({**PAIRS, "start": "at"})
