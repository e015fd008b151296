from __future__ import annotations

from hashlib import sha256

import pytest

from cxmethod.engagement import Engagement
from cxmethod.intake import take_in
from cxmethod.intake.privacy import clashes, pseudonyms
from tests.intake.conftest import LOG, SURVEY

PEOPLE = [
    "ana@correo.co",
    "+57 300 123 4567",
    "(1) 555-1234",
    "300-123-4567",
    "3001234567",
    "Ana Pérez",
    "A. Pérez",
]
CODES = ["17", "0017", "C-0017", "R_3k2hgT", "P0001", "cliente 12", "NA", "12345678"]


@pytest.mark.parametrize("person", PEOPLE)
def test_who_somebody_is_gives_way_to_a_pseudonym(person):
    assert pseudonyms([person], [], seed=7)[person] == f"R{sha256(f'7:{person}'.encode()).hexdigest()[:10]}"


def test_codes_stay():
    assert pseudonyms(CODES, CODES, seed=7) == {}


def test_among_full_names_a_single_word_is_a_name():
    assert set(pseudonyms(["Ana Pérez", "Luis", "C017"], [], seed=7)) == {"Ana Pérez", "Luis"}


def test_a_long_number_is_a_phone_among_people_and_a_count_among_cases():
    assert pseudonyms([], ["219483890"], seed=7) == {}
    assert pseudonyms(["219483890"], ["219483890"], seed=7).keys() == {"219483890"}


def test_another_seed_gives_other_pseudonyms():
    assert pseudonyms(["a@b.co"], [], seed=1) != pseudonyms(["a@b.co"], [], seed=2)


def test_two_people_under_one_pseudonym_are_noticed():
    assert clashes({"a@b.co": "R1", "c@d.co": "R1"}, [])
    assert clashes({"a@b.co": "R1"}, ["R1"])
    assert not clashes({"a@b.co": "R1", "c@d.co": "R2"}, ["a@b.co", "17"])


def test_a_person_has_one_pseudonym_in_every_file(engage, sent):
    log = {**LOG, "case": "visit", "respondent": "who"}
    engagement: Engagement = engage({**SURVEY, "outcome": {"column": "nps"}}, log)
    take_in(
        engagement,
        [
            sent("survey.csv", "id,q1,q2,nps\nana@b.co,1,2,9\n17,1,2,9\n"),
            sent("log.csv", "visit,step,at,who\nv1,call,2026-01-01,ana@b.co\nv2,call,2026-01-01,17\n"),
        ],
    )
    name = pseudonyms(["ana@b.co"], [], engagement.settings.seed)["ana@b.co"]
    for table in ("respondents", "outcomes", "events"):
        assert engagement.table(table)["respondent"].tolist() == [name, "17"]
    assert engagement.table("ratings")["respondent"].unique().tolist() == [name, "17"]


def test_nothing_that_is_written_names_a_person(engage, sent):
    engagement = engage({**SURVEY, "attributes": {"plan": "plan"}})
    file = sent("survey.csv", "id,q1,q2,plan,mail,note\nAna Pérez,1,2,gold,ana@b.co,call Ana\n")
    take_in(engagement, [file])
    written = b"".join(path.read_bytes() for path in engagement.inputs.rglob("*") if path.is_file())
    for secret in ("Ana", "ana@b.co"):
        assert secret.encode() not in written


def test_the_report_counts_the_pseudonyms(engage, sent):
    engagement = engage(SURVEY)
    report = take_in(engagement, [sent("survey.csv", "id,q1,q2\nana@b.co,1,2\nluis@b.co,1,2\n")])
    assert any("2 ids looked like" in line for line in report.sentences(engagement.words))


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        (["x", "y", "ana@b.co"], "intake.rule_attribute_email"),
        (["write to ana@b.co please"], "intake.rule_attribute_email"),
        (["1020304050", "1020304051", "1020304052"], "intake.rule_attribute_number"),
        (["CC 10.203.040-50", "CC 10.203.040-51"], "intake.rule_attribute_number"),
        ([f"Ana Pérez {letter * 3}" for letter in "abcdefghij"], "intake.rule_attribute_name_of_person"),
    ],
)
def test_attributes_that_tell_who_somebody_is_are_refused(engage, sent, rules, cells, rule):
    rows = "".join(f"{number},1,2,{cell}\n" for number, cell in enumerate(cells))
    engagement = engage({**SURVEY, "attributes": {"about": "about"}})
    assert rules(engagement, sent("survey.csv", "id,q1,q2,about\n" + rows)) == [(rule, "about", 0, "")]


@pytest.mark.parametrize(
    "cells",
    [["41", "42", "43"], ["gold", "silver"], ["1000000000"] * 9, ["Buenos Aires", "San José"] * 9, ["", ""]],
)
def test_attributes_that_tell_what_somebody_is_like_are_carried(engage, sent, cells):
    rows = "".join(f"{number},1,2,{cell}\n" for number, cell in enumerate(cells))
    engagement = engage({**SURVEY, "attributes": {"about": "about"}})
    take_in(engagement, [sent("survey.csv", "id,q1,q2,about\n" + rows)])
    assert engagement.table("respondents")["about"].fillna("").tolist() == cells
