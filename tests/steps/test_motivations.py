"""Step 3: what moves and worries customers, and whether it came as they expected."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from cxmethod.stats.paired import signed_rank
from cxmethod.steps import motivations, obtain_all, persona
from cxmethod.steps.motivations import MotivationsResult
from cxmethod.steps.obtain import stale_steps

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


SPOKEN = """
motivation,kind,text,phase,persona,intensity,evidence,respondent
m1,worry,Will it hurt?,visit,gold,5,observed,E1
m2,worry,Who looks after me?,visit,gold,3,observed,E1
m3,worry,Is it safe?,visit,gold,,observed,E2
m4,worry,They fear the price,visit,gold,4,assumed,
m5,goal,Be home by noon,visit,basic,4,observed,E3
"""


def heard(engagement, statements=SPOKEN, **others):
    return ran(engagement(motivations=statements, touchpoints=TOUCHPOINTS, phases=PHASES, **others))


def test_a_theme_counts_each_person_once_among_those_of_the_persona_who_spoke(engagement):
    themes = heard(engagement).themes
    everyone = row(themes, persona="all", kind="worry")
    assert everyone[["n", "respondents", "of", "intensity", "n_intensity"]].tolist() == [4, 2, 3, 4, 3]
    assert everyone["share"] == pytest.approx(2 / 3)
    assert row(themes, persona="gold", kind="worry")["share"] == 1


def test_without_respondents_there_is_no_share_rather_than_one_of_statements(engagement):
    worry = row(workshop(engagement).themes, persona="all", phase="visit", kind="worry")
    assert pd.isna(worry["share"])
    assert pd.isna(worry["respondents"])
    assert worry["of"] == 0


@pytest.mark.parametrize(("min_n", "indicative"), [(3, False), (4, True)])
def test_few_people_make_a_theme_indicative(engagement, min_n, indicative):
    result = heard(engagement, settings={"thresholds": {"min_n": min_n}})
    assert row(result.themes, persona="all", kind="goal")["indicative"] == indicative


def test_opinions_of_few_are_shown_but_not_answers_of_few_to_a_survey(engagement):
    surveyed = SPOKEN.replace("observed", "measured")
    for statements, known in ((SPOKEN, True), (surveyed, False)):
        worry = row(heard(engagement, statements).themes, persona="all", kind="worry")
        assert worry["n"] == 4
        assert worry[["respondents", "share", "intensity"]].notna().tolist() == [known] * 3


def test_enough_answers_to_a_survey_are_shown(engagement):
    surveyed = "motivation,kind,text,evidence,intensity,respondent\n" + "\n".join(
        f"m{n},worry,The price,measured,4,c{n}" for n in range(5)
    )
    (worry,) = ran(engagement(motivations=surveyed)).themes.to_dict("records")
    assert (worry["respondents"], worry["share"], worry["intensity"]) == (5, 1, 4)


def surveyed_worries(engagement, many: int, few: int) -> MotivationsResult:
    said = [f"m{n},{'gold' if n < many else 'basic'},worry,The price,measured,{5 if n < many else 1},c{n}"
            for n in range(many + few)]  # fmt: skip
    return ran(
        engagement(
            motivations="motivation,persona,kind,text,evidence,intensity,respondent\n" + "\n".join(said)
        )
    )


def test_what_few_answered_in_a_survey_cannot_be_worked_out(engagement):
    themes = surveyed_worries(engagement, 12, 3).themes
    assert by(themes, "persona", "intensity") == {"all": pytest.approx(4.2), "gold": None, "basic": None}
    assert by(themes, "persona", "n") == {"all": 15, "gold": 12, "basic": 3}
    assert by(surveyed_worries(engagement, 12, 5).themes, "persona", "intensity")["gold"] == 5


def test_a_survey_s_one_answer_does_not_say_of_whom_and_how_strongly(engagement):
    told = surveyed_worries(engagement, 12, 5).statements
    assert len(told) == 17
    assert told[["persona", "intensity"]].isna().all(axis=None)
    workshop = heard(engagement).statements
    assert row(workshop, motivation="m1")[["persona", "intensity"]].tolist() == ["gold", 5]


def test_what_has_no_phase_is_a_theme_of_its_own(engagement):
    result = ran(engagement(motivations="motivation,kind,text,evidence\nm1,need,A chair,observed"))
    assert pd.isna(result.themes["phase"].item())


def test_a_statement_takes_its_respondent_s_persona_before_the_one_typed_in(engagement):
    statements = SPOKEN.replace("gold,5,observed,E1", ",5,observed,E1")
    people = "respondent,persona\nE1,basic\nE3,basic"
    result = heard(engagement, statements, respondents=people)
    assert by(result.statements, "motivation", "persona") == {
        "m1": "basic", "m2": "basic", "m3": "gold", "m4": "gold", "m5": "basic",
    }  # fmt: skip


def test_a_persona_out_of_scope_speaks_for_everyone_alone(engagement):
    cards = "persona,name,evidence\ngold,Gold,assumed\nbasic,Basic,assumed"
    result = heard(engagement, personas=cards, decisions={"scope": {"cut": {"personas": ["basic"]}}})
    assert set(result.themes["persona"]) == {"all", "basic"}
    assert row(result.themes, persona="all", kind="worry")["n"] == 4


@pytest.mark.parametrize("addresses", ["m2;m3", " m2 ; m3 ; ", "m2;;m3", "m2;\nm3"])
def test_lists_of_what_is_addressed_may_be_untidy(engagement, addresses):
    points = pd.DataFrame(
        {"touchpoint": ["desk"], "name": "Desk", "phase": "visit", "order": "1", "addresses": addresses}
    )
    result = ran(engagement(motivations=STATEMENTS, touchpoints=points, phases=PHASES))
    assert by(result.statements, "motivation", "answered")["m2"]


def test_what_is_addressed_and_nobody_said_is_a_finding(engagement):
    result = ran(engagement(touchpoints=TOUCHPOINTS, phases=PHASES))
    assert finding(result, "motivation.unknown").values == {"touchpoint": "Desk", "motivations": ["m2", "m3"]}


def test_unanswered_worries_come_first_the_most_intense_before_the_others(engagement):
    statements = workshop(engagement).statements
    assert list(statements["motivation"]) == ["m1", "m4", "m2", "m3"]


# --- somebody's words


def test_a_respondent_s_words_wait_for_approval_and_nobody_s_do_not(engagement):
    texts = by(heard(engagement).statements, "motivation", "text")
    assert texts == {"m1": None, "m2": None, "m3": None, "m5": None, "m4": "They fear the price"}


def test_approved_words_are_shown_where_they_belong(engagement):
    result = heard(engagement, decisions={"quotes": {"approved": ["m1", "m3"]}})
    assert by(result.statements, "motivation", "text")["m1"] == "Will it hurt?"
    worry = row(result.themes, persona="gold", kind="worry")
    assert worry["quotes"] == "Will it hurt?\nIs it safe?"
    assert result.facts["withheld"] == 2


def test_words_that_wait_stand_nowhere_in_the_result(engagement, tmp_path):
    client = engagement(motivations=SPOKEN, touchpoints=TOUCHPOINTS, phases=PHASES)
    results = obtain_all(client)
    saved = "".join(path.read_text(encoding="utf-8") for path in (client.folder / "results").rglob("*.*"))
    said = [each.values for result in results.values() for each in result.findings] + [saved]
    for words in ("Will it hurt", "looks after", "Is it safe", "home by noon"):
        assert words not in str(said)
    assert "They fear the price" in saved
    assert not {"E1", "E2", "E3"} & set(results["03_motivations"].statements.astype(str).to_numpy().ravel())


def test_an_unanswered_worry_whose_words_wait_is_told_by_kind_and_key(engagement):
    result = heard(engagement)
    m1 = next(each for each in result.findings if each.item == "m1")
    assert (m1.code, m1.values) == ("motivation.unanswered_withheld", {"kind": "worry", "motivation": "m1"})
    assert finding(result, "motivation.withheld").values == {"n": 4}


def test_an_opportunity_has_no_name_before_its_words_are_approved(engagement):
    client = engagement(motivations=SPOKEN, touchpoints=TOUCHPOINTS, phases=PHASES)
    table = obtain_all(client)["07_opportunities"].opportunities
    assert by(table, "opportunity", "name") == {
        "m1": None,
        "m4": "They fear the price",
    }
    assert set(table["phase"]) == {"visit"}


def test_a_key_of_a_persona_and_a_motivation_approves_neither_in_secret(engagement):
    statements = SPOKEN.replace("m1,", "gold,")
    cards = "persona,name,quote,evidence\ngold,Gold,Nobody knows me,observed\nbasic,Basic,,observed"
    approved = {"quotes": {"approved": ["gold"]}}
    result = heard(engagement, statements, personas=cards, decisions=approved)
    assert by(result.statements, "motivation", "text")["gold"] is None
    assert finding(result, "motivation.key_shared").item == "gold"


def test_a_new_approval_makes_the_result_stale(engagement):
    client = engagement(motivations=SPOKEN, touchpoints=TOUCHPOINTS, phases=PHASES)
    obtain_all(client)
    client.decide("quotes.approved", ["m1"])
    assert {"03_motivations", "07_opportunities"} <= set(stale_steps(client))


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
    assert web["p_adjusted"] == pytest.approx(stats.wilcoxon(pairs, zero_method="pratt").pvalue)


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


def test_customers_are_counted_by_the_sign_of_their_own_difference(engagement):
    web = compared(engagement, [2, 1, 1, 2, 2, 0, 2, 2, 1, 2])
    assert web[["exceeded", "met", "disappointed"]].tolist() == pytest.approx([0.5, 0.3, 0.2])
    low, high = proportion_confint(5, 10, method="wilson")
    assert web[["exceeded_low", "exceeded_high"]].tolist() == pytest.approx([low, high])


def test_the_contract_s_columns_come_first(engagement):
    result = ran(engagement(before={"web": HOPED}, after={"web": HOPED}))
    assert list(result.disconfirmation.columns[:9]) == [
        "persona", "touchpoint", "n", "before", "after", "difference", "low", "high", "p_adjusted",
    ]  # fmt: skip


def test_weights_act_on_means_shares_and_test_alike(engagement):
    people = pd.DataFrame({"respondent": [f"c{n}" for n in range(1, 11)], "weight": [1] * 9 + [9]})
    experienced = [2, 2, 2, 2, 1, 2, 2, 2, 2, -2]
    even = compared(engagement, experienced)
    heavy = compared(engagement, experienced, respondents=people.astype(str))
    assert even["difference"] > 0 > heavy["difference"]
    assert heavy["disappointed"] == pytest.approx(9 / 18)
    assert heavy["wilcoxon_p"] == pytest.approx(signed_rank(np.subtract(experienced, HOPED), [1] * 9 + [9]))
    assert (even["n"], heavy["n"]) == (10, 10)


def test_an_expectation_of_an_earlier_wave_meets_the_experience_of_a_later_one(engagement):
    rows = [f"c{n},web,{source},{emotion},{wave}" for n in range(6)
            for source, emotion, wave in (("before", 0, "w1"), ("after", 1, "w2"))]  # fmt: skip
    client = engagement(ratings="respondent,touchpoint,source,emotion,wave\n" + "\n".join(rows))
    web = row(ran(client).disconfirmation, touchpoint="web")
    assert (web["n"], web["difference"]) == (6, 1)


def test_a_customer_of_several_waves_is_one_customer(engagement):
    waves = {"w1": (0, 2), "w2": (0, 0), "w3": (1, None)}
    rows = [
        f"c{n},web,{source},{'' if emotion is None else emotion},{wave}"
        for n in range(6)
        for wave, pair in waves.items()
        for source, emotion in zip(("before", "after"), pair, strict=True)
    ]
    client = engagement(ratings="respondent,touchpoint,source,emotion,wave\n" + "\n".join(rows))
    web = row(ran(client).disconfirmation, touchpoint="web")
    assert web[["n", "before", "after", "exceeded"]].tolist() == [6, 0, 1, 1]


def test_few_effective_customers_are_indicative(engagement):
    alike = {"web": HOPED * 3}
    assert not row(ran(engagement(before=alike, after=alike)).disconfirmation, touchpoint="web")["indicative"]
    people = pd.DataFrame({"respondent": [f"c{n}" for n in range(1, 31)], "weight": ["9", *["1"] * 29]})
    weighted = ran(engagement(before=alike, after=alike, respondents=people)).disconfirmation
    assert row(weighted, touchpoint="web")["indicative"]


def personas_of(*sizes: int) -> pd.DataFrame:
    names = [name for name, size in zip("abc", sizes, strict=False) for _ in range(size)]
    return pd.DataFrame({"respondent": [f"c{n}" for n in range(1, len(names) + 1)], "persona": names})


@pytest.mark.parametrize(
    ("sizes", "shown"), [((8, 6), {"all", "a", "b"}), ((8, 7, 3), {"all", "a"}), ((8, 3), {"all"})]
)
def test_nobody_is_worked_out_from_everyone_less_the_others(engagement, sizes, shown):
    many = {"web": (HOPED * 2)[: sum(sizes)]}
    result = ran(engagement(before=many, after=many, respondents=personas_of(*sizes)))
    assert set(result.disconfirmation["persona"]) == shown


def test_touchpoints_of_too_few_pairs_are_named(engagement):
    result = ran(engagement(before={"web": HOPED, "desk": [1] * 4}, after={"web": HOPED, "desk": [1] * 4}))
    assert finding(result, "motivation.few_pairs").values == {"touchpoints": ["Desk"], "needed": 5}
    assert result.facts["compared"] == 1
