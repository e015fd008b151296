"""How one engagement speaks: its sentences, and its numbers, dates and money in its locale."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cxmethod.language.catalogue import sentence
from cxmethod.language.direction import isolated

LANGUAGES = ("es", "en")
UNKNOWN = "—"
_SOUNDS_AS_I = re.compile(r"h?[ií](?!e)", re.IGNORECASE)
"""Before this sound Spanish says «e», not «y»."""


@dataclass(frozen=True)
class Words:
    """A language with the locale and currency that its numbers take.

    Parameters
    ----------
    language : {"es", "en"}
    locale : str, optional
        CLDR locale such as ``es_CO``; the plain language without it.
    currency : str, optional
        ISO 4217 code.
    """

    language: str = "en"
    locale: str | None = None
    currency: str | None = None

    @property
    def cldr(self) -> str:
        """The locale that formats numbers: the declared one where it is of this language."""
        if self.locale and self.locale.split("_")[0] == self.language:
            return self.locale
        return self.language

    def say(self, code: str, *, count: float | None = None, **values: Any) -> str:
        """The sentence of `code` with its values, in this language; plural by `count`.

        A value that runs from right to left is isolated, so that what stands beside it stays in its place.
        """
        text = sentence(self.language, code, count)
        given = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
        return text.format(count=self.number(count, 0) if count is not None else "", **given)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for `code`."""
        try:
            sentence(self.language, code)
        except (KeyError, FileNotFoundError):
            return False
        return True

    def number(self, value: float | None, digits: int = 1) -> str:
        """A number with a fixed count of decimals; a dash when unknown."""
        if _unknown(value):
            return UNKNOWN
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        rounded = _rounded(value, digits)
        return str(format_decimal(rounded, format=pattern, locale=self.cldr)).replace("-", "−")

    def signed(self, value: float | None, digits: int = 1) -> str:
        """A number that shows its plus sign."""
        text = self.number(value, digits)
        return f"+{text}" if not _unknown(value) and _rounded(value, digits) > 0 else text

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share of one as a percentage."""
        if _unknown(share):
            return UNKNOWN
        from babel.numbers import format_percent

        pattern = (
            "#,##0" + ("." + "0" * digits if digits else "") + ("\u00a0%" if self.language == "es" else "%")
        )
        rounded = _rounded(share, digits + 2)
        text = str(format_percent(rounded, format=pattern, locale=self.cldr))
        return text.replace("-", "−")

    def p_value(self, value: float | None) -> str:
        """A p value: three decimals, or below 0.001."""
        if _unknown(value):
            return UNKNOWN
        return f"<\u00a0{self.number(0.001, 3)}" if float(value) < 0.001 else self.number(value, 3)  # type: ignore[arg-type]

    def money(self, amount: float | None) -> str:
        """An amount in the engagement's currency, without cents."""
        if _unknown(amount):
            return UNKNOWN
        if not self.currency:
            return self.number(amount, 0)
        from babel.numbers import format_currency

        return str(
            format_currency(
                _rounded(amount, 0),
                self.currency,
                format="¤¤\u00a0#,##0",
                locale=self.cldr,
                currency_digits=False,
            )
        ).replace("-", "−")

    def date(self, day: datetime.date | None) -> str:
        """A date in words of this language."""
        if day is None or day != day:  # NaT is a date that equals nothing
            return UNKNOWN
        from babel.dates import format_date

        return str(format_date(day, format="long", locale=self.cldr))

    def join(self, items: Iterable[Any]) -> str:
        """``a, b and c`` in this language."""
        from babel.lists import format_list

        texts = [isolated(str(item)) for item in items]
        text = str(format_list(texts, locale=self.cldr)) if texts else UNKNOWN
        if self.language == "es" and len(texts) > 1 and _SOUNDS_AS_I.match(texts[-1]):
            return f"{text[: -len(texts[-1])].removesuffix(' y ')} e {texts[-1]}"
        return text

    def interval(self, low: float | None, high: float | None, digits: int = 1) -> str:
        """The two limits of an interval; a dash when there is none."""
        if _unknown(low) or _unknown(high):
            return UNKNOWN
        return self.say("words.interval", low=self.number(low, digits), high=self.number(high, digits))


def _rounded(value: float | None, digits: int) -> Decimal:
    """`value` as a spreadsheet shows it: a half goes away from 0, and the dust of binary fractions is no half."""
    exact = Decimal(repr(round(float(value or 0), 12)))
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def _unknown(value: Any) -> bool:
    if value is None:
        return True
    try:
        return not math.isfinite(float(value))
    except (TypeError, ValueError):
        return True
