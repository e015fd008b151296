"""Two states of a table, row by row."""

import pandas as pd

from cxmethod.engagement.row_changes import row_changes

OLD = pd.DataFrame({"who": ["a", "b", "c"], "score": [1.0, 2.0, None]})


def counts(before, after, key=("who",)):
    found = row_changes(before, after, key)
    return found.added, found.removed, found.changed


def test_rows_are_told_apart_by_their_key():
    new = pd.DataFrame({"who": ["d", "b", "a"], "score": [4.0, 5.0, 1.0]})
    assert counts(OLD, new) == (1, 1, 1)


def test_the_order_of_rows_says_nothing():
    assert not row_changes(OLD, OLD.iloc[::-1], ["who"]).any


def test_a_blank_that_is_filled_is_a_change():
    assert counts(OLD, OLD.fillna({"score": 3.0})) == (0, 0, 1)


def test_each_cell_that_differs_is_named():
    new = OLD.assign(score=[1.0, 9.0, 9.0], note=["", "", "late"])
    cells = row_changes(OLD, new, ["who"]).cells
    assert set(map(tuple, cells.to_numpy())) == {("b", "score"), ("c", "score"), ("c", "note")}


def test_a_new_column_without_values_changes_no_row():
    assert counts(OLD, OLD.assign(note=pd.NA)) == (0, 0, 0)


def test_a_key_may_have_several_parts_and_one_of_them_be_blank():
    old = pd.DataFrame({"who": ["a", "a"], "wave": [None, "2"], "score": [1, 2]})
    assert counts(old, old.assign(score=[1, 5]), ["who", "wave"]) == (0, 0, 1)


def test_without_a_key_rows_come_and_go():
    old = pd.DataFrame({"step": ["x", "x", "y"]})
    assert counts(old, pd.DataFrame({"step": ["x", "z"]}), ()) == (1, 2, 0)


def test_an_empty_table_gains_all_its_rows():
    assert counts(OLD.head(0), OLD) == (3, 0, 0)
