"""`cxmethod diff`: two folders in, sentences out."""

import json
import shutil
from pathlib import Path

import pytest

from cxmethod.cli import main
from cxmethod.steps import obtain


@pytest.fixture(scope="session")
def acme(engagement):
    made = engagement(after={"desk": [1, -1, 0] * 10}, language="es", settings={"date": "2026-06-30"})
    for step in ("04_touchpoints", "07_opportunities"):
        obtain(made, step)
    return made.folder


def call(capsys, *arguments) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as leaving:
        main(["diff", *map(str, arguments)])
    said = capsys.readouterr()
    return int(leaving.value.code or 0), said.out, said.err


def later(acme: Path, place: Path, client: str = "Acme") -> Path:
    """A copy with another date, whose results are therefore stale."""
    shutil.copytree(acme, place)
    (place / "engagement.yaml").write_text(f"client: {client}\nlanguage: es\ndate: 2026-09-30\n")
    return place


def test_a_copy_is_the_same(acme, tmp_path, capsys):
    copy = shutil.copytree(acme, tmp_path / "copia")
    code, said, _ = call(capsys, acme, copy)
    assert (code, said.count("\n")) == (0, 2)
    assert "Los dos estados dicen lo mismo" in said


def test_what_cannot_be_compared_is_listed_and_the_exit_code_is_1(acme, tmp_path, capsys):
    today = later(acme, tmp_path / "hoy")
    code, said, _ = call(capsys, acme, today)
    assert code == 1
    assert f"cxmethod run {today}" in said


def test_it_can_be_computed_and_said_in_the_other_language(acme, tmp_path, capsys):
    code, said, _ = call(capsys, acme, later(acme, tmp_path / "hoy"), "--compute", "--language", "en")
    assert code == 0
    assert "What changed between June 30, 2026 and September 30, 2026" in said


def test_a_machine_can_read_it(acme, tmp_path, capsys):
    code, said, _ = call(capsys, acme, shutil.copytree(acme, tmp_path / "copia"), "--json")
    assert code == 0
    assert json.loads(said)["same"] is True


def test_another_client_is_a_wrong_call_unless_forced(acme, tmp_path, capsys):
    other = later(acme, tmp_path / "otro", client="Bravo")
    code, said, complaint = call(capsys, acme, other)
    assert (code, said) == (2, "")
    assert "--force" in complaint
    assert call(capsys, acme, other, "--force")[0] == 1


def test_one_folder_twice_is_a_wrong_call(acme, capsys):
    assert call(capsys, acme, acme)[0] == 2


def test_a_folder_without_an_engagement_is_a_wrong_call(acme, tmp_path, capsys):
    assert call(capsys, tmp_path, acme)[0] == 2
