"""What several rooms share: engagements small enough to read, the demo made once, data beside the repository."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pytest
import yaml
from hypothesis import settings as hypothesis_settings

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.intake import take_in
from cxmethod.steps import check_thread, obtain_all
from cxmethod.steps.thread import Thread
from cxmethod.teaching.demo import demo_client_files, write_demo, write_workshop

# The same examples each time, and none fails for being slow on a busy machine.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.load_profile("steady")

SHARED = Path(__file__).parents[1].parent / "shared"

Answers = Mapping[str, Sequence[float | None]]
"""Touchpoint → one emotion a respondent, None where they do not know."""


class Engage(Protocol):
    """Write a tiny engagement and open it; see `engagement`."""

    def __call__(
        self,
        *,
        after: Answers | None = None,
        before: Answers | None = None,
        internal: Answers | None = None,
        outcome: Sequence[float] | None = None,
        settings: Mapping[str, Any] | None = None,
        decisions: Mapping[str, Any] | None = None,
        language: str = "en",
        **tables: str | pd.DataFrame | None,
    ) -> Engagement: ...


@pytest.fixture(scope="session")
def engagement(tmp_path_factory: pytest.TempPathFactory) -> Engage:
    """Write a tiny engagement and open it.

    Customers are ``c1``, ``c2`` …, people of the company ``s1``, ``s2`` …; `outcome` is by customer. A table is CSV
    text or a frame. Touchpoints and their one phase are made from the answers unless they are given; None leaves them
    out.
    """

    def make(
        *,
        after: Answers | None = None,
        before: Answers | None = None,
        internal: Answers | None = None,
        outcome: Sequence[float] | None = None,
        settings: Mapping[str, Any] | None = None,
        decisions: Mapping[str, Any] | None = None,
        language: str = "en",
        **tables: str | pd.DataFrame | None,
    ) -> Engagement:
        answers = {"internal": internal or {}, "before": before or {}, "after": after or {}}
        named = list(dict.fromkeys(touchpoint for own in answers.values() for touchpoint in own))
        made: dict[str, str | pd.DataFrame | None] = {}
        if named:
            made = {"phases": _PHASES, "touchpoints": _touchpoints(named), "ratings": _ratings(answers)}
        if outcome is not None:
            made["outcomes"] = pd.DataFrame({"respondent": _people("c", len(outcome)), "outcome": outcome})
        folder = tmp_path_factory.mktemp("client")
        (folder / "inputs").mkdir()
        for name, table in (made | tables).items():
            if table is not None:
                frame = _read(table) if isinstance(table, str) else table
                frame.to_csv(folder / "inputs" / f"{name}.csv", index=False, quoting=csv.QUOTE_ALL)
        agreed = {"client": "Acme", "language": language, **(settings or {})}
        (folder / "engagement.yaml").write_text(yaml.safe_dump(agreed, allow_unicode=True), encoding="utf-8")
        if decisions:
            text = yaml.safe_dump({"version": 1, **decisions}, allow_unicode=True)
            (folder / "decisions.yaml").write_text(text, encoding="utf-8")
        return cxmethod.open(folder)

    return make


_PHASES = "phase,name,order,question,stage\nvisit,Visit,1,interact,during"


def _touchpoints(named: list[str]) -> pd.DataFrame:
    order = range(1, len(named) + 1)
    names = [touchpoint.capitalize().replace("_", " ") for touchpoint in named]
    return pd.DataFrame({"touchpoint": named, "name": names, "phase": "visit", "order": order})


def _ratings(answers: Mapping[str, Answers]) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "respondent": _people("s" if source == "internal" else "c", len(emotions)),
                "touchpoint": touchpoint,
                "source": source,
                "emotion": emotions,
            }
        )
        for source, own in answers.items()
        for touchpoint, emotions in own.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _people(letter: str, count: int) -> list[str]:
    return [f"{letter}{number}" for number in range(1, count + 1)]


def _read(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text.strip()), dtype=str, keep_default_na=False, skipinitialspace=True)


@dataclass(frozen=True)
class Whole:
    """An engagement with everything computed and saved. Others use it too: copy its folder before you change it."""

    client: Engagement
    results: dict[str, Any]
    thread: Thread

    def speaking(self, language: str) -> Engagement:
        """The same engagement, opened in another language."""
        return cxmethod.open(self.client.folder, language)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Whole]:
    """The ``demo`` or ``workshop`` engagement in ``es`` or ``en``, made once."""

    @cache
    def make(kind: str, language: str) -> Whole:
        folder = tmp_path_factory.mktemp(kind) / "clinic"
        write = write_demo if kind == "demo" else write_workshop
        client = cxmethod.open(write(folder, language))
        if kind == "demo":
            take_in(client, demo_client_files())
        return Whole(client, obtain_all(client), check_thread(client))

    return make


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Path of a file in the folder `shared` beside the repository; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"shared/{name} is absent beside the repository")
        return path

    return find
