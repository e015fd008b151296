"""A change makes exactly the steps stale that read what changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import StepSpec, write_atomic

SPECS = (
    StepSpec("a", tables=("ratings",), decisions=("moments",)),
    StepSpec("b", tables=("ratings", "outcomes"), after=("a",)),
    StepSpec("c", tables=("waves",), decisions=("quotes", "scope")),
)


@dataclass(frozen=True)
class Given:
    spec: StepSpec
    basis: ClassVar[dict[str, Any]] = {}
    frames: dict[str, pd.DataFrame] = field(default_factory=lambda: {"table": pd.DataFrame({"x": [1]})})
    facts: dict[str, Any] = field(default_factory=dict)

    def tables(self):
        return self.frames

    def summary(self):
        return {"facts": self.facts}


@pytest.fixture
def saved(folder):
    ratings = "respondent,touchpoint,source\nA,website,after\n"
    engagement = cxmethod.open(folder({"ratings.csv": ratings, "outcomes.csv": "respondent,outcome\nA,1\n"}))
    for spec in SPECS:
        engagement.save(Given(spec))
    return engagement


def stale(engagement) -> str:
    again = cxmethod.open(engagement.folder)
    return "".join(spec.name for spec in SPECS if not again.is_fresh(spec))


def test_what_was_just_saved_is_fresh(saved):
    assert stale(saved) == ""


def test_what_was_never_saved_is_stale(saved):
    assert not saved.is_fresh(StepSpec("d"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [("inputs/ratings.csv", "ab"), ("inputs/outcomes.csv", "b"), ("inputs/waves.csv", "c"), ("inputs/owners.csv", ""),
     ("notebooks/a.ipynb", "a"), ("README.txt", "")],
)  # fmt: skip
def test_a_changed_file(saved, path, expected):
    old = saved.folder / path
    write_atomic(old, (old.read_bytes() if old.exists() else b"") + b"\n")
    assert stale(saved) == expected


def test_a_changed_setting_makes_every_step_stale_and_a_comment_none(saved):
    path = saved.folder / "engagement.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    assert stale(saved) == ""
    path.write_text(path.read_text(encoding="utf-8") + "seed: 12345\n", encoding="utf-8")
    assert stale(saved) == "abc"


@pytest.mark.parametrize(
    ("place", "value", "expected"),
    [
        (
            "moments.website",
            {"kind": "red", "reason": "ten interviews", "author": "A", "date": "2026-03-31"},
            "a",
        ),
        ("quotes.approved", ["m1"], "c"),
        ("scope.cut", {"personas": ["x"]}, "c"),
        ("importance.website", 3, ""),
    ],
)
def test_a_changed_decision(saved, place, value, expected):
    saved.decide(place, value)
    assert stale(saved) == expected
    saved.decide(place, None)
    assert stale(saved) == ""


def test_a_table_that_comes_and_goes(saved):
    path = write_atomic(saved.inputs / "waves.csv", b"wave,touchpoint,n\n")
    assert stale(saved) == "c"
    path.unlink()
    assert stale(saved) == ""


def test_a_table_that_becomes_parquet(saved):
    frame = saved.table("outcomes")[["respondent", "outcome"]]
    (saved.inputs / "outcomes.csv").unlink()
    frame.to_parquet(saved.inputs / "outcomes.parquet")
    assert stale(saved) == "b"


def test_an_earlier_step_that_is_computed_anew_from_something_else(saved):
    saved.decide(
        "moments.website", {"kind": "red", "reason": "ten interviews", "author": "A", "date": "2026-03-31"}
    )
    saved.save(Given(SPECS[0]))
    assert stale(saved) == "b"


def test_an_earlier_step_that_is_computed_anew_from_the_same(saved):
    saved.save(Given(SPECS[0]))
    assert stale(saved) == ""


def test_another_version_of_the_package(saved, monkeypatch):
    monkeypatch.setattr(cxmethod, "__version__", "9.9")
    assert stale(saved) == "abc"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"version": 99, "steps": {}}', b"[]"])
def test_a_manifest_that_cannot_be_read_makes_everything_stale(saved, content):
    (saved.folder / "results" / "manifest.json").write_bytes(content)
    assert stale(saved) == "abc"
    saved.save(Given(SPECS[0]))
    assert stale(saved) == "bc"


@pytest.mark.parametrize("name", ["table.csv", "summary.json"])
def test_a_result_that_lost_a_file_is_stale(saved, name):
    (saved.folder / "results" / "c" / name).unlink()
    assert stale(saved) == "c"


def test_a_save_that_fails_leaves_the_step_stale(saved, monkeypatch):
    class Failing(Given):
        def tables(self):
            raise ValueError("cannot")

    with pytest.raises(ValueError, match="cannot"):
        saved.save(Failing(SPECS[0]))
    assert "a" in stale(saved)


def test_the_manifest_names_what_was_read_by_digest(saved):
    entry = json.loads((saved.folder / "results" / "manifest.json").read_text())["steps"]["b"]
    assert len(entry["tables"]["ratings"]) == 64
    assert entry["package"] == cxmethod.__version__
    assert set(entry) == {"package", "tables", "settings", "decisions", "notebook", "after"}


def test_a_result_comes_back_as_it_was(saved):
    numbers = np.random.default_rng(1).standard_normal(500)
    frame = pd.DataFrame(
        {
            "name": pd.array(["NA", "", None, "a,b"] * 125, dtype="string"),
            "n": pd.array([1, None, 3, 4] * 125, dtype="Int64"),
            "x": numbers,
            "yes": [True, False, True, False] * 125,
            "at": pd.to_datetime(["2026-03-31", None, "2026-01-01", "2026-01-02"] * 125),
        }
    )
    saved.save(
        Given(SPECS[2], {"one": frame, "none": frame.iloc[:0]}, {"n": np.int64(3), "share": np.float64(0.5)})
    )
    tables, summary = saved.load("c")
    pd.testing.assert_frame_equal(
        tables["one"].drop(columns="name"), frame.drop(columns="name"), check_exact=True
    )
    assert tables["one"]["name"].fillna("").tolist() == frame["name"].fillna("").tolist()
    assert list(tables["none"]) == list(frame)
    assert summary["facts"] == {"n": 3, "share": 0.5}


def test_tables_that_a_step_no_longer_gives_are_removed(saved):
    saved.save(Given(SPECS[2], {"other": pd.DataFrame({"x": [1]})}))
    assert {path.name for path in (saved.folder / "results" / "c").iterdir()} == {"other.csv", "summary.json"}
