import json
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

import cxmethod
from cxmethod.cli import main
from cxmethod.runs.kernels.fork_client import can_fork, release_all
from cxmethod.runs.notebooks import write_notebook

SURVEY_SOURCE = """\
client: Café Ñandú
language: es
sources:
  - kind: survey
    file: encuesta.csv
    respondent: id
    scale: {low: 1, high: 5}
    ratings: {after: {q1: barra}}
"""


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A Spanish engagement with nothing in it but its settings."""
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "engagement.yaml").write_text(
        "client: Café Ñandú\nlanguage: es\n", encoding="utf-8"
    )
    return tmp_path / "client"


def call(*arguments: object) -> int:
    with pytest.raises(SystemExit) as leaving:
        main([str(argument) for argument in arguments])
    return int(leaving.value.code or 0)


def broken_table(folder: Path) -> None:
    (folder / "inputs").mkdir()
    (folder / "inputs" / "personas.csv").write_text("persona,nombre,evidencia\np1,Ana,segura\n")


def notebook(folder: Path, step: str, source: str) -> None:
    parameters = new_code_cell(
        'engagement: str = ""\nlanguage: str = "es"', metadata={"tags": ["parameters"]}
    )
    write_notebook(
        folder / "notebooks" / f"{step}.ipynb", new_notebook(cells=[parameters, new_code_cell(source)])
    )


def test_help_imports_nothing_heavy() -> None:
    program = """if True:
        import sys
        from cxmethod.cli import main
        try:
            main(["--help"])
        except SystemExit:
            heavy = {"pandas", "numpy", "papermill", "nbformat", "matplotlib", "pydantic", "babel"}
            print("heavy:", sorted(heavy & set(sys.modules)))
    """
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "Customer-journey mapping" in said
    assert said.splitlines()[-1] == "heavy: []"


def test_new_lays_out_an_engagement_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("new", tmp_path / "acme", "--client", "Ácme", "--language", "es") == 0
    assert cxmethod.open(tmp_path / "acme").settings.client == "Ácme"
    assert "El encargo está en" in capsys.readouterr().out


def test_new_takes_client_from_the_folder_and_language_from_the_terminal(tmp_path: Path) -> None:
    assert call("new", tmp_path / "acme") == 0
    settings = cxmethod.open(tmp_path / "acme").settings
    assert (settings.client, settings.language) == ("acme", "en")


def test_new_refuses_a_folder_that_holds_an_engagement(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("new", folder) == 2
    assert "holds an engagement already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoken", "sentence"), [("es_CO.UTF-8", "No hay ningún encargo"), ("C.UTF-8", "There is no engagement")]
)
def test_no_engagement_is_a_wrong_call_said_in_the_terminals_language(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    spoken: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("LANG", spoken)
    assert call("check", tmp_path / "none") == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["chek"], ["run"], ["run", "x", "--language", "fr"], ["--what"]])
def test_a_misspelt_call_is_a_wrong_call(arguments: list[str]) -> None:
    assert call(*arguments) == 2


def test_intake_says_what_it_took_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "engagement.yaml").write_text(SURVEY_SOURCE, encoding="utf-8")
    sent = folder.parent / "encuesta.csv"
    sent.write_text("id,q1\na,1\nb,5\n")
    assert call("intake", folder, sent) == 0
    assert capsys.readouterr().out.strip()
    assert cxmethod.open(folder).table("ratings")["emotion"].tolist() == [-2, 2]


def test_intake_without_sources_in_the_settings_finds_a_problem(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("intake", folder, folder / "engagement.yaml") == 1
    assert capsys.readouterr().err.strip()


def test_check_lists_what_is_wrong_in_the_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken_table(folder)
    assert call("check", folder) == 1
    said = capsys.readouterr().out
    assert "personas.csv, columna «evidencia», fila 2 («segura»)" in said
    assert "se revisa cuando las tablas estén en orden" in said


def test_check_speaks_json_to_machines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken_table(folder)
    assert call("check", folder, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"problems", "notices", "findings"}
    assert said["problems"][0]["rule"] == "engagement.rule_allowed"


def test_check_leaves_with_1_when_the_thread_blocks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", folder, "--json") == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert "blocks" in {finding["severity"] for finding in findings}
    assert all(finding["text"] for finding in findings)


def test_run_executes_the_one_notebook_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook(folder, "05_moments_of_truth", "print(language)")
    assert call("run", folder, "--step", "05", "--language", "en") == 0
    assert capsys.readouterr().out.splitlines()[0] == "[1/1] 05_moments_of_truth"
    assert '"en\\n"' in (folder / "executed" / "05_moments_of_truth.ipynb").read_text()


@pytest.mark.skipif(not can_fork(), reason="kernels are not forked on this system")
def test_run_forks_a_warm_kernel_when_asked_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder.parent))
    look = "import psutil\nassert 'cxmethod.runs.kernels.fork_server' in ' '.join(psutil.Process().parent().cmdline())"
    notebook(folder, "00_scope", look)
    assert call("run", folder, "--step", "00", "--kernels", "warm") == 0
    assert call("run", folder, "--step", "00") == 1
    release_all()


def test_run_says_which_cell_failed_and_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notebook(folder, "report", "{}['x']")
    assert call("run", folder, "--step", "report") == 1
    said = capsys.readouterr().err
    assert said == "report se detuvo en la celda 2 ({}['x']): error inesperado: KeyError: 'x'\n"


@pytest.mark.parametrize(("step", "refused"), [("09", True), ("05", False)])
def test_run_of_monitoring_alone_takes_in_dropped_files_too_and_says_why_one_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], step: str, refused: bool
) -> None:
    (folder / "engagement.yaml").write_text(SURVEY_SOURCE, encoding="utf-8")
    (folder / "inputs" / "raw").mkdir(parents=True)
    (folder / "inputs" / "raw" / "encuesta.csv").write_text("id,otra\na,1\n")
    name = {"09": "09_monitoring", "05": "05_moments_of_truth"}[step]
    notebook(folder, name, "print(language)")
    assert call("run", folder, "--step", step) == 0
    said = capsys.readouterr().out
    assert ("encuesta.csv" in said and "q1" in said) is refused
    assert f"[1/1] {name}" in said


def test_run_of_an_unknown_step_is_a_wrong_call(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("run", folder, "--step", "11") == 2
    assert "05_moments_of_truth" in capsys.readouterr().err


def test_export_to_an_unknown_format_is_a_wrong_call(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("export", folder, "--to", "html,docx") == 2
    assert "docx" in capsys.readouterr().err


def test_export_before_a_run_finds_a_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("export", folder) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_demo_leaves_a_folder_that_is_not_the_demo_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("demo", folder, "--language", "es") == 2
    assert "no es el encargo de demostración" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["engagement.yaml"]


def test_demo_builds_an_earlier_demo_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxmethod.runs.engagement.run_engagement", lambda *_: [])
    monkeypatch.setattr("cxmethod.runs.export.export", lambda *_: [])
    assert call("demo", tmp_path / "demo") == 0
    touched = tmp_path / "demo" / "inputs" / "personas.csv"
    stock = touched.read_text()
    touched.write_text("")
    assert call("demo", tmp_path / "demo") == 0
    assert touched.read_text() == stock
    assert cxmethod.open(tmp_path / "demo").has("ratings")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["es", "en"])
def test_demo_ends_with_the_path_of_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("demo", "--language", language) == 0
    report = Path(capsys.readouterr().out.splitlines()[-1])
    assert report == tmp_path / f"cxmethod-demo-{language}" / "deliverables" / "report.html"
    assert f'<html lang="{language}"' in report.read_text(encoding="utf-8")


def test_lab_opens_jupyterlab_on_the_folder_and_copies_notebooks_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[Path, list[str]]] = []
    copied: list[str] = []
    monkeypatch.setattr("cxmethod.runs.lab.open_lab", lambda place, options: opened.append((place, options)))
    monkeypatch.setattr(
        "cxmethod.runs.notebooks.copy_notebooks", lambda place, language: copied.append(language)
    )
    assert call("lab", folder) == 0
    notebook(folder, "00_scope", "1")
    assert call("lab", folder, "--", "--no-browser") == 0
    assert opened == [(folder, []), (folder, ["--no-browser"])]
    assert copied == ["es"]


def test_debug_adds_the_traceback_to_the_sentence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--debug", "export", folder) == 1
    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert said.endswith("con cxmethod run.\n")


def test_what_nobody_expected_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cxmethod.runs.check.check", fail)
    assert call("check", folder) == 1
    said = capsys.readouterr().err
    assert said.startswith("Ocurrió algo inesperado (ZeroDivisionError)")
    assert said.count("\n") == 1
