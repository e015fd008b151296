from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.language import LANGUAGES, Words

EN, ES, CO = Words("en"), Words("es"), Words("es", "es_CO", "COP")
UNKNOWN = [None, float("nan"), np.nan, pd.NA, pd.NaT, float("inf")]


def test_numbers_follow_the_locale():
    assert EN.number(1234.56) == "1,234.6"
    assert CO.number(1234.56) == "1.234,6"
    assert Words("es", "es_MX").number(1234.56) == "1,234.6"


def test_a_locale_of_another_language_does_not_speak():
    assert Words("en", "es_CO").number(1234.5) == "1,234.5"


def test_digits_are_as_asked():
    assert EN.number(2, 0) == "2"
    assert EN.number(2, 3) == "2.000"
    assert EN.number(np.float64(0.126), 2) == "0.13"
    assert EN.number(np.int64(5), 0) == "5"


@pytest.mark.parametrize("value", [-0.04, -0.0, 0.04])
def test_zero_has_no_sign(value):
    assert EN.number(value) == "0.0"
    assert EN.signed(value) == "0.0"
    assert EN.percent(value / 100) == "0%"


def test_minus_is_a_minus():
    assert EN.number(-1.5) == "−1.5"
    assert EN.signed(-1.5) == "−1.5"
    assert EN.percent(-0.25) == "−25%"
    assert CO.money(-1200) == "−COP\u00a01.200"


def test_plus_is_shown_where_asked():
    assert EN.signed(1.5) == "+1.5"


def test_percentages():
    assert EN.percent(0.256) == "26%"
    assert ES.percent(0.256) == "26\u00a0%"
    assert ES.percent(0.256, 1) == "25,6\u00a0%"


def test_p_values():
    assert EN.p_value(0.0312) == "0.031"
    assert EN.p_value(0.00009) == "<\u00a00.001"
    assert ES.p_value(0.00009) == "<\u00a00,001"
    assert EN.p_value(0.001) == "0.001"


def test_money():
    assert CO.money(1_234_567.4) == "COP\u00a01.234.567"
    assert Words("en", "en_US", "USD").money(1200) == "USD\u00a01,200"
    assert EN.money(1200) == "1,200"


def test_dates():
    day = datetime.date(2026, 3, 31)
    assert EN.date(day) == "March 31, 2026"
    assert CO.date(day) == "31 de marzo de 2026"
    assert CO.date(pd.Timestamp(day)) == "31 de marzo de 2026"


def test_lists():
    assert (EN.join(["a", "b", "c"]), ES.join(["a", "b", "c"])) == ("a, b, and c", "a, b y c")
    assert (EN.join(["a"]), EN.join(iter(["a", "b"])), EN.join([1, 2])) == ("a", "a and b", "1 and 2")


def test_intervals():
    assert EN.interval(-0.5, 1.25, 2) == "−0.50 to 1.25"
    assert ES.interval(-0.5, 1.25, 2) == "−0,50 a 1,25"


@pytest.mark.parametrize("value", UNKNOWN, ids=repr)
@pytest.mark.parametrize("form", ["number", "signed", "percent", "p_value", "money"])
def test_unknown_is_a_dash(form, value):
    assert getattr(EN, form)(value) == "—"


@pytest.mark.parametrize("day", [None, pd.NaT])
def test_no_date_is_a_dash(day):
    assert EN.date(day) == "—"


def test_nothing_to_join_is_a_dash():
    assert EN.join([]) == "—"


def test_half_an_interval_is_none():
    assert EN.interval(1, None) == "—"


@given(st.floats(-1e12, 1e12), st.sampled_from(LANGUAGES))
def test_a_number_keeps_its_value(value, language):
    words = Words(language, {"es": "es_CO", "en": "en_US"}[language])
    text = words.number(value, 2).replace("−", "-")
    group, point = {"es": (".", ","), "en": (",", ".")}[language]
    assert abs(float(text.replace(group, "").replace(point, ".")) - value) <= 0.005 + 1e-15 * abs(value)


def test_sentences_name_their_values():
    assert EN.say("engagement.cell", row=3, value="x") == "row 3 ('x')"
    assert ES.say("engagement.cell", row=3, value="x") == "fila 3 («x»)"


def test_plurals():
    assert EN.say("engagement.more_rows", count=1) == "1 more row"
    assert EN.say("engagement.more_rows", count=2000) == "2,000 more rows"
    assert CO.say("engagement.more_rows", count=2000) == "2.000 filas más"


def test_braces_in_a_value_are_only_braces():
    assert EN.say("engagement.cell", row=3, value="{value}") == "row 3 ('{value}')"


def test_a_code_that_is_not_there():
    assert not EN.knows("engagement.no_such_code")
    assert not EN.knows("no_such_domain.code")
    assert EN.knows("engagement.cell")
    with pytest.raises(KeyError):
        EN.say("engagement.no_such_code")


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(0.5, 0, "1"), (2.5, 0, "3"), (-0.5, 0, "−1"), (1.005, 2, "1.01"), (0.45, 1, "0.5"), (-0.04, 1, "0.0")],
)
def test_a_half_is_rounded_as_a_spreadsheet_does(value, digits, shown):
    assert Words("en").number(value, digits) == shown
    assert Words("en").percent(0.625) == "63%"
