"""Numbers as each deliverable shows them, so that they can be held against each other."""

from __future__ import annotations

import random
import re
import warnings
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bs4 import BeautifulSoup
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from cxmethod.language import Words

NUMBER = re.compile(r"[+−]?\d[\d.,]*(?: ?%)?")
POINTS = re.compile(r"\b(points|puntos)\b")
"""Differences of shares."""
BETWEEN = re.compile(r"[\s\u00ad\u200b\u2010-]+")
"""What a line break may put between letters, or take away."""
NEAR = 400
"""A row's cells follow its name within so many letters of a page."""


@dataclass(frozen=True)
class Shown:
    """One number of a table of the deck."""

    row: str
    column: str
    text: str


def sampled(deck: Path, count: int, language: str, seed: int = 7) -> list[Shown]:
    """Numbers from the native tables of a deck, each in a row that can be told by its name.

    The ledger counts claims of the report, which no table of results holds.
    """
    ledger = Words(language).say("evidence.ledger")
    found = set()
    for slide in Presentation(str(deck)).slides:
        if slide.shapes.title and slide.shapes.title.text.startswith(ledger):
            continue
        for table in (shape.table for shape in slide.shapes if shape.has_table):
            head, *rows = ([plain(cell.text) for cell in row.cells] for row in table.rows)
            found |= {
                Shown(row[0], column, text)
                for row in rows
                for column, text in zip(head[1:], row[1:], strict=True)
                if len(row[0]) > 3 and NUMBER.fullmatch(text) and not row[0].endswith("…")
            }
    return random.Random(seed).sample(sorted(found, key=lambda one: (one.row, one.column, one.text)), count)


def plain(text: str) -> str:
    """One kind of space, and no more of it than one."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "").split())


class Page:
    """The tables of a web page."""

    def __init__(self, path: Path) -> None:
        self.cells: set[tuple[str, str, str]] = set()
        for table in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("table.cx-table"):
            lines = [
                [plain(cell.get_text()) for cell in row.find_all(["th", "td"])]
                for row in table.find_all("tr")
            ]
            head = lines[0]
            self.cells |= {
                (row[0], column, text)
                for row in lines[1:]
                for column, text in zip(head[1:], row[1:], strict=False)
            }

    def __contains__(self, one: Shown) -> bool:
        return (one.row, one.column, one.text) in self.cells


class Print:
    """The text of a PDF, without spaces, because each reader of PDF puts its own between letters."""

    def __init__(self, path: Path) -> None:
        pages = (page.extract_text() for page in PdfReader(str(path)).pages)
        self.text = BETWEEN.sub("", "".join(pages))

    def __contains__(self, one: Shown) -> bool:
        row, text = (BETWEEN.sub("", part) for part in (one.row, one.text))
        return any(
            text in self.text[found.end() : found.end() + NEAR]
            for found in re.finditer(re.escape(row), self.text)
        )


class Workbook:
    """The numbers of a workbook by the names that stand in their rows."""

    def __init__(self, path: Path) -> None:
        self.values: dict[str, list[float]] = defaultdict(list)
        book = load_workbook(path, read_only=True)
        with warnings.catch_warnings():
            # openpyxl leaves out the bars in cells, which are newer than its format.
            warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
            for row in (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)):
                numbers = [value for value in row if isinstance(value, int | float)]
                for name in {plain(value) for value in row if isinstance(value, str)}:
                    self.values[name] += numbers
        book.close()

    def holds(self, one: Shown, language: str) -> bool:
        """Whether a cell of the row shows this number, at as many digits."""
        group, point = (".", ",") if language == "es" else (",", ".")
        bare = one.text.replace("−", "-").replace("+", "").replace(group, "").replace(point, ".")
        wanted = Decimal(bare.replace("%", "").strip())
        scale = 100 if "%" in bare or POINTS.search(one.column) else 1
        step = Decimal(1).scaleb(wanted.as_tuple().exponent)  # type: ignore[arg-type]
        return any(
            Decimal(repr(round(float(value) * scale, 10))).quantize(step, ROUND_HALF_UP) == wanted
            for value in self.values[one.row]
        )


def apart(folder: Path, language: str, count: int = 50) -> dict[str, list[Shown]]:
    """Numbers of the deck that another deliverable does not show in the same row; empty where all agree."""
    shown = sampled(folder / "report.pptx", count, language)
    page, pdf, book = (
        Page(folder / "report.html"),
        Print(folder / "report.pdf"),
        Workbook(folder / "workbook.xlsx"),
    )
    missing = {
        "html": [one for one in shown if one not in page],
        "pdf": [one for one in shown if one not in pdf],
        "xlsx": [one for one in shown if not book.holds(one, language)],
    }
    return {name: numbers for name, numbers in missing.items() if numbers}
