"""Tables that a screen reader can walk through, and that scroll where the screen is narrow."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag

from cxmethod.language import Words

WIDE = 8  # columns from which a sheet of A4 asks for smaller type


def dress_tables(parts: Iterable[BeautifulSoup], words: Words) -> None:
    """Number the captions of the tables in `parts`, in place, and set each table into a region that scrolls."""
    number = 0
    for part in parts:
        for table in part.find_all("table"):
            caption = table.find("caption")
            if isinstance(caption, Tag):
                number += 1
                _numbered(part, caption, words.say("reports.table_number", number=number))
            for cell in table.select("thead th:not([scope])"):
                cell["scope"] = "col"
            table.wrap(_region(part, table, words))


def _numbered(part: BeautifulSoup, caption: Tag, label: str) -> None:
    mark = part.new_tag("span", attrs={"class": "cx-number"})
    mark.string = label
    caption.insert(0, mark, " ")


def _region(part: BeautifulSoup, table: Tag, words: Words) -> Tag:
    caption = table.find("caption")
    named = " ".join(caption.get_text().split()) if caption else words.say("reports.table")
    columns = max((len(row.find_all(["th", "td"])) for row in table.find_all("tr")), default=0)
    shape = "cx-scroll cx-wide" if columns >= WIDE else "cx-scroll"
    return part.new_tag("div", attrs={"class": shape, "role": "region", "tabindex": "0", "aria-label": named})
