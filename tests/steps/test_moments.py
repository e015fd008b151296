"""Step 5: from what matters and how customers feel to the kind of moment, and how sure it is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

import cxmethod
from cxmethod.steps import moments, persona, touchpoints
from cxmethod.steps.drivers import COLUMNS, Drivers
from cxmethod.steps.kinds import FEELS, MATTERS
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.touchpoints import TouchpointResult

from .reading import by, finding, found, row

# --- the table of kinds: matters, what customers feel, and how many of them

FEELINGS = {
    # feeling: (mean, low, high, negative share, its lower limit), and whether customers are dissatisfied
    "miserable": (-1.0, -1.4, -0.6, 0.70, 0.50),  # yes: the upper limit of the mean is below 0
    "divided": (0.5, 0.1, 0.9, 0.40, 0.30),  # yes: the lower limit of the negative share is above 25 %
    "uneasy": (-0.2, -0.6, 0.2, 0.25, 0.10),  # suspected: the mean alone is below 0
    "grumbling": (0.5, 0.1, 0.9, 0.30, 0.15),  # suspected: the negative share alone is above 25 %
    "pleased": (1.0, 0.6, 1.4, 0.10, 0.05),  # no, and the lower limit of the mean is above 0
    "lukewarm": (0.2, -0.2, 0.6, 0.20, 0.10),  # no, and it is not
    "kept_back": (np.nan,) * 5,  # it would tell what a few others feel
}
RULE = """
matters    feeling     kind      10         100
yes        miserable   red       suspected  confirmed
yes        divided     red       suspected  confirmed
yes        uneasy      red       suspected  suspected
yes        grumbling   red       suspected  suspected
yes        pleased     value     suspected  confirmed
yes        lukewarm    mixed     suspected  suspected
suspected  miserable   red       suspected  suspected
suspected  divided     red       suspected  suspected
suspected  uneasy      red       suspected  suspected
suspected  grumbling   red       suspected  suspected
suspected  pleased     value     suspected  suspected
suspected  lukewarm    mixed     suspected  suspected
no         miserable   watch     suspected  confirmed
no         divided     watch     suspected  confirmed
no         uneasy      watch     suspected  suspected
no         grumbling   watch     suspected  suspected
no         pleased     maintain  -          -
no         lukewarm    maintain  -          -
yes        kept_back   insufficient  -      -
suspected  kept_back   insufficient  -      -
no         kept_back   insufficient  -      -
"""
LINES = [line.split() for line in RULE.strip().splitlines()[1:]]
CASES = [
    *((matters, feeling, 10, kind, ten) for matters, feeling, kind, ten, _ in LINES),
    *((matters, feeling, 100, kind, hundred) for matters, feeling, kind, _, hundred in LINES),
    *((matters, feeling, 4, "insufficient", "-") for matters, feeling, *_ in LINES),
]


def plane(rows: dict[str, tuple[float, ...]], n: dict[str, int]) -> TouchpointResult:
    """The result of step 4 with these estimates of the customers after."""
    keys = list(rows)
    estimates = ["mean", "low", "high", "negative_share", "negative_low"]
    emotions = pd.DataFrame(list(rows.values()), columns=estimates).assign(
        persona="all", touchpoint=keys, source="after", n=[n[key] for key in keys]
    )
    journey = pd.DataFrame({"position": range(1, len(keys) + 1), "touchpoint": keys, "name": keys})
    return TouchpointResult(
        journey=journey, emotions=emotions, gaps=pd.DataFrame(), internal_views=pd.DataFrame()
    )


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The moments of one touchpoint for each combination, under a model that says what matters."""
    keys = {f"{matters}-{feeling}-{n}": (matters, feeling, n) for matters, feeling, n, *_ in CASES}
    folder = tmp_path_factory.mktemp("client")
    (folder / "engagement.yaml").write_text("client: Acme\nlanguage: en\n")
    (folder / "inputs").mkdir()
    points = "\n".join(f"{key},{key},p,{n}" for n, key in enumerate(keys))
    (folder / "inputs" / "touchpoints.csv").write_text(f"touchpoint,name,phase,order\n{points}")
    first = next(iter(keys))
    (folder / "inputs" / "ratings.csv").write_text(
        f"respondent,touchpoint,source,emotion\nc1,{first},after,1"
    )
    (folder / "inputs" / "outcomes.csv").write_text("respondent,outcome\nc1,1")
    client = cxmethod.open(folder)
    model = pd.DataFrame({"touchpoint": list(keys), "matters": [m for m, *_ in keys.values()]})
    spoken = Drivers(model.assign(persona="all").reindex(columns=COLUMNS), usable=True)
    felt = plane({k: FEELINGS[f] for k, (_, f, _) in keys.items()}, {k: n for k, (*_, n) in keys.items()})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "drivers", lambda *_: spoken)
        return moments.run(client, persona.run(client), felt).moments.set_index("touchpoint")


@pytest.mark.parametrize(("matters", "feeling", "n", "kind", "status"), CASES)
def test_the_kind_and_its_status(judged, matters, feeling, n, kind, status):
    moment = judged.loc[f"{matters}-{feeling}-{n}"]
    assert moment["kind"] == moment["computed_kind"] == kind
    assert (None if pd.isna(moment["status"]) else moment["status"]) == (None if status == "-" else status)


def test_every_reason_is_one_of_the_declared_codes(judged):
    parts = [reason.split(".") for reason in judged["reason"]]
    assert {matters for matters, _ in parts} <= set(MATTERS)
    assert {feels for _, feels in parts} == set(FEELS)


def test_the_table_is_exhaustive():
    combinations = set(product(("yes", "suspected", "no"), FEELINGS, (4, 10, 100)))
    assert {(matters, feeling, n) for matters, feeling, n, *_ in CASES} == combinations


# --- from ratings to moments


def ran(client) -> MomentResult:
    personas = persona.run(client)
    return moments.run(client, personas, touchpoints.run(client, personas))


def survey(engagement, n=60, **others):
    """Customers whose outcome follows what they feel at the desk, where most feel badly; the web is fine."""
    rng = np.random.default_rng(5)
    desk, web = rng.integers(-2, 2, n), rng.integers(1, 3, n)
    outcome = 5 + 2 * desk + rng.normal(size=n)
    limits = {"thresholds": {"resamples": 100}}
    return engagement(
        after={"desk": desk, "web": web}, outcome=list(outcome.round(2)), settings=limits, **others
    )


def test_a_survey_with_an_outcome_confirms_what_it_can(engagement):
    result = ran(survey(engagement))
    assert by(result.moments, "touchpoint", "kind") == {"desk": "red", "web": "maintain"}
    assert by(result.moments, "touchpoint", "status") == {"desk": "confirmed", "web": None}
    assert result.facts["basis"] == "measured"
    assert found(result) == {("moment.red_confirmed_measured", "desk")}


def test_the_finding_carries_what_the_sentence_names(engagement):
    result = ran(survey(engagement))
    values = finding(result, "moment.red_confirmed_measured").values
    desk = row(result.moments, touchpoint="desk")
    assert values["touchpoint"] == "Desk"
    assert [values[key] for key in ("n", "mean", "negative_share", "relative_share")] == list(
        desk[["n", "mean", "negative_share", "relative_share"]]
    )


def test_the_reason_is_a_code_of_why_it_matters_and_what_customers_feel(engagement):
    assert by(ran(survey(engagement)).moments, "touchpoint", "reason") == {
        "desk": "weighs.badly_mean",
        "web": "weighs_little.well",
    }


def test_business_critical_is_a_mark_of_its_own(engagement):
    points = "touchpoint,name,phase,order,business_critical\ndesk,Desk,visit,1,\nweb,Web,visit,2,yes"
    result = ran(survey(engagement, touchpoints=points))
    assert by(result.moments, "touchpoint", "business_critical") == {"desk": False, "web": True}
    assert by(result.moments, "touchpoint", "kind")["web"] == "maintain"


def split(engagement, **others) -> MomentResult:
    people = "respondent,persona\n" + "\n".join(f"c{n},{'big' if n <= 45 else 'small'}" for n in range(1, 61))
    personas = "persona,name,evidence\nbig,Big,assumed\nsmall,Small,assumed"
    return ran(survey(engagement, respondents=people, personas=personas, **others))


def test_where_a_model_speaks_a_persona_has_moments_only_with_a_model_of_its_own(engagement):
    result = split(engagement)
    assert set(result.moments["persona"]) == set(result.drivers["persona"]) == {"all", "big"}
    assert set(result.penalty_reward["persona"]) == {"all", "big"}


def test_personas_with_too_few_answers_are_told_with_what_the_closest_lacks(engagement):
    values = finding(split(engagement), "drivers.personas_too_few").values
    assert dict(values) == {"n": 1, "persona": "Small", "missing": 15, "complete": 15}


def test_without_a_model_a_persona_is_told_of_by_the_importance_that_it_states(engagement):
    rows = [f"c{n},desk,after,-1,{5 if n < 10 else ''}" for n in range(20)]
    people = "respondent,persona\n" + "\n".join(f"c{n},{'asked' if n < 10 else 'silent'}" for n in range(20))
    result = ran(
        engagement(
            ratings="respondent,touchpoint,source,emotion,importance\n" + "\n".join(rows),
            touchpoints="touchpoint,name,phase,order\ndesk,Desk,p,1",
            respondents=people,
            personas="persona,name,evidence\nasked,Asked,assumed\nsilent,Silent,assumed",
        )
    )
    assert set(result.moments["persona"]) == {"all", "asked"}
    assert tuple(row(result.moments, persona="asked")[["kind", "status", "basis"]]) == (
        "red",
        "suspected",
        "stated",
    )


def test_customers_without_an_outcome_do_not_enter_the_model(engagement):
    client = survey(
        engagement, outcomes="respondent,outcome\n" + "\n".join(f"c{n},{n}" for n in range(1, 41))
    )
    assert ran(client).facts["respondents"] == 40


def test_stated_importance_of_the_few_cannot_be_worked_out(engagement):
    rows = [f"c{n},desk,after,-1,{5 if n < 12 else 1}" for n in range(15)]
    people = "respondent,persona\n" + "\n".join(f"c{n},{'many' if n < 12 else 'few'}" for n in range(15))
    result = ran(
        engagement(
            ratings="respondent,touchpoint,source,emotion,importance\n" + "\n".join(rows),
            touchpoints="touchpoint,name,phase,order\ndesk,Desk,p,1",
            respondents=people,
            personas="persona,name,evidence\nmany,Many,assumed\nfew,Few,assumed",
        )
    )
    assert row(result.moments, persona="all")["stated_importance"] == pytest.approx(4.2)
    assert set(result.moments["persona"]) == {"all"}


# --- without an outcome


def interviews(engagement, importance=(5, 5, 4, 4, 5), emotions=(-2, -1, -1, -2, -1), **others):
    rows = [f"c{n},desk,after,{e},{i}" for n, (e, i) in enumerate(zip(emotions, importance, strict=True))]
    text = "respondent,touchpoint,source,emotion,importance\n" + "\n".join(rows)
    return engagement(ratings=text, touchpoints="touchpoint,name,phase,order\ndesk,Desk,p,1", **others)


def test_without_an_outcome_stated_importance_decides_and_nothing_is_more_than_suspected(engagement):
    result = ran(interviews(engagement))
    desk = row(result.moments, touchpoint="desk")
    assert tuple(desk[["kind", "status", "basis", "stated_importance"]]) == (
        "red",
        "suspected",
        "stated",
        4.6,
    )
    assert result.facts["basis"] == "stated"
    assert found(result) == {("missing.outcomes", "outcomes"), ("moment.red_suspected_stated", "desk")}


def test_however_many_say_so_stated_importance_confirms_no_moment_of_truth(engagement):
    result = ran(interviews(engagement, [5] * 40, [-2, -1] * 20))
    assert row(result.moments, touchpoint="desk")["status"] == "suspected"


@pytest.mark.parametrize(("importance", "kind"), [(4.0, "red"), (3.8, "watch")])
def test_importance_of_4_matters_and_below_it_does_not(engagement, importance, kind):
    whole = [4, 4, 4, 4, 4] if importance == 4 else [4, 4, 4, 4, 3]
    assert row(ran(interviews(engagement, whole)).moments, touchpoint="desk")["kind"] == kind


def test_without_stated_importance_the_facilitators_judgement_decides(engagement):
    client = interviews(engagement, [""] * 5, decisions={"importance": {"desk": 5}})
    result = ran(client)
    assert tuple(row(result.moments, touchpoint="desk")[["kind", "status", "basis"]]) == (
        "red",
        "suspected",
        "judged",
    )
    assert ("moment.red_suspected_judged", "desk") in found(result)


def test_what_customers_say_goes_before_the_facilitators_judgement(engagement):
    client = interviews(engagement, [2] * 5, decisions={"importance": {"desk": 5}})
    assert tuple(row(ran(client).moments, touchpoint="desk")[["kind", "basis"]]) == ("watch", "stated")


def test_where_nobody_said_what_matters_nothing_does(engagement):
    desk = row(ran(interviews(engagement, [""] * 5)).moments, touchpoint="desk")
    assert tuple(desk[["kind", "basis"]]) == ("watch", "unknown")


def test_importance_said_by_fewer_than_five_is_not_shown(engagement):
    result = ran(interviews(engagement, [5, 5, 4, 5], [-2, -1, -1, -2]))
    desk = row(result.moments, touchpoint="desk")
    assert desk["kind"] == "insufficient"
    assert desk[["mean", "negative_share", "stated_importance"]].isna().all()


def test_an_outcome_that_explains_nothing_leaves_stated_importance(engagement):
    rng = np.random.default_rng(5)
    rows = [f"c{n},desk,after,{rng.integers(-2, 1)},5" for n in range(40)]
    client = engagement(
        ratings="respondent,touchpoint,source,emotion,importance\n" + "\n".join(rows),
        outcomes="respondent,outcome\n" + "\n".join(f"c{n},{n % 3}" for n in range(40)),
    )
    result = ran(client)
    assert tuple(row(result.moments, touchpoint="desk")[["kind", "status", "basis"]]) == (
        "red",
        "suspected",
        "stated",
    )
    assert "drivers.explains_nothing" in {code for code, _ in found(result)}


def test_internal_views_and_expectations_are_no_dissatisfaction(engagement):
    client = engagement(
        internal={"desk": [-2, -2, -2, -2, -2]},
        before={"desk": [-2, -2, -2, -2, -2]},
        decisions={"importance": {"desk": 5}},
    )
    assert row(ran(client).moments, touchpoint="desk")["kind"] == "insufficient"


def test_findings_of_the_model_tell_touchpoints_by_their_name(engagement):
    rng = np.random.default_rng(5)
    desk = rng.integers(-2, 2, 60)
    client = engagement(
        after={"desk": desk, "web": [*desk[:30], *[None] * 30]},
        outcome=list((desk + rng.normal(size=60)).round(2)),
        touchpoints="touchpoint,name,phase,order\ndesk,The desk,visit,1\nweb,The web,visit,2",
    )
    assert finding(ran(client), "drivers.left_out").values["touchpoints"] == ["The web"]


# --- in writing


def written(kind: str) -> dict:
    reason = "The board closes it in May"
    return {"moments": {"desk": {"kind": kind, "reason": reason, "author": "Ana", "date": "2026-09-01"}}}


def test_the_consultant_may_overrule_in_writing_and_it_shows(engagement):
    result = ran(survey(engagement, decisions=written("maintain")))
    desk = row(result.moments, touchpoint="desk")
    assert tuple(desk[["kind", "computed_kind", "status", "decided_by"]]) == (
        "maintain",
        "red",
        "decided",
        "Ana",
    )
    assert desk["written_reason"] == "The board closes it in May"
    assert desk["date"] == "2026-09-01"
    assert finding(result, "moment.overruled").values["date"] == "2026-09-01"
    assert row(result.moments, touchpoint="web")["decided_by"] == "rule"
    assert found(result) == {("moment.overruled", "desk")}


def test_a_decision_that_agrees_with_the_rule_keeps_its_status_and_overrules_nothing(engagement):
    result = ran(survey(engagement, decisions=written("red")))
    assert row(result.moments, touchpoint="desk")["status"] == "confirmed"
    assert found(result) == {("moment.red_confirmed_measured", "desk")}


def test_a_decision_is_about_everyone_and_leaves_personas_to_the_rule(engagement):
    people = "respondent,persona\n" + "\n".join(f"c{n},big" for n in range(1, 61))
    personas = "persona,name,evidence\nbig,Big,assumed"
    result = ran(survey(engagement, respondents=people, personas=personas, decisions=written("maintain")))
    assert row(result.moments, persona="big", touchpoint="desk")["kind"] == "red"


def test_a_decision_about_a_touchpoint_out_of_scope_waits(engagement):
    decisions = written("maintain") | {"scope": {"cut": {"touchpoints": ["web"]}}}
    assert list(ran(survey(engagement, decisions=decisions)).moments["touchpoint"]) == ["web"]
