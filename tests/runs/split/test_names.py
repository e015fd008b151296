"""Folders named by values: safe on every disk, and the same at every run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.runs.split.names import folder_names, slug


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Norte", "norte"),
        ("São Paulo / Ñuñoa", "sao-paulo-nunoa"),
        ("../../etc/passwd", "etc-passwd"),
        ("NA", "na"),
        ("Sede 🚀 1", "sede-1"),
        ("Straße", "strasse"),
        ("北京", "北京"),
        ("2026.5", "2026-5"),
    ],
)
def test_a_value_becomes_a_plain_name(value, name):
    assert slug(value) == name


@pytest.mark.parametrize("value", ["🚀", "..", "CON", "a" * 200, "—"])
def test_what_makes_no_plain_name_is_told_apart_by_its_digest(value):
    assert slug(value) == slug(value)
    assert slug(value) != slug(value + "x")
    assert len(slug(value).rpartition("-")[2]) == 8


@given(st.text(min_size=1))
def test_a_name_is_short_and_stays_in_its_folder(value):
    name = slug(value)
    assert 0 < len(name) <= 49
    assert len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|.\0 \n')
    assert name == name.casefold() or not name.isascii()


def test_values_that_would_share_a_name_are_told_apart_in_any_order():
    names = folder_names(["NORTE", "Norte", "Sur"], {}, [])
    assert names["Sur"] == "sur"
    assert len({names["NORTE"], names["Norte"], "norte"}) == 3
    assert folder_names(["Sur", "Norte", "NORTE"], {}, []) == {
        value: names[value] for value in ("Sur", "Norte", "NORTE")
    }


def test_a_value_keeps_the_folder_that_it_has():
    names = folder_names(["NORTE", "Norte"], {"Norte": "norte"}, [])
    assert names["Norte"] == "norte"
    assert names["NORTE"].startswith("norte-")


def test_a_folder_of_somebody_else_is_not_taken():
    assert folder_names(["Norte"], {}, ["Norte"])["Norte"].startswith("norte-")
