"""Names of points in a native chart: beside them where there is room, else a number and the name at the side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmethod.language import Words
from cxmethod.reports.deck_axes import SIZE, Plot, Scale
from cxmethod.reports.deck_chart_book import Band
from cxmethod.reports.deck_chart_xml import move_label
from cxmethod.reports.deck_colour import rgb
from cxmethod.reports.deck_frame import hold, one_line
from cxmethod.reports.deck_spots import (
    Rectangle,
    Room,
    Spot,
    height,
    intervals_of,
    lines_of,
    marks_of,
    rules_of,
)
from cxmethod.reports.deck_text import fitting_size, line_height, shortened

_NEAR = 0.25
"""Inches between points of one cluster, which has one label for all its numbers."""
_CROWD = 3
"""So many points may stand close together and still be named one by one."""
_ROUNDS = 5
LISTS = (3.1, 3.7, 4.3)
"""Inches that the list of names may take beside a chart, where points carry numbers."""
_EDGE, _SURE = 0.15, 0.94
"""Inches between chart and list, and what of a line is counted upon in a client's typeface."""
_SIZES, _GAP = (12, 11, 10, 9, 8), 0.02
_Key = tuple[int, int]


@dataclass(frozen=True)
class Label:
    """What stands beside a point: which of which series, and where."""

    series: int
    index: int
    spot: Spot


@dataclass(frozen=True)
class Names:
    """The labels of a chart, and the names that stand in a list beside it by number, from 1 on.

    `ranges` says whether any label stands for several points.
    """

    labels: Sequence[Label]
    listed: Sequence[str]
    ranges: bool = False


def place_names(
    chart: Mapping[str, Any],
    bands: Sequence[Band],
    plot: Plot,
    scale: tuple[Scale, Scale],
    joined: Iterable[int] = (),
    bare: Sequence[int] = (),
) -> Names:
    """Where the names of a scatter chart's points go, so that none covers another, a point, an interval or a line.

    Parameters
    ----------
    chart : mapping
    bands : sequence of Band
    plot : Plot
    scale : tuple of Scale
        Across and up.
    joined : iterable of int
        Series whose points a line joins.
    bare : sequence of int
        Those of them whose points have no mark.
    """
    points = {
        (place, index): (plot.left + scale[0].share(x) * plot.width, height(y, plot, scale[1]))
        for place, band in enumerate(bands)
        for index, (x, y) in enumerate(zip(band.x, band.values, strict=True))
        if y is not None
    }
    thin = rules_of(chart, plot, scale)
    thin += intervals_of(bands, {key: x for key, (x, _) in points.items()}, plot, scale[1])
    for place in joined:
        thin += lines_of([points.get((place, index)) for index in range(len(bands[place].values))])
    bounds = plot.left, plot.top, plot.left + plot.width, plot.top + plot.height
    names = _named(chart, bands, points)
    crowded = {
        key
        for group in _clusters({key: points[key] for key in names})
        if len(group) > _CROWD
        for key in group
    }
    # The first series say what matters most: their points are named first.
    order = sorted(key for key in names if key not in crowded)
    tried: list[tuple[int, int, list[Label], list[_Key], Room]] = []
    for _ in range(_ROUNDS):
        room = Room(marks_of(point for key, point in points.items() if key[0] not in bare), thin, bounds)
        labels, nameless = list[Label](), list[_Key]()
        for key in order:
            spot = room.first_free(names[key], points[key])
            if spot is None:
                nameless.append(key)
            else:
                room.take(spot)
                labels.append(Label(*key, spot))
        tried.append((len(nameless), len(tried), labels, nameless, room))
        # Whoever found no room comes first in the next round.
        order = [*nameless, *(key for key in order if key not in nameless)]
        if not nameless:
            break
    _, _, labels, nameless, room = min(tried, key=lambda one: one[:2])
    numbered = _numbered({key: points[key] for key in (*nameless, *crowded)}, room)
    listed = [names[key] for group, _ in numbered for key in group]
    ranges = any(len(group) > 1 for group, _ in numbered)
    return Names([*labels, *(label for _, label in numbered)], listed, ranges)


def list_fits(names: Names, wide: float, tall: float, words: Words) -> bool:
    """Whether a column so many inches wide, its edge included, and high holds every name in type that is easily read."""
    room = _SURE * (wide - _EDGE), tall - 0.2
    return wide in LISTS and fitting_size(_lines(names, words), room, _SIZES[:3], gap=_GAP) is not None


def write_list(slide: Any, names: Names, box: Rectangle, words: Words) -> None:
    """Write the names of the points that carry a number, as large as all of them fit `box` (inches), its edge included."""
    from pptx.util import Inches, Pt

    lines = _lines(names, words)
    left, top, width, tall = box[0] + _EDGE, box[1], box[2] - _EDGE, box[3]
    size = fitting_size(lines, (_SURE * width, tall), _SIZES, gap=_GAP)
    rows = max(int((tall / len(lines) - _GAP) / line_height(_SIZES[-1])), 1)
    frame = slide.shapes.add_textbox(*(Inches(inches) for inches in (left, top, width, tall))).text_frame
    hold(frame)
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, text in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(72 * _GAP)
        run = paragraph.add_run()
        run.text = one_line(text if size else shortened(text, _SURE * width, _SIZES[-1], rows))
        run.font.size, run.font.bold = Pt(size or _SIZES[-1]), names.ranges and place == 0


def _lines(names: Names, words: Words) -> list[str]:
    head = [words.say("reports.numbered_points")] if names.ranges else []
    return [*head, *(f"{number} · {name}" for number, name in enumerate(names.listed, 1))]


def write_names(drawn: Sequence[Any], labels: Iterable[Label], box: Sequence[float]) -> None:
    """Write the names beside the points of the series `drawn` of a chart that fills `box`."""
    for label in labels:
        point = drawn[label.series].points[label.index]
        _write(point, label.spot, None)
        move_label(point, label.spot.moved[0] / box[2], label.spot.moved[1] / box[3])


def name_marks(
    drawn: Sequence[Any],
    marks: Sequence[tuple[Band, str]],
    bands: Sequence[Band],
    called: Sequence[str],
    plot: Plot,
    scale: Scale,
    box: Sequence[float],
) -> None:
    """Write the name of each marked point beside it, as near as nothing runs through the name.

    Names may stand in the room over the plot; one without any such place is left to the axis, which names all.
    """
    pitch = plot.width / max(len(bands[0].values), 1)
    every = [*bands, *(band for band, _ in marks)]
    points = {
        (place, index): (plot.left + (index + 0.5) * pitch, height(value, plot, scale))
        for place, band in enumerate(every)
        for index, value in enumerate(band.values)
        if value is not None
    }
    thin = intervals_of(every, {key: x for key, (x, _) in points.items()}, plot, scale)
    for place, band in enumerate(bands):
        thin += lines_of([points.get((place, index)) for index in range(len(band.values))])
    bounds = plot.left, plot.top - plot.above, plot.left + plot.width, plot.top + plot.height
    room = Room(marks_of(points.values()), thin, bounds)
    named = set[int]()
    own = {key: point for key, point in points.items() if key[0] >= len(bands)}
    # What matters most lies uppermost, and is named first.
    for (place, index), where in sorted(own.items(), key=lambda point: (-point[0][0], point[0][1])):
        spot = None if index in named else room.first_free(called[index], where, bold=True)
        if spot is None:
            continue
        room.take(spot)
        named.add(index)
        point = drawn[place - len(bands)].points[index]
        _write(point, spot, marks[place - len(bands)][1])
        move_label(point, spot.moved[0] / box[2], spot.moved[1] / box[3])


def _named(
    chart: Mapping[str, Any], bands: Sequence[Band], points: Mapping[_Key, tuple[float, float]]
) -> dict[_Key, str]:
    """The name of each point that has one which the key does not tell."""
    where = {key: (bands[key[0]].x[key[1]], bands[key[0]].values[key[1]]) for key in points}
    told = {band.name for band in bands}
    found = {}
    for one in chart["annotations"]:
        key = next((key for key, place in where.items() if place == (one["x"], one["y"])), None)
        if key is None:
            continue
        del where[key]
        if one["text"] not in told:
            found[key] = str(one["text"])
    return found


def _numbered(points: Mapping[_Key, tuple[float, float]], room: Room) -> list[tuple[list[_Key], Label]]:
    """A number for each lone point, and one label such as 2–5 for each cluster; numbers go from left to right."""
    found, first = [], 1
    for group in _clusters(points):
        last = first + len(group) - 1
        text = str(first) if first == last else f"{first}–{last}"
        free: list[tuple[_Key, Spot]] = []
        for over_lines in (False, True):
            spots = ((key, room.first_free(text, points[key], over_lines=over_lines)) for key in group)
            free = free or [(key, spot) for key, spot in spots if spot is not None]
        nowhere = group[-1], Spot(text, "RIGHT", (0.0, 0.0), (0.0, 0.0, 0.0, 0.0))
        key, spot = min(free, key=lambda pair: math.hypot(*pair[1].moved), default=nowhere)
        room.take(spot)
        found.append((group, Label(*key, spot)))
        first = last + 1
    return found


def _clusters(points: Mapping[_Key, tuple[float, float]]) -> list[list[_Key]]:
    """Points that stand close together, from left to right."""
    groups: list[list[_Key]] = []
    for key in sorted(points, key=lambda key: (points[key], key)):
        near = [
            group for group in groups if any(math.dist(points[key], points[one]) < _NEAR for one in group)
        ]
        merged = [*(one for group in near for one in group), key]
        groups = [*(group for group in groups if group not in near), merged]
    ordered = [sorted(group, key=lambda key: (points[key], key)) for group in groups]
    return sorted(ordered, key=lambda group: points[group[0]])


def _write(point: Any, spot: Spot, colour: str | None) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = point.data_label
    label.text_frame.text = spot.text
    label.text_frame.word_wrap = False
    for run in (run for paragraph in label.text_frame.paragraphs for run in paragraph.runs):
        run.font.size, run.font.bold = Pt(SIZE), colour is not None
        if colour:
            run.font.color.rgb = rgb(colour)
    label.position = getattr(XL_LABEL_POSITION, spot.side)
