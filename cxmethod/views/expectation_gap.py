"""Expectation against experience: what customers hoped for, what they met, and how sure the difference is."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.steps.journey import ALL, touchpoints_in_order
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.views import style
from cxmethod.views.chart import Chart, estimates
from cxmethod.views.gap_phases import Named, phase_names, phase_runs, tallest
from cxmethod.views.markup import paragraph
from cxmethod.views.show import Shown, show_figure
from cxmethod.views.text_fit import NameColumn, name_column
from cxmethod.views.theme_rows import of_persona

_LOOK = {"exceeded": (style.GREEN, "^"), "disappointed": (style.RED, "v"), "met": (style.QUIET, "o")}
_WIDTH = 9.4
_ROW = 0.29
_BOTTOM = 1.02
_PANELS = {"dumbbell": (3.20, 2.21), "difference": (5.69, 1.55)}
"""Left edge and width, in inches; a wider column of names moves them to the right."""
_PHASE, _NAME, _SAID = 0.30, 3.10, 7.43
_PHASES, _NAMES, _WIDEST = 0.92, 1.85, 3.05
"""Inches across of the phases' names, and of the touchpoints'."""
_NAMED = (3, 2, 1)


def expectation_gap(client: Engagement, result: MotivationsResult, persona: str = ALL) -> Shown:
    """Each touchpoint in journey order: what was expected, what was met, and the difference with its interval.

    Only a difference that the signed-rank test tells apart is marked above (▲) or below (▼) expectation, by shape, colour
    and word; few customers are drawn hollow. Without the same customers before and after there is no picture but a
    sentence that says how to ask for it.

    Parameters
    ----------
    persona : str
        Whose expectations; ``all`` for everyone.
    """
    words = client.words
    table = result.disconfirmation
    own = table[table["persona"] == persona].reset_index(drop=True)
    if own.empty:
        limits = client.settings.thresholds
        needed, wanted = (words.number(n, 0) for n in (limits.suppress_below, limits.min_n))
        text = words.say("motivations.no_pairs", needed=needed, wanted=wanted)
        return Shown({"text/html": paragraph(text, "cx-nothing"), "text/plain": text}, "text", {})
    journey = touchpoints_in_order(client).set_index("touchpoint")[["name", "phase_name"]]
    own = own.join(journey, on="touchpoint").assign(y=range(len(own)))
    title = _title(client, own, persona)
    with style.house_style():
        figure = _drawn(client, own, title)
    return show_figure(
        figure,
        alt=_alternative(title, own, words),
        caption=words.say("motivations.gap_caption"),
        chart=_chart(client, own, title),
    )


def _drawn(client: Engagement, own: pd.DataFrame, title: str) -> Figure:
    words = client.words
    names = name_column(own["name"], width=_NAMES, widest=_WIDEST, row=_ROW, size=8.0)
    width = _WIDTH + names.width - _NAMES
    top = 1.2 + style.second_line(title, width)
    named = phase_names(own, names.row, _PHASES)
    row = max(names.row, tallest(own, named))
    rows = row * len(own)
    height = top + rows + _BOTTOM
    figure = Figure(figsize=(width, height))
    axes = {
        name: figure.add_axes(
            ((left + width - _WIDTH) / width, _BOTTOM / height, wide / width, rows / height)
        )
        for name, (left, wide) in _PANELS.items()
    }
    for one in axes.values():
        one.set_ylim(len(own) - 0.5, -0.5)
        one.spines[["left", "bottom"]].set_visible(False)
        one.set_yticks([])
        one.patch.set_visible(False)
    _phases(axes["dumbbell"], own, named)
    _dumbbells(axes["dumbbell"], own, names, words)
    _differences(axes["difference"], own, words)
    _said(axes["dumbbell"], own, words)
    confidence = words.percent(client.settings.thresholds.confidence)
    subtitle = words.say("motivations.gap_subtitle", confidence=confidence)
    style.head(figure, title, subtitle, _note(client, own))
    return figure


def _across(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Text at so many inches from the figure's left, beside a row."""
    axes.text(_share(axes, x), y, text, transform=axes.get_yaxis_transform(), clip_on=False, **look)


def _share(axes: Axes, inches: float) -> float:
    """Inches from the figure's left as a share of the panel."""
    figure, place = axes.get_figure(root=True), axes.get_position()
    assert figure is not None
    return float((inches / figure.get_figwidth() - place.x0) / place.width)


def _wider(axes: Axes) -> float:
    """Inches by which the column of names is wider than usual."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(figure.get_figwidth() - _WIDTH)


def _phases(axes: Axes, own: pd.DataFrame, named: Named) -> None:
    """A band for every other phase, across the whole picture, and its name."""
    edges = (_share(axes, _PHASE - 0.09), _share(axes, _WIDTH + _wider(axes) - 0.14))
    lines, size = named
    for number, (rows, text) in enumerate(zip(phase_runs(own), lines, strict=True)):
        above, below = rows["y"].iloc[0] - 0.5, rows["y"].iloc[-1] + 0.5
        if number % 2 == 0:
            axes.fill_between(
                edges, above, below, transform=axes.get_yaxis_transform(), color=style.BAND, linewidth=0,
                zorder=0, clip_on=False,
            )  # fmt: skip
        look: dict[str, Any] = {"fontsize": size, "fontweight": "bold", "color": style.QUIET}
        _across(axes, _PHASE, (above + below) / 2, "\n".join(text), va="center", linespacing=1.0, **look)


def _dumbbells(axes: Axes, own: pd.DataFrame, names: NameColumn, words: Words) -> None:
    axes.set_xlim(-2.15, 2.15)
    axes.axvline(0, color=style.QUIET, linewidth=0.9, zorder=1)
    levels = (-2, -1, 0, 1, 2)
    for level in levels:
        axes.axvline(level, color=style.FAINT, linewidth=0.6, zorder=1)
    axes.set_xticks(levels, [words.signed(level, 0) for level in levels], fontsize=8)
    for row, name in zip(own.to_dict("records"), names.texts, strict=True):
        colour, _ = _LOOK[row["verdict"]]
        shade = style.FAINT if row["verdict"] == "met" else colour
        ends = [row["before"], row["after"]]
        axes.plot(
            ends, [row["y"]] * 2, color=shade, linewidth=2.6, alpha=0.75, solid_capstyle="butt", zorder=2
        )
        for source, marker in (("before", "D"), ("after", "o")):
            own_colour = style.SOURCE_COLOURS[source]
            face = "white" if row["indicative"] else own_colour
            size = 5.2 if source == "before" else 7
            axes.plot(
                row[source], row["y"], marker, color=own_colour, markerfacecolor=face, markersize=size,
                markeredgewidth=1.3, zorder=4 if source == "before" else 3,
            )  # fmt: skip
        _across(
            axes,
            _NAME + _wider(axes),
            row["y"],
            name,
            ha="right",
            va="center",
            fontsize=names.size,
            linespacing=1.0,
        )
    _headings(axes, [("before", "◆", 0.24), ("after", "●", 0.76)], words)


def _headings(axes: Axes, keys: list[tuple[str, str, float]], words: Words) -> None:
    """What each mark stands for, above the panel."""
    for source, sign, place in keys:
        axes.annotate(
            f"{sign} {words.say(f'motivations.{source}')}", (place, 1), xycoords="axes fraction", xytext=(0, 7),
            textcoords="offset points", ha="center", fontsize=8.6, fontweight="bold", color=style.SOURCE_COLOURS[source],
        )  # fmt: skip


def _differences(axes: Axes, own: pd.DataFrame, words: Words) -> None:
    reach = float(own[["low", "high", "difference"]].abs().to_numpy(float).max())
    limit = max(reach * 1.1, 0.6)
    axes.set_xlim(-limit, limit)
    axes.axvline(0, color=style.QUIET, linewidth=0.9, zorder=1)
    axes.xaxis.set_major_locator(_few_ticks())
    axes.xaxis.set_major_formatter(lambda value, _: words.signed(value, 1))
    axes.tick_params(axis="x", labelsize=8)
    for row in own.to_dict("records"):
        colour, marker = _LOOK[row["verdict"]]
        axes.plot([row["low"], row["high"]], [row["y"]] * 2, color=colour, linewidth=1.6, zorder=2)
        axes.plot(
            row["difference"], row["y"], marker, color=colour, markersize=6.5, markeredgewidth=1.3, zorder=3,
            markerfacecolor="white" if row["indicative"] else colour,
        )  # fmt: skip
    axes.annotate(
        words.say("motivations.difference"), (0.5, 1), xycoords="axes fraction", xytext=(0, 7), ha="center",
        textcoords="offset points", fontsize=8.6, fontweight="bold", color=style.INK,
    )  # fmt: skip


def _few_ticks() -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4, symmetric=True, steps=[1, 2, 5, 10])


def _said(axes: Axes, own: pd.DataFrame, words: Words) -> None:
    """The verdict in a word, then the numbers."""
    for row in own.to_dict("records"):
        colour, _ = _LOOK[row["verdict"]]
        told = row["verdict"] != "met"
        verdict = words.say(f"motivations.verdict_{row['verdict']}")
        look: dict[str, Any] = {"color": colour, "fontweight": "bold" if told else "normal"}
        _across(axes, _SAID + _wider(axes), row["y"] - 0.2, verdict, va="center", fontsize=7.8, **look)
        numbers = words.say("motivations.numbers", n=words.number(row["n"], 0), **_signed(row, words))
        _across(
            axes, _SAID + _wider(axes), row["y"] + 0.23, numbers, va="center", fontsize=7, color=style.QUIET
        )


def _signed(row: dict[Any, Any], words: Words) -> dict[str, Any]:
    return {name: words.signed(row[name]) for name in ("difference", "low", "high")}


def _title(client: Engagement, own: pd.DataFrame, persona: str) -> str:
    """Where experience falls short of what was hoped for and where it goes beyond, as many names as two lines hold."""
    names = {
        verdict: [str(name) for name in own.loc[own["verdict"] == verdict, "name"]]
        for verdict in ("disappointed", "exceeded")
    }
    said = [_message(names, most, client.words) for most in _NAMED]
    said.append(client.words.say("motivations.title_counts", **_numbers(names, client.words)))
    telling = own[own["verdict"] != "met"] if any(names.values()) else own
    if telling["indicative"].all():
        said = [client.words.say("motivations.title_indicative", text=text) for text in said]
    whole = [of_persona(client, text, persona) for text in said]
    return next((text for text in whole if len(style.title_lines(text, _WIDTH)) <= 2), whole[-1])


def _numbers(names: dict[str, list[str]], words: Words) -> dict[str, Any]:
    return {verdict: words.number(len(each), 0) for verdict, each in names.items()}


def _message(names: dict[str, list[str]], most: int, words: Words) -> str:
    below, above = (_named(each, most, words) for each in names.values())
    found = [verdict for verdict, each in names.items() if each]
    code = "_and_".join(found) or "nothing"
    return words.say(f"motivations.title_{code}", below=below, above=above)


def _named(names: list[str], most: int, words: Words) -> str:
    if len(names) <= most:
        return words.join(names)
    return words.say(
        "reading.and_more", count=len(names) - most, names=", ".join(map(isolated, names[:most]))
    )


def _note(client: Engagement, own: pd.DataFrame) -> str:
    words, limits = client.words, client.settings.thresholds
    low, high = words.number(own["n"].min(), 0), words.number(own["n"].max(), 0)
    parts = [words.say("motivations.gap_n", n=low if low == high else f"{low}–{high}")]
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    parts.append(words.say("motivations.gap_rule", n=words.number(limits.min_n, 0)))
    return " · ".join(parts)


def _chart(client: Engagement, own: pd.DataFrame, title: str) -> Chart:
    """The differences, a series a verdict, so that each keeps its colour."""
    words = client.words
    columns = ("difference", "low", "high", "n")
    series = [
        estimates(words.say(f"motivations.verdict_{verdict}"), part, columns, marker, colour)
        for verdict, (colour, marker) in _LOOK.items()
        if (part := own.where(own["verdict"] == verdict))["difference"].notna().any()
    ]
    subtitle = words.say(
        "motivations.gap_subtitle", confidence=words.percent(client.settings.thresholds.confidence)
    )
    names = [str(name) for name in own["name"]]
    label = words.say("motivations.difference")
    return Chart("bar", title, subtitle, _note(client, own), "", names, label, "signed", series)


def _alternative(title: str, own: pd.DataFrame, words: Words) -> str:
    lines = [
        words.say(
            "motivations.gap_alt_point",
            name=row["name"], before=words.signed(row["before"]), after=words.signed(row["after"]),
            verdict=words.say(f"motivations.verdict_{row['verdict']}"), n=words.number(row["n"], 0),
            **_signed(row, words),
        )
        for row in own.to_dict("records")
    ]  # fmt: skip
    return " ".join([words.say("motivations.gap_alt", message=title), *lines])
