from __future__ import annotations

import datetime

import pytest
import yaml

import cxmethod
from cxmethod.engagement import EventLogSource, Settings, SurveySource, Thresholds
from cxmethod.language import CxError

SURVEY = {
    "kind": "survey",
    "file": "a.csv",
    "scale": {"low": 1, "high": 5},
    "ratings": {"after": {"q": "web"}},
}


def settings(text: str) -> Settings:
    return Settings.model_validate(yaml.safe_load("client: Acme\n" + text))


def survey(**changes) -> SurveySource:
    source = Settings.model_validate({"client": "Acme", "sources": [{**SURVEY, **changes}]}).sources[0]
    assert isinstance(source, SurveySource)
    return source


def test_a_client_is_enough(folder):
    engagement = cxmethod.open(folder(settings="client: Acme\n"))
    assert engagement.settings.client == "Acme"
    assert engagement.settings.sources == ()


def test_thresholds_are_those_of_the_method():
    given = {"suppress_below": 5, "min_n": 30, "confidence": 0.95, "enter_share": 0.7, "cases_per_driver": 10,
             "equal_share_certainty": 0.8, "negative_share": 0.25, "stated_importance": 4, "resamples": 1000,
             "contrast_cases": 10, "impute_share": 0.0,
             "significance": 0.05, "customers_covered": 0.8, "touchpoints_per_map": 20, "baseline_waves": 8,
             "measured_difference": 0.25, "membership": 0.8, "segment_share": 0.05, "segment_stability": 0.7,
             "satisfied_from": 4, "easy_from": 5}  # fmt: skip
    assert Thresholds().model_dump() == given


def test_one_threshold_may_be_set_otherwise():
    assert settings("thresholds: {min_n: 50}").thresholds == Thresholds(min_n=50)


@pytest.mark.parametrize(
    "text",
    ["seed: -1", "seed: 4294967296", "budget: {amount: .inf}", "budget: {amount: .nan}", "budget: {months: 10000000000}",
     "thresholds: {satisfied_from: .inf}", "scope: {study_budget: .inf}"],
)  # fmt: skip
def test_what_no_computation_could_hold_is_refused(text):
    with pytest.raises(ValueError, match="1 validation error"):
        settings(text)


def test_settings_do_not_change():
    with pytest.raises(ValueError, match="frozen"):
        settings("").client = "Other"


def test_dates_are_dates():
    assert settings("date: 2026-09-30").date == datetime.date(2026, 9, 30)


def test_codes_are_text_however_they_are_written():
    assert survey(unknown=[9, "ns", 0]).unknown == ("9", "ns", "0")


def test_answers_of_a_scale_may_be_numbers():
    assert survey(scale={"values": {1: -2, 5: 2}}).scale.values == {"1": -2, "5": 2}


def test_headings_and_values_may_be_numbers():
    source = survey(ratings={"after": {1: "web"}}, outcome={"column": 2, "success": 1})
    assert source.ratings == {"after": {"1": "web"}}
    assert source.outcome is not None
    assert (source.outcome.column, source.outcome.success) == ("2", "1")


def test_a_log_knows_its_kind():
    text = "sources: [{kind: event_log, file: l.csv, case: c, activity: a, timestamp: t, success: {column: paid, value: 1}}]"
    (source,) = settings(text).sources
    assert isinstance(source, EventLogSource)
    assert source.success is not None
    assert source.success.value == "1"


@pytest.mark.parametrize(
    "rule", [{}, {"reached": "a", "column": "b", "value": "c"}, {"column": "b"}, {"value": "c"}]
)
def test_success_is_said_in_one_way(rule):
    with pytest.raises(ValueError, match="reached"):
        Settings.model_validate(
            {
                "client": "A",
                "sources": [
                    {
                        "kind": "event_log",
                        "file": "l",
                        "case": "c",
                        "activity": "a",
                        "timestamp": "t",
                        "success": rule,
                    }
                ],
            }
        )


def test_words_take_locale_and_currency():
    words = settings("language: es\nlocale: es_CO\ncurrency: COP\n").words()
    assert words.money(1200) == "COP\u00a01.200"
    assert settings("language: es\nlocale: es_CO\n").words("en").number(1200.5) == "1,200.5"


def test_every_field_that_does_not_hold_is_named(folder):
    text = "client: ''\nlanguage: en\nseed: x\ncurency: COP\nthresholds: {min_n: 1}\nbrand: {colour: teal}\n"
    with pytest.raises(CxError) as caught:
        cxmethod.open(folder(settings=text))
    said = str(caught.value)
    for field in ("client:", "seed:", "curency:", "thresholds.min_n:", "brand.colour:"):
        assert field in said


def test_yaml_cannot_run_anything(folder, tmp_path):
    text = f"client: !!python/object/apply:os.mkdir ['{tmp_path / 'made'}']\n"
    with pytest.raises(CxError):
        cxmethod.open(folder(settings=text))
    assert not (tmp_path / "made").exists()
