"""Spanish and English: sentences, numbers, dates, money, and the base error."""

from cxmethod.language.errors import CxError
from cxmethod.language.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "CxError", "Words"]
