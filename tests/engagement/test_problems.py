from __future__ import annotations

from cxmethod.engagement import InputProblems, Problem, problem_lines
from cxmethod.language import Words

EN, ES = Words("en"), Words("es")
RANGE = {"low": -2, "high": 2}


def wrong(row: int, value: str = "9") -> Problem:
    return Problem("engagement.rule_range", "ratings.csv", "emotion", row, value, RANGE)


def test_one_sentence_names_file_column_row_value_and_rule():
    assert problem_lines([wrong(3)], EN) == [
        "ratings.csv, column 'emotion', row 3 ('9'): must be a number from −2 to 2; leave it blank when unknown."
    ]
    assert problem_lines([wrong(3)], ES) == [
        "ratings.csv, columna «emotion», fila 3 («9»): debe ser un número de −2 a 2; déjelo en blanco si no se sabe."
    ]


def test_rows_that_break_one_rule_share_a_sentence():
    (line,) = problem_lines([wrong(12), wrong(3)], EN)
    assert "row 3 ('9') and row 12 ('9')" in line


def test_long_lists_are_cut_and_counted():
    (line,) = problem_lines([wrong(row) for row in range(2, 1202)], EN)
    assert "row 9 ('9')" in line
    assert "row 10" not in line
    assert "1,192 more rows" in line


def test_long_values_are_cut():
    (line,) = problem_lines([wrong(2, "x" * 500)], EN)
    assert len(line) < 200


def test_the_whole_list_is_counted_by_file():
    error = InputProblems([wrong(2), Problem("engagement.rule_empty_file", "events.csv")], ES)
    assert str(error).startswith("2 puntos por corregir en ratings.csv y events.csv:")
    assert len(str(error).splitlines()) == 3


def test_machines_get_plain_values():
    assert wrong(3).as_dict() == {
        "file": "ratings.csv", "row": 3, "column": "emotion", "value": "9", "rule": "engagement.rule_range", "low": -2, "high": 2,
    }  # fmt: skip


def test_a_place_that_is_not_meant_is_none():
    assert Problem("engagement.rule_empty_file", "events.csv").as_dict()["row"] is None
