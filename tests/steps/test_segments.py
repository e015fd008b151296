"""Step 1 from data: indicators, what is refused, the number of segments, keys, cards, and one persona as an answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import cxmethod
from cxmethod.language import CxError
from cxmethod.stats.segments import segment
from cxmethod.steps import compute, persona, segments
from cxmethod.steps.people import likeliest

from .kinds_of_people import BY_DATA, three_kinds, told_apart
from .reading import by, finding, found, row

KINDS = {"student", "family", "senior"}
CARDS = "persona,name,goals,evidence\nstudent,Sofía,Pay little,observed\nsenior,Don José,Be heard,observed"


@pytest.fixture(scope="module")
def client(engagement):
    return engagement(**told_apart())


@pytest.fixture(scope="module")
def result(client):
    return persona.run(client)


def indicators(**lists: list[str]) -> dict[str, Any]:
    return {"persona": {"indicators": lists}}


# --- what is found


def test_the_kinds_of_people_are_found_with_their_shares(result):
    assert set(result.personas["persona"]) == KINDS
    counted = three_kinds()["kind"].value_counts()
    assert result.personas.set_index("persona")["n"].to_dict() == pytest.approx(counted.to_dict(), abs=6)
    assert (result.personas["low"] < result.personas["share"]).all()
    assert result.personas["share"].sum() == pytest.approx(1)
    assert set(result.personas["evidence"]) == {"measured"}


def test_members_are_those_of_each_kind(result):
    own = likeliest(result.membership).set_index("respondent")["persona"]
    kinds = three_kinds().set_index("respondent")["kind"]
    assert adjusted_rand_score(kinds, own.reindex(kinds.index)) >= 0.9


def test_membership_has_every_probability_but_the_tiny_ones(result):
    assert (result.membership["probability"] >= 0.01).all()
    sums = result.membership.groupby("respondent")["probability"].sum()
    assert sums.between(0.97, 1.001).all()
    assert len(result.membership) > result.membership["respondent"].nunique()


def test_stability_and_certainty_stand_with_each_persona(result):
    assert result.personas[["stability", "certainty"]].apply(lambda c: c.between(0.7, 1)).all(axis=None)


def test_what_sets_each_apart_is_told_against_the_rest_and_against_all(result):
    first = row(result.traits, persona="senior", trait="plan", value="senior")
    seniors = three_kinds()["plan"].eq("senior").mean()
    assert first["everyone"] == pytest.approx(seniors)
    assert first["rest"] < seniors < first["share_or_mean"]
    assert first["difference"] > 0.8


def test_without_a_card_a_persona_is_called_by_its_strongest_traits_in_the_clients_words(result):
    named = by(result.personas, "persona", "name")
    assert named["student"] == "Lower visits, lower age"
    assert ("persona.unnamed", "senior") in found(result)
    assert "missing.personas" not in {code for code, _ in found(result)}


def test_a_card_under_a_segments_key_gives_it_its_name(engagement):
    result = persona.run(engagement(**told_apart(personas=CARDS)))
    named = by(result.personas, "persona", "name")
    assert (named["student"], named["senior"]) == ("Sofía", "Don José")
    assert {item for code, item in found(result) if code == "persona.unnamed"} == {"family"}


def test_a_card_that_fits_no_segment_is_missed_rather_than_given_to_another(engagement):
    result = persona.run(engagement(**told_apart(personas=CARDS + "\nlost,Nobody,,assumed")))
    assert ("persona.card_lost", "lost") in found(result)
    assert "lost" not in set(result.personas["persona"])


@pytest.mark.parametrize("left_out", [3, 10, 25])
def test_keys_stay_when_a_few_answers_come_or_go(engagement, result, left_out):
    fewer = three_kinds().drop(columns="kind").iloc[left_out:]
    again = persona.run(engagement(respondents=fewer, settings=BY_DATA))
    assert set(again.personas["persona"]) == set(result.personas["persona"])


def test_names_are_said_in_the_engagements_language(engagement):
    people = three_kinds()[["respondent", "age", "visits"]]
    settings = indicators(continuous=["age", "visits"])
    names = persona.run(engagement(respondents=people, settings=settings, language="es")).personas["name"]
    assert names.str.contains("ayor|enor").any()


# --- what cannot be used


@pytest.mark.parametrize(
    ("column", "values", "kind", "code"),
    [
        ("same", ["x"] * 240, "categorical", "persona.indicator_constant"),
        ("id", [f"u{n}" for n in range(240)], "categorical", "persona.indicator_identifier"),
        ("number", [1000 + n for n in range(240)], "continuous", "persona.indicator_identifier"),
        ("town", [f"t{n % 40}" for n in range(240)], "categorical", "persona.indicator_scattered"),
        ("wealth", ["rich", "poor"] * 120, "continuous", "persona.indicator_text"),
        ("score", ["1", "2"] * 120, "continuous", "persona.indicator_few"),
        (
            "mostly",
            [str(n % 50) if n % 4 else "many" for n in range(240)],
            "continuous",
            "persona.indicator_unread",
        ),
    ],
)
def test_an_indicator_that_tells_nothing_is_named(engagement, column, values, kind, code):
    people = three_kinds().drop(columns="kind").assign(**{column: values})
    lists = {"categorical": ["plan"], "continuous": ["age"]}
    lists[kind] = [*lists[kind], column]
    result = persona.run(engagement(respondents=people, settings=indicators(**lists)))
    assert (code, column) in found(result)


def test_an_indicator_that_is_not_there_is_named_and_the_others_are_used(engagement):
    lists = indicators(categorical=["plan", "nowhere"], continuous=["age", "visits"])
    result = persona.run(engagement(**told_apart(settings=lists)))
    assert ("persona.indicator_missing", "nowhere") in found(result)
    assert len(result.personas) == 3


def test_who_is_known_in_nothing_belongs_to_nobody_and_is_counted(engagement):
    people = three_kinds().drop(columns="kind").astype(object)
    people.loc[:9, ["plan", "pays_by", "age", "visits"]] = ""
    result = persona.run(engagement(respondents=people, settings=BY_DATA))
    assert finding(result, "persona.unassigned").values["n"] == 10
    assert (result.facts["respondents"], result.facts["assigned"]) == (240, 230)


def test_numbers_may_have_a_decimal_comma(engagement, result):
    people = three_kinds().drop(columns="kind")
    commas = people.assign(visits=people["visits"].astype(str).str.replace(".", ","))
    again = persona.run(engagement(respondents=commas, settings=BY_DATA))
    assert by(again.personas, "persona", "n") == by(result.personas, "persona", "n")


def test_rows_without_weight_count_for_nothing(engagement):
    people = three_kinds().drop(columns="kind").assign(weight=[0] * 40 + [1] * 200)
    result = persona.run(engagement(respondents=people, settings=BY_DATA))
    assert set(result.membership["respondent"]).isdisjoint({f"c{n}" for n in range(1, 41)})


# --- what must not be used

SURVEY = {
    "kind": "survey",
    "file": "s.csv",
    "respondent": "id",
    "scale": {"low": 1, "high": 5},
    "ratings": {"after": {"q1": "desk"}},
    "importance": {"i1": "desk"},
    "outcome": {"column": "nps"},
    "attributes": {"q1": "felt", "i1": "matters", "nps": "would recommend", "plan": "plan"},
}


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("felt", "“felt” is a rating of a touchpoint"),
        ("q1", "“q1” is a rating of a touchpoint"),
        ("desk", "“desk” is a rating of a touchpoint"),
        ("matters", "“matters” is how important"),
        ("would recommend", "“would recommend” is the outcome"),
        ("nps", "“nps” is the outcome"),
        ("Outcome", "“Outcome” is the outcome"),
        ("Satisfaction", "“Satisfaction” is the outcome"),
        ("weight", "“weight” is no attribute"),
    ],
)
def test_how_it_went_is_refused_as_an_indicator_and_the_reason_said(engagement, indicator, said):
    settings = indicators(categorical=["plan", indicator])
    settings |= {"sources": [SURVEY], "outcome": {"name": "Satisfaction"}}
    client = engagement(
        after={"desk": [1]}, respondents=three_kinds().drop(columns="kind"), settings=settings
    )
    with pytest.raises(CxError, match="would only repeat how things went") as error:
        compute(client, "01_persona")
    assert said in str(error.value)
    assert "plan" not in str(error.value).replace("persona.indicators", "")


def test_the_refusal_is_said_in_the_engagements_language(engagement):
    client = engagement(after={"desk": [1]}, settings=indicators(categorical=["desk"]), language="es")
    with pytest.raises(CxError, match="«desk» es la valoración de un punto de contacto"):
        persona.run(client)


# --- how many, and who decides


def test_the_number_that_was_decided_is_taken_among_those_supported(engagement):
    result = persona.run(engagement(**told_apart(decisions={"persona": {"classes": 2}})))
    assert (len(result.personas), result.facts["reason"]) == (2, "decided")
    assert result.choice.set_index("classes")["chosen"].to_dict()[2]


def test_one_persona_can_be_decided(engagement):
    result = persona.run(engagement(**told_apart(decisions={"persona": {"classes": 1}})))
    assert result.personas["persona"].tolist() == ["all"]
    assert ("persona.none_decided_one", "") in found(result)


def test_a_number_that_the_data_do_not_support_blocks_and_the_rule_decides(engagement):
    result = persona.run(engagement(**told_apart(decisions={"persona": {"classes": 7}})))
    assert finding(result, "persona.classes_unsupported").severity == "blocks"
    assert len(result.personas) == 3


def test_below_the_stability_asked_for_there_are_none_and_others_may_be_chosen(engagement, result):
    table = result.choice.set_index("classes")["stability"]
    between = float(table.drop([3]).max() + table[3]) / 2
    if table[3] > between:
        between = float(table[3]) + 1e-6
    settings = BY_DATA | {"thresholds": {"segment_stability": min(between, 1.0)}}
    unstable = persona.run(engagement(**told_apart(settings=settings)))
    assert unstable.facts["reason"] == "unstable"
    assert unstable.personas["persona"].tolist() == ["all"]


def alike(n: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    people = {"respondent": [f"c{k}" for k in range(1, n + 1)], "plan": rng.choice(["a", "b"], n)}
    return pd.DataFrame(people | {"age": rng.normal(40, 10, n).round().astype(int)})


def test_people_who_are_alike_are_one_persona_and_the_figures_say_why(engagement):
    client = engagement(respondents=alike(), settings=indicators(categorical=["plan"], continuous=["age"]))
    result = persona.run(client)
    everyone = row(result.personas, persona="all")
    assert (everyone["name"], everyone["share"], everyone["n"]) == ("All customers", 1.0, 200)
    assert ("persona.none_one_best", "") in found(result)
    assert result.choice["bic"].notna().all()
    assert by(result.membership, "respondent", "persona")["c7"] == "all"


def test_too_few_people_are_one_persona_and_it_is_said_how_many_are_needed(engagement):
    people = three_kinds(50).drop(columns="kind")
    result = persona.run(engagement(respondents=people, settings=BY_DATA))
    assert finding(result, "persona.none_too_few").values == {
        "n_known": 50,
        "needed": 60,
        "least_stability": 0.7,
    }


def test_without_any_usable_indicator_there_is_one_persona(engagement):
    client = engagement(respondents=alike(), settings=indicators(categorical=["nowhere"]))
    assert ("persona.none_no_indicators", "") in found(persona.run(client))


def test_a_doubtful_membership_is_a_finding(engagement):
    settings = BY_DATA | {"thresholds": {"membership": 1.0}}
    result = persona.run(engagement(**told_apart(settings=settings)))
    assert "persona.doubtful" in {code for code, _ in found(result)}


def test_a_cut_keeps_those_whose_likeliest_persona_stays(engagement, result):
    cut = {"scope": {"cut": {"personas": ["senior"]}}}
    kept = persona.run(engagement(**told_apart(decisions=cut)))
    own = likeliest(result.membership)
    assert set(kept.membership["respondent"]) == set(own.loc[own["persona"] == "senior", "respondent"])
    assert set(kept.everyone["persona"]) == KINDS


def test_a_cut_to_a_persona_that_is_no_more_blocks(engagement):
    cut = {"scope": {"cut": {"personas": ["gone"]}}}
    result = persona.run(engagement(**told_apart(decisions=cut)))
    assert {("thread.decision_lost", "gone"), ("persona.nothing_kept", "scope.cut")} <= found(result)


# --- together


def test_models_are_fitted_once_for_scope_persona_and_a_decision(client, monkeypatch):
    fitted = []
    segments._fitted.cache_clear()
    monkeypatch.setattr(segments, "segment", lambda *a, **k: fitted.append(1) or segment(*a, **k))
    compute(client, "00_scope")
    compute(client, "01_persona")
    client.decide("persona.classes", 2)
    assert len(compute(client, "01_persona").personas) == 2
    client.decide("persona.classes", None)
    assert len(fitted) == 1


def test_the_scope_counts_the_personas_that_were_found(client):
    scope = compute(client, "00_scope")
    assert set(scope.cut["persona"]) == KINDS


def test_a_result_is_read_back_as_it_was_saved(client, result):
    client.save(compute(client, "01_persona"))
    again = persona.PersonaResult.read(cxmethod.open(client.folder))
    pd.testing.assert_frame_equal(again.membership, result.membership, check_dtype=False)
    assert again.choice["status"].tolist() == result.choice["status"].tolist()
