"""What moved between two states, on tiny engagements."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.steps import changes_since, obtain
from cxmethod.steps.changes import compare

N = 60
HAPPY, TORN, ANGRY = [1, 2, 1] * 20, [1, -1, 0] * 20, [-2, -1, -2] * 20
INITIATIVES = """
initiative,name,touchpoints,owner,cost,months,person_days,status
queue,Shorter queue,desk,Ana,100,2,5,proposed
chairs,Better chairs,desk,Bo,50,1,5,proposed
bill,Plain bill,bill,Ana,80,1,5,proposed
"""
OUTCOME = [9, 3, 6] * 20
LATER = {"desk": ANGRY, "bill": HAPPY}


@pytest.fixture(scope="session")
def state(engagement):
    """A state with its results saved; see `engagement`."""

    def make(after=None, *, saved=True, touchpoints=None, **more) -> Engagement:
        settings = {"budget": {"amount": 200, "months": 12}, "thresholds": {"resamples": 100}}
        settings |= more.pop("settings", {})
        tables = {"initiatives": INITIATIVES, **more}
        if touchpoints is not None:
            tables["touchpoints"] = touchpoints
        made = engagement(
            after=after or {"desk": TORN, "bill": HAPPY}, outcome=OUTCOME, settings=settings, **tables
        )
        if saved:
            for step in ("04_touchpoints", "07_opportunities"):
                obtain(made, step)
        return made

    return make


@pytest.fixture(scope="session")
def old(state) -> Engagement:
    return state()


@pytest.fixture
def copy(old, tmp_path):
    """A copy of the state `old`, as a consultant makes one."""

    def make() -> Engagement:
        return cxmethod.open(shutil.copytree(old.folder, tmp_path / "today"))

    return make


def edit(engagement: Engagement, table: str, change) -> Engagement:
    """Change a table's file by hand."""
    path = engagement.inputs / f"{table}.csv"
    change(pd.read_csv(path, dtype=str, keep_default_na=False)).to_csv(path, index=False)
    return engagement


def verdicts(found):
    return dict(zip(found.emotions["touchpoint"], found.emotions["verdict"], strict=True))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- which states


def test_a_copy_has_not_changed(old, copy):
    found = compare(old, copy())
    empty = {name for name, frame in found.frames().items() if frame.empty}
    assert empty == set(found.frames()) - {"emotions"}
    assert set(verdicts(found).values()) == {"same"}


def test_one_folder_is_not_two_states(old):
    with pytest.raises(CxError) as refused:
        compare(old, cxmethod.open(old.folder))
    assert refused.value.code == "changes.same_folder"


def test_what_one_client_told_is_not_shown_to_another(old, state):
    other = state(settings={"client": "Bravo"}, saved=False)
    with pytest.raises(CxError) as refused:
        compare(other, old)
    assert refused.value.code == "changes.other_client"
    assert compare(other, old, force=True).settings["place"].tolist() == ["client"]


def test_a_client_is_the_same_in_other_letter_case(old, state):
    assert compare(state(settings={"client": " ACME "}, saved=False), old).settings["place"].tolist() == [
        "client"
    ]


@pytest.mark.parametrize("compute", [False, True])
def test_nothing_is_written_in_either_state(old, state, compute):
    new = state(LATER, saved=False)
    before = files(old.folder), files(new.folder)
    compare(old, new, compute=compute)
    assert (files(old.folder), files(new.folder)) == before


def test_results_that_were_never_saved_are_said_and_the_rest_is_compared(old, state):
    found = compare(
        old,
        state(
            saved=False, touchpoints="touchpoint,name,phase,order\ndesk,Counter,visit,1\nbill,Bill,visit,2"
        ),
    )
    assert found.touchpoints["change"].tolist() == ["renamed"]
    missing = set(map(tuple, found.missing.to_numpy()))
    assert missing == {(part, "after", "never") for part in ("emotions", "moments", "portfolio")}


def test_results_that_do_not_follow_from_their_own_tables_are_stale(old, copy):
    new = edit(copy(), "ratings", lambda frame: frame.assign(emotion="1"))
    assert set(compare(old, new).missing["why"]) == {"stale"}


def test_results_of_another_version_count_while_their_tables_do(old, copy):
    new = copy()
    path = new.folder / "results" / "manifest.json"
    manifest = json.loads(path.read_text())
    for entry in manifest["steps"].values():
        entry |= {"package": "0.0.1", "settings": "other"}
    path.write_text(json.dumps(manifest))
    path = new.folder / "results" / "04_touchpoints" / "emotions.csv"
    pd.read_csv(path).assign(mean=0.7).to_csv(path, index=False)
    found = compare(old, new)
    assert found.whole
    assert found.causes["kind"].tolist() == ["package"]


def test_results_that_lack_a_column_belong_to_another_version(old, copy):
    new = copy()
    path = new.folder / "results" / "04_touchpoints" / "emotions.csv"
    pd.read_csv(path).drop(columns="standing").to_csv(path, index=False)
    assert ("emotions", "after", "other_version") in set(map(tuple, compare(old, new).missing.to_numpy()))


def test_broken_tables_are_said(old, copy):
    found = compare(old, edit(copy(), "initiatives", lambda frame: frame.assign(cost="cheap")))
    assert found.tables[["table", "change"]].to_numpy().tolist() == [["initiatives", "unreadable"]]


def test_what_is_missing_can_be_computed_without_saving_it(old, state):
    found = compare(old, state(LATER, saved=False), compute=True)
    assert found.whole
    assert verdicts(found)["desk"] == "worse"


# --- the map


def test_touchpoints_that_came_went_and_changed(state, old):
    new = state(
        saved=False,
        touchpoints="touchpoint,name,phase,order,owner\ndesk,Counter,after,1,Ana\ncall,Call,visit,2,",
        phases="phase,name,order,question,stage\nvisit,The visit,1,interact,during\nafter,Later,2,return,post",
        ratings=pd.DataFrame({"respondent": [], "touchpoint": [], "source": [], "emotion": []}),
    )
    found = compare(old, new).touchpoints
    told = found[["touchpoint", "change", "before", "after"]].astype(object)
    assert told.where(told.notna(), None).to_numpy().tolist() == [
        ["call", "added", None, "Call"],
        ["desk", "renamed", "Desk", "Counter"],
        ["desk", "moved", "Visit", "Later"],
        ["desk", "owner", None, "Ana"],
        ["visit", "phase_renamed", "Visit", "The visit"],
        ["bill", "removed", "Bill", None],
    ]


def test_an_order_that_changed_is_told_of_those_that_changed_places(state, old):
    new = state(saved=False, touchpoints="touchpoint,name,phase,order\ndesk,Desk,visit,2\nbill,Bill,visit,1")
    assert compare(old, new).touchpoints["change"].tolist() == ["reordered", "reordered"]


def test_what_scope_leaves_out_is_cut_not_removed(old, copy):
    new = copy()
    new.decide("scope.cut", {"touchpoints": ["desk"]})
    assert compare(old, new).touchpoints[["touchpoint", "change"]].to_numpy().tolist() == [["bill", "cut"]]
    assert compare(new, old).touchpoints[["touchpoint", "change"]].to_numpy().tolist() == [
        ["bill", "restored"]
    ]


# --- emotions


def grown(answers, more):
    return {touchpoint: [*own, *more[touchpoint]] for touchpoint, own in answers.items()}


def test_new_people_who_feel_otherwise_move_the_mean_and_others_do_not(state, old):
    new = state(grown({"desk": TORN, "bill": HAPPY}, {"desk": ANGRY, "bill": HAPPY}))
    found = compare(old, new)
    assert verdicts(found) == {"desk": "worse", "bill": "noise"}
    row = found.emotions.set_index("touchpoint").loc["desk"]
    assert row[["n_before", "n_after", "n_shared", "n_new", "n_gone", "n_changed"]].tolist() == [
        60,
        120,
        60,
        60,
        0,
        0,
    ]
    assert row["difference"] == pytest.approx(np.mean(TORN + ANGRY) - np.mean(TORN))
    assert row["low"] < row["difference"] < row["high"] < 0
    assert found.people == {"before": 60, "after": 120, "shared": 60}


def test_the_figures_are_those_that_the_states_saved(state, old):
    new = state(LATER)
    row = compare(old, new).emotions.set_index("touchpoint").loc["desk"]
    saved = [
        s.load("04_touchpoints")[0]["emotions"].set_index("touchpoint")["mean"]["desk"] for s in (old, new)
    ]
    assert row[["mean_before", "mean_after"]].tolist() == saved


def test_the_same_people_are_compared_with_themselves(state, old):
    """Everyone half a step down is sure, though it is little beside how far people differ."""
    wide = [-1.5, 2, 0, 1.5, -1, 1] * 10
    step = [0.5, 0.4, 0.6, 0.5, 0.3, 0.5] * 10
    before = state({"desk": wide}, initiatives=None)
    after = state({"desk": [a - b for a, b in zip(wide, step, strict=True)]}, initiatives=None)
    assert verdicts(compare(before, after)) == {"desk": "worse"}


def test_a_difference_of_few_people_would_give_away_their_answers(state, old):
    new = state({"desk": [*TORN[:-3], -2, -2, -2], "bill": HAPPY})
    found = compare(old, new).emotions.set_index("touchpoint")
    assert found["verdict"].to_dict() == {"desk": "protecting", "bill": "same"}
    assert found.loc["desk", ["mean_before", "mean_after", "difference", "low", "share_after"]].isna().all()


def test_touchpoints_of_too_few_customers_are_hidden(state):
    before, after = state({"desk": TORN, "bill": [1, 1, 2]}), state({"desk": TORN, "bill": [1, 2, 2, *HAPPY]})
    found = compare(before, after).emotions.set_index("touchpoint")
    assert found.loc["bill", "verdict"] == "hidden"
    assert pd.isna(found.loc["bill", "mean_after"])


def test_a_touchpoint_rated_in_one_state_alone_is_said(state, old):
    new = state({"desk": TORN, "call": HAPPY}, initiatives=None)
    assert verdicts(compare(old, new)) == {"desk": "same", "call": "only_after", "bill": "only_before"}


def test_figures_that_changed_without_their_answers_changed_by_method(old, copy):
    new = copy()
    path = new.folder / "results" / "04_touchpoints" / "emotions.csv"
    frame = pd.read_csv(path)
    frame.assign(mean=frame["mean"] + 0.3).to_csv(path, index=False)
    found = compare(old, new)
    assert set(verdicts(found).values()) == {"method"}
    assert found.causes[["part", "kind"]].to_numpy().tolist() == [["emotions", "method"]]


def test_two_internal_views_are_no_sample(state):
    before, after = (
        state({"desk": TORN}, internal={"desk": view}, initiatives=None) for view in ([1, 2], [-2, -1])
    )
    found = compare(before, after).emotions.set_index("source")
    assert found.loc["internal", "verdict"] == "untested"


# --- moments and portfolio


def test_a_touchpoint_becomes_red_and_its_emotion_says_whether_it_moved(state):
    calm = state({"desk": [x + 1 for x in TORN], "bill": HAPPY})
    new = state({"desk": [x - 1 for x in TORN], "bill": HAPPY})
    found = compare(calm, new).moments.set_index("touchpoint")
    assert found.loc["desk", ["change", "kind_after", "emotion"]].tolist() == ["became_red", "red", "moved"]
    assert compare(new, calm).moments.set_index("touchpoint").loc["desk", "change"] == "no_longer_red"


def test_a_decision_on_the_touchpoint_itself_is_named(old, copy):
    new = copy()
    new.decide(
        "moments.bill",
        {"kind": "red", "reason": "Everybody calls about it", "author": "Ana", "date": "2026-01-02"},
    )
    obtain(new, "07_opportunities")
    row = compare(old, new).moments.set_index("touchpoint").loc["bill"]
    assert row[["change", "decided", "emotion"]].tolist() == ["became_red", True, "still"]


def portfolio(found):
    return {
        row["initiative"]: (row["change"], None if pd.isna(row["why"]) else row["why"])
        for row in found.portfolio.to_dict("records")
        if row["change"]
    }


def test_initiatives_that_are_done_dropped_removed_and_new(old, copy):
    chosen = old.load("07_opportunities")[0]["initiatives"].set_index("initiative")["selected"]
    new = edit(
        copy(),
        "initiatives",
        lambda frame: pd.concat(
            [frame.assign(status=frame["status"].where(frame["initiative"] != "queue", "done")),
             pd.DataFrame([{"initiative": "sign", "name": "A sign", "touchpoints": "bill"}])]
        ).fillna(""),
    )  # fmt: skip
    new.decide("opportunities.drop", ["chairs"])
    obtain(new, "07_opportunities")
    found = portfolio(compare(old, new))
    assert found["queue"] == (("left", "done") if chosen["queue"] else ("done", None))
    assert found["sign"] == ("new", None)
    assert found.get("chairs") == (("left", "dropped") if chosen["chairs"] else None)
    back = portfolio(compare(new, old))
    assert back["sign"] == ("removed", None)


def test_a_cost_is_linked_to_the_cell_that_changed(old, copy):
    new = edit(copy(), "initiatives", lambda frame: frame.assign(cost=frame["cost"].replace("100", "120")))
    obtain(new, "07_opportunities")
    found = compare(old, new)
    row = found.portfolio.set_index("initiative").loc["queue"]
    assert "cost" in row["also"].split(";")
    assert (row["cost_before"], row["cost_after"], row["own"]) == (100, 120, "cost")
    causes = found.causes[found.causes["part"] == "portfolio"]
    assert causes[["kind", "what"]].to_numpy().tolist() == [["table", "initiatives"]]


# --- causes


def test_a_setting_is_the_cause_only_of_what_reads_it(old, state):
    found = compare(old, state(settings={"budget": {"amount": 20, "months": 12}, "date": "2026-05-01"}))
    causes = set(map(tuple, found.causes.to_numpy()))
    assert causes & {("portfolio", "setting", "budget.amount")}
    assert not {
        cause for cause in causes if cause[2] == "date" or (cause[0] == "emotions" and cause[1] == "setting")
    }


def test_a_table_written_anew_with_the_same_rows_is_no_cause(old, copy):
    new = edit(copy(), "ratings", lambda frame: frame.iloc[::-1])
    found = compare(old, new)
    assert found.tables[["table", "change"]].to_numpy().tolist() == [["ratings", "rewritten"]]
    assert "table" not in set(found.causes["kind"])


# --- the state that the settings name


def pointing(engagement: Engagement, place: str) -> Engagement:
    path = engagement.folder / "engagement.yaml"
    path.write_text(path.read_text() + f"compare_with: {json.dumps(place)}\n")
    return cxmethod.open(engagement.folder)


def test_without_a_state_to_compare_with_there_is_nothing(old):
    assert changes_since(old) is None


def test_the_place_is_counted_from_the_folder_and_makes_nothing_stale(old, copy, tmp_path):
    shutil.copytree(old.folder, tmp_path / "before")
    found = changes_since(pointing(copy(), "../before"))
    assert found.before.folder == "before"
    assert found.whole


def test_a_state_that_is_not_there_is_given_back_as_an_error(copy):
    assert changes_since(pointing(copy(), "../moved away")).code == "changes.no_state"


def test_a_state_of_another_client_is_given_back_as_an_error(copy, state):
    other = state(settings={"client": "Bravo"}, saved=False)
    assert changes_since(pointing(copy(), str(other.folder))).code == "changes.other_client"
