"""Step 3: what moves and worries customers, and whether it came as they expected."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxmethod.steps import motivations, persona
from cxmethod.steps.motivations import MotivationsResult

from .reading import by, finding, found, row

STATEMENTS = """
motivation,kind,text,phase,persona,intensity,evidence
m1,worry,Will it hurt?,visit,gold,5,observed
m2,doubt,Which form?,visit,gold,3,assumed
m3,goal,Be home by noon,visit,basic,4,observed
m4,frustration,Nobody answers,call,gold,,observed
"""
TOUCHPOINTS = """
touchpoint,name,phase,order,addresses
desk,Desk,visit,1,m2;m3
phone,Phone,call,1,
"""
PHASES = "phase,name,order,question,stage\ncall,I call,1,discover,pre\nvisit,I visit,2,interact,during"


def ran(client) -> MotivationsResult:
    return motivations.run(client, persona.run(client))


def workshop(engagement, **others):
    return ran(engagement(motivations=STATEMENTS, touchpoints=TOUCHPOINTS, phases=PHASES, **others))


# --- statements


def test_a_worry_that_no_touchpoint_addresses_is_unanswered(engagement):
    result = workshop(engagement)
    assert {item for code, item in found(result) if code == "motivation.unanswered"} == {"m1", "m4"}
    assert (result.facts["statements"], result.facts["worries"], result.facts["unanswered"]) == (4, 3, 2)


def test_an_unanswered_worry_is_told_with_its_words_and_its_evidence(engagement):
    m1 = next(each for each in workshop(engagement).findings if each.item == "m1")
    assert m1.values == {"text": "Will it hurt?", "kind": "worry"}
    assert (m1.evidence, m1.severity) == ("observed", "warns")


def test_only_worries_doubts_and_frustrations_wait_for_an_answer(engagement):
    answered = by(workshop(engagement).statements, "motivation", "answered")
    assert answered == {"m1": False, "m2": True, "m3": None, "m4": False}


def test_a_touchpoint_out_of_scope_still_answers(engagement):
    cut = {"scope": {"cut": {"touchpoints": ["phone"]}}}
    result = workshop(engagement, decisions=cut)
    assert by(result.statements, "motivation", "answered")["m2"]


def test_themes_count_statements_by_phase_kind_and_persona(engagement):
    themes = workshop(engagement).themes
    worry = row(themes, persona="all", phase="visit", kind="worry")
    assert (worry["n"], worry["intensity"]) == (1, 5)
    assert np.isnan(row(themes, persona="gold", phase="call", kind="frustration")["intensity"])
    assert themes[themes["persona"] == "basic"]["n"].sum() == 1


def test_themes_stand_everyone_first_and_along_the_phases(engagement):
    themes = workshop(engagement).themes
    everyone = themes[themes["persona"] == "all"]
    assert list(everyone["phase"]) == ["call", "visit", "visit", "visit"]
    assert list(themes["persona"].unique()) == ["all", "basic", "gold"]


def test_a_statement_of_nobody_in_particular_counts_for_everyone_alone(engagement):
    result = ran(engagement(motivations="motivation,kind,text,evidence\nm1,need,A chair,observed"))
    assert list(result.themes["persona"]) == ["all"]


def test_without_statements_the_table_is_asked_for(engagement):
    assert ("missing.motivations", "motivations") in found(ran(engagement()))


# --- expectation against experience

HOPED = [1, 1, 2, 1, 0, 1, 2, 1, 1, 0]


def compared(engagement, experienced, hoped=HOPED, **others):
    client = engagement(before={"web": hoped}, after={"web": experienced}, **others)
    return row(ran(client).disconfirmation, persona="all", touchpoint="web")


def test_a_difference_is_paired_after_less_before_with_its_t_interval_and_wilcoxon(engagement):
    experienced = [2, 1, 1, 2, 2, 0, 2, 2, 1, 2]
    web = compared(engagement, experienced)
    pairs = np.subtract(experienced, HOPED)
    low, high = stats.t.interval(0.95, 9, pairs.mean(), stats.sem(pairs))
    assert (web["difference"], web["low"], web["high"]) == pytest.approx((pairs.mean(), low, high))
    assert (web["before"], web["after"]) == pytest.approx((np.mean(HOPED), np.mean(experienced)))
    assert web["p_adjusted"] == pytest.approx(stats.wilcoxon(pairs).pvalue)


@pytest.mark.parametrize(
    ("experienced", "verdict"),
    [
        ([2, 2, 2, 2, 2, 2, 2, 2, 2, 1], "exceeded"),
        ([-1, -1, 0, -1, -2, 0, 0, -1, -1, -2], "disappointed"),
        ([1, 1, 1, 2, 0, 1, 2, 1, 1, 0], "met"),
        (HOPED, "met"),
    ],
)
def test_the_verdict_follows_the_difference_that_is_told_apart(engagement, experienced, verdict):
    assert compared(engagement, experienced)["verdict"] == verdict


def test_only_customers_with_both_answers_enter(engagement):
    web = compared(engagement, [2, 2, 2, 2, 2, 2, None, None, 2, 2])
    assert (web["n"], web["before"]) == (8, pytest.approx(np.mean([1, 1, 2, 1, 0, 1, 1, 0])))


@pytest.mark.parametrize(("n", "shown"), [(4, 0), (5, 1)])
def test_below_five_pairs_nothing_is_shown(engagement, n, shown):
    result = ran(engagement(before={"web": HOPED[:n]}, after={"web": HOPED[:n]}))
    assert len(result.disconfirmation) == shown


def test_pairs_are_of_the_same_wave(engagement):
    rows = [f"c{n},web,{source},{emotion},{wave}" for n in range(6)
            for source, emotion, wave in (("before", 0, "w1"), ("after", 1, "w1"), ("after", -2, "w2"))]  # fmt: skip
    client = engagement(ratings="respondent,touchpoint,source,emotion,wave\n" + "\n".join(rows))
    web = row(ran(client).disconfirmation, touchpoint="web")
    assert (web["n"], web["after"]) == (6, 1)


def test_verdicts_are_adjusted_by_holm_over_the_touchpoints(engagement):
    better = [2, 2, 2, 2, 1, 1, 2, 1, 1, 1]
    alone = compared(engagement, better)["p_adjusted"]
    many = dict.fromkeys(("web", "b", "c"), HOPED)
    experienced = {"web": better, "b": [1, 1, 2, 1, 0, 1, 2, 1, 0, 1], "c": [1, 1, 2, 0, 1, 1, 2, 1, 1, 0]}
    table = ran(engagement(before=many, after=experienced)).disconfirmation
    assert row(table, touchpoint="web")["p_adjusted"] == pytest.approx(3 * alone)


def test_without_the_same_customers_before_and_after_it_is_said(engagement):
    result = ran(engagement(after={"web": HOPED}))
    assert result.disconfirmation.empty
    assert finding(result, "motivation.no_before").severity == "info"
