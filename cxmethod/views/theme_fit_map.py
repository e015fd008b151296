"""The promise's attributes against the touchpoints: which cues keep it, which break it, and where none was noted."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.strategy import StrategyResult
from cxmethod.steps.theme_audit import MOMENT
from cxmethod.views import style
from cxmethod.views.key import Sign, draw_key
from cxmethod.views.readings import named
from cxmethod.views.show import Shown, show_figure, show_text
from cxmethod.views.text_fit import NameColumn, name_column

UNNAMED = ""
"""Column of the cues that name no attribute."""

_SIGNS = {
    "serves": ("▲", "^", style.GREEN),
    "breaks": ("▼", "v", style.RED),
    "neither": ("●", "o", style.QUIET),
}
"""Letter, Matplotlib's mark and colour: the sign is said by shape and number, the colour only repeats it."""

_ROW = 0.29
_NAMES, _WIDEST = 3.1, 4.2
_HEADING = 0.46
"""Inches of the attributes' names in any case."""
_COLUMNS = (0.85, 1.75)
"""A column's width in inches: the least, and the most."""


def theme_fit_map(client: Engagement, result: StrategyResult) -> Shown:
    """Touchpoints down, attributes across; the mean fit of the cues of each, a frame where the promise breaks at a moment of truth."""
    words = client.words
    own, cells = result.touchpoints.reset_index(drop=True), _cells(result.cues)
    if cells.empty:
        return show_text(words.say("strategies.theme_nothing"))
    columns = _columns(result, cells, words)
    title = _title(result, words)
    with style.house_style():
        rows = name_column(own["name"], width=_NAMES - 0.4, widest=_WIDEST - 0.4, row=_ROW, size=8.4)
        names = rows.width + 0.4
        width = max(style.PAGE, names + 0.3 + _COLUMNS[0] * len(columns))
        column = min(_COLUMNS[1], (width - names - 0.3) / len(columns))
        headings = name_column(
            columns.values(), width=column - 0.08, widest=column - 0.08, row=_HEADING, size=8.4, weight="bold"
        )
        top = 1.7 + headings.row - _HEADING + style.second_line(title, width)
        bottom, height = 0.85, rows.row * len(own)
        down = top + bottom + height
        figure = Figure(figsize=(width, down))
        place = (names / width, bottom / down, column * len(columns) / width, height / down)
        axes = figure.add_axes(place)
        axes.set(xlim=(0, len(columns)), ylim=(len(own), 0))
        axes.axis("off")
        _headings(axes, result, columns, headings, words)
        _names(axes, own, rows, len(columns))
        for cell in cells.to_dict("records"):
            _draw(axes, list(columns).index(cell["attribute"]), own, cell, words)
        style.head(figure, title, words.say("strategies.theme_subtitle"), _note(client, result))
        draw_key(figure, _key(own, cells, words), 0.42)
    alt = words.say("strategies.theme_alt", title=title, points=_told(own, cells, columns, words))
    return show_figure(figure, alt=alt, caption=words.say("strategies.theme_caption"))


def _cells(cues: pd.DataFrame) -> pd.DataFrame:
    """One row a touchpoint and attribute with a known fit: a cue against the promise is not averaged away."""
    known = cues.dropna(subset=["fit"])
    known = known.assign(
        attribute=known["attribute"].fillna(UNNAMED), serves=known["fit"] > 0, breaks=known["fit"] < 0
    )
    table = known.groupby(["touchpoint", "attribute"], sort=False, as_index=False).agg(
        fit=("fit", "mean"),
        n=("fit", "size"),
        serves=("serves", "sum"),
        breaks=("breaks", "sum"),
        contradiction=("contradiction", "any"),
    )
    effect = pd.Series("neither", table.index).mask(table["serves"] > 0, "serves")
    return table.assign(effect=effect.mask(table["breaks"] > 0, "breaks"))


def _columns(result: StrategyResult, cells: pd.DataFrame, words: Words) -> dict[str, str]:
    """Key → heading: the promised attributes in their order, and the cues that name none last."""
    columns = {str(name): str(name) for name in result.attributes["attribute"]}
    if (cells["attribute"] == UNNAMED).any():
        columns[UNNAMED] = words.say("strategies.theme_unnamed" if columns else "strategies.theme_all")
    return columns


def _headings(
    axes: Axes, result: StrategyResult, columns: dict[str, str], headings: NameColumn, words: Words
) -> None:
    counts = {row["attribute"]: row for row in result.attributes.to_dict("records")}
    for x, (key, text) in enumerate(zip(columns, headings.texts, strict=True)):
        if key in counts:
            kept, broken = (words.number(counts[key][name], 0) for name in ("positive", "negative"))
            text = text + "\n" + words.say("strategies.theme_counts", positive=kept, negative=broken)
        axes.annotate(
            text, (x + 0.5, 0), xytext=(0, 5), textcoords="offset points", ha="center", va="baseline",
            fontsize=headings.size, fontweight="bold", linespacing=1.1,
        )  # fmt: skip


def _names(axes: Axes, own: pd.DataFrame, names: NameColumn, columns: int) -> None:
    for y, (name, kind) in enumerate(zip(names.texts, own["kind"], strict=True)):
        axes.add_patch(Rectangle((0, y), columns, 1, facecolor=style.BAND, linewidth=0, visible=y % 2 == 0))
        moment = kind in MOMENT
        axes.annotate(
            name, (0, y + 0.5), xytext=(-18, 0), textcoords="offset points", ha="right", va="center",
            fontsize=names.size, linespacing=1.0, fontweight="bold" if moment else "normal",
        )  # fmt: skip
        if moment:
            axes.plot(-9 / 72 / _inches(axes), y + 0.5, "D", color=style.INK, markersize=4, clip_on=False)


def _inches(axes: Axes) -> float:
    """Inches of one column."""
    figure = axes.get_figure()
    assert figure is not None
    width = axes.get_position().width * figure.get_figwidth()  # type: ignore[union-attr]
    return float(width / axes.get_xlim()[1])


def _draw(axes: Axes, x: int, own: pd.DataFrame, cell: dict[Any, Any], words: Words) -> None:
    y = int(own.index[own["touchpoint"] == cell["touchpoint"]][0])
    sign, _, colour = _SIGNS[cell["effect"]]
    corner, tint = (x + 0.04, y + 0.08), 0.10 + 0.10 * abs(cell["fit"])
    axes.add_patch(Rectangle(corner, 0.92, 0.84, facecolor=colour, alpha=tint, linewidth=0, zorder=2))
    if cell["contradiction"]:
        axes.add_patch(
            Rectangle(corner, 0.92, 0.84, fill=False, edgecolor=style.RED, linewidth=1.8, zorder=3)
        )
    text = f"{sign} {words.signed(cell['fit'])}" + (
        f"  ({words.number(cell['n'], 0)})" if cell["n"] > 1 else ""
    )
    axes.text(x + 0.5, y + 0.52, text, ha="center", va="center", fontsize=8.4, color=style.INK, zorder=4)


def _title(result: StrategyResult, words: Words) -> str:
    """Where the promise is broken and it decides; else what is promised and met by nothing; else where it is broken at all."""
    cues, met = result.cues, result.attributes
    at_moment = [str(name) for name in cues.loc[cues["contradiction"], "name"].drop_duplicates()]
    if at_moment:
        n = len(at_moment)
        names = named(at_moment, words)
        return words.say("strategies.theme_title_contradiction", count=n, n=words.number(n, 0), names=names)
    unmet = [str(name) for name in met.loc[met["positive"] == 0, "attribute"]]
    if unmet and cues["attribute"].notna().any():
        return words.say("strategies.theme_title_broken", names=named(unmet, words))
    elsewhere = [str(name) for name in cues.loc[cues["fit"] < 0, "name"].drop_duplicates()]
    if elsewhere:
        return words.say("strategies.theme_title_elsewhere", names=named(elsewhere, words))
    return words.say("strategies.theme_title_kept")


def _key(own: pd.DataFrame, cells: pd.DataFrame, words: Words) -> list[Sign]:
    found = [
        Sign(words.say(f"strategies.theme_key_{effect}"), colour, marker)
        for effect, (_, marker, colour) in _SIGNS.items()
        if (cells["effect"] == effect).any()
    ]
    if own["kind"].isin(MOMENT).any():
        found.append(Sign(words.say("strategies.theme_key_moment"), style.INK, "D"))
    if cells["contradiction"].any():
        found.append(Sign(words.say("strategies.theme_key_contradiction"), style.RED, "s", hollow=True))
    return found


def _note(client: Engagement, result: StrategyResult) -> str:
    words, n = client.words, len(result.cues)
    parts = [words.say("strategies.theme_note", count=n, n=words.number(n, 0))]
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def _told(own: pd.DataFrame, cells: pd.DataFrame, columns: dict[str, str], words: Words) -> str:
    """Every touchpoint that has a cue, with each attribute's sign and number."""
    names = own.set_index("touchpoint")["name"]
    signs = {effect: words.say(f"strategies.theme_key_{effect}") for effect in _SIGNS}
    lines = []
    for key in names.index[names.index.isin(cells["touchpoint"])]:
        told = words.join(
            words.say(
                "strategies.theme_alt_cell",
                attribute=columns[cell["attribute"]],
                fit=f"{words.signed(cell['fit'])} ({signs[cell['effect']]})",
            )
            for cell in cells[cells["touchpoint"] == key].to_dict("records")
        )
        lines.append(words.say("strategies.theme_alt_row", name=str(names[key]), cells=told))
    return " ".join(lines)
