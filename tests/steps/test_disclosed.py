"""Nothing that leaves the house tells how many the few are, nor lets it be reckoned."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cxmethod.steps import disclosed, obtain_all
from cxmethod.steps.disclosed import feeling_bounded
from cxmethod.steps.finding import Finding
from cxmethod.steps.journey import ALL
from cxmethod.views.summary import summary
from cxmethod.views.tables import table
from cxmethod.views.telling import fact

PLANS = ["gold"] * 11 + ["basic"] * 6 + ["plus"] * 3
ASKED = [(role, n) for role, most in {"Shop": 6, "Van": 2}.items() for n in range(most)]


@pytest.fixture(scope="module")
def few(engagement):
    """Twenty customers, three of them of one persona; three rated the second touchpoint, three journeys failed."""
    people = pd.DataFrame({"respondent": [f"c{n}" for n in range(1, 21)], "plan": PLANS})
    journeys = pd.DataFrame({"journey": range(20), "outcome": ["failure"] * 3 + ["success"] * 17})
    client = engagement(
        after={"desk": [1, -1, 0, 1, -2] * 4, "web": [1, 2, 0]},
        internal={"desk": [1, 2], "web": [0, 0]},
        respondents=people,
        settings={"persona": {"column": "plan"}},
        events=journeys.assign(touchpoint="desk", timestamp="2026-01-05")[
            ["journey", "touchpoint", "timestamp"]
        ],
        journeys=journeys,
        alignment=pd.DataFrame(
            [(f"{role}{n}", role, "desk", n % 5 + 1) for role, n in ASKED],
            columns=["respondent", "role", "touchpoint", "performance"],
        ),
    )
    return client, obtain_all(client, save=False)


@pytest.fixture(scope="module")
def told(few):
    client, results = few
    return disclosed(results, client.settings.thresholds)


def counts(frame: pd.DataFrame, column: str, *keys: str) -> dict[object, object]:
    """Key → count, None where it is hidden."""
    named = frame.set_index(list(keys))[column]
    return {key: None if pd.isna(n) else int(n) for key, n in named.items()}


def test_a_few_are_not_counted_and_neither_are_those_by_whom_they_could_be(told):
    emotions = told["04_touchpoints"].emotions
    own = emotions[(emotions["touchpoint"] == "desk") & (emotions["source"] == "after")]
    assert counts(own, "n", "persona") == {ALL: 20, "gold": 11, "basic": None, "plus": None}


def test_a_touchpoint_that_few_rated_says_not_how_many(told):
    moments = told["05_moments_of_truth"].moments
    assert counts(moments[moments["persona"] == ALL], "n", "touchpoint") == {"desk": 20, "web": None}


def test_internal_views_are_counted_however_few(told):
    emotions = told["04_touchpoints"].emotions
    assert counts(emotions[emotions["source"] == "internal"], "n", "touchpoint") == {"desk": 2, "web": 2}


def test_sizes_of_personas_leave_more_than_one_group_unknown(told):
    personas = told["01_persona"].personas
    assert counts(personas, "n", "persona") == {"gold": 11, "basic": None, "plus": None}
    assert personas.set_index("persona")["share"].notna().to_dict() == {
        "gold": True,
        "basic": False,
        "plus": False,
    }
    cut = told["00_scope"].cut
    assert cut.loc[cut["persona"] != "gold", "share"].isna().all()
    assert cut["cumulative"].isna().all()


def test_journeys_of_an_outcome_are_not_what_a_total_leaves(told):
    facts = told["02_relationship"].facts
    assert (facts["success"], facts["failure"], facts["journeys"]) == (17, None, 17)
    assert not [one for one in told["02_relationship"].findings if 20 in one.values.values()]


def test_people_by_role_add_up_to_those_who_are_shown(told):
    strategy = told["08_strategy"]
    assert counts(strategy.roles, "people", "role") == {"Shop": 6, "Van": None}
    assert (strategy.facts["people"], strategy.facts["roles"]) == (6, 1)


def test_results_stay_as_they_are(few, told):
    emotions = few[1]["04_touchpoints"].emotions
    assert emotions["n"].notna().all()
    assert few[1]["02_relationship"].facts["failure"] == 3


def test_where_nobody_is_few_nothing_changes(engagement):
    client = engagement(after={"desk": [1, -1] * 10}, outcome=[1.0, 2.0] * 10)
    results = obtain_all(client, save=False)
    for step, result in disclosed(results, client.settings.thresholds).items():
        for name, frame in result.tables().items():
            pd.testing.assert_frame_equal(frame, results[step].tables()[name], check_dtype=False)


@pytest.mark.parametrize(("language", "why"), [("en", "fewer than 5"), ("es", "menos de 5")])
def test_a_page_says_why_a_number_is_missing(few, told, language, why):
    import cxmethod

    client = cxmethod.open(few[0].folder, language)
    assert why in table(client, told["05_moments_of_truth"], "moments").about["caption"]
    assert "<5" in str(summary(client, told["02_relationship"]))


@pytest.fixture
def unhappy(engagement):
    """Ten customers, two of whom feel badly at the desk and seven on the web."""
    client = engagement(after={"desk": [1] * 8 + [-1] * 2, "web": [-2] * 7 + [1] * 3})
    return client, disclosed(obtain_all(client, save=False), client.settings.thresholds)


def test_where_few_feel_badly_neither_they_nor_their_share_are_told(unhappy):
    client, told = unhappy
    emotions = told["04_touchpoints"].emotions.set_index("touchpoint")
    assert counts(emotions.reset_index(), "negative_n", "touchpoint") == {"desk": None, "web": 7}
    assert emotions.loc["desk", ["negative_share", "negative_low", "negative_high"]].isna().all()
    moments = told["05_moments_of_truth"].moments.set_index("touchpoint")["negative_share"]
    assert moments.isna().to_dict() == {"desk": True, "web": False}
    shown = str(table(client, told["04_touchpoints"], "emotions").data["text/plain"])
    assert "<5 of 10" in shown
    assert "2 of 10" not in shown
    assert "7 of 10" in shown


@pytest.mark.parametrize(("share", "said"), [(0.2, "<50%"), (0.7, "70%")])
def test_a_sentence_about_few_says_below_what_share_they_are(unhappy, share, said):
    words = unhappy[0].words
    values = {"touchpoint": "Desk", "negative_share": share, "n": 10, "mean": -0.2, "importance": 4.5}
    found = feeling_bounded(Finding("moment.red_suspected_judged", "warns", "desk", values), 5)
    assert said in fact(found, words)


def test_moves_of_few_journeys_are_not_counted(few):
    client, results = few
    moves = pd.DataFrame({"success_n": [9, 9, 9], "success_count": [0, 4, 5], "failure_count": [1, 5, 0]})
    relationship = replace(results["02_relationship"], transitions=moves)
    told = disclosed({"02_relationship": relationship}, client.settings.thresholds)["02_relationship"]
    hidden = told.transitions.isna()
    assert hidden["success_count"].tolist() == [False, True, False]
    assert hidden["failure_count"].tolist() == [True, False, False]
