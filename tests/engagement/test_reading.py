from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.engagement import TABLES
from cxmethod.engagement.grid import decode, delimiter_of
from cxmethod.engagement.reading import RawTable, read_raw

RATINGS = "respondent,touchpoint,source,emotion\n"


@pytest.fixture
def read(tmp_path):
    def make(content: str | bytes, table: str = "ratings") -> RawTable:
        path = tmp_path / f"{table}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        raw = read_raw(path, TABLES[table])
        assert isinstance(raw, RawTable), raw
        return raw

    return make


def test_utf_8_is_told_from_windows_1252():
    assert decode("Señal".encode()) == ("Señal", False)
    assert decode("Señal “x”".encode("cp1252")) == ("Señal “x”", True)


def test_a_byte_order_mark_is_taken_off():
    assert decode("id".encode("utf-8-sig")) == ("id", False)


@pytest.mark.parametrize(
    ("heading", "mark"),
    [("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ('"a,b";c', ";"), ("a", ","), ("\na;b", ";")],
)
def test_the_heading_tells_the_separator(heading, mark):
    assert delimiter_of(heading + "\n1") == mark


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_endings(read, end):
    assert len(read(f"respondent,touchpoint,source{end}A,website,after{end}").frame) == 1


@pytest.mark.parametrize("heading", ["emotion", "Emoción", "EMOCION", " emoción ", "Emotion"])
def test_headings_in_either_language_any_case_with_or_without_accents(read, heading):
    raw = read(f"Encuestado;punto de contacto;FUENTE;{heading}\nA;website;after;1\n")
    assert list(raw.frame) == ["respondent", "touchpoint", "source", "emotion"]


def test_the_files_own_heading_is_remembered(read):
    assert read("Encuestado,touchpoint,source,Emoción\nA,w,after,1\n").written["emotion"] == "Emoción"


def test_blanks_and_hyphens_in_a_heading_are_as_good_as_underscores(read):
    raw = read(
        "touchpoint,name,phase,order,Crítico para el negocio,controlled-by\nw,W,s,1,sí,marca\n", "touchpoints"
    )
    assert {"business_critical", "controlled_by"} <= set(raw.frame)


def test_unknown_columns_are_kept_and_listed(read):
    raw = read("respondent,touchpoint,source,mood,Ciudad\nA,w,after,up,Lima\n")
    assert raw.unknown == ("mood", "Ciudad")
    assert raw.frame["Ciudad"].tolist() == ["Lima"]


def test_families_of_columns_are_known(read):
    raw = read("initiative,name,score_cost,Score Customer Impact\ni,I,1,5\n", "initiatives")
    assert raw.unknown == ()
    assert {"score_cost", "score_customer_impact"} <= set(raw.frame)


def test_cells_stay_text(read):
    assert read(RATINGS + "007,NA,null,1.0\n").frame.iloc[0].tolist() == ["007", "NA", "null", "1.0"]


def test_semicolons_bring_decimal_commas(read):
    assert read("respondent;touchpoint;source\nA;w;after\n").decimal_comma
    assert not read("respondent\ttouchpoint\tsource\nA\tw\tafter\n").decimal_comma


def test_a_quoted_cell_may_hold_the_separator_and_new_lines(read):
    raw = read('respondent,touchpoint,source,comment\nA,w,after,"well, then\nno"\n')
    assert raw.frame["comment"].tolist() == ["well, then\nno"]


def test_a_trailing_separator_in_every_row_is_no_column(read):
    raw = read("respondent;touchpoint;source;\nA;w;after;\n")
    assert raw.unknown == ()


def test_a_parquet_table(tmp_path):
    path = tmp_path / "ratings.parquet"
    pd.DataFrame({"Encuestado": ["A"], "touchpoint": ["w"], "source": ["after"]}, index=[7]).to_parquet(path)
    raw = read_raw(path, TABLES["ratings"])
    assert isinstance(raw, RawTable)
    assert list(raw.frame) == ["respondent", "touchpoint", "source"]
