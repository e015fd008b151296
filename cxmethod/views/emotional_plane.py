"""The picture of the method: the journey on the emotional plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import ALL
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult
from cxmethod.views import style
from cxmethod.views.labels import place_labels
from cxmethod.views.readings import red_points
from cxmethod.views.show import Shown, show_figure

_LOOK: dict[str, dict[str, Any]] = {
    "internal": {"marker": "s", "linestyle": (0, (4, 2)), "linewidth": 1.4, "markersize": 4.5, "zorder": 3},
    "before": {"marker": "^", "linestyle": (0, (1.5, 1.5)), "linewidth": 1.6, "markersize": 5.5, "zorder": 4},
    "after": {"marker": "o", "linestyle": "-", "linewidth": 2.6, "markersize": 6.5, "zorder": 5},
}
_KINDS = {"red": (style.RED, "D"), "value": (style.GREEN, "*")}
_LIMIT = 2.15


def emotional_plane(
    client: Engagement, result: TouchpointResult, moments: MomentResult | None = None, persona: str = ALL
) -> Shown:
    """Touchpoints along x in order, grouped by phase; emotion on y; one line a source, with its intervals.

    Red and value points are marked by colour, shape and name once `moments` is known. Points that rest on fewer than
    `min_n` customers are hollow.

    Parameters
    ----------
    persona : str
        Whose curve; ``all`` for everyone. Internal views are the same for all.
    """
    words = client.words
    emotions = result.emotions
    own = emotions[(emotions["persona"] == persona) | (emotions["source"] == "internal")].dropna(
        subset=["mean"]
    )
    places = result.journey.set_index("touchpoint")["position"]
    curves = {source: _curve(own, source, places) for source in _LOOK if (own["source"] == source).any()}
    kinds = _kinds(moments, persona)
    with style.house_style():
        title, width = red_points(client, result, moments), max(9.6, 2.4 + 0.52 * len(places))
        more = style.second_line(title, width)
        figure, axes = style.new_figure(width, 6.6 + more)
        style.frame(figure, left=1.1, right=1.3, top=1.22 + more, bottom=1.62)
        _plane(axes, result.journey, words)
        for source, curve in curves.items():
            _draw(axes, source, curve, client.settings.thresholds.min_n)
        _name_lines(axes, curves, words)
        if "after" in curves:
            _mark(axes, curves, kinds, result.journey.set_index("touchpoint")["name"])
        style.head(figure, title, words.say("plane.subtitle"), _note(client, curves, words))
    return show_figure(
        figure, alt=_alternative(curves, kinds, result, words), caption=_caption(client, persona, words)
    )


def _curve(own: pd.DataFrame, source: str, places: pd.Series) -> pd.DataFrame:
    curve = own[own["source"] == source].set_index("touchpoint").reindex(places.index)
    return curve.assign(x=places.to_numpy())


def _kinds(moments: MomentResult | None, persona: str) -> pd.DataFrame:
    if moments is None:
        return pd.DataFrame({"touchpoint": [], "kind": [], "status": []}).set_index("touchpoint")
    known = moments.moments
    whose = persona if (known["persona"] == persona).any() else ALL
    return known[known["persona"] == whose].set_index("touchpoint")[["kind", "status"]]


def _plane(axes: Axes, journey: pd.DataFrame, words: Words) -> None:
    axes.set_xlim(0.4, len(journey) + 0.6)
    axes.set_ylim(-_LIMIT, _LIMIT)
    for place, (_, phase) in enumerate(journey.groupby("phase_name", sort=False, dropna=False)):
        left, right = phase["position"].min() - 0.5, phase["position"].max() + 0.5
        if place % 2 == 0:
            axes.axvspan(left, right, color=style.BAND, zorder=0, linewidth=0)
        name: Any = phase["phase_name"].iloc[0]
        if not pd.isna(name):
            label = style.wrapped(str(name), max(int(5.6 * (right - left)), 10), 2)
            axes.text(
                (left + right) / 2, _LIMIT + 0.06, label, ha="center", va="bottom", fontsize=8.2,
                fontweight="bold", color=style.INK, linespacing=1.15,
            )  # fmt: skip
    axes.axhline(0, color=style.INK, linewidth=1.1, zorder=2)
    for level in (-2, -1, 1, 2):
        axes.axhline(level, color=style.FAINT, linewidth=0.6, zorder=1)
    axes.set_yticks([-2, -1, 0, 1, 2], [words.say(f"plane.level_{n}") for n in ("m2", "m1", "0", "p1", "p2")])
    names = [style.wrapped(str(name), 21, 2) for name in journey["name"]]
    axes.set_xticks(
        journey["position"],
        names,
        fontsize=8,
        linespacing=1.05,
        rotation=48,
        ha="right",
        rotation_mode="anchor",
    )
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(axis="x", pad=3)


def _draw(axes: Axes, source: str, curve: pd.DataFrame, min_n: int) -> None:
    colour, look = style.SOURCE_COLOURS[source], _LOOK[source]
    x, y = curve["x"].to_numpy(float), curve["mean"].to_numpy(float)
    axes.plot(
        x, y, color=colour, linestyle=look["linestyle"], linewidth=look["linewidth"], zorder=look["zorder"]
    )
    known = curve.dropna(subset=["low", "high"])
    if source == "internal":
        known = known.head(0)
    reach = np.abs(known[["low", "high"]].to_numpy(float).T - known["mean"].to_numpy(float))
    axes.errorbar(
        known["x"], known["mean"], yerr=reach, fmt="none", ecolor=colour, elinewidth=1.1, capsize=2.5, alpha=0.75,
        zorder=look["zorder"],
    )  # fmt: skip
    thin = (curve["n"] < min_n).to_numpy() & (source != "internal")
    for part, face in ((thin, "white"), (~thin, colour)):
        axes.plot(
            x[part], y[part], linestyle="none", marker=look["marker"], markersize=look["markersize"],
            markerfacecolor=face, markeredgecolor=colour, markeredgewidth=1.3, zorder=look["zorder"] + 1,
        )  # fmt: skip


def _name_lines(axes: Axes, curves: dict[str, pd.DataFrame], words: Words) -> None:
    """Each line is named at its end, pushed apart where two end together."""
    ends = {
        source: curve["mean"].dropna().iloc[-1]
        for source, curve in curves.items()
        if curve["mean"].notna().any()
    }
    heights = style.spread([float(end) for end in ends.values()], 0.5)
    for source, height in zip(ends, heights, strict=True):
        weight = "bold" if source == "after" else "normal"
        axes.annotate(
            style.wrapped(words.say(f"plane.{source}"), 17), (1, height), xycoords=("axes fraction", "data"),
            xytext=(8, 0), textcoords="offset points", color=style.SOURCE_COLOURS[source], fontsize=9,
            fontweight=weight, va="center", linespacing=1.1, annotation_clip=False,
        )  # fmt: skip


def _mark(axes: Axes, curves: dict[str, pd.DataFrame], kinds: pd.DataFrame, names: pd.Series) -> None:
    """Red and value points: larger, of their own shape, and named; suspected ones hollow."""
    marked = (
        curves["after"][["x", "mean"]].dropna().join(kinds[kinds["kind"].isin(list(_KINDS))], how="inner")
    )
    rows = marked.assign(name=names.reindex(marked.index)).to_dict("records")
    for row in rows:
        colour, marker = _KINDS[row["kind"]]
        sure = pd.notna(row["status"]) and row["status"] == "confirmed"
        face, size = colour if sure else "white", 15 if marker == "*" else 10
        axes.plot(
            row["x"], row["mean"], marker, color=colour, markerfacecolor=face, markersize=size, markeredgewidth=1.6,
            zorder=9,
        )  # fmt: skip
    place_labels(
        axes,
        marked["x"].to_numpy(float),
        marked["mean"].to_numpy(float),
        [style.wrapped(str(row["name"]), 16, 3) for row in rows],
        [_KINDS[row["kind"]][0] for row in rows],
        avoid=np.vstack([_traced(curve) for curve in curves.values()]),
        weight="bold",
    )


def _traced(curve: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Points all along a line and its intervals, so that no name is written across them."""
    known = curve.dropna(subset=["mean"])
    x = np.arange(known["x"].min(), known["x"].max() + 0.05, 0.1) if len(known) else np.array([])
    line = np.column_stack([x, np.interp(x, known["x"], known["mean"])]) if len(known) else np.empty((0, 2))
    bars = [known[["x", end]].dropna().to_numpy(float) for end in ("low", "high")]
    return np.vstack([line, *bars])


def _note(client: Engagement, curves: dict[str, pd.DataFrame], words: Words) -> str:
    parts = []
    for source, curve in curves.items():
        n = curve["n"].dropna()
        low, high = words.number(n.min(), 0), words.number(n.max(), 0)
        parts.append(
            words.say(
                "plane.n", source=words.say(f"code.{source}"), n=low if low == high else f"{low}–{high}"
            )
        )
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    parts.append(words.say("plane.legend", n=words.number(client.settings.thresholds.min_n, 0)))
    return " · ".join(parts)


def _caption(client: Engagement, persona: str, words: Words) -> str:
    if persona == ALL:
        return words.say("plane.caption")
    names = client.table("personas").set_index("persona")["name"]
    return words.say("plane.caption_persona", persona=names.get(persona, persona))


def _alternative(
    curves: dict[str, pd.DataFrame], kinds: pd.DataFrame, result: TouchpointResult, words: Words
) -> str:
    """The whole curve in words: what a reader who does not see it needs."""
    names = result.journey.set_index("touchpoint")["name"]
    lines = [words.say("plane.alt", n=len(names))]
    for source, curve in curves.items():
        known = curve["mean"].dropna()
        means = zip(names.reindex(known.index), known, strict=True)
        points = words.join(f"{name} {words.signed(mean)}" for name, mean in means)
        lines.append(words.say("plane.alt_line", source=words.say(f"plane.{source}"), points=points))
    for kind in _KINDS:
        marked = names[names.index.isin(kinds.index[kinds["kind"] == kind])]
        if len(marked):
            lines.append(words.say(f"plane.alt_{kind}", points=words.join(marked)))
    return " ".join(lines)
