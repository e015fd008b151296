"""5,000 customers of a telephone company: personas from their contracts and households, never from who left."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.steps import compute, persona

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def telco(taken_in) -> tuple[Engagement, Any]:
    client = taken_in("telco", "data/telco_churn/telco_first5000.csv")
    return client, compute(client, "01_persona")


def test_the_answer_is_a_stable_number_of_personas_or_an_honest_none(telco):
    _, result = telco
    choice = result.choice.set_index("classes")
    assert choice.index.tolist() == list(range(1, 9))
    taken = choice.index[choice["chosen"]][0]
    assert choice["status"][taken] in ("supported", "one")
    if taken > 1:
        assert choice["stability"][taken] >= 0.7
        assert (result.personas["n"] >= 250).all()


def test_four_personas_that_a_consultant_can_name(telco):
    """On fibre month to month; newcomers without a contract; one-year customers with little internet; the loyal."""
    _, result = telco
    personas = result.personas.set_index("persona")
    assert set(personas.index) == {"fiber_optic", "month_to_month", "internet_no", "two_year"}
    assert personas["share"].between(0.15, 0.35).all()
    months = result.traits[result.traits["trait"] == "months as a customer"].set_index("persona")
    assert months["share_or_mean"]["month_to_month"] < 6
    assert months["share_or_mean"]["two_year"] > 60
    assert (personas["certainty"] > 0.85).all()


def test_a_number_whose_segments_shrink_to_the_first_month_is_not_offered(telco):
    _, result = telco
    assert "narrow" in set(result.choice["status"])
    assert "persona.narrow" in {finding.code for finding in result.findings}


def test_who_left_tells_with_the_personas_and_is_refused_as_an_indicator(telco):
    client, result = telco
    outcome = client.table("outcomes").set_index("respondent")["outcome"]
    own = persona.likeliest(result.membership).set_index("respondent")["persona"]
    stayed = outcome.groupby(own.reindex(outcome.index)).mean()
    assert stayed["two_year"] - stayed["month_to_month"] > 0.3
    path = client.folder / "engagement.yaml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["sources"][0]["attributes"]["Churn"] = "left us"
    settings["persona"]["indicators"]["categorical"] += ["left us"]
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    with pytest.raises(CxError, match="“left us” is the outcome"):
        compute(cxmethod.open(client.folder), "01_persona")
