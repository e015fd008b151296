from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.intake.answers import text_cells
from cxmethod.intake.files import ClientFile, read_file


def read(path) -> ClientFile:
    file = read_file(path)
    assert isinstance(file, ClientFile), file
    return file


def rules(path) -> list[str]:
    found = read_file(path)
    assert isinstance(found, list)
    return [problem.rule for problem in found]


def test_cells_stay_text(sent):
    file = read(sent("a.csv", "id,q\n007,1.0\nNA,\n"))
    assert file.headings == ("id", "q")
    assert file.frame.to_numpy().tolist() == [["007", "1.0"], ["NA", ""]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_separators(sent, mark):
    file = read(sent("a.csv", f"id{mark}q\nA{mark}1\n"))
    assert file.headings == ("id", "q")
    assert file.grid.decimal_comma == (mark == ";")


def test_windows_1252_is_noticed(sent):
    file = read(sent("a.csv", "id;opinión\nA;Señal\n".encode("cp1252")))
    assert file.grid.legacy
    assert file.headings == ("id", "opinión")
    assert file.frame.iloc[0, 1] == "Señal"


def test_byte_order_mark_is_no_part_of_the_heading(sent):
    assert read(sent("a.csv", b"\xef\xbb\xbfid,q\nA,1\n")).headings == ("id", "q")


def test_rows_are_numbered_as_a_spreadsheet_does(sent):
    file = read(sent("a.csv", 'id,q\nA,1\n\n,\n"B\nB",2\nC,3\n'))
    assert file.frame.index.tolist() == [2, 5, 6]


def test_blank_rows_above_the_heading_count(sent):
    file = read(sent("a.csv", "\r\n\r\nid,q\r\nA,1\r\n"))
    assert (file.headings, file.frame.index.tolist()) == (("id", "q"), [4])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_endings(sent, end):
    assert read(sent("a.csv", f"id,q{end}A,1{end}B,2{end}")).frame.index.tolist() == [2, 3]
    assert rules(sent("a.csv", f"id,q{end}A,1,1{end}")) == ["engagement.rule_row_width"]


def test_short_rows_are_blank_at_the_end(sent):
    file = read(sent("a.csv", "id,q\nA\nB,2\n"))
    assert text_cells(file.frame[1]).isna().tolist() == [True, False]


def test_repeated_headings_are_kept(sent):
    assert read(sent("a.csv", "id,q,q\nA,1,2\n")).headings == ("id", "q", "q")


def test_parquet_keeps_types(sent, tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"id": ["A"], "q": [3]}, index=[9]).to_parquet(path)
    file = read(path)
    assert (file.headings, file.frame.index.tolist(), file.frame.iloc[0, 1]) == (("id", "q"), [2], 3)


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", b"", "engagement.rule_empty_file"),
        ("a.csv", b" \n \n", "engagement.rule_empty_file"),
        ("a.csv", b"\xef\xbb\xbf\n", "engagement.rule_empty_file"),
        ("a.csv", b",,\n,,\n", "engagement.rule_empty_file"),
        ("a.csv", b"id,q\n", "intake.rule_no_rows"),
        ("a.csv", b"id,q\n,\n\n", "intake.rule_no_rows"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "engagement.rule_not_text"),
        ("a.csv", "id,q\nA,1\n".encode("utf-16"), "engagement.rule_not_text"),
        ("a.csv", b"id,q\nA,1,2\n", "engagement.rule_row_width"),
        ("a.csv", b'id,q\nA,"1\nB,2\n', "engagement.rule_open_quote"),
        ("a.csv", b'id,q\nA,"1\n' + b"B,2\n" * 40_000, "engagement.rule_open_quote"),
        ("a.parquet", b"PAR1 no more than that", "engagement.rule_parquet"),
        ("a.xlsx", b"PK\x03\x04", "intake.rule_workbook"),
    ],
)
def test_what_keeps_a_file_from_being_read(sent, name, content, rule):
    assert rules(sent(name, content)) == [rule]


def test_a_file_that_is_not_there(tmp_path):
    assert rules(tmp_path / "none.csv") == ["intake.rule_file_missing"]


def test_a_folder_is_no_file(tmp_path):
    assert rules(tmp_path) == ["intake.rule_file_missing"]


def test_wide_rows_are_named_by_row(sent):
    found = read_file(sent("a.csv", "id,q\nA,1\nB,1,2\nC,1\nD,1,2,3\n"))
    assert isinstance(found, list)
    assert [(problem.row, problem.value) for problem in found] == [(3, "3"), (5, "4")]
