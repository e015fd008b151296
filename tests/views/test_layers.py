"""Boxes in columns: nothing overlaps, lines run through no box, and few of them cross."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.views.layers import columns_for, lay_out


@pytest.mark.parametrize(
    ("sizes", "most", "columns"),
    [([2, 2, 3, 6, 2], 7, [1, 1, 2, 2, 1]), ([20], 7, [7]), ([1, 1], 7, [1, 1]), ([1] * 9, 7, [1] * 9)],
)
def test_the_fullest_group_gets_the_next_column(sizes, most, columns):
    assert columns_for(sizes, most) == columns


def test_a_box_stands_beside_the_one_that_its_line_leads_to():
    y = lay_out([["a", "b"], ["c", "d"]], [("a", "c"), ("b", "d")], 1.0, 0.2).y
    assert (y["a"], y["b"]) == (y["c"], y["d"])


def test_boxes_change_places_where_that_saves_crossings():
    edges = [("a", "y"), ("a", "z"), ("b", "x"), ("b", "w")]
    y = lay_out([["a", "b"], ["w", "x", "y", "z"]], edges, 1.0, 0.2).y
    up, down = max(y["y"], y["z"]), min(y["w"], y["x"])
    assert (up < down) == (y["a"] < y["b"])


def test_boxes_keep_their_order_where_nothing_is_saved():
    y = lay_out([["a"], ["b", "c", "d"]], [("a", "d")], 1.0, 0.2).y
    assert y["b"] < y["c"] < y["d"]


def test_a_line_that_skips_a_column_keeps_a_lane_apart_from_its_boxes():
    layout = lay_out([["a"], ["b", "c"], ["d"]], [("a", "d"), ("a", "b")], 1.0, 0.2)
    ((column, height),) = layout.lanes["a", "d"]
    assert column == 1
    assert all(abs(height - layout.y[box]) >= 0.6 - 1e-9 for box in ("b", "c"))


def test_the_lane_of_a_line_that_leads_back_lies_below_all_boxes():
    layout = lay_out([["a"], ["b", "c"], ["d"]], [("a", "b"), ("c", "d"), ("d", "a")], 1.0, 0.2)
    ((_, height),) = layout.lanes["d", "a"]
    assert height > max(layout.y["b"], layout.y["c"])


def test_lines_within_a_column_take_no_lane():
    assert lay_out([["a", "b", "c"]], [("a", "c")], 1.0, 0.2).lanes == {("a", "c"): ()}


COLUMNS = st.lists(st.integers(1, 4), min_size=1, max_size=5).map(
    lambda sizes: [[f"{place}.{n}" for n in range(size)] for place, size in enumerate(sizes)]
)


@given(COLUMNS.flatmap(lambda columns: st.tuples(st.just(columns), _edges(columns))))
def test_nothing_overlaps_and_the_same_input_gives_the_same_picture(drawn):
    columns, edges = drawn
    layout = lay_out(columns, edges, 1.0, 0.2)
    assert layout == lay_out(columns, edges, 1.0, 0.2)
    for place, names in enumerate(columns):
        boxes = [(layout.y[name], 0.5) for name in names]
        lanes = [(y, 0.1) for own in layout.lanes.values() for column, y in own if column == place]
        items = sorted([*boxes, *lanes])
        assert all(b - a >= half + other - 1e-6 for (a, half), (b, other) in pairwise(items))
        assert all(half - 1e-6 <= y <= layout.height - half + 1e-6 for y, half in items)


def _edges(columns: list[list[str]]) -> st.SearchStrategy[list[tuple[str, str]]]:
    names = [name for own in columns for name in own]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda edge: edge[0] != edge[1])
    return st.lists(pair, max_size=12, unique=True)
