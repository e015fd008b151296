"""What was taken in a moment ago, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

from cxmethod.views.markup import paragraph
from cxmethod.views.show import Shown


def arrivals(sentences: Sequence[str]) -> Shown:
    """The sentences of an intake, as `cxmethod.intake.renew` gives them."""
    text = "\n".join(sentences)
    return Shown(
        {"text/html": "".join(paragraph(line, "cx-arrival") for line in sentences), "text/plain": text},
        "text",
        {},
    )
