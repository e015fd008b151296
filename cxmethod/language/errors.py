"""The base error: a code and its values, said in the engagement's language."""

from __future__ import annotations

from typing import Any

from cxmethod.language.words import Words


class CxError(Exception):
    """Something is wrong that a person can mend.

    Parameters
    ----------
    code : str
        Catalogue code of the sentence: what is wrong, where, what to do.
    words : Words, optional
        The language to say it in; English without it.
    **values
        What the sentence names.
    """

    def __init__(self, code: str, words: Words | None = None, **values: Any) -> None:
        self.code = code
        self.values = values
        self.words = words or Words()
        super().__init__(code)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the sentence alone."""
        return [str(self)]

    def __str__(self) -> str:
        return self.words.say(self.code, **self.values)
