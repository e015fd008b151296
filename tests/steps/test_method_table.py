"""The decision table of the methods holds, and cannot hold nonsense."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import ValidationError

import cxmethod
from cxmethod.assets import asset
from cxmethod.engagement.scope_settings import DataTable
from cxmethod.engagement.settings import Objective
from cxmethod.language import LANGUAGES, Words
from cxmethod.steps.method_table import method_table, read_table

TEXT = (asset("data") / "methods.yaml").read_text(encoding="utf-8")


def test_the_nine_methods_are_there_each_with_its_source():
    methods = method_table().methods
    assert len(methods) == 9
    assert all(method.source for method in methods)


def test_every_objective_has_a_method_that_was_made_for_it():
    made = {name for m in method_table().methods for name, how in m.objectives.items() if how == "main"}
    assert made == set(get_args(Objective))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_table_has_its_word(language):
    words, table = Words(language), method_table()
    tables = {name for m in table.methods for name in (*m.needs, *m.uses, *m.collects)}
    codes = [
        *(f"code.{method.method}" for method in table.methods),
        *(f"code.table_{name}" for name in get_args(DataTable)),
        *(f"brief.{verb}_{name}" for verb in ("want", "get") for name in tables),
        *(f"brief.stage_{stage.stage}" for stage in table.calendar),
        *(f"study.objective_{name}" for name in get_args(Objective)),
    ]
    assert [code for code in codes if not words.knows(code)] == []


def test_no_method_is_named_in_the_code_of_the_steps():
    names = [method.method for method in method_table().methods]
    folder = Path(cxmethod.__file__).parent / "steps"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    assert [(file, name) for file, text in texts.items() for name in names if f'"{name}"' in text] == []


def changed(**values: object) -> str:
    table = yaml.safe_load(TEXT)
    table["methods"][0] |= values
    return yaml.safe_dump(table, allow_unicode=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": {"least": 3, "usual": 1}},
        {"objectives": {"fame": "main"}},
        {"uses": ["horoscopes"]},
        {"source": "Somebody"},
        {"method": "process_mining"},
        {"gives": {"en": "Only in English"}},
        {"prize": 1},
    ],
    ids=str,
)
def test_a_table_that_does_not_hold_is_refused(wrong):
    with pytest.raises(ValidationError):
        read_table(changed(**wrong))


def test_stages_that_do_not_share_out_all_weeks_are_refused():
    table = yaml.safe_load(TEXT)
    table["calendar"][0]["share"] = 0.5
    with pytest.raises(ValidationError):
        read_table(yaml.safe_dump(table))
