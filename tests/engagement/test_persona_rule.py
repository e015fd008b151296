"""Segments by a column, or found in several: one of the two."""

import pytest
from pydantic import ValidationError

from cxmethod.engagement.persona_rule import PersonaRule
from cxmethod.engagement.settings import read_settings
from cxmethod.language import CxError


def test_a_column_or_indicators():
    assert PersonaRule.model_validate({"column": "plan"}).indicators is None
    rule = PersonaRule.model_validate({"indicators": {"categorical": ["plan", 2024], "continuous": ["age"]}})
    assert rule.indicators is not None
    assert rule.indicators.categorical == ("plan", "2024")


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ({}, "persona_ways"),
        ({"column": "plan", "indicators": {"categorical": ["plan"]}}, "persona_ways"),
        ({"indicators": {}}, "indicators_none"),
        ({"indicators": {"categorical": ["plan"], "continuous": ["plan"]}}, "indicators_twice"),
    ],
)
def test_anything_else_is_refused(rule, code):
    with pytest.raises(ValidationError) as error:
        PersonaRule.model_validate(rule)
    assert error.value.errors()[0]["type"] == code


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "persona: give column, or indicators."), ("es", "persona: indique column, o bien indicators.")],
)
def test_the_refusal_is_a_sentence(tmp_path, language, said):
    path = tmp_path / "engagement.yaml"
    path.write_text(f"client: Acme\nlanguage: {language}\npersona: {{}}\n")
    with pytest.raises(CxError, match=said):
        read_settings(path)
