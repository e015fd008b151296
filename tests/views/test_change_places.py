"""Settings and decisions go by a name in both languages, their key beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from cxmethod.engagement.decisions import Decisions
from cxmethod.engagement.settings import Settings
from cxmethod.language import LANGUAGES, Words
from cxmethod.views.change_places import named_place, place_code, told_value

NO_PLACE = {"setting": {"compare_with"}, "decision": {"version"}}


def places(model: type[BaseModel], above: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kinds = get_args(field.annotation) or (field.annotation,)
        parts = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if parts and above + name != "moments":
            for part in parts:
                yield from places(part, f"{above}{name}.")
        else:
            yield above + name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "model"), [("setting", Settings), ("decision", Decisions)])
def test_every_setting_and_decision_has_a_name(kind, model, language):
    """A new setting needs ``setting.…`` (a threshold ``threshold.…``) in both languages."""
    words = Words(language)
    known = [place for place in places(model) if place not in NO_PLACE[kind]]
    assert len(known) > 8
    assert [place for place in known if place_code(kind, place, words) is None] == []


@pytest.mark.parametrize(
    ("language", "kind", "place", "named"),
    [
        ("en", "setting", "thresholds.min_n", "“customers below which it is indicative” (thresholds.min_n)"),
        ("es", "setting", "budget.amount", "«presupuesto» (budget.amount)"),
        ("es", "decision", "moments.desk", "«tipo de momento de un punto: Recepción» (moments.desk)"),
        ("en", "setting", "of.another.version", "of.another.version"),
    ],
)
def test_a_place_is_named_with_its_key(language, kind, place, named):
    assert named_place(kind, place, Words(language), {"desk": "Recepción"}) == named


@pytest.mark.parametrize(
    ("kind", "place", "value", "told"),
    [
        ("setting", "date", "2026-11-15", "15 de noviembre de 2026"),
        ("setting", "budget.amount", "150000000", "COP\u00a0150.000.000"),
        ("setting", "thresholds.negative_share", "0.25", "25\u00a0%"),
        ("setting", "thresholds.min_n", "40", "40"),
        ("setting", "objective_text", "Que vuelvan", "Que vuelvan"),
        ("decision", "opportunities.drop", "desk, other", "Recepción y other"),
        (
            "decision",
            "moments.desk",
            "red · Lo vimos · Ana · 2026-11-10",
            "punto rojo · Lo vimos · Ana · 10 de noviembre de 2026",
        ),
    ],
)
def test_a_value_is_told_in_words(kind, place, value, told):
    words = Words("es", "es_CO", "COP")
    assert told_value(kind, place, value, words, {"desk": "Recepción"}) == told
