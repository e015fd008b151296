"""Recording decisions on top of what others decided meanwhile."""

import datetime

import pytest

from cxmethod.engagement import Engagement
from cxmethod.forms.decisions import approve, choose, decide_kind, judge, keep_in_scope, take_back_kind
from cxmethod.language import CxError

DAY = datetime.date(2026, 9, 30)
REASON = "We saw three families leave."


def test_a_moment_is_overruled_with_reason_author_and_date(client: Engagement) -> None:
    decide_kind(client, "waiting", "red", f" {REASON} ", "Ana", DAY)
    decision = client.decisions.moments["waiting"]
    assert (decision.kind, decision.reason, decision.author, decision.date) == ("red", REASON, "Ana", DAY)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("", "red", REASON, "Ana"), "choose the touchpoint"),
        (("waiting", "", REASON, "Ana"), "what kind of moment"),
        (("waiting", "red", "too long", "Ana"), "at least ten letters"),
        (("waiting", "red", REASON, " "), "who decides"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(
    client: Engagement, values: tuple[str, str, str, str], said: str
) -> None:
    with pytest.raises(CxError, match=said):
        decide_kind(client, *values, DAY)
    assert client.decisions.moments == {}


def test_a_decision_taken_back_is_gone_and_others_stay(client: Engagement) -> None:
    decide_kind(client, "waiting", "red", REASON, "Ana", DAY)
    decide_kind(client, "a.b", "value", REASON, "Ana", DAY)
    take_back_kind(client, "waiting")
    assert list(client.decisions.moments) == ["a.b"]


def test_importance_is_judged_and_taken_back(client: Engagement) -> None:
    judge(client, "waiting", 5)
    judge(client, "website", 2)
    judge(client, "website", None)
    assert client.decisions.importance == {"waiting": 5.0}


def test_leaving_one_out_lists_the_others_in_order(client: Engagement) -> None:
    keep_in_scope(client, "touchpoints", "booking", False, ("website", "booking", "waiting"))
    assert client.decisions.scope.cut.touchpoints == ("website", "waiting")
    assert client.decisions.scope.cut.personas == ()


def test_all_ticked_is_an_empty_list(client: Engagement) -> None:
    every = ("website", "booking")
    keep_in_scope(client, "touchpoints", "booking", False, every)
    keep_in_scope(client, "touchpoints", "booking", True, every)
    assert client.decisions.scope.cut.touchpoints == ()


def test_the_last_one_cannot_be_left_out(client: Engagement) -> None:
    with pytest.raises(CxError, match="at least one"):
        keep_in_scope(client, "personas", "ana", False, ("ana",))


def test_an_initiative_is_never_kept_and_dropped(client: Engagement) -> None:
    choose(client, "a", "keep")
    choose(client, "b", "drop")
    choose(client, "a", "drop")
    decided = client.decisions.opportunities
    assert (decided.keep, decided.drop) == ((), ("b", "a"))
    choose(client, "a", "score")
    assert client.decisions.opportunities.drop == ("b",)


def test_quotes_are_approved_one_by_one(client: Engagement) -> None:
    approve(client, "ana", True)
    approve(client, "luis", True)
    approve(client, "ana", False)
    assert client.decisions.quotes.approved == ("luis",)
