"""The forms on decisions, driven through the values of their controls."""

from dataclasses import replace

import pandas as pd
import pytest

from cxmethod import forms
from cxmethod.engagement import Engagement
from cxmethod.forms.importance_form import ImportanceView
from cxmethod.forms.initiatives_form import InitiativesView
from cxmethod.forms.method_form import MethodView
from cxmethod.forms.moments_form import MomentView
from cxmethod.forms.quotes_form import QuotesView
from cxmethod.forms.scope_form import ScopeView
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.opportunities import OpportunityResult
from cxmethod.steps.scope import ScopeResult
from tests.forms.conftest import PERSONAS, PHASES, TOUCHPOINTS, Engage

NONE = pd.DataFrame()
REASON = "We saw three families leave."
MOMENTS = MomentResult(
    drivers=NONE,
    moments=pd.DataFrame(
        {"persona": "all", "touchpoint": ["website", "waiting"], "kind": ["maintain", "watch"]}
    ),
)
SCOPE = ScopeResult(
    methods=NONE,
    size=NONE,
    cut=pd.DataFrame(
        {
            "persona": ["ana", "luis"],
            "name": ["Ana", "Luis"],
            "share": [0.6, float("nan")],
            "kept": [True, False],
        }
    ),
)
OPPORTUNITIES = OpportunityResult(
    opportunities=NONE,
    criteria=NONE,
    initiatives=pd.DataFrame({"initiative": ["b", "a"], "rank": [1.0, 2.0], "score": [0.75, 0.5]}),
    done=NONE,
    left_out=NONE,
    frontier=NONE,
    roadmap=NONE,
    owners=NONE,
)


@pytest.fixture
def client(engage: Engage) -> Engagement:
    initiatives = "initiative,name\na,Agenda\nb,Bell\nc,Chairs\n"
    return engage(phases=PHASES, touchpoints=TOUCHPOINTS, personas=PERSONAS, initiatives=initiatives)


def said(form: forms.Form) -> str:
    return str(form._repr_mimebundle_()[0]["text/plain"])


def fill(view: MomentView, reason: str = REASON) -> None:
    view.touchpoint.value, view.kind.value = "waiting", "red"
    view.reason.value, view.author.value = reason, "Ana"
    view.save.click()


def test_touchpoints_are_offered_with_the_kind_that_they_have(client: Engagement) -> None:
    view = MomentView(client, MOMENTS)
    assert ("Waiting room (now: watch)", "waiting") in view.touchpoint.options


def test_a_moment_is_decided_at_the_form(client: Engagement) -> None:
    fill(MomentView(client, MOMENTS))
    assert client.decisions.moments["waiting"].reason == REASON


def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(client: Engagement) -> None:
    view = MomentView(client, MOMENTS)
    fill(view, reason="Queues")
    assert "at least ten letters" in view.said
    assert view.reason.value == "Queues"
    assert not (client.folder / "decisions.yaml").exists()


def test_a_decision_on_file_can_be_taken_back(client: Engagement) -> None:
    fill(MomentView(client, MOMENTS))
    view = MomentView(client, MOMENTS)
    assert view.author.value == "Ana"
    view.take_back("waiting")
    assert client.decisions.moments == {}


def test_exports_show_the_decisions_on_file(client: Engagement) -> None:
    assert said(forms.decide_moment(client, MOMENTS)) == "No decision yet: every moment follows the rule."
    fill(MomentView(client, MOMENTS))
    assert REASON in said(forms.decide_moment(client, MOMENTS))


def test_importance_is_saved_at_each_choice(client: Engagement) -> None:
    view = ImportanceView(client)
    view.choices.controls["waiting"].value = 5
    assert client.decisions.importance == {"waiting": 5.0}
    view.choices.controls["waiting"].value = 0
    assert client.decisions.importance == {}
    assert said(forms.judge_importance(client)) == "No importance was judged."


def test_without_touchpoints_importance_says_what_to_do(engage: Engage) -> None:
    form = forms.judge_importance(engage())
    assert form.view is None
    assert "fill in the table Touchpoints" in said(form)


def test_scope_is_cut_by_unticking(client: Engagement) -> None:
    view = ScopeView(client, SCOPE)
    assert view.ticks["personas"].boxes["luis"].description == "Luis (proposed: leave out)"
    view.ticks["touchpoints"].boxes["booking"].value = False
    assert client.decisions.scope.cut.touchpoints == ("website", "waiting")
    assert "Booking" in said(forms.cut_scope(client, SCOPE))


def test_the_proposal_is_accepted_as_it_is_and_shown(client: Engagement) -> None:
    points = pd.DataFrame({"touchpoint": ["website", "booking", "waiting"], "proposed": [True, False, True]})
    view = ScopeView(client, replace(SCOPE, points=points))
    assert "Nothing was decided" in said(forms.cut_scope(client, SCOPE))
    view.accept.click()
    cut = client.decisions.scope.cut
    assert (cut.personas, cut.touchpoints) == (("ana",), ("website", "waiting"))
    assert view.ticks["touchpoints"].boxes["booking"].value is False


def test_a_first_list_of_names_can_be_cut_too(engage: Engage) -> None:
    client = engage(touchpoints="name\nWebsite\nWaiting room\n")
    view = ScopeView(client, SCOPE)
    view.ticks["touchpoints"].boxes["website"].value = False
    assert client.decisions.scope.cut.touchpoints == ("waiting_room",)


def test_the_method_is_chosen_and_given_back_to_the_ranking(client: Engagement) -> None:
    scope = replace(SCOPE, methods=pd.DataFrame({"method": ["customer_journey_map", "diary_study"]}))
    assert "the first of the ranking stands, Customer journey map" in said(forms.choose_method(client, scope))
    control = MethodView(client, scope).choices.controls["method"]
    control.value = "diary_study"
    assert client.decisions.plan.method == "diary_study"
    assert said(forms.choose_method(client, scope)) == "The method chosen is: Diary study."
    control.value = ""
    assert client.decisions.plan.method is None


def test_the_last_tick_of_a_group_is_set_back_with_a_sentence(client: Engagement) -> None:
    ticks = ScopeView(client, SCOPE).ticks["personas"]
    ticks.boxes["ana"].value = False
    ticks.boxes["luis"].value = False
    assert ticks.boxes["luis"].value is True
    assert client.decisions.scope.cut.personas == ("luis",)


def test_initiatives_stand_in_the_order_of_their_rank(client: Engagement) -> None:
    assert list(InitiativesView(client, OPPORTUNITIES).choices.controls) == ["b", "a", "c"]


def test_initiatives_are_kept_and_dropped(client: Engagement) -> None:
    controls = InitiativesView(client, OPPORTUNITIES).choices.controls
    controls["a"].value = "drop"
    controls["c"].value = "keep"
    decided = client.decisions.opportunities
    assert (decided.keep, decided.drop) == (("c",), ("a",))
    assert "Agenda" in said(forms.choose_initiatives(client, OPPORTUNITIES))


def test_only_approved_quotes_reach_exports(client: Engagement) -> None:
    assert "I wait too long" not in said(forms.approve_quotes(client))
    QuotesView(client).ticks.boxes["ana"].value = True
    assert client.decisions.quotes.approved == ("ana",)
    assert "I wait too long" in said(forms.approve_quotes(client))


SAID = (
    "motivation,kind,text,phase,persona,evidence,respondent\n"
    "m1,worry,Will it hurt?,visit,ana,observed,E07\nm2,goal,Home by noon,visit,,assumed,\nana,need,A chair,,,observed,E1\n"
)


def test_what_a_respondent_said_is_approved_like_a_quote(engage: Engage) -> None:
    client = engage(phases=PHASES, personas=PERSONAS, motivations=SAID)
    view = QuotesView(client)
    assert list(view.ticks.boxes) == ["ana", "m1"]
    assert view.ticks.boxes["m1"].description == "“Will it hurt?” worry · Visit · Ana"
    view.ticks.boxes["m1"].value = True
    assert client.decisions.quotes.approved == ("m1",)
    assert "Will it hurt?" in said(forms.approve_quotes(client))
    assert "E07" not in str(forms.approve_quotes(client)._repr_mimebundle_()[0])


def test_without_any_quote_the_form_says_where_they_are_written(engage: Engage) -> None:
    form = forms.approve_quotes(engage(motivations=SAID.replace("E07", "").replace("E1", "")))
    assert form.view is None


def test_decisions_that_cannot_be_read_are_said_without_a_traceback(client: Engagement) -> None:
    (client.folder / "decisions.yaml").write_text("moments: [", encoding="utf-8")
    assert "decisions.yaml" in said(forms.judge_importance(client))


def test_a_choice_that_cannot_be_saved_is_set_back(client: Engagement) -> None:
    view = ImportanceView(client)
    (client.folder / "decisions.yaml").write_text("importance: {waiting: 9}", encoding="utf-8")
    view.choices.controls["website"].value = 3
    assert view.choices.controls["website"].value == 0
    assert "⚠ Not saved" in view.said
