from pathlib import Path

import pytest

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.portfolio import open_portfolio

from .clients import client


def portfolio_file(base: Path, text: str, name: str = "portfolio.yaml") -> Path:
    base.mkdir(exist_ok=True)
    path = base / name
    path.write_text(text, encoding="utf-8")
    return path


def names(base: Path, of: str | Path | None = None) -> list[str]:
    portfolio = open_portfolio(base if of is None else of)
    return [portfolio.place(folder) for folder in portfolio.folders]


def test_a_folder_of_engagements_is_a_portfolio_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b", "a"):
        client(tmp_path, name)
    (tmp_path / "ledger").mkdir()
    assert names(tmp_path) == ["a", "b"]


def test_a_file_lists_folders_and_patterns_each_folder_once(tmp_path: Path) -> None:
    for name in ("north/b", "north/a", "c", "d"):
        client(tmp_path, name)
    file = portfolio_file(tmp_path, "engagements: [c, north/*, north/a]\nformats: [html]\nfull: true\n")
    assert names(tmp_path, file) == ["c", "north/a", "north/b"]
    portfolio = open_portfolio(file)
    assert (portfolio.formats, portfolio.full) == (("html",), True)


def test_the_file_in_a_folder_is_the_portfolio(tmp_path: Path) -> None:
    client(tmp_path, "a")
    client(tmp_path, "b")
    portfolio_file(tmp_path, "engagements: [b]\n")
    assert names(tmp_path) == ["b"]


def test_a_file_of_another_name_keeps_a_ledger_of_that_name(tmp_path: Path) -> None:
    client(tmp_path, "a")
    assert open_portfolio(portfolio_file(tmp_path, "engagements: [a]\n", "march.yaml")).name == "march"


def test_a_client_outside_of_the_portfolio_is_named_by_its_whole_path(tmp_path: Path) -> None:
    client(tmp_path, "elsewhere")
    file = portfolio_file(tmp_path / "p", "engagements: [../elsewhere]\n")
    assert names(tmp_path, file) == [str(tmp_path / "elsewhere")]


def test_a_folder_that_is_named_stays_also_where_it_is_not_there(tmp_path: Path) -> None:
    assert names(tmp_path, portfolio_file(tmp_path, "engagements: [gone]\n")) == ["gone"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_that_is_wrong_in_the_file_is_said_at_once(tmp_path: Path, language: str) -> None:
    file = portfolio_file(tmp_path, "engagement: [a]\nformats: [doc]\nfull: sometimes\n")
    with pytest.raises(CxError) as error:
        open_portfolio(file, Words(language))
    assert all(field in str(error.value) for field in ("engagement:", "formats.0", "full"))


def test_a_file_without_clients_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CxError, match="engagements"):
        open_portfolio(portfolio_file(tmp_path, "full: true\n"))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda base: base, "batch.portfolio_none"),
        (lambda base: base / "nowhere", "batch.portfolio_none"),
        (lambda base: client(base, "one"), "batch.portfolio_one"),
        (lambda base: portfolio_file(base, 'engagements: ["x*"]\n'), "batch.portfolio_pattern"),
    ],
)
def test_what_is_no_portfolio_is_said(tmp_path: Path, make: object, code: str) -> None:
    with pytest.raises(CxError) as error:
        open_portfolio(make(tmp_path))  # type: ignore[operator]
    assert error.value.code == code


def test_hidden_folders_are_no_clients(tmp_path: Path) -> None:
    for name in ("a", ".hidden", "north/b", "north/.old"):
        client(tmp_path, name)
    assert names(tmp_path) == ["a"]
    assert names(tmp_path, portfolio_file(tmp_path, 'engagements: ["*", "north/*"]\n')) == ["a", "north/b"]
    assert names(tmp_path, portfolio_file(tmp_path, "engagements: [.hidden]\n")) == [".hidden"]
    assert names(tmp_path, portfolio_file(tmp_path, 'engagements: [".hid*"]\n')) == [".hidden"]


def test_folders_that_are_no_engagements_are_named_in_one_line(tmp_path: Path) -> None:
    client(tmp_path, "a")
    for name in ("ledger", ".git", "notes", "old"):
        (tmp_path / name).mkdir()
    (told,) = open_portfolio(tmp_path, Words("en")).notices
    assert "2 folders were passed over" in told
    assert "notes and old" in told
