"""The command `cxmethod batch`: what is a wrong call, and what is work that found problems."""

import json
from pathlib import Path

import pytest

from cxmethod.cli import main
from cxmethod.language import Words
from cxmethod.runs.batch.ledger import Ledger


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def call(*arguments: object) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(["batch", *map(str, arguments)])
    return int(leaving.value.code or 0)


@pytest.fixture
def portfolio(tmp_path: Path) -> Path:
    """A client whose settings do not hold."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "engagement.yaml").write_text("client: A\nlanguage: fr\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--shard", "3/2"], "is no shard"),
        (["--to", "doc"], "no export to doc"),
        (["--workers", "0"], "--workers"),
        (["--workers", "2", "--scheduler", "tcp://127.0.0.1:1"], "one of the two"),
        (["--timeout", "0"], "--timeout"),
        (["--kernels", "hot"], "--kernels"),
    ],
)
def test_a_wrong_call_runs_nothing(
    portfolio: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert call(portfolio, *options) == 2
    assert said in capsys.readouterr().err
    assert not (portfolio / "ledger").exists()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is no portfolio in"), ("es", "No hay una cartera en")]
)
def test_no_portfolio_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    assert call(tmp_path, "--language", language) == 2
    assert said in capsys.readouterr().err


def test_one_engagement_is_no_portfolio(portfolio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(portfolio / "a") == 2
    assert "cxmethod run" in capsys.readouterr().err


def test_a_client_that_cannot_run_is_named_and_ends_with_1(
    portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(portfolio, "--workers", "1") == 1
    said = capsys.readouterr()
    assert "a (a): engagement.yaml has settings that do not hold" in said.out
    assert "language: 'fr' is not allowed" in said.out
    assert call(portfolio, "--workers", "1", "--json") == 1
    (refused,) = json.loads(capsys.readouterr().out)["troubled"]
    assert (refused["place"], refused["status"]) == ("a", "refused")


@pytest.mark.parametrize(
    "text",
    [
        b"engagement: [a]\n",
        b"engagements: [a]\nformats: [doc]\n",
        b"engagements: 3\n",
        b"",
        b"a: [\n",
        b"a: \xff\n",
    ],
)
def test_a_portfolio_file_that_does_not_hold_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes
) -> None:
    (tmp_path / "portfolio.yaml").write_bytes(text)
    assert call(tmp_path, "--json") == 2
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["ok"], told["error"]["code"]) == (False, "batch.portfolio_wrong")
    assert told["error"]["text"] in said.err
    assert "portfolio.yaml" in said.err


def test_a_batch_that_is_running_already_is_a_wrong_call(
    portfolio: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger(portfolio, "portfolio").held(Words()):
        assert call(portfolio, "--workers", "1", "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "batch.taken"
