"""Results of every odd client, and their figures before they become bytes, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import pytest
from matplotlib.figure import Figure

import cxmethod
from cxmethod import views
from cxmethod.engagement import Engagement
from cxmethod.steps import check_thread, obtain_all
from cxmethod.steps.thread import Thread
from cxmethod.views.show import Shown

from .clients import CLIENTS, TELLING

Results = dict[str, Any]
Draw = Callable[[Engagement, Results], Shown]

FIGURES: dict[str, Draw] = {
    "emotional_plane": lambda c, r: views.emotional_plane(c, r["04_touchpoints"], r["05_moments_of_truth"]),
    "plane before moments": lambda c, r: views.emotional_plane(c, r["04_touchpoints"]),
    "driver_quadrant": lambda c, r: views.driver_quadrant(c, r["04_touchpoints"], r["05_moments_of_truth"]),
    "route_comparison": lambda c, r: views.route_comparison(c, r["02_relationship"]),
    "journey_graph": lambda c, r: views.journey_graph(c, r["02_relationship"]),
    "control_charts": lambda c, r: views.control_charts(c, r["09_monitoring"]),
}
MORE_FIGURES: dict[str, Draw] = {
    "charts of the mean": lambda c, r: views.control_charts(c, r["09_monitoring"], statistic="mean"),
    "charts of the distribution": lambda c, r: views.control_charts(
        c, r["09_monitoring"], statistic="distribution"
    ),
    "scores_by_wave": lambda c, r: views.scores_by_wave(c, r["09_monitoring"]),
    "before_after": lambda c, r: views.before_after(c, r["09_monitoring"]),
    "plane by persona": lambda c, r: views.emotional_plane(
        c, r["04_touchpoints"], r["05_moments_of_truth"], by="persona"
    ),
    "penalty_reward_chart": lambda c, r: views.penalty_reward_chart(
        c, r["04_touchpoints"], r["05_moments_of_truth"]
    ),
    "explosion": lambda c, r: views.explosion(c, r["00_scope"]),
    "strategy_map": lambda c, r: views.strategy_map(c, r["08_strategy"]),
    "theme_fit_map": lambda c, r: views.theme_fit_map(c, r["08_strategy"]),
    "alignment_slopes": lambda c, r: views.alignment_slopes(c, r["08_strategy"]),
    "slopes of importance": lambda c, r: views.alignment_slopes(c, r["08_strategy"], "importance"),
}
"""Figures that are drawn only where there is something to show."""
MODULES = (
    "emotional_plane",
    "driver_quadrant",
    "penalty_reward_chart",
    "route_comparison",
    "journey_graph",
    "control_charts",
    "scores_by_wave",
    "before_after",
    "alignment_slopes",
    "strategy_map",
    "theme_fit_map",
    "effort_impact",
    "frontier_chart",
    "roadmap_chart",
    "scope_figures",
)


@dataclass(frozen=True)
class Drawn:
    """A figure as it comes to be shown, and what goes with it."""

    figure: Figure
    alt: str
    caption: str
    title: str


@contextmanager
def catching() -> Iterator[list[Drawn]]:
    """The figures that are drawn meanwhile; no bytes are made of them."""
    style = import_module("cxmethod.views.style")
    caught: list[Drawn] = []
    titles: list[str] = []
    write = style.head

    def head(figure: Figure, title: str, *others: str) -> None:
        titles.append(title)
        write(figure, title, *others)

    def show(figure: Figure, *, alt: str, caption: str, chart: Any = None) -> Shown:
        caught.append(Drawn(figure, alt, caption, titles[-1]))
        return Shown({"text/plain": alt}, "figure", {"alt": alt, "caption": caption})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(style, "head", head)
        for name in MODULES:
            patch.setattr(import_module(f"cxmethod.views.{name}"), "show_figure", show)
        yield caught


@pytest.fixture(scope="session")
def computed(engagement, whole) -> Callable[[str], tuple[Engagement, Results]]:
    """Client and results by the client's name: one of `CLIENTS` or `TELLING`, ``demo`` or ``workshop``."""

    @cache
    def make(name: str) -> tuple[Engagement, Results]:
        if name in ("demo", "workshop"):
            own = whole(name, "es")
            return own.client, own.results
        client = engagement(**(CLIENTS | TELLING)[name])
        return client, obtain_all(client, save=False)

    return make


@pytest.fixture(scope="session")
def threaded(computed, whole) -> Callable[[str], Thread]:
    """What is open in the thread of a client."""

    @cache
    def make(name: str) -> Thread:
        return whole(name, "es").thread if name in ("demo", "workshop") else check_thread(computed(name)[0])

    return make


@pytest.fixture(scope="session")
def spoken(computed) -> Callable[[str, str], tuple[Engagement, Results]]:
    """Client and results, with the client speaking a language."""

    def make(name: str, language: str) -> tuple[Engagement, Results]:
        client, results = computed(name)
        return cxmethod.open(client.folder, language), results

    return make


@pytest.fixture(scope="session")
def drawn(spoken) -> Callable[[str, str, str], Drawn]:
    """The figure of a client in a language."""

    @cache
    def make(name: str, figure: str, language: str) -> Drawn:
        with catching() as caught:
            (FIGURES | MORE_FIGURES)[figure](*spoken(name, language))
        return caught[0]

    return make
