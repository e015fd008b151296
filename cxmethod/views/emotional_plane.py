"""The picture of the method: the journey on the emotional plane."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.views import style
from cxmethod.views.key import ROW, draw_key, key_rows
from cxmethod.views.labels import text_size
from cxmethod.views.numbered import list_numbered
from cxmethod.views.phase_labels import phases_of
from cxmethod.views.plane_parts import (
    LOOK,
    SMALL,
    Plane,
    curve,
    draw_answers,
    draw_blind,
    draw_curve,
    draw_ground,
    draw_marks,
    name_lines,
    signs,
)
from cxmethod.views.plane_words import (
    alternative,
    alternative_by_persona,
    note,
    personas_chart,
    plane_chart,
    subtitle,
)
from cxmethod.views.readings import personas_part, red_points
from cxmethod.views.show import Shown, show_figure, show_text

_KIND = ["kind", "status", "negative_share"]
_TURN = 48
_HEIGHT = 6.7
_PANEL = (1.25, 2.2)
_LONG, _ENDLESS, _SMALLEST = 34, 56, 6.7
"""Letters of a line beyond which names are written smaller, and on three lines; points of the smaller letters."""
_LEAST, _TALLER, _PHASES = 2.6, 3.6, 0.42
"""Inches that the plane has at least, also where names are long, and the phases' names above it in any case."""
_STRIP = 0.15
_HEADER = 0.2
_RIGHT = 1.22


def emotional_plane(
    client: Engagement,
    result: TouchpointResult,
    moments: MomentResult | None = None,
    persona: str = ALL,
    by: Literal["persona"] | None = None,
) -> Shown:
    """Touchpoints along x in order, grouped by phase; emotion on y; one line a source, with its intervals.

    Blind spots are hatched from what the company believes to what customers lived. Red and value points are marked by
    colour, shape and name once `moments` is known. Points that rest on fewer than `min_n` effective answers are hollow;
    intervals end where the scale does; beneath each touchpoint stands how many answered.

    Parameters
    ----------
    persona : str
        Whose curve; ``all`` for everyone. Internal views are the same for all.
    by : {"persona"}, optional
        One panel a persona instead, everyone's left out.
    """
    if by == "persona":
        return _by_persona(client, result, moments)
    words = client.words
    plane = _plane(result, moments, persona)
    with style.house_style():
        title = red_points(client, result, moments, persona)
        figure, (axes,) = _figure(plane, title, 1, _HEIGHT, words, client)
        draw_ground(axes, plane.journey, words)
        numbered = _draw(axes, plane, words)
        name_lines(axes, plane.curves, words)
        draw_answers(axes, plane.curves, words)
        _name_touchpoints(axes, plane, len(plane.curves))
        _head(figure, client, [plane], title, numbered)
    alt = alternative(plane, title, words)
    chart = plane_chart(client, plane, title)
    return show_figure(figure, alt=alt, caption=_caption(client, persona, words), chart=chart)


def _by_persona(client: Engagement, result: TouchpointResult, moments: MomentResult | None) -> Shown:
    words = client.words
    people = [persona for persona in result.emotions["persona"].unique() if persona != ALL]
    if not people:
        return show_text(words.say("plane.no_personas"))
    planes = {persona: _plane(result, moments, persona) for persona in people}
    title = personas_part(client, result)
    names = persona_names(client)
    first = next(iter(planes.values()))
    with style.house_style():
        figure, panels = _figure(first, title, len(planes), _HEIGHT, words, client)
        numbered: list[tuple[str, str]] = []
        for place, (axes, (persona, plane)) in enumerate(zip(panels, planes.items(), strict=True)):
            draw_ground(axes, plane.journey, words, headed=place == 0, wordy=False, lift=18)
            numbered += _draw(axes, plane, words, len(numbered) + 1)
            _name_persona(axes, names.get(persona, persona), plane, words)
            if place == 0:
                name_lines(axes, plane.curves, words)
        _name_touchpoints(panels[-1], first, 0)
        for axes in panels[:-1]:
            axes.set_xticks([])
        _head(figure, client, list(planes.values()), title, numbered)
    named = {names.get(persona, persona): plane for persona, plane in planes.items()}
    alt = alternative_by_persona(named, title, words)
    chart = personas_chart(client, named, title)
    return show_figure(figure, alt=alt, caption=words.say("plane.caption_personas"), chart=chart)


def persona_names(client: Engagement) -> dict[str, str]:
    """Names by persona key, as far as cards were written."""
    cards = client.table("personas")
    return dict(zip(cards["persona"], cards["name"], strict=True))


def _plane(result: TouchpointResult, moments: MomentResult | None, persona: str) -> Plane:
    emotions = result.emotions
    own = emotions[(emotions["persona"] == persona) | (emotions["source"] == "internal")].dropna(
        subset=["mean"]
    )
    curves = {
        source: curve(own, source, result.journey) for source in LOOK if (own["source"] == source).any()
    }
    gaps = result.gaps
    blind = gaps[(gaps["persona"] == persona) & gaps["blind_spot"]].set_index("touchpoint")
    kinds = pd.DataFrame(columns=["touchpoint", *_KIND])
    if moments is not None:
        kinds = moments.moments[moments.moments["persona"] == persona]
    return Plane(result.journey, curves, kinds.set_index("touchpoint")[_KIND], blind)


def _figure(
    plane: Plane, title: str, panels: int, height: float, words: Words, client: Engagement
) -> tuple[Figure, list[Axes]]:
    """An empty figure with its panels, whose margins leave room for the names as long as they are."""
    figure = Figure(figsize=(style.PAGE, height))
    names, size = _names(plane)
    texts = [text_size(figure, name, fontsize=size, linespacing=1.0) for name in names] or [(0.0, 0.0)]
    turn = np.deg2rad(_TURN)
    deep = max(width * np.sin(turn) + tall * np.cos(turn) for width, tall in texts)
    strip = _STRIP * len(plane.curves) if panels == 1 else 0.0
    key = ROW * len(key_rows(figure, signs([plane], words, client.settings.thresholds.min_n)))
    bottom = 0.62 + max(key, ROW) + deep + strip
    pitch = (style.PAGE - 1.05 - _RIGHT) / (len(plane.journey) + 0.2)
    overhang = max([width * np.cos(turn) - (place + 0.6) * pitch for place, (width, _) in enumerate(texts)])
    left = max(1.05, overhang + 0.12)
    pitch = (style.PAGE - left - _RIGHT) / (max(len(plane.journey), 1) + 0.2)
    phases = max(phases_of(plane.journey, pitch).height - _PHASES, 0.0)
    top = 1.30 + phases + style.second_line(title, style.PAGE) + (_HEADER if panels > 1 else 0)
    room = max(height - top - bottom, _LEAST if size == SMALL else _TALLER)
    if panels > 1:
        room = min(max(room / panels, _PANEL[0]), _PANEL[1]) * panels
    figure.set_size_inches(style.PAGE, top + bottom + room)
    axes = [figure.add_subplot(panels, 1, place + 1) for place in range(panels)]
    style.frame(figure, left=left, right=_RIGHT, top=top, bottom=bottom)
    figure.subplots_adjust(hspace=(_HEADER + 0.06) / (room / panels - _HEADER))
    return figure, axes


def _draw(axes: Axes, plane: Plane, words: Words, first: int = 1) -> list[tuple[str, str]]:
    draw_blind(axes, plane)
    for source, own in plane.curves.items():
        draw_curve(axes, source, own)
    return draw_marks(axes, plane, words, first)


def _names(plane: Plane) -> tuple[list[str], float]:
    """Touchpoints' names on as few letters a line as all of them allow, and the points of those letters.

    Two lines, of smaller letters where they are long; of what is hardly a name any more three, where there is room.
    """
    names = [str(name) for name in plane.journey["name"]]
    letters = style.letters_for(names, 2, 14)
    if letters > _ENDLESS:
        letters = style.letters_for(names, 3, 14)
    return [style.wrapped(name, letters) for name in names], SMALL if letters <= _LONG else _SMALLEST


def _name_touchpoints(axes: Axes, plane: Plane, rows: int) -> None:
    names, size = _names(plane)
    axes.set_xticks(
        plane.journey["position"],
        names,
        rotation=_TURN,
        ha="right",
        rotation_mode="anchor",
        color=style.INK,
        fontsize=size,
        linespacing=1.0,
    )
    axes.tick_params(axis="x", pad=4 + 11 * rows)


def _name_persona(axes: Axes, name: str, plane: Plane, words: Words) -> None:
    own = plane.curves.get("after", pd.DataFrame({"n": []}))["n"].dropna()
    text = (
        words.say("plane.panel", persona=name, n=spans(own, words))
        if len(own)
        else words.say("plane.panel_none", persona=name)
    )
    axes.annotate(
        text, (0, 1), xycoords="axes fraction", xytext=(0, 3), textcoords="offset points", fontsize=8.6, fontweight="bold",
        color=style.AFTER, va="bottom", annotation_clip=False,
    )  # fmt: skip


def spans(n: pd.Series, words: Words) -> str:
    """From the fewest answers to the most."""
    low, high = words.number(n.min(), 0), words.number(n.max(), 0)
    return low if low == high else f"{low}–{high}"


def _head(
    figure: Figure, client: Engagement, planes: list[Plane], title: str, numbered: list[tuple[str, str]]
) -> None:
    words, limits = client.words, client.settings.thresholds
    key = signs(planes, words, limits.min_n)
    list_numbered(figure, numbered, 0.52 + ROW * max(len(key_rows(figure, key)), 1), words)
    style.head(figure, title, subtitle(client), note(client, planes))
    draw_key(figure, key, 0.46)


def _caption(client: Engagement, persona: str, words: Words) -> str:
    if persona == ALL:
        return words.say("plane.caption")
    return words.say("plane.caption_persona", persona=persona_names(client).get(persona, persona))
