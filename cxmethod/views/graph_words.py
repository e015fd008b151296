"""What stands around the journey's picture: its key, its note, and all that it shows as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.stats.transitions import OUTCOMES
from cxmethod.steps.journey import ALL
from cxmethod.steps.relationship import RelationshipResult
from cxmethod.steps.route_findings import NOTABLE
from cxmethod.views import style
from cxmethod.views.graph_parts import COLOURS, Line, draw_line
from cxmethod.views.labels import text_size

Tables = Mapping[str, pd.DataFrame]
_TOLD = 12


def note(client: Engagement, result: RelationshipResult, own: Tables, persona: str) -> str:
    """n, what was left out, the rule of what is drawn, and how much of all moves that is."""
    words = client.words
    parts = own["moves"].groupby("outcome")["part"].sum()
    lines = [counted(client, result, persona)]
    covered = [
        words.say(f"graph.covered_{name}", share=words.percent(parts[name]))
        for name in OUTCOMES
        if parts.get(name, 0)
    ]
    if covered:
        lines.append(words.say("graph.note_rule", covered=words.join(covered)))
    if own["moves"]["share"].isna().any():
        lines.append(words.say("graph.note_hidden"))
    if is_thin(client, own):
        lines.append(words.say("graph.note_thin", min_n=words.number(client.settings.thresholds.min_n, 0)))
    lines.append(words.say("graph.note_association"))
    return " · ".join(lines)


def counted(client: Engagement, result: RelationshipResult, persona: str) -> str:
    """How many journeys there are, and how many are left out."""
    words, facts = client.words, result.facts
    if persona != ALL:
        return words.say("graph.note_persona")
    said: dict[str, Any] = {name: words.number(facts[name], 0) for name in OUTCOMES}
    text = words.say("graph.note_n", **said)
    left_out = words.say("graph.note_open", open=words.number(facts["open"], 0))
    return f"{text} · {left_out}" if facts["open"] else text


def caption(client: Engagement, persona: str) -> str:
    """What the picture is, and whose journeys it shows."""
    words = client.words
    if persona == ALL:
        return words.say("graph.caption")
    names = client.table("personas").set_index("persona")["name"]
    return words.say("graph.caption_persona", persona=str(names.get(persona, persona)))


def is_thin(client: Engagement, own: Tables) -> bool:
    """Whether either outcome rests on fewer journeys than make a measure."""
    return bool((journeys_of(own) < client.settings.thresholds.min_n).any())


def journeys_of(own: Tables) -> pd.Series:
    """Journeys by outcome, as far as they may be shown."""
    seen = own["visits"][own["visits"]["outcome"] != ALL].dropna(subset=["reach"])
    return (seen["journeys"] / seen["reach"]).astype(float).groupby(seen["outcome"]).max().round()


def draw_key(axes: Axes, height: float, marks: Mapping[str, str], words: Words) -> None:
    """The two kinds of line and the marks, drawn as they are."""
    x = 0.30
    for outcome in OUTCOMES:
        draw_line(axes, Line(outcome, 0.35, ((x, height), (x + 0.4, height))), thin=False)
        x = _say(
            axes, x + 0.46, height, f"{marks[outcome]} {words.say(f'graph.key_{outcome}')}", COLOURS[outcome]
        )
    signs = (
        ("v", style.INK, "starts"),
        ("", style.INK, "returns"),
        ("X", COLOURS["failure"], "ends"),
        ("s", COLOURS["success"], "ends_well"),
    )
    for marker, colour, name in signs:
        text = words.say(f"graph.key_{name}")
        if marker:
            axes.plot([x + 0.04], [height], marker, color=colour, markersize=6, markeredgewidth=0)
        x = _say(axes, x + 0.12 if marker else x, height, text if marker else f"↻ {text}", style.INK)


def _say(axes: Axes, x: float, y: float, text: str, colour: str) -> float:
    figure = axes.figure
    assert isinstance(figure, Figure)
    axes.text(x, y, text, fontsize=7.8, va="center", color=colour, zorder=7)
    return x + text_size(figure, text, fontsize=7.8)[0] + 0.2


def alternative(client: Engagement, own: Tables, names: pd.Series, title: str) -> str:
    """Title, routes, main moves of each outcome, returns, exits, in sentences."""
    words = client.words
    lines = [f"{title}."]
    cards = client.table("touchpoints")
    known = dict(zip(cards["touchpoint"].astype(str), cards["name"].astype(str), strict=True))
    likeliest = own["routes"][own["routes"]["rank"] == 0]
    for row in likeliest.to_dict("records"):
        stops = " → ".join(isolated(str(known.get(stop, stop))) for stop in str(row["route"]).split(" > "))
        lines.append(words.say("routes.alt_route", route=words.say(f"routes.{row['outcome']}"), stops=stops))
    lines += _moves_told(own["moves"], known, words)
    lines += _turns_told(own["visits"], set(names.index), known, words)
    return " ".join(lines)


def _moves_told(moves: pd.DataFrame, known: Mapping[str, str], words: Words) -> list[str]:
    told = []
    for outcome in OUTCOMES:
        most = moves[(moves["outcome"] == outcome) & (moves["source"] != moves["target"])]
        most = most.dropna(subset="share").sort_values("share", ascending=False, kind="stable").head(_TOLD)
        said = [
            words.say(
                "graph.alt_move",
                source=known.get(row["source"], row["source"]),
                target=known.get(row["target"], row["target"]),
                share=words.percent(row["share"]),
            )
            for row in most.to_dict("records")
        ]
        if said:
            told.append(words.say(f"graph.alt_moves_{outcome}", moves="; ".join(said)))
    return told


def _turns_told(visits: pd.DataFrame, drawn: set[str], known: Mapping[str, str], words: Words) -> list[str]:
    told = []
    for outcome in OUTCOMES:
        own = visits[(visits["outcome"] == outcome) & visits["touchpoint"].isin(drawn)]
        for measure in ("loops", "drop_off"):
            most = own[own[measure] >= NOTABLE].sort_values(measure, ascending=False, kind="stable")
            said = [
                words.say(
                    "graph.alt_point",
                    touchpoint=known.get(row["touchpoint"], row["touchpoint"]),
                    share=words.percent(row[measure]),
                )
                for row in most.to_dict("records")
            ]
            if said:
                told.append(words.say(f"graph.alt_{measure}_{outcome}", points="; ".join(said)))
    return told


def missing(client: Engagement, result: RelationshipResult, code: str) -> str:
    """Why there is no picture of journeys: too few of them ended, or, as `code` says, none is known."""
    words, ended = client.words, {name: int(result.facts[name]) for name in OUTCOMES}
    if not any(ended.values()):
        return words.say(code)
    told: dict[str, Any] = {name: words.number(n, 0) for name, n in ended.items()}
    needed = words.number(client.settings.thresholds.suppress_below, 0)
    return words.say("graph.too_few", needed=needed, **told)
