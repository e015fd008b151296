"""What is saved is used while it is fresh; an edit makes its steps stale, and those that build on them."""

from __future__ import annotations

import shutil
from importlib import import_module
from typing import Any

import pytest

import cxmethod
from cxmethod.engagement import TABLES, Engagement
from cxmethod.steps import STEPS, check_thread, compute, obtain, obtain_all
from cxmethod.steps.obtain import stale_steps

obtaining = import_module("cxmethod.steps.obtain")

TABLES_OF_SMALL = {
    "processes": "process,name,owner\nadmit,Admission,Ana",
    "touchpoint_processes": "touchpoint,process\ndesk,admit",
    "initiatives": "initiative,name,touchpoints,cost\nhost,A host,desk,10",
    "waves": "wave,touchpoint,n,negative\nw1,desk,50,10",
    "theme_cues": "touchpoint,cue,fit\ndesk,The queue,-1",
    "motivations": "motivation,kind,text,evidence\nm1,worry,Will it hurt?,observed",
}
ANSWERS = {"desk": [1, -1, 0, 1, -2], "web": [1, 2, 1, 0, 1]}


@pytest.fixture(scope="module")
def computed(engagement) -> Engagement:
    """A few answers, a process, an initiative, waves; everything computed and saved."""
    client = engagement(after=ANSWERS, outcome=[7, 8], **TABLES_OF_SMALL)
    obtain_all(client)
    return client


@pytest.fixture
def small(computed, tmp_path) -> Engagement:
    """A copy of `computed` of one's own."""
    return cxmethod.open(shutil.copytree(computed.folder, tmp_path / "small"))


def touch(client: Engagement, table: str, row: str) -> None:
    path = client.table_path(table)
    assert path is not None
    path.write_text(path.read_text().rstrip("\n") + f"\n{row}\n")


def test_everything_is_fresh_once_it_was_computed(small):
    assert stale_steps(small) == ()


@pytest.mark.parametrize(
    ("table", "row", "stale"),
    [
        ("waves", "w2,desk,50,12", {"09_monitoring"}),
        ("theme_cues", "web,A smile,1", {"08_strategy"}),
        ("initiatives", "sign,A sign,web,5", {"07_opportunities", "09_monitoring"}),
        ("processes", "pay,Payment,Luis", {"00_scope", "06_processes"}),
        (
            "outcomes",
            "c3,9",
            {
                "00_scope",
                "05_moments_of_truth",
                "06_processes",
                "07_opportunities",
                "08_strategy",
                "09_monitoring",
            },
        ),
        ("touchpoint_processes", "web,admit", {"06_processes"}),
        (
            "motivations",
            "m2,doubt,Which form?,observed",
            {"00_scope", "03_motivations", "07_opportunities", "08_strategy"},
        ),
    ],
)
def test_an_edited_table_makes_its_steps_stale_and_those_after_them_are_renewed(small, table, row, stale):
    touch(small, table, row)
    assert set(stale_steps(small)) == stale
    before = basis(small)
    obtain_all(small)
    after = basis(small)
    assert {name for name in STEPS if before[name] != after[name]} == stale
    assert stale_steps(small) == ()


def basis(client: Engagement) -> dict[str, Any]:
    return dict(client.manifest()["steps"])


def test_a_decision_makes_only_what_reads_it_stale(small):
    small.decide("opportunities.keep", ["host"])
    assert stale_steps(small) == ("07_opportunities",)


def test_the_settings_are_behind_everything(small):
    path = small.folder / "engagement.yaml"
    path.write_text(path.read_text() + "currency: COP\n")
    assert set(stale_steps(cxmethod.open(small.folder))) == set(STEPS)


def test_a_table_that_goes_away_makes_its_steps_stale(small):
    (small.inputs / "waves.csv").unlink()
    assert stale_steps(small) == ("09_monitoring",)


def test_a_fresh_step_is_read_and_not_computed(small, monkeypatch):
    def fail(*_: Any) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(obtaining, "_RUN", dict.fromkeys(STEPS, fail))
    assert set(obtain_all(small)) == set(STEPS)


def test_obtaining_a_step_brings_only_what_it_builds_on(engagement):
    client = engagement(after={"desk": [1, -1, 0, 1, -2]})
    obtain(client, "04_touchpoints")
    assert set(basis(client)) == {"01_persona", "04_touchpoints"}


def test_computing_a_step_saves_what_it_builds_on_and_leaves_the_step_itself_to_the_consultant(engagement):
    client = engagement(after={"desk": [1, -1, 0, 1, -2]})
    result = compute(client, "04_touchpoints")
    assert set(basis(client)) == {"01_persona"}
    client.save(result)
    assert set(basis(client)) == {"01_persona", "04_touchpoints"}


def test_what_changed_while_a_step_was_computed_makes_it_stale(small):
    result = compute(small, "09_monitoring")
    touch(small, "waves", "w2,desk,50,12")
    small.save(result)
    assert stale_steps(small) == ("09_monitoring",)


def test_asked_not_to_save_it_leaves_no_trace(engagement):
    client = engagement(after={"desk": [1, -1, 0, 1, -2]})
    obtain_all(client, save=False)
    assert not (client.folder / "results").exists()


# --- what a step reads is what makes it stale


class Watched(Engagement):
    """An engagement that notes the tables and the sections of decisions that are asked for."""

    seen: set[str]

    def table(self, name: str):
        self.seen.add(name)
        return super().table(name)

    def has(self, name: str) -> bool:
        self.seen.add(name)
        return super().has(name)


def read_by(client: Engagement) -> dict[str, set[str]]:
    """The tables that each step asks for."""
    watched = Watched(client.folder, client.settings, client.words)
    results: dict[str, Any] = {}
    seen = {}
    for step in obtaining._IN_TURN:
        watched.seen = set()
        results[step] = obtaining._RUN[step](watched, results)
        seen[step] = watched.seen
    return seen


@pytest.fixture(scope="module")
def read(whole, engagement) -> list[dict[str, set[str]]]:
    """What each step reads of a client who sent everything, of one who sent workshops, and of one who sent nothing.

    Of the last, what was rated and visited stands in for the touchpoints.
    """
    return [read_by(c) for c in (whole("demo", "es").client, whole("workshop", "en").client, engagement())]


def test_a_step_reads_no_table_that_does_not_make_it_stale(read):
    beyond = {step: set().union(*(each[step] for each in read)) - _reach(step) for step in STEPS}
    assert {step: tables for step, tables in beyond.items() if tables} == {}


def test_a_step_is_made_stale_by_no_table_that_it_never_reads(read):
    idle = {step: set(STEPS[step].spec.tables).difference(*(each[step] for each in read)) for step in STEPS}
    # What stands in for touchpoints that nobody listed, what a cut of more than twenty of them looks at, and what
    # earlier steps read anyway.
    excused = {
        step: {"ratings", "events", "journeys"}.union(*map(_reach, STEPS[step].spec.after)) for step in STEPS
    }
    assert {step: idle[step] - excused[step] for step in STEPS if idle[step] - excused[step]} == {}


def _reach(step: str) -> set[str]:
    """Tables whose edit renews a step: its own, and those of the steps that it builds on."""
    spec = STEPS[step].spec
    return set(spec.tables).union(*(_reach(before) for before in spec.after))


# --- a client who sends less


@pytest.mark.slow
@pytest.mark.parametrize("missing", [*TABLES, "everything"])
def test_a_missing_table_never_stops_the_run(whole, tmp_path, missing):
    folder = tmp_path / "clinic"
    shutil.copytree(whole("demo", "es").client.folder, folder)
    for path in (folder / "inputs").iterdir():
        if missing in ("everything", path.stem):
            path.unlink()
    client = cxmethod.open(folder)
    assert set(obtain_all(client, save=False)) == set(STEPS)
    check_thread(client)


@pytest.mark.slow
@pytest.mark.parametrize("kept", list(TABLES))
def test_one_table_alone_never_stops_the_run(whole, tmp_path, kept):
    source = whole("demo", "es").client
    (tmp_path / "inputs").mkdir()
    shutil.copy(source.folder / "engagement.yaml", tmp_path)
    if (path := source.table_path(kept)) is not None:
        shutil.copy(path, tmp_path / "inputs")
    client = cxmethod.open(tmp_path)
    if not client.problems():
        obtain_all(client, save=False)


@pytest.mark.parametrize("emptied", ["ratings", "touchpoints", "initiatives", "waves", "processes"])
def test_a_table_of_headings_alone_is_as_good_as_none(small, emptied):
    path = small.table_path(emptied)
    assert path is not None
    path.write_text(path.read_text().splitlines()[0] + "\n")
    obtain_all(small, save=False)
