"""A split that runs again: what stays, what is renewed, and whose folders they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import cxmethod
from cxmethod.language import CxError

from .wholes import TABLES, lines, make_whole, put, split, state


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return make_whole(tmp_path)


def test_a_second_run_touches_nothing(tmp_path, whole):
    split(tmp_path)
    before = state(tmp_path / "clients")
    _, told = split(tmp_path)
    assert state(tmp_path / "clients") == before
    assert told[0] == "chain quedó dividido por «sede» en 3 clientes; nuevos o con cambios: 0."


def test_only_the_client_whose_rows_changed_is_rewritten(tmp_path, whole):
    parts, _ = split(tmp_path)
    before = {name: state(folder) for name, folder in parts.items()}
    put(whole, "outcomes", TABLES["outcomes"].replace("2,3", "2,4"))
    split(tmp_path)
    after = {name: state(folder) for name, folder in parts.items()}
    assert (after["norte"], after["na"]) == (before["norte"], before["na"])
    changed = {name for name in after["sur"] if after["sur"][name] != before["sur"][name]}
    assert changed == {"inputs/outcomes.csv", "split.json"}


def test_a_customer_who_moves_goes_with_all_rows(tmp_path, whole):
    parts, _ = split(tmp_path)
    put(whole, "respondents", TABLES["respondents"].replace("3,Norte", "3,Sur"))
    split(tmp_path)
    assert [row[0] for row in lines(parts["norte"], "ratings")] == ["1", "1"]
    assert [row[0] for row in lines(parts["sur"], "ratings")] == ["2", "3", "2"]


def test_what_the_consultant_decided_in_a_client_stays(tmp_path, whole):
    parts, _ = split(tmp_path)
    sur = cxmethod.open(parts["sur"])
    sur.decide("importance.shop", 4)
    (parts["sur"] / "notebooks").mkdir()
    (parts["sur"] / "notebooks" / "report.ipynb").write_text("own", encoding="utf-8")
    put(parts["sur"], "kano", "respondent,touchpoint,functional,dysfunctional\n2,shop,1,5\n")
    before = state(parts["sur"])
    cxmethod.open(whole).decide("importance.shop", 2)
    put(whole, "outcomes", TABLES["outcomes"].replace("2,3", "2,4"))
    _, told = split(tmp_path)
    after = state(parts["sur"])
    for name in ("decisions.yaml", "notebooks/report.ipynb", "inputs/kano.csv"):
        assert after[name] == before[name]
    assert lines(parts["sur"], "outcomes") == ["2,4"]
    assert cxmethod.open(parts["norte"]).decisions.importance == {"shop": 2}
    assert any(line.startswith("Sur: decisions.yaml se cambió allí a mano") for line in told)


def test_a_table_that_was_mended_in_a_client_stays_and_is_said_once_the_whole_differs(tmp_path, whole):
    parts, _ = split(tmp_path)
    put(parts["sur"], "outcomes", "respondent,outcome\n2,8\n")
    _, quiet = split(tmp_path)
    put(whole, "outcomes", TABLES["outcomes"].replace("2,3", "2,4"))
    _, loud = split(tmp_path)
    assert lines(parts["sur"], "outcomes") == ["2,8"]
    assert [any("a mano" in line for line in told) for told in (quiet, loud)] == [False, True]
    (parts["sur"] / "inputs" / "outcomes.csv").unlink()
    split(tmp_path)
    assert lines(parts["sur"], "outcomes") == ["2,4"]


def test_a_value_that_vanished_leaves_its_folder_alone_and_is_said(tmp_path, whole):
    parts, _ = split(tmp_path)
    before = state(parts["sur"])
    put(whole, "respondents", TABLES["respondents"].replace("Sur", "Norte"))
    again, told = split(tmp_path)
    assert list(again) == ["na", "norte"]
    assert state(parts["sur"]) == before
    assert "Sur ya no está en los datos: su carpeta sur se queda como está y no se ejecuta." in told


def test_a_copy_of_a_client_is_no_client(tmp_path, whole):
    parts, _ = split(tmp_path)
    copy = tmp_path / "clients" / "sur - antes"
    copy.mkdir()
    for name, (_, content) in state(parts["sur"]).items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_bytes(content)
    put(whole, "respondents", TABLES["respondents"].replace("Sur", "Norte"))
    _, told = split(tmp_path)
    assert [line for line in told if "antes" in line] == []


def test_a_folder_of_something_else_is_refused_before_anything_is_written(tmp_path, whole):
    (tmp_path / "clients" / "sur").mkdir(parents=True)
    (tmp_path / "clients" / "sur" / "engagement.yaml").write_text("client: Otro\n", encoding="utf-8")
    with pytest.raises(CxError, match="sur"):
        split(tmp_path)
    assert [folder.name for folder in (tmp_path / "clients").iterdir() if folder.is_dir()] == ["sur"]


def test_a_value_named_as_the_whole_gets_a_folder_of_its_own(tmp_path):
    make_whole(tmp_path, tables=TABLES | {"respondents": "respondent,sede\n1,Chain\n2,Sur\n"})
    parts, _ = split(tmp_path, into=".")
    assert [name for name in parts if name.startswith("chain-")] == list(parts)[:1]


def test_two_spellings_are_two_clients_and_said(tmp_path, whole):
    put(whole, "respondents", TABLES["respondents"].replace("3,Norte", "3,NORTE"))
    parts, told = split(tmp_path)
    assert sum(name.startswith("norte-") for name in parts) == 2
    assert any(line.startswith("«NORTE» y «Norte» solo se diferencian") for line in told)


def test_a_second_spelling_that_appears_later_takes_no_folder_from_the_first(tmp_path, whole):
    parts, _ = split(tmp_path)
    put(whole, "respondents", TABLES["respondents"].replace("3,Norte", "3,NORTE"))
    again, _ = split(tmp_path)
    assert lines(parts["norte"], "respondents") == ["1,Norte,a"]
    assert [name for name in again if name.startswith("norte")] == [list(again)[1], "norte"]
