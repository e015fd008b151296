"""A card for each persona: who they are, how many, what sets them apart, what they want — to hang on a wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from cxmethod.engagement import Engagement
from cxmethod.engagement.colour import readable_on_white
from cxmethod.language import Words
from cxmethod.steps.persona import PersonaResult
from cxmethod.views import style
from cxmethod.views.markup import paragraph
from cxmethod.views.persona_traits import strongest, trait_name, trait_value
from cxmethod.views.sentences import code, display
from cxmethod.views.show import Shown, show_figure
from cxmethod.views.text_fit import fitted

_WIDTH, _EDGE, _GAP = 9.4, 0.35, 0.4
_SIDE = 2.5
"""Inches of the column with the share."""
_LABEL, _BAR = 1.75, 1.15
"""Inches of a trait's name, and of the half of its bar."""
_SIZES = {"name": 17.0, "about": 9.5, "share": 25.0, "heading": 9.2, "text": 9.2, "small": 8.0, "quote": 11.5}
_LINE = 1.32 / 72
"""Inches of a line for each point of its size."""
_SECTIONS = ("goals", "needs", "frustrations")
_MARKS = {"measured": ("o", True), "observed": ("D", True), "assumed": ("o", False), "proposed": ("s", False)}
_WIDEST = 1.0
"""A large difference (0.8; Cohen 1988) fills most of a bar; greater ones share the scale of the greatest."""


@dataclass
class _Pen:
    """Text from the top of a card downwards, in inches."""

    figure: Figure
    height: float

    def write(self, x: float, y: float, lines: list[str], size: float, **look: Any) -> float:
        """Lines whose first begins at `y` inches from the top; where the next thing may begin."""
        for number, line in enumerate(lines):
            place = 1 - (y + number * size * _LINE) / self.height
            self.figure.text(x / _WIDTH, place, line, fontsize=size, va="top", **look)
        return y + len(lines) * size * _LINE


def persona_cards(client: Engagement, result: PersonaResult) -> None:
    """Show one card a persona, the greatest first; a sentence where there is none."""
    if result.personas.empty:
        text = client.words.say("personas.no_cards")
        display(Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {}))
    for persona in result.personas["persona"]:
        display(persona_card(client, result, str(persona)))


def persona_card(client: Engagement, result: PersonaResult, persona: str) -> Shown:
    """The card of one persona.

    Name, share with interval and n, evidence by shape and word, the strongest traits as bars from the average of the rest, goals,
    needs, frustrations, and the quote once it was approved. What nobody has asked yet stands there as such.
    """
    words = client.words
    card = _card(result, persona)
    traits = strongest(result, persona).to_dict("records")
    scale = max(_WIDEST, float(result.traits["difference"].abs().max()) if len(result.traits) else 0.0)
    with style.house_style():
        figure = _drawn(client, card, traits, scale)
    alt = _alternative(client, card, traits)
    return show_figure(figure, alt=alt, caption=words.say("personas.card_caption", name=card["name"]))


def _card(result: PersonaResult, persona: str) -> dict[str, Any]:
    whole = result.personas.merge(result.cards.drop(columns="name"), on="persona", how="left")
    rows = whole[whole["persona"] == persona].to_dict("records")
    return {str(key): None if pd.isna(value) else value for key, value in rows[0].items()}


def _drawn(client: Engagement, card: dict[str, Any], traits: list[dict[Any, Any]], scale: float) -> Figure:
    """Twice: once to know how tall it is, once at that height."""
    blank = Figure(figsize=(_WIDTH, 4))
    height = _fill(client, _Pen(blank, 4), card, traits, scale)
    figure = Figure(figsize=(_WIDTH, height))
    figure.add_artist(
        Rectangle(
            (0, 0), 0.09 / _WIDTH, 1, color=readable_on_white(client.settings.brand.colour), linewidth=0
        )
    )
    _fill(client, _Pen(figure, height), card, traits, scale)
    return figure


def _fill(
    client: Engagement, pen: _Pen, card: dict[str, Any], traits: list[dict[Any, Any]], scale: float
) -> float:
    """Everything on the card; its height."""
    words = client.words
    beside = _WIDTH - _EDGE - _SIDE
    wide = beside - _EDGE - _GAP
    y = pen.write(
        _EDGE,
        0.28,
        fitted(str(card["name"]), wide, _SIZES["name"], "bold"),
        _SIZES["name"],
        fontweight="bold",
    )
    about = fitted(str(card["description"] or ""), wide, _SIZES["about"])
    y = pen.write(_EDGE, y + 0.06, about, _SIZES["about"], color=style.QUIET)
    y = max(y, _share(client, pen, card, beside)) + 0.2
    pen.figure.add_artist(
        Line2D(
            [_EDGE / _WIDTH, 1 - _EDGE / _WIDTH], [1 - y / pen.height] * 2, color=style.FAINT, linewidth=0.8
        )
    )
    y += 0.16
    left = _EDGE
    bottom = y
    if traits:
        bottom = _bars(pen, traits, scale, y, words)
        left = _EDGE + _LABEL + 2 * _BAR + 1.3 + _GAP
    bottom = max(bottom, _sections(pen, card, left, y, side_by_side=not traits, words=words)) + 0.14
    if card["quote"]:
        quoted = words.say("personas.quote", quote=card["quote"])
        lines = fitted(quoted, _WIDTH - 2 * _EDGE - 0.2, _SIZES["quote"])
        bottom = pen.write(_EDGE, bottom, lines, _SIZES["quote"], color=style.AFTER) + 0.1
    notes = _notes(client, card, traits)
    lines = fitted(notes, _WIDTH - 2 * _EDGE, _SIZES["small"])
    return pen.write(_EDGE, bottom + 0.06, lines, _SIZES["small"], color=style.QUIET) + 0.16


def _share(client: Engagement, pen: _Pen, card: dict[str, Any], x: float) -> float:
    words = client.words
    y = pen.write(
        x, 0.26, [words.percent(card["share"])], _SIZES["share"], fontweight="bold", color=style.AFTER
    )
    lines = fitted(_share_said(client, card), _SIDE, _SIZES["text"])
    y = pen.write(x, y + 0.02, lines, _SIZES["text"])
    y += 0.1
    shape, full = _MARKS.get(str(card["evidence"]), ("s", False))
    place = 1 - (y + _SIZES["text"] * _LINE * 0.45) / pen.height
    mark = Line2D(
        [(x + 0.06) / _WIDTH], [place], marker=shape, markersize=7, color=style.INK, linestyle="none",
        markerfacecolor=style.INK if full else "white",
    )  # fmt: skip
    pen.figure.add_artist(mark)
    lines = fitted(
        words.say("personas.evidence", evidence=code(str(card["evidence"]), words)),
        _SIDE - 0.2,
        _SIZES["text"],
    )
    return pen.write(x + 0.2, y, lines, _SIZES["text"])


def _share_said(client: Engagement, card: dict[str, Any]) -> str:
    words, limits = client.words, client.settings.thresholds
    if card["n"] is None:
        return words.say("personas.share_hidden", least=words.number(limits.suppress_below, 0))
    n = words.number(card["n"], 0)
    if card["share"] is None:
        return words.say("personas.share_unknown", n=n)
    if card["low"] is None:
        return words.say(
            "personas.share_whole" if card["evidence"] == "measured" else "personas.share_said", n=n
        )
    low, high = words.percent(card["low"]), words.percent(card["high"])
    return words.say("personas.share_measured", low=low, high=high, n=n)


def _bars(pen: _Pen, traits: list[dict[Any, Any]], scale: float, y: float, words: Words) -> float:
    """Each trait's name, its bar to the right of the middle where they have more of it, and the figures behind."""
    middle = _EDGE + _LABEL + 0.1 + _BAR
    y = pen.write(
        _EDGE, y, [words.say("personas.apart")], _SIZES["heading"], fontweight="bold", color=style.AFTER
    )
    sides = (("personas.less_than", middle - 0.08, "right"), ("personas.more_than", middle + 0.08, "left"))
    for said, x, side in sides:
        pen.write(x, y + 0.02, [words.say(said)], _SIZES["small"], color=style.QUIET, ha=side)
    y += 0.02 + _SIZES["small"] * _LINE + 0.06
    top = y
    for row in traits:
        lines = fitted(trait_name(row, words), _LABEL, _SIZES["text"])
        tall = max(len(lines) * _SIZES["text"] * _LINE, 0.22)
        offset = (tall - len(lines) * _SIZES["text"] * _LINE) / 2
        pen.write(_EDGE, y + offset, lines, _SIZES["text"])
        long = _BAR * min(abs(row["difference"]) / scale, 1.0)
        more = row["difference"] > 0
        start = middle if more else middle - long
        pen.figure.add_artist(
            Rectangle(
                (start / _WIDTH, 1 - (y + tall / 2 + 0.07) / pen.height), long / _WIDTH, 0.14 / pen.height,
                facecolor=style.AFTER if more else "white", edgecolor=style.AFTER if more else style.BEFORE,
                hatch=None if more else "////", linewidth=0.8,
            )
        )  # fmt: skip
        figures = words.say(
            "personas.against",
            inside=trait_value(row, "share_or_mean", words),
            everyone=trait_value(row, "everyone", words),
        )
        offset = (tall - _SIZES["small"] * _LINE) / 2
        pen.write(middle + _BAR + 0.08, y + offset, [figures], _SIZES["small"])
        y += tall + 0.07
    pen.figure.add_artist(
        Line2D(
            [middle / _WIDTH] * 2,
            [1 - top / pen.height, 1 - (y - 0.04) / pen.height],
            color=style.INK,
            linewidth=0.8,
        )
    )
    return y


def _sections(
    pen: _Pen, card: dict[str, Any], left: float, y: float, *, side_by_side: bool, words: Words
) -> float:
    """Goals, needs and frustrations: under each other beside the traits, else in three columns."""
    wide = _WIDTH - _EDGE - left
    if side_by_side:
        wide = (wide - 2 * _GAP) / 3
    bottom, start = y, y
    for number, section in enumerate(_SECTIONS):
        x = left + number * (wide + _GAP) if side_by_side else left
        below = start if side_by_side else y
        heading = words.say(f"label.{section}")
        below = pen.write(x, below, [heading], _SIZES["heading"], fontweight="bold", color=style.AFTER)
        known = card[section]
        text = str(known) if known else words.say(f"personas.ask_{section}")
        colour = style.INK if known else style.QUIET
        y = (
            pen.write(x, below + 0.02, fitted(text, wide, _SIZES["text"]), _SIZES["text"], color=colour)
            + 0.12
        )
        bottom = max(bottom, y)
    return bottom


def _notes(client: Engagement, card: dict[str, Any], traits: list[dict[Any, Any]]) -> str:
    words, limits = client.words, client.settings.thresholds
    notes = []
    if traits:
        notes.append(words.say("personas.note_bars"))
    if card["certainty"] is not None:
        certainty = words.percent(card["certainty"])
        notes.append(
            words.say(
                "personas.note_found", certainty=certainty, stability=words.number(card["stability"], 2)
            )
        )
    if 0 < (card["n"] or 0) < limits.min_n:
        notes.append(words.say("personas.note_small", n=words.number(limits.min_n, 0)))
    if client.settings.date is not None:
        notes.append(words.date(client.settings.date))
    return " · ".join(notes)


def _alternative(client: Engagement, card: dict[str, Any], traits: list[dict[Any, Any]]) -> str:
    """The whole card in sentences."""
    words = client.words
    share = "" if card["share"] is None else words.percent(card["share"]) + " "
    evidence = words.say("personas.evidence", evidence=code(str(card["evidence"]), words))
    said = [f"{card['name']}.", f"{share}{_share_said(client, card)}.", f"{evidence}."]
    if card["description"]:
        said.append(str(card["description"]))
    if traits:
        each = [
            words.say(
                "personas.alt_trait", trait=trait_name(row, words), inside=trait_value(row, "share_or_mean", words),
                everyone=trait_value(row, "everyone", words),
            )
            for row in traits
        ]  # fmt: skip
        said.append(f"{words.say('personas.apart')}: {'; '.join(each)}.")
    said += [f"{words.say(f'label.{name}')}: {card[name]}" for name in _SECTIONS if card[name]]
    if card["quote"]:
        said.append(words.say("personas.quote", quote=card["quote"]))
    return " ".join(said)
