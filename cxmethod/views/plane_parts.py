"""The parts of the emotional plane: ground, lines, blind spots, marks, and the strip of answers beneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from cxmethod.language import Words
from cxmethod.views import style
from cxmethod.views.key import Sign
from cxmethod.views.labels import place_labels
from cxmethod.views.phase_labels import LEADING, phases_of

LIMIT = 2.15
SMALL = 7.4
LOOK: dict[str, dict[str, Any]] = {
    "internal": {"marker": "s", "linestyle": (0, (4, 2)), "linewidth": 1.2, "markersize": 4.2, "zorder": 3},
    "before": {"marker": "^", "linestyle": (0, (1.5, 1.5)), "linewidth": 1.4, "markersize": 5, "zorder": 4},
    "after": {"marker": "o", "linestyle": "-", "linewidth": 2.4, "markersize": 6, "zorder": 5},
}
KINDS = {"red": (style.RED, "D"), "value": (style.GREEN, "*")}
_BESIDE = {"internal": -0.16, "before": 0.16, "after": 0.0}
_LEVELS = {-2: "m2", -1: "m1", 0: "0", 1: "p1", 2: "p2"}


@dataclass(frozen=True)
class Plane:
    """What one panel shows.

    Parameters
    ----------
    journey : DataFrame
        The touchpoints in order.
    curves : dict
        Source → its estimates by touchpoint, with `x`.
    kinds : DataFrame
        `kind` and `status` by touchpoint; empty before the moments are known.
    blind : DataFrame
        `mean_a`, `mean_b` and `descriptive` of the blind spots, by touchpoint.
    """

    journey: pd.DataFrame
    curves: dict[str, pd.DataFrame]
    kinds: pd.DataFrame
    blind: pd.DataFrame

    @property
    def names(self) -> pd.Series:
        """Names by touchpoint."""
        return self.journey.set_index("touchpoint")["name"]

    @property
    def marked(self) -> pd.DataFrame:
        """Red and value points on the curve of what was lived: `x`, `mean`, `kind`, `status`."""
        if "after" not in self.curves:
            return pd.DataFrame(columns=["x", "mean", "kind", "status", "negative_share"])
        known = self.curves["after"][["x", "mean"]].dropna()
        return known.join(self.kinds[self.kinds["kind"].isin(list(KINDS))], how="inner")


def curve(estimates: pd.DataFrame, source: str, journey: pd.DataFrame) -> pd.DataFrame:
    """One source's estimates along the journey; each a little beside the others, so that intervals stay apart."""
    places = journey.set_index("touchpoint")["position"]
    own = estimates[estimates["source"] == source].set_index("touchpoint").reindex(places.index)
    return own.assign(x=places.to_numpy(float) + _BESIDE[source])


def draw_ground(
    axes: Axes,
    journey: pd.DataFrame,
    words: Words,
    *,
    headed: bool = True,
    wordy: bool = True,
    lift: float = 4,
) -> None:
    """Phase bands, levels, and the neutral line; phase names so many points above where this panel is `headed`."""
    axes.set_xlim(0.4, max(len(journey), 1) + 0.6)
    axes.set_ylim(-LIMIT, LIMIT)
    for place, (_, phase) in enumerate(journey.groupby("phase_name", sort=False, dropna=False)):
        left, right = phase["position"].min() - 0.5, phase["position"].max() + 0.5
        if place % 2 == 0:
            axes.axvspan(left, right, color=style.BAND, zorder=0, linewidth=0)
    if headed:
        _name_phases(axes, journey, lift)
    axes.axhline(0, color=style.INK, linewidth=1.1, zorder=2)
    for level in (-2, -1, 1, 2):
        axes.axhline(level, color=style.FAINT, linewidth=0.6, zorder=1)
    shown = {level: code for level, code in _LEVELS.items() if wordy or level in (-2, 0, 2)}
    names = [
        words.say(f"plane.level_{code}") if wordy else words.signed(level, 0) for level, code in shown.items()
    ]
    axes.set_yticks(list(shown), names, fontsize=8.4)
    axes.spines[["left", "bottom"]].set_visible(False)


def _name_phases(axes: Axes, journey: pd.DataFrame, lift: float) -> None:
    inches = axes.get_position().width * axes.figure.get_figure(root=True).get_size_inches()[0]
    pitch = float(inches / np.ptp(axes.get_xlim()))
    labels = phases_of(journey, pitch)
    for text, middle in zip(labels.texts, labels.middles, strict=True):
        axes.annotate(
            text, (middle / pitch, LIMIT), xytext=(0, lift), textcoords="offset points", ha="center", va="bottom",
            fontsize=labels.size, fontweight="bold", color=style.INK, linespacing=LEADING, annotation_clip=False,
        )  # fmt: skip


def draw_curve(axes: Axes, source: str, own: pd.DataFrame) -> None:
    """A line with its points and their intervals, cut where the scale ends; thin evidence is hollow."""
    colour, look = style.SOURCE_COLOURS[source], LOOK[source]
    x, y = own["x"].to_numpy(float), own["mean"].to_numpy(float)
    axes.plot(
        x, y, color=colour, linestyle=look["linestyle"], linewidth=look["linewidth"], zorder=look["zorder"]
    )
    known = own.dropna(subset=["low", "high"])
    ends = known[["low", "high"]].clip(-2, 2)
    axes.vlines(
        known["x"], ends["low"], ends["high"], color=colour, linewidth=1.0, alpha=0.85, zorder=look["zorder"]
    )
    for end, beyond in (("low", known["low"] < -2), ("high", known["high"] > 2)):
        at = known[~beyond]
        axes.plot(
            at["x"], at[end], "_", color=colour, markersize=5, markeredgewidth=1.0, zorder=look["zorder"]
        )
    if source == "internal":
        alone = own[own["low"].isna()]
        axes.vlines(
            alone["x"],
            alone["minimum"],
            alone["maximum"],
            color=colour,
            linewidth=0.7,
            linestyle=":",
            zorder=3,
        )
    thin = (own["standing"] == "indicative").to_numpy(bool, na_value=False)
    for part, face in ((thin, "white"), (~thin, colour)):
        axes.plot(
            x[part], y[part], linestyle="none", marker=look["marker"], markersize=look["markersize"], markerfacecolor=face,
            markeredgecolor=colour, markeredgewidth=1.2, zorder=look["zorder"] + 1,
        )  # fmt: skip


def draw_blind(axes: Axes, plane: Plane) -> None:
    """From what we believe to what customers lived, hatched; where no test decided, dotted."""
    places = plane.journey.set_index("touchpoint")["position"]
    own = plane.blind.assign(x=places.reindex(plane.blind.index))
    untested = own["descriptive"].to_numpy(bool)
    for part, hatch in ((~untested, style.HATCH), (untested, style.DOTS)):
        low, high = (own.loc[part, ["mean_a", "mean_b"]].agg(end, axis=1) for end in ("min", "max"))
        axes.bar(
            own.loc[part, "x"], high - low, bottom=low, width=0.66, facecolor=style.SHADE, edgecolor=style.INTERNAL,
            hatch=hatch, linewidth=0.5, alpha=0.9, zorder=1.5,
        )  # fmt: skip


def draw_marks(axes: Axes, plane: Plane, words: Words, first: int = 1) -> list[tuple[str, str]]:
    """Red and value points: larger, of their own shape, and named; suspected ones hollow. The widest blind spot is named.

    Returns
    -------
    list of tuple of str
        Names, with their colours, that find no place: their points carry numbers, from `first` on.
    """
    marked, names = plane.marked, plane.names
    rows = marked.assign(name=names.reindex(marked.index)).to_dict("records")
    for row in rows:
        colour, marker = KINDS[row["kind"]]
        sure = pd.notna(row["status"]) and row["status"] != "suspected"
        face, size = colour if sure else "white", 14 if marker == "*" else 9
        axes.plot(
            row["x"], row["mean"], marker, color=colour, markerfacecolor=face, markersize=size, markeredgewidth=1.5, zorder=9,
        )  # fmt: skip
    x, y = marked["x"].to_list(), marked["mean"].to_list()
    texts = [_named(row, words) for row in rows]
    colours = [KINDS[row["kind"]][0] for row in rows]
    if len(plane.blind):
        widest = plane.blind.loc[[(plane.blind["mean_a"] - plane.blind["mean_b"]).abs().idxmax()]]
        at = plane.journey.set_index("touchpoint")["position"].reindex(widest.index)
        x.append(float(at.iloc[0]) + 0.33)
        y.append(float(widest[["mean_a", "mean_b"]].to_numpy(float).mean()))
        texts.append(style.wrapped(_blind_name(bool(widest["descriptive"].iloc[0]), words), 10))
        colours.append(style.INTERNAL)
    numbered = place_labels(
        axes, np.array(x, float), np.array(y, float), texts, colours, avoid=_traced(plane), weight="bold", size=7.8,
        others=_unnamed(plane), number=lambda count: words.number(first - 1 + count, 0),
    )  # fmt: skip
    return [(texts[place].replace("\n", " "), colours[place]) for place in numbered]


def _unnamed(plane: Plane) -> NDArray[np.float64]:
    """The points on the curves that carry no name."""
    known = {source: own[["x", "mean"]].dropna() for source, own in plane.curves.items()}
    if "after" in known:
        known["after"] = known["after"].drop(index=plane.marked.index)
    return np.vstack([np.empty((0, 2)), *(own.to_numpy(float) for own in known.values())])


def _blind_name(descriptive: bool, words: Words) -> str:
    return words.say("plane.blind_spot_maybe" if descriptive else "plane.blind_spot")


def _named(row: dict[Any, Any], words: Words) -> str:
    """A point's name; with what makes it red where its mean alone does not show it."""
    name = style.wrapped(str(row["name"]), style.letters_for([str(row["name"])], 4, 18))
    if row["status"] == "decided":
        return "\n".join([name, words.say("plane.decided")])
    if row["kind"] == "red" and row["mean"] >= 0 and pd.notna(row["negative_share"]):
        return "\n".join([name, words.say("plane.badly", share=words.percent(row["negative_share"]))])
    return name


def name_lines(axes: Axes, curves: dict[str, pd.DataFrame], words: Words) -> None:
    """Each line is named at its end, pushed apart where two end together."""
    ends = {source: own["mean"].dropna() for source, own in curves.items()}
    last = {source: float(known.iloc[-1]) for source, known in ends.items() if len(known)}
    height = axes.get_position().height * axes.figure.get_figure(root=True).get_size_inches()[1]
    heights = style.spread(list(last.values()), 0.36 * 2 * LIMIT / height)
    for source, place in zip(last, heights, strict=True):
        axes.annotate(
            style.wrapped(words.say(f"plane.{source}"), 17), (1, place), xycoords=("axes fraction", "data"), xytext=(8, 0),
            textcoords="offset points", color=style.SOURCE_COLOURS[source], fontsize=8.6,
            fontweight="bold" if source == "after" else "normal", va="center", linespacing=1.1, annotation_clip=False,
        )  # fmt: skip


def draw_answers(axes: Axes, curves: dict[str, pd.DataFrame], words: Words) -> None:
    """How many answered, by source and touchpoint, right beneath the plane."""
    for row, (source, own) in enumerate(curves.items()):
        place = -6 - 11 * row
        look: dict[str, Any] = {
            "textcoords": "offset points", "va": "top", "fontsize": 7.2, "color": style.SOURCE_COLOURS[source],
            "annotation_clip": False,
        }  # fmt: skip
        axes.annotate(
            words.say(f"plane.n_{source}"),
            (0, 0),
            xycoords="axes fraction",
            xytext=(-6, place),
            ha="right",
            **look,
        )
        for x, n in zip(own["x"].round(), own["n"], strict=True):
            text = words.number(n, 0) if pd.notna(n) else "—"
            axes.annotate(
                text, (x, 0), xycoords=("data", "axes fraction"), xytext=(0, place), ha="center", **look
            )


def signs(planes: list[Plane], words: Words, min_n: int) -> list[Sign]:
    """The marks that occur in these panels."""
    marked = pd.concat([plane.marked for plane in planes])
    suspected = marked["status"] == "suspected"
    found = [
        Sign(words.say(f"plane.key_{kind}{end}"), *KINDS[kind], hollow=bool(end))
        for kind in KINDS
        for end, part in (("", ~suspected), ("_suspected", suspected))
        if ((marked["kind"] == kind) & part).any()
    ]
    if any((own["standing"] == "indicative").any() for plane in planes for own in plane.curves.values()):
        found.append(
            Sign(words.say("plane.key_thin", n=words.number(min_n, 0)), style.AFTER, "o", hollow=True)
        )
    blind = pd.concat([plane.blind["descriptive"] for plane in planes]).astype(bool)
    if (~blind).any():
        found.append(Sign(words.say("plane.key_blind"), style.INTERNAL))
    if blind.any():
        found.append(Sign(words.say("plane.key_blind_maybe"), style.INTERNAL, hatch=style.DOTS))
    return found


def _traced(plane: Plane) -> NDArray[np.float64]:
    """Points all along the lines, their intervals and the neutral line, so that no name is written across them."""
    neutral = np.arange(0.5, len(plane.journey) + 0.6, 0.1)
    points = [np.column_stack([neutral, np.zeros_like(neutral)])]
    for own in plane.curves.values():
        known = own.dropna(subset=["mean"])
        if known.empty:
            continue
        x = np.arange(known["x"].min(), known["x"].max() + 0.05, 0.08)
        points.append(np.column_stack([x, np.interp(x, known["x"], known["mean"])]))
        sure = known.dropna(subset=["low", "high"])
        steps = np.linspace(0, 1, 9)
        low, high = sure["low"].clip(lower=-2).to_numpy(float), sure["high"].clip(upper=2).to_numpy(float)
        heights = low[:, None] + (high - low)[:, None] * steps
        points.append(np.column_stack([np.repeat(sure["x"].to_numpy(float), len(steps)), heights.ravel()]))
    return np.vstack(points)
