"""How the cells of a workbook look: number formats of the engagement's locale, and marks that do not rest on colour alone."""

from __future__ import annotations

import locale
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from cxmethod.language import Words

INK, PAPER = "#1A1A1A", "#FFFFFF"
# Told apart by readers who are blind to red or green, and by the sign or the word beside them.
BAD: Mapping[str, Any] = {"bg_color": "#F8DCCB", "font_color": "#7A2800", "bold": True}
GOOD: Mapping[str, Any] = {"bg_color": "#D7E7F3", "font_color": "#0B3C5D"}
SURE: Mapping[str, Any] = {"bg_color": "#FFF0C2", "font_color": INK, "bold": True}
BAR = "#9DB9CC"
_RULE: Mapping[str, Any] = {"bottom": 1, "bottom_color": "#DDDDDD"}
_MINUS = "\u2212"


def number_format(form: Mapping[str, Any], words: Words, currency: str | None) -> str:
    """A spreadsheet's number format with the digits that the page shows, in the locale's own signs where the program heeds it.

    Parameters
    ----------
    form : mapping
        `kind` (number, signed, percent, signed_percent, money, p), `digits`, and whether the value rounds to `zero`, which
        has no sign.

    Notes
    -----
    LibreOffice takes the decimal sign from the locale of the format, Excel from its own settings.
    """
    kind, digits = form.get("kind", "number"), int(form.get("digits", 0))
    place = f"[$-{_language(words):X}]"
    plain = "#,##0" + ("." + "0" * digits if digits else "")
    if kind == "p":
        return f'[<0.001]{place}"<\u00a0{words.number(0.001, 3)}";{place}{plain}'
    if kind in ("percent", "signed_percent"):
        plain += '"\u00a0"%' if words.language == "es" else "%"
    if kind == "money" and currency:
        plain = f'"{currency}\u00a0"{plain}'
    if form.get("zero"):
        return f"{place}{plain};{place}{plain}"
    plus = '"+"' if kind.startswith("signed") else ""
    return f'{place}{plus}{plain};{place}"{_MINUS}"{plain};{place}{plain}'


def date_format(words: Words) -> str:
    """A date as the language writes it, with month names of the locale."""
    day = 'd" de "mmmm" de "yyyy' if words.language == "es" else "mmmm d, yyyy"
    return f"[$-{_language(words):X}]{day}"


def _language(words: Words) -> int:
    """The number by which spreadsheets know a locale; that of the plain language where they do not."""
    numbers = {name: number for number, name in locale.windows_locale.items()}
    plain = {"es": "es_ES", "en": "en_US"}[words.language]
    return numbers.get(words.cldr, numbers[plain])


class Styles:
    """The formats of one workbook, each made once.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
    accent : str
        The client's colour, dark enough to be read on white.
    """

    def __init__(self, workbook: Any, words: Words, accent: str, currency: str | None) -> None:
        self._workbook, self._words = workbook, words
        self._accent, self._currency = accent, currency
        self._made: dict[str, Any] = {}

    def number(self, form: Mapping[str, Any]) -> Any:
        """The style of a number."""
        return self._style(number_format(form, self._words, self._currency), {"align": "right", **_RULE})

    @cached_property
    def date(self) -> Any:
        """The style of a date."""
        return self._style(date_format(self._words), {"align": "left", "indent": 1, **_RULE})

    @cached_property
    def text(self) -> Any:
        """The style of text: it may take several lines, and is never read as a formula or a number."""
        return self._style("@", {"text_wrap": True, "align": "left", "indent": 1, **_RULE})

    @cached_property
    def heading(self) -> Any:
        """The style of column headings."""
        look = {
            "bold": True,
            "text_wrap": True,
            "bg_color": self._accent,
            "font_color": PAPER,
            "border_color": PAPER,
        }
        return self._style("@", {**look, "valign": "vcenter", "align": "left", "indent": 1, "right": 1})

    @cached_property
    def title(self) -> Any:
        """The style of the contents' title."""
        return self._style("@", {"bold": True, "font_size": 18, "font_color": self._accent})

    @cached_property
    def quiet(self) -> Any:
        """The style of what stands beside."""
        return self._style("@", {"font_color": "#555555"})

    @cached_property
    def warning(self) -> Any:
        """The style of the draft mark."""
        return self._style("@", {**BAD, "font_size": 12})

    @cached_property
    def link(self) -> Any:
        """The style of a link to a sheet."""
        return self._style("@", {"font_color": self._accent, "underline": 1, "text_wrap": True})

    def marked(self, look: Mapping[str, Any]) -> Any:
        """The style of a conditional format."""
        key = repr(sorted(look.items()))
        return self._made.setdefault(key, self._workbook.add_format(dict(look)))

    def _style(self, number: str, look: Mapping[str, Any]) -> Any:
        key = number + repr(sorted(look.items()))
        if key not in self._made:
            properties = {"num_format": number, "valign": "top", "font_name": "Calibri", "font_color": INK}
            self._made[key] = self._workbook.add_format({**properties, "font_size": 10, **look})
        return self._made[key]
