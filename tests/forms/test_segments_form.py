"""Choosing the number of personas among those that the data support."""

import pandas as pd
import pytest

from cxmethod import forms
from cxmethod.engagement import Engagement
from cxmethod.forms.segments_form import SegmentsView, decide_segments
from cxmethod.language import CxError
from cxmethod.steps.persona import PersonaResult
from tests.forms.conftest import Engage

NONE = pd.DataFrame()
CHOICE = pd.DataFrame(
    {
        "classes": [1, 2, 3, 4],
        "stability": [float("nan"), 0.91, 0.75, 0.4],
        "bic_difference": [400.0, 120.0, 0.0, -3.0],
        "smallest_share": [1.0, 0.4, 0.2, 0.1],
        "status": ["one", "supported", "supported", "unstable"],
        "chosen": [False, False, True, False],
    }
)
FOUND = PersonaResult(personas=NONE, cards=NONE, membership=NONE, choice=CHOICE)


@pytest.fixture
def client(engage: Engage) -> Engagement:
    return engage(settings="persona: {indicators: {categorical: [plan]}}\n")


def said(form: forms.Form) -> str:
    return str(form._repr_mimebundle_()[0]["text/plain"])


def options(view: SegmentsView) -> dict[str, int]:
    return dict(view.choices.controls["classes"].options)


def test_the_supported_numbers_are_offered_with_their_figures(client: Engagement) -> None:
    offered = options(SegmentsView(client, FOUND))
    assert list(offered.values()) == [0, 1, 2, 3]
    assert "2: stability 0.91, smallest 40%, BIC +120" in offered


def test_a_choice_is_on_file_at_once_and_can_be_left_to_the_rule_again(client: Engagement) -> None:
    control = SegmentsView(client, FOUND).choices.controls["classes"]
    control.value = 2
    assert client.decisions.persona.classes == 2
    control.value = 0
    assert client.decisions.persona.classes is None


def test_an_unsupported_number_is_refused_with_a_sentence(client: Engagement) -> None:
    with pytest.raises(CxError, match=r"do not support 4 personas\. Choose one of these: 1, 2, and 3"):
        decide_segments(client, FOUND, 4)
    assert client.decisions.persona.classes is None


def test_a_number_on_file_that_is_not_supported_any_more_is_shown_as_such(client: Engagement) -> None:
    client.decide("persona.classes", 4)
    assert SegmentsView(client, FOUND).choices.controls["classes"].value == 4
    assert "4: on file, and not supported any more" in options(SegmentsView(client, FOUND))


def test_exports_say_what_was_decided(client: Engagement) -> None:
    assert said(forms.choose_segments(client, FOUND)) == "No decision yet: the rule takes 3."
    client.decide("persona.classes", 2)
    assert said(forms.choose_segments(client, FOUND)) == "It was decided to work with 2 personas."


def test_where_personas_are_not_looked_for_in_data_there_is_nothing_to_choose(client: Engagement) -> None:
    typed = PersonaResult(personas=NONE, cards=NONE, membership=NONE)
    form = forms.choose_segments(client, typed)
    assert form.view is None
    assert "There is no number to choose" in said(form)
