"""The parts of a native chart that python-pptx has no words for: intervals, the room of the plot, looks of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cxmethod.reports.deck_chart_book import Band, Reaches

FAINT, QUIET, INK = "D5DBDF", "5B6770", "1F2933"
_LEADERS = (
    '<c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="1"/><c15:leaderLines><c:spPr>'
    f'<a:ln w="6350" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:solidFill>'
    f'<a:srgbClr val="{QUIET}"/></a:solidFill></a:ln></c:spPr></c15:leaderLines></c:ext>'
)
"""Lines from moved labels to their points, which Office draws since 2013."""


def draw_intervals(series: Any, band: Band, reaches: Reaches, colour: str, *, axis: str | None) -> None:
    """Give a series the intervals of `band` as error bars with values of their own, held in the chart's workbook.

    Parameters
    ----------
    series : python-pptx series
    band : Band
    reaches : Reaches
        Where the workbook holds them.
    colour : str
        ``rrggbb``.
    axis : {"x", "y", None}
        Direction, where the kind of chart leaves it open.
    """
    if band.certain:
        return
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    direction = f'<c:errDir val="{axis}"/>' if axis else ""
    # Beside a line they step back; on a bar they must be seen.
    faint = '<a:alpha val="65000"/>' if axis else ""
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}>{direction}"
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{_numbers(reaches.plus, band.plus)}</c:plus><c:minus>{_numbers(reaches.minus, band.minus)}</c:minus>"
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{colour}">{faint}</a:srgbClr></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    element = series._element
    following = next(child for child in element if child.tag in (qn("c:cat"), qn("c:xVal"), qn("c:val")))
    following.addprevious(bars)


def place_plot(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Where the plot itself stands, as shares of the chart: what is measured beforehand is then true."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    area = chart._chartSpace.chart.plotArea
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    parts = "".join(
        f'<c:{name} val="{value:.4f}"/>'
        for name, value in (("x", left), ("y", top), ("w", width), ("h", height))
    )
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(
        0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{parts}</c:manualLayout></c:layout>")
    )


def hide_entries(legend: Any, places: Sequence[int]) -> None:
    """Leave series out of the key, by their place."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    position = legend._element.find(qn("c:legendPos"))
    for place in reversed(places):
        entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
        position.addnext(parse_xml(entry))


def move_label(point: Any, across: float, down: float) -> None:
    """Move a point's label from its place beside the point, by shares of the chart; a thin line leads back to it."""
    if not (across or down):
        return
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    label = point.data_label._dLbl
    parts = f'<c:x val="{across:.4f}"/><c:y val="{down:.4f}"/>'
    old = label.find(qn("c:layout"))
    if old is not None:
        label.remove(old)
    label.find(qn("c:idx")).addnext(
        parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{parts}</c:manualLayout></c:layout>")
    )
    labels = label.getparent()
    if labels.find(qn("c:extLst")) is None:
        labels.append(parse_xml(f"<c:extLst {nsdecls('c')}>{_LEADERS}</c:extLst>"))


def name_all(axis: Any) -> None:
    """Write every name along an axis, however close they stand."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    following = axis._element.find(qn("c:noMultiLvlLbl"))
    if following is not None:
        following.addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))


def turn_labels(axis: Any, degrees: int) -> None:
    """Write the names along an axis at an angle."""
    body = axis.tick_labels.font._element.getparent().getparent().getparent()
    properties = body.find("{http://schemas.openxmlformats.org/drawingml/2006/main}bodyPr")
    properties.set("rot", str(degrees * 60_000))
    properties.set("vert", "horz")


def _numbers(place: str, values: Sequence[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value!r}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    cache = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{place}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"
