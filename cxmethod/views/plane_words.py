"""The emotional plane in words: what it rests on, and what a reader who does not see it needs."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.views.chart import Chart, Mark, Series, estimates
from cxmethod.views.plane_parts import KINDS, LOOK, Plane
from cxmethod.views.style import GREEN, RED, SOURCE_COLOURS

_ESTIMATES = ("mean", "low", "high", "n")


def subtitle(client: Engagement) -> str:
    """What is measured."""
    words = client.words
    return words.say("plane.subtitle", confidence=words.percent(client.settings.thresholds.confidence))


def note(client: Engagement, planes: list[Plane]) -> str:
    """How many answered, what kind of evidence that is, and when."""
    words = client.words
    parts = []
    for source in ("internal", "before", "after"):
        own = [plane.curves[source] for plane in planes if source in plane.curves]
        if not own:
            continue
        known = pd.concat(own).dropna(subset=["n"])
        low, high = words.number(known["n"].min(), 0), words.number(known["n"].max(), 0)
        kinds = [kind for kind in ("measured", "observed", "assumed") if (known["evidence"] == kind).any()]
        parts.append(
            words.say(
                f"plane.note_{source}", n=low if low == high else f"{low}–{high}",
                evidence=words.join(words.say(f"code.{kind}") for kind in kinds),
            )
        )  # fmt: skip
    if client.settings.date:
        parts.append(words.date(client.settings.date))
    return " · ".join(parts)


def alternative(plane: Plane, title: str, words: Words) -> str:
    """The message, and then each touchpoint in order."""
    lines = [words.say("plane.alt", title=title, count=len(plane.journey))]
    names = plane.names
    lines += [
        words.say("plane.alt_point", place=place, name=name, said="; ".join(_said(plane, str(key), words)))
        for place, (key, name) in enumerate(names.items(), start=1)
    ]
    return " ".join(lines)


def alternative_by_persona(planes: dict[str, Plane], title: str, words: Words) -> str:
    """The message, and then each persona's means in order."""
    lines = [words.say("plane.alt_personas", title=title, count=len(planes))]
    for persona, plane in planes.items():
        known = plane.curves["after"]["mean"].dropna() if "after" in plane.curves else pd.Series(dtype=float)
        means = zip(plane.names.reindex(known.index), known, strict=True)
        points = words.join(f"{name} {words.signed(mean)}" for name, mean in means)
        lines.append(
            words.say("plane.alt_line", persona=persona, points=points or words.say("plane.alt_none"))
        )
        lines += [
            words.say(f"plane.alt_{kind}", points=words.join(plane.names.reindex(own.index)))
            for kind in KINDS
            if len(own := plane.marked[plane.marked["kind"] == kind])
        ]
    return " ".join(lines)


def _said(plane: Plane, key: str, words: Words) -> list[str]:
    """What is known of one touchpoint, the customers' experience first."""
    said = []
    for source in ("after", "before", "internal"):
        row = dict(plane.curves[source].loc[key].items()) if source in plane.curves else {}
        if pd.isna(row.get("mean")):
            continue
        values = {name: words.signed(row[name]) for name in ("mean", "low", "high")}
        bare = "_bare" if pd.isna(row["low"]) else ""
        n = words.number(row["n"], 0)
        said.append(
            words.say(
                f"plane.alt_{source}{bare}", n=n, mean=values["mean"], low=values["low"], high=values["high"]
            )
        )
    if key in plane.marked.index:
        kind, status = (plane.marked[name][key] for name in ("kind", "status"))
        said.append(words.say(f"plane.alt_{kind}_{'suspected' if status == 'suspected' else 'sure'}"))
    if key in plane.blind.index:
        maybe = "_maybe" if plane.blind["descriptive"][key] else ""
        said.append(words.say(f"plane.alt_blind{maybe}"))
    return said or [words.say("plane.alt_none")]


def plane_chart(client: Engagement, plane: Plane, title: str) -> Chart:
    """The plane's data: a line a source, with red points, value points and blind spots as annotations."""
    words = client.words
    series = [
        estimates(
            words.say(f"plane.{source}"),
            _within(own),
            _ESTIMATES,
            LOOK[source]["marker"],
            SOURCE_COLOURS[source],
            hollow=_thin(own),
        )
        for source, own in plane.curves.items()
    ]
    marks = [
        Mark(
            str(plane.names[key]),
            mean,
            words.say(f"plane.key_{kind}{'_suspected' if status == 'suspected' else ''}"),
            {"red": RED, "value": GREEN}[kind],
            status == "suspected",
        )
        for key, mean, kind, status in plane.marked[["mean", "kind", "status"]].itertuples(name=None)
    ]
    blind = plane.names.reindex(plane.blind.index)
    spots = [
        Mark(
            str(name),
            mean,
            words.say("plane.blind_spot_maybe" if descriptive else "plane.blind_spot"),
            SOURCE_COLOURS["internal"],
        )
        for name, mean, descriptive in zip(
            blind, plane.blind["mean_b"], plane.blind["descriptive"], strict=True
        )
    ]
    return _chart(client, [plane], title, series, [*marks, *spots])


def _within(own: pd.DataFrame) -> pd.DataFrame:
    """Intervals that end where the scale does, as the figure draws them."""
    return own.assign(low=own["low"].clip(lower=-2), high=own["high"].clip(upper=2))


def _thin(own: pd.DataFrame) -> bool:
    """Whether a whole line is indicative: a native chart draws the points of a line alike."""
    return bool(len(own)) and bool((own["standing"] == "indicative").all())


def personas_chart(client: Engagement, planes: dict[str, Plane], title: str) -> Chart:
    """A line a persona, of what each lived."""
    series = [
        estimates(name, _within(own), _ESTIMATES, hollow=_thin(own))
        for name, plane in planes.items()
        if (own := plane.curves.get("after")) is not None
    ]
    return _chart(client, list(planes.values()), title, series, [])


def _chart(
    client: Engagement,
    planes: list[Plane],
    title: str,
    series: list[Series],
    annotations: list[Mark],
) -> Chart:
    names = [str(name) for name in planes[0].names]
    label = client.words.say("plane.y")
    said = " · ".join(part for part in (note(client, planes), _phases(planes[0], client.words)) if part)
    return Chart("line", title, subtitle(client), said, "", names, label, "signed", series, annotations)


def _phases(plane: Plane, words: Words) -> str:
    """The phases in order with how many touchpoints each has: a native chart has no bands to name."""
    sizes = plane.journey.groupby("phase_name", sort=False)["touchpoint"].size()
    phases = words.join(f"{name} ({words.number(size, 0)})" for name, size in sizes.items())
    return words.say("plane.chart_phases", phases=phases) if phases else ""
