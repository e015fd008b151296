"""The slides' looks: our own master, or the client's template with its layouts, fonts and colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cxmethod.language import CxError, Words
from cxmethod.reports.cover import Cover

_KINDS = {"cover": "title", "section": "secHead", "content": "obj", "title_only": "titleOnly"}
"""How Office itself marks the layouts that are needed."""
_EMU = 914_400
WIDTH, HEIGHT = 13.333, 7.5
LEFT, RIGHT, TOP, FOOT = 0.6, 0.6, 1.62, 6.95


@dataclass(frozen=True)
class Master:
    """A presentation without slides, and its layouts by what they are for.

    `own` says whether it is our own master; `notes` what a template lacked, and what is used instead.
    """

    presentation: Any
    layouts: dict[str, Any]
    own: bool
    notes: list[str] = field(default_factory=list)

    @property
    def size(self) -> tuple[float, float]:
        """Inches across and down."""
        return self.presentation.slide_width / _EMU, self.presentation.slide_height / _EMU


def open_master(cover: Cover | None, folder: str, colour: str, words: Words) -> Master:
    """The client's template where the cover names one, else our own master in the brand's colour.

    Parameters
    ----------
    cover : Cover or None
    folder : str
        Where the executed notebook lies: one below the engagement folder, to which the template's path is relative.
    colour : str
        ``#rrggbb``.
    words : Words

    Raises
    ------
    CxError
        When the template is not there, lies outside the engagement folder, or is no presentation.
    """
    if cover is None or cover.facts.template is None:
        return _own_master(colour)
    name = cover.facts.template
    engagement = Path(folder or ".").resolve().parent
    file = (engagement / name).resolve()
    if file.suffix.lower() != ".pptx" or not file.is_file() or not file.is_relative_to(engagement):
        raise CxError("reports.template_unreadable", words, file=name)
    return _from_template(file, name, words)


# --- a client's template


def _from_template(file: Path, name: str, words: Words) -> Master:
    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        presentation = Presentation(str(file))
    except (PackageNotFoundError, KeyError, ValueError):
        raise CxError("reports.template_unreadable", words, file=name) from None
    _without_slides(presentation)
    found = list(presentation.slide_layouts)
    if not found:
        raise CxError("reports.template_unreadable", words, file=name)
    layouts, notes = {}, []
    for use, kind in _KINDS.items():
        exact = next((layout for layout in found if layout._element.get("type") == kind), None)
        layouts[use] = exact or max(found, key=lambda layout: _nearness(layout, use))
        if exact is None and not _serves(layouts[use], use):
            needed = words.say(f"reports.layout_{use}")
            notes.append(words.say("reports.template_lacks", needed=needed, used=layouts[use].name))
    return Master(presentation, layouts, own=False, notes=notes)


def _without_slides(presentation: Any) -> None:
    from pptx.oxml.ns import qn

    part, listed = presentation.part, presentation.slides._sldIdLst
    for entry in list(listed):
        part.drop_rel(entry.rId)
        listed.remove(entry)
    # Sections and custom shows name slides that are gone; Office would call the file damaged.
    for extra in (qn("p:extLst"), qn("p:custShowLst")):
        for element in presentation.element.findall(extra):
            presentation.element.remove(element)


def _types(layout: Any) -> list[str]:
    return [str(shape.placeholder_format.type).split()[0].split(".")[-1] for shape in layout.placeholders]


def _serves(layout: Any, use: str) -> bool:
    types = _types(layout)
    filled = "BODY" in types or "OBJECT" in types
    if use == "cover":
        return "SUBTITLE" in types and ("CENTER_TITLE" in types or "TITLE" in types)
    if use == "title_only":
        return "TITLE" in types and not filled and "SUBTITLE" not in types
    return "TITLE" in types and filled


def _nearness(layout: Any, use: str) -> tuple[bool, bool, bool, int]:
    """The nearest layout serves, or at least has a title in its place; and has the fewest other places to fill."""
    types = _types(layout)
    own = "CENTER_TITLE" if use == "cover" else "TITLE"
    return _serves(layout, use), own in types, "TITLE" in types or "CENTER_TITLE" in types, -len(types)


# --- our own


def _own_master(colour: str) -> Master:
    from pptx import Presentation
    from pptx.util import Inches

    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = presentation.slide_master
    _theme(master, colour)
    _drop_leftovers(presentation)
    kept = {str(layout._element.get("type")): layout for layout in presentation.slide_layouts}
    layouts = {use: kept[kind] for use, kind in _KINDS.items()}
    for layout in list(presentation.slide_layouts):
        if not any(layout == used for used in layouts.values()):
            presentation.slide_layouts.remove(layout)
    _styles(master)
    _places(master, {"TITLE": (LEFT, 0.6, 12.13, 0.92), "BODY": (LEFT, TOP, 12.13, 5.2)})
    _places(layouts["cover"], {"CENTER_TITLE": (1.1, 2.35, 11.2, 1.6), "SUBTITLE": (1.1, 4.05, 11.2, 1.7)})
    _places(layouts["section"], {"TITLE": (1.1, 0.9, 11.2, 1.5), "BODY": (1.1, 2.55, 11.2, 4.1)})
    for layout in (layouts["content"], layouts["title_only"]):
        _places(layout, {})
    for place in (master, *layouts.values()):
        _feet(place)
        _look(place, {"FOOTER": (1100, False, "5B6770"), "SLIDE_NUMBER": (1100, False, "5B6770")})
    _dress_cover(layouts["cover"])
    _dress_section(layouts["section"])
    return Master(presentation, layouts, own=True)


def _theme(master: Any, colour: str) -> None:
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    xml = part.blob.decode()
    colours = {
        "dk2": "1F2933", "lt2": "F3F6F7", "accent1": colour.lstrip("#").upper(), "accent2": "955608", "accent3": "6B5B95",
        "accent4": "1B6E4B", "accent5": "B3261E", "accent6": "5B6770",
    }  # fmt: skip
    for name, value in colours.items():
        xml = re.sub(rf"(<a:{name}><a:srgbClr val=\")[0-9A-F]{{6}}", rf"\g<1>{value}", xml)
    xml = re.sub(r"(<a:(?:major|minor)Font><a:latin typeface=\")[^\"]*", r"\g<1>Arial", xml)
    part._blob = xml.replace('name="Office Theme"', 'name="cxmethod"').encode()


def _drop_leftovers(presentation: Any) -> None:
    """What python-pptx's own template brings along: its maker's printer, and a picture of its first slide."""
    for holder in (presentation.part, presentation.part.package):
        for key, rel in list(holder._rels.items()):
            if rel.reltype.endswith(("/printerSettings", "/thumbnail")):
                holder._rels.pop(key)


def _styles(master: Any) -> None:
    """Titles bold and flush left; text in sizes for a room, not for a page."""
    from pptx.oxml.ns import qn

    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2400")
    title.find(qn("a:defRPr")).set("b", "1")
    body = styles.find(qn("p:bodyStyle"))
    for level, size in enumerate((1800, 1600, 1400, 1400, 1400), 1):
        body.find(qn(f"a:lvl{level}pPr")).find(qn("a:defRPr")).set("sz", str(size))


def _places(holder: Any, places: dict[str, tuple[float, float, float, float]]) -> None:
    """Put placeholders where they belong; those not named take the master's place."""
    from pptx.oxml.ns import qn
    from pptx.util import Inches

    for shape in holder.placeholders:
        kind = str(shape.placeholder_format.type).split()[0].split(".")[-1]
        body = shape._element.txBody.find(qn("a:bodyPr"))
        if kind in places:
            shape.left, shape.top, shape.width, shape.height = (Inches(inches) for inches in places[kind])
            anchor = "b" if kind in ("TITLE", "CENTER_TITLE") and places[kind][3] > 1 else "t"
            body.set("anchor", anchor)
            body.set("lIns", "0")
        elif kind in ("TITLE", "OBJECT", "BODY"):
            own = shape._element.spPr.find(qn("a:xfrm"))
            if own is not None:
                shape._element.spPr.remove(own)


def _feet(holder: Any) -> None:
    """Footer at the left, number at the right; the date stands in the footer."""
    from pptx.util import Inches

    for shape in list(holder.placeholders):
        kind = str(shape.placeholder_format.type).split()[0].split(".")[-1]
        if kind == "DATE":
            shape._element.getparent().remove(shape._element)
        elif kind == "FOOTER":
            shape.left, shape.top, shape.width, shape.height = (Inches(n) for n in (LEFT, FOOT, 10.5, 0.32))
        elif kind == "SLIDE_NUMBER":
            shape.left, shape.top, shape.width, shape.height = (
                Inches(n) for n in (WIDTH - RIGHT - 1, FOOT, 1, 0.32)
            )


def _dress_cover(layout: Any) -> None:
    _band(layout, (0, 0, 0.45, HEIGHT))
    _look(layout, {"CENTER_TITLE": (4000, True, None), "SUBTITLE": (2000, False, "5B6770")})


def _dress_section(layout: Any) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    background = parse_xml(
        f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    )
    layout._element.cSld.insert(0, background)
    _look(layout, {"TITLE": (3600, True, "FFFFFF"), "BODY": (1800, False, "FFFFFF"), "FOOTER": (1200, False, "FFFFFF"), "SLIDE_NUMBER": (1200, False, "FFFFFF")})  # fmt: skip


def _look(layout: Any, looks: dict[str, tuple[int, bool, str | None]]) -> None:
    """Size (hundredths of a point), weight and colour of the layout's placeholders, in place of their own list styles."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn

    for shape in layout.placeholders:
        kind = str(shape.placeholder_format.type).split()[0].split(".")[-1]
        if kind not in looks:
            continue
        size, bold, colour = looks[kind]
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
        side = "r" if kind == "SLIDE_NUMBER" else "l"
        style = parse_xml(
            f'<a:lstStyle {nsdecls("a")}><a:lvl1pPr marL="0" indent="0" algn="{side}"><a:buNone/>'
            f'<a:defRPr sz="{size}" b="{int(bold)}" cap="none">{fill}</a:defRPr></a:lvl1pPr></a:lstStyle>'
        )
        old = shape._element.txBody.find(qn("a:lstStyle"))
        shape._element.txBody.replace(old, style)


def _band(layout: Any, box: tuple[float, float, float, float]) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    x, y, w, h = (round(inches * _EMU) for inches in box)
    shape = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sp>'
    )
    layout.shapes._spTree.insert(2, shape)
