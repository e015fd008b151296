"""What a batch plans, runs, writes down and leaves for the next: with jobs that only write a file."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.job import Fault, Job, Outcome
from cxmethod.runs.batch.ledger import Ledger, Shard
from cxmethod.runs.batch.portfolio import Portfolio, open_portfolio
from cxmethod.runs.batch.progress import Bar, Lines, Watch
from cxmethod.runs.batch.run import USUAL, BatchStopped, run_batch
from cxmethod.runs.batch.submission import Crew
from cxmethod.runs.batch.summary import Summary

from ..conftest import code, write
from .clients import Inline, client, clients, deliver, lines


def run(portfolio: Portfolio, call: Callable[[Job], Outcome] = deliver, **options: Any) -> Summary:
    how = replace(USUAL, **{name: options.pop(name) for name in ("shard", "again") if name in options})
    return run_batch(portfolio, crew=options.pop("crew", Crew(Inline)), how=how, call=call, **options)


def ran(portfolio: Portfolio, **options: Any) -> list[str]:
    """Places of the clients that a batch runs."""
    places = []

    def noted(job: Job) -> Outcome:
        places.append(job.place)
        return deliver(job)

    run(portfolio, noted, **options)
    return places


def failing(place: str) -> Callable[[Job], Outcome]:
    def call(job: Job) -> Outcome:
        if job.place == place:
            return Outcome(place, "Client", "failed", fault=Fault("it stopped", "report", 3))
        return deliver(job)

    return call


def test_a_batch_runs_all_and_writes_a_line_for_each(tmp_path: Path) -> None:
    summary = run(clients(tmp_path, "a", "b"), crew=Crew(lambda: ThreadPoolExecutor(2)))
    assert (summary.ok, summary.done, summary.clients) == (True, 2, 2)
    assert sorted(line["place"] for line in lines(tmp_path)) == ["a", "b"]
    assert all(line["status"] == "done" and line["finished"] for line in lines(tmp_path))


def test_a_rerun_does_only_what_is_new_changed_or_failed(tmp_path: Path) -> None:
    run(clients(tmp_path, "same", "changed", "failed"), failing("failed"))
    (tmp_path / "changed" / "inputs").mkdir()
    (tmp_path / "changed" / "inputs" / "note.txt").write_text("new")
    client(tmp_path, "new")
    portfolio = open_portfolio(tmp_path)
    assert ran(portfolio) == ["changed", "failed", "new"]
    assert ran(portfolio) == []
    assert run(portfolio).skipped == 4


@pytest.mark.parametrize("damage", ["missing", "other size", "same size"])
def test_a_client_whose_deliverable_was_lost_or_changed_is_run_again(tmp_path: Path, damage: str) -> None:
    portfolio = clients(tmp_path, "a", "b")
    run(portfolio)
    made = tmp_path / "a" / "deliverables" / "report.html"
    if damage == "missing":
        made.unlink()
    else:
        made.write_text("X" * (made.stat().st_size + (damage == "other size")))
    assert ran(portfolio) == ["a"]


@pytest.mark.parametrize(
    "change",
    [
        lambda portfolio: replace(portfolio, formats=("html",)),
        lambda portfolio: replace(portfolio, full=True),
    ],
)
def test_other_formats_or_notebooks_are_another_run(
    tmp_path: Path, change: Callable[[Portfolio], Portfolio]
) -> None:
    portfolio = clients(tmp_path, "a")
    run(portfolio)
    assert ran(change(portfolio)) == ["a"]


@pytest.mark.parametrize("file", ["engagement.yaml", "decisions.yaml", "inputs/a/b.csv", "notebooks/x.ipynb"])
def test_all_that_a_run_reads_counts(tmp_path: Path, file: str) -> None:
    portfolio = clients(tmp_path, "a")
    (tmp_path / "a" / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "a" / file).write_text("client: A\n" if file == "engagement.yaml" else "")
    run(portfolio)
    (tmp_path / "a" / file).write_text("client: B\n" if file == "engagement.yaml" else " ")
    assert ran(portfolio) == ["a"]


def test_results_and_checkpoints_do_not_count(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a")
    run(portfolio)
    for file in (
        "results/manifest.json",
        "notebooks/.ipynb_checkpoints/report.ipynb",
        "executed/report.ipynb",
    ):
        (tmp_path / "a" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "a" / file).write_text("{}")
    assert ran(portfolio) == []


def test_again_runs_also_what_is_done(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a", "b")
    run(portfolio)
    assert ran(portfolio, again=True) == ["a", "b"]


def test_a_portfolio_may_move_with_its_ledger(tmp_path: Path) -> None:
    run(clients(tmp_path / "old", "a"))
    (tmp_path / "old").rename(tmp_path / "new")
    assert ran(open_portfolio(tmp_path / "new")) == []


def test_five_broken_clients_of_twelve_are_named_with_reasons_and_the_others_delivered(
    tmp_path: Path,
) -> None:
    portfolio = clients(tmp_path, *(f"c{number:02}" for number in range(12)))
    (tmp_path / "c00" / "engagement.yaml").write_text("client: [\n")
    (tmp_path / "c01" / "engagement.yaml").write_text("client: Ñandú\nlanguage: fr\n")
    (tmp_path / "c02" / "inputs").mkdir()
    (tmp_path / "c02" / "inputs" / "personas.csv").write_text("persona,name,evidence\np1,Ana,certain\n")
    (tmp_path / "c03" / "decisions.yaml").write_text("version: 7\n")
    write(tmp_path / "c04" / "notebooks" / "report.ipynb", code("x: int = 1", "parameters"))
    summary = run(portfolio)
    reasons = {one.place: one.fault.text for one in summary.troubled if one.fault}
    assert {one.status for one in summary.troubled} == {"refused"}
    assert summary.done == 7
    for place, said in {
        "c00": "YAML breaks near line",
        "c01": "language: 'fr' is not allowed",
        "c02": "personas.csv",
        "c03": "decisions.yaml",
        "c04": "report.ipynb",
    }.items():
        assert said in reasons[place]
    told = "\n".join(summary.lines(Words("es")))
    assert "5 no se ejecutaron" in told


def test_everything_wrong_with_a_client_is_said_at_once(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a")
    (tmp_path / "a" / "decisions.yaml").write_text("version: 7\n")
    (tmp_path / "a" / "inputs").mkdir()
    (tmp_path / "a" / "inputs" / "personas.csv").write_text("persona,name\n")
    (tmp_path / "a" / "inputs" / "phases.csv").write_text("phase\nx\n")
    write(tmp_path / "a" / "notebooks" / "report.ipynb", code("x: int = 1", "parameters"))
    (refused,) = run(portfolio).troubled
    assert refused.fault is not None
    assert all(
        file in refused.fault.text
        for file in ("decisions.yaml", "personas.csv", "phases.csv", "report.ipynb")
    )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is no engagement"), ("es", "No hay ningún encargo")]
)
def test_a_folder_that_is_not_there_is_refused_in_the_callers_language(
    tmp_path: Path, language: str, said: str
) -> None:
    (tmp_path / "portfolio.yaml").write_text("engagements: [gone]\n")
    (refused,) = run(open_portfolio(tmp_path), words=Words(language)).troubled
    assert refused.fault is not None
    assert said in refused.fault.text


def test_a_folder_by_a_second_name_is_refused(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (refused,) = run(open_portfolio(tmp_path)).troubled
    assert (refused.place, refused.status) == ("b", "refused")
    assert refused.fault is not None
    assert "this folder is a by another name" in refused.fault.text
    assert portfolio.folders == (tmp_path / "a",)


def test_clients_of_one_name_are_a_warning(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a", "b", "c")
    (tmp_path / "b" / "engagement.yaml").write_text("client: Client a\n")
    summary = run(portfolio)
    assert summary.ok
    assert [
        warning for warning in summary.warnings if "2 engagements are called Client a: a and b" in warning
    ]


def test_shards_run_each_client_once(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, *"abcde")
    parts = [ran(portfolio, shard=Shard(index, 2)) for index in (1, 2)]
    assert parts == [["a", "c", "e"], ["b", "d"]]
    assert ran(portfolio) == []


def test_a_second_batch_at_the_same_time_is_refused(tmp_path: Path) -> None:
    portfolio = clients(tmp_path, "a")
    with Ledger(tmp_path, "portfolio").held(Words()), pytest.raises(CxError, match="Another batch"):
        run(portfolio)


def test_a_failed_client_stops_nobody(tmp_path: Path) -> None:
    summary = run(clients(tmp_path, "a", "b", "c"), failing("b"))
    assert (summary.done, summary.ok) == (2, False)
    assert [(one.place, one.status) for one in summary.troubled] == [("b", "failed")]
    (line,) = (line for line in lines(tmp_path) if line["place"] == "b")
    assert line["fault"] == {"text": "it stopped", "notebook": "report", "cell": 3}


def test_a_client_whose_worker_is_lost_twice_has_failed(tmp_path: Path) -> None:
    def lost(job: Job) -> Outcome:
        raise MemoryError(job.place)

    summary = run(clients(tmp_path, "a"), lost)
    assert summary.troubled[0].status == "failed"
    assert summary.troubled[0].fault is not None
    assert "ended twice" in summary.troubled[0].fault.text


def test_an_interrupt_keeps_what_was_done_and_leaves_the_rest_to_the_rerun(tmp_path: Path) -> None:
    def interrupted(job: Job) -> Outcome:
        if job.place == "b":
            raise KeyboardInterrupt
        return deliver(job)

    portfolio = clients(tmp_path, "a", "b", "c")
    with pytest.raises(BatchStopped) as stopped:
        run(portfolio, interrupted, crew=Crew(Inline, window=1))
    summary = stopped.value.summary
    assert (summary.done, summary.stopped, summary.ok) == (1, True, False)
    assert "2 are still to run" in "\n".join(summary.lines(Words()))
    assert ran(portfolio) == ["b", "c"]


def test_a_ledger_that_cannot_be_written_ends_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portfolio = clients(tmp_path, "a", "b")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("cxmethod.runs.batch.ledger._append", full)
        with pytest.raises(CxError, match="No space left"):
            run(portfolio)
    assert ran(portfolio) == ["a", "b"]


def test_what_a_run_has_to_say_is_told_once_with_its_client_where_it_is_of_one(tmp_path: Path) -> None:
    def noting(job: Job) -> Outcome:
        notes = ("kernels are plain ones", *(("only here",) if job.place == "b" else ()))
        return replace(deliver(job), notes=notes)

    told = list(run(clients(tmp_path, "a", "b", "c"), noting).lines(Words()))
    assert told[:2] == ["kernels are plain ones", "Client b: only here"]


def test_progress_in_a_terminal_is_a_bar_that_says_rate_time_left_and_troubles(tmp_path: Path) -> None:
    said = StringIO()
    bar = Bar(Words("es"), Console(file=said, force_terminal=True, width=120))
    run(clients(tmp_path, "a", "b", "c"), failing("b"), watch=bar, crew=Crew(Inline, window=1))
    assert bar.bars.tasks[0].completed == 3
    bar.pace.ended = 2
    assert re.search(r"por minuto · faltan .* · 1 sin entregables", bar.pace.line(Words("es")))
    assert "ejecución" in said.getvalue()


def test_progress_without_a_terminal_is_a_line_a_client(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(clients(tmp_path, "a", "b"), failing("b"), watch=Lines(Words(), Console()))
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["2 clients are looked at before the first run.", "2 clients to run."]
    assert said[2].startswith("[1/2] Client a: done in ")
    assert "a minute" in said[2]
    assert "left" in said[2]
    assert said[3].endswith("1 without deliverables")


def test_what_to_mend_is_told_before_the_first_job_and_again_in_the_end(tmp_path: Path) -> None:
    clients(tmp_path, "a", "b")
    (tmp_path / "b" / "engagement.yaml").write_text("client: Client a\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "portfolio.jsonl").write_text('{"version": 1, "place": null}\n')
    told: list[str] = []

    class Told(Watch):
        def warned(self, warning: str) -> None:
            told.append(warning)

    def call(job: Job) -> Outcome:
        assert len(told) == 3
        return deliver(job)

    summary = run(open_portfolio(tmp_path), call, watch=Told(), words=Words("en"))
    assert summary.ok
    assert summary.warnings == told
    assert [any(said in one for one in told) for said in ("notes", "1 line of the ledger", "are called")] == [
        True
    ] * 3
