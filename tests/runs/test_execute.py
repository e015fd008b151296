import ast
import json
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cxmethod.engagement import Engagement
from cxmethod.language import CxError
from cxmethod.runs.execute import execute, run_notebook
from cxmethod.runs.failure import NotebookFailed
from cxmethod.runs.limits import Limits
from cxmethod.runs.notebooks import read_notebook, tags

from .conftest import MakeNotebook, code, new_client, parameters, twins, write

REPORT_OF_THE_KERNEL = """\
import os, sys, warnings
warnings.warn("careful")
os.write(2, b"from below")
print([engagement, language, os.getcwd(), sys.executable, sorted({"pandas", "matplotlib"} & set(sys.modules))])
print(os.environ.get("PYTHONWARNINGS"))"""


class Run(NamedTuple):
    engagement: Engagement
    notebook: Path
    progress: list[tuple[int, int]]
    terminal: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One notebook that runs through, on a machine where ``python3`` is another kernel."""
    folder = tmp_path_factory.mktemp("machine")
    engagement = new_client(folder / "client")
    cells = [*twins("# Look", "# Mirar"), parameters(), code(REPORT_OF_THE_KERNEL), code("1 / 2")]
    write(engagement.folder / "notebooks" / "00_scope.ipynb", *cells)
    other = folder / "jupyter" / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(
        json.dumps({"argv": ["/bin/false"], "display_name": "x", "language": "python"})
    )
    progress: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as machine, (folder / "terminal").open("w+") as terminal:
        machine.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        machine.setenv("PYTHONWARNINGS", "error")
        machine.setattr(sys, "stderr", terminal)
        notebook = run_notebook(
            engagement, "00_scope", on_cell=lambda done, total: progress.append((done, total))
        )
        said = Path(terminal.name).read_text()
    return Run(engagement, notebook, progress, said)


def printed(notebook: Path) -> str:
    cells = read_notebook(notebook).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.text for output in outputs if output.get("name") == "stdout")


def test_the_executed_copy_is_the_only_file_in_executed(ran: Run) -> None:
    assert ran.notebook == ran.engagement.folder / "executed" / "00_scope.ipynb"
    assert list(ran.notebook.parent.iterdir()) == [ran.notebook]


def test_the_kernel_gets_the_parameters_and_works_in_the_folder_with_this_very_python(ran: Run) -> None:
    folder = str(ran.engagement.folder)
    said, warned = printed(ran.notebook).splitlines()
    assert ast.literal_eval(said) == [folder, "es", folder, sys.executable, []]
    assert warned == "None"


def test_only_the_prose_of_the_language_is_in_the_executed_copy(ran: Run) -> None:
    cells = read_notebook(ran.notebook).cells
    assert [cell.source for cell in cells if cell.cell_type == "markdown"] == ["# Mirar"]
    assert tags(cells[0]) == ["lang-es"]


def test_progress_goes_from_nothing_to_all_cells(ran: Run) -> None:
    assert ran.progress == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_what_cells_say_does_not_reach_the_terminal(ran: Run) -> None:
    assert ran.terminal == ""


def test_the_executed_copy_names_no_path_of_the_run(ran: Run) -> None:
    kept = read_notebook(ran.notebook).metadata.papermill
    assert (kept.input_path, kept.output_path) == ("00_scope.ipynb", "00_scope.ipynb")


def test_what_is_printed_in_pieces_is_one_output(engagement: Engagement, own_copy: MakeNotebook) -> None:
    own_copy(
        "00_scope",
        parameters(),
        code("import time\nfor word in 'abc':\n    print(word, flush=True); time.sleep(0.2)"),
    )
    cell = read_notebook(run_notebook(engagement, "00_scope")).cells[-1]
    assert [output.text for output in cell.outputs] == ["a\nb\nc\n"]


def test_our_own_error_is_said_as_it_is_and_what_was_done_is_kept(
    engagement: Engagement, own_copy: MakeNotebook
) -> None:
    raising = 'from cxmethod.language import Words\nfrom cxmethod.runs.notebooks import match_step\n\nmatch_step("x", Words("es"))'
    own_copy("01_persona", *twins("# One", "# Uno"), parameters(), code("6 * 7"), code(raising), code("1"))
    with pytest.raises(NotebookFailed) as failure:
        run_notebook(engagement, "01_persona")
    sentence = str(failure.value)
    assert sentence.startswith(
        "01_persona se detuvo en la celda 4 (from cxmethod.language import Words): Ningún cuaderno empieza por «x»."
    )
    executed = read_notebook(engagement.folder / "executed" / "01_persona.ipynb")
    codes = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert codes[2].outputs[0].data["text/plain"] == "42"
    assert codes[3].outputs[0].ename == "CxError"
    assert codes[4].outputs == []
    assert len(executed.cells) == 6


def test_any_other_error_is_called_unexpected(engagement: Engagement, own_copy: MakeNotebook) -> None:
    own_copy("02_relationship", parameters(), code("raise ValueError('\\x1b[31mtoo red\\x1b[0m')"))
    with pytest.raises(NotebookFailed, match=r"celda 2 .*: error inesperado: ValueError: too red$"):
        run_notebook(engagement, "02_relationship")


def test_a_dead_kernel_is_said_in_a_sentence(
    engagement: Engagement, own_copy: MakeNotebook, capfd: pytest.CaptureFixture[str]
) -> None:
    own_copy(
        "03_motivations", parameters(), code("6 * 7"), code("import os\nos.write(2, b'dying')\nos._exit(1)")
    )
    with pytest.raises(NotebookFailed, match=r"celda 3 \(import os\): su proceso de Python terminó"):
        run_notebook(engagement, "03_motivations")
    executed = read_notebook(engagement.folder / "executed" / "03_motivations.ipynb")
    assert executed.cells[2].outputs[0].data["text/plain"] == "42"
    assert capfd.readouterr() == ("", "")


def test_a_cell_that_takes_too_long_is_stopped(engagement: Engagement, own_copy: MakeNotebook) -> None:
    source = own_copy("report", parameters(), code("import time\ntime.sleep(60)"))
    destination = engagement.folder / "executed" / "report.ipynb"
    given = {"engagement": "", "language": "es"}
    with pytest.raises(NotebookFailed, match=r"celda 2 .*: tardó más de 1 segundo y"):
        execute(
            source,
            destination,
            given,
            words=engagement.words,
            folder=engagement.folder,
            limits=Limits(cell=1),
        )
    assert destination.is_file()


@pytest.mark.parametrize(("language", "sentence"), [("es", "No se ejecutó nada"), ("en", "Nothing was run")])
def test_a_parameter_that_the_notebook_lacks_is_refused_before_anything_runs(
    engagement: Engagement, own_copy: MakeNotebook, language: str, sentence: str
) -> None:
    own_copy("04_touchpoints", code('engagment: str = ""\nlanguage: str = "es"', "parameters"), code("1"))
    with pytest.raises(CxError, match=sentence) as refusal:
        run_notebook(engagement, "04_touchpoints", language)
    assert "engagement" in str(refusal.value)
    assert "engagment" in str(refusal.value)
    assert not list((engagement.folder / "executed").iterdir())


def test_a_copy_in_one_language_is_not_run_in_the_other(
    engagement: Engagement, own_copy: MakeNotebook
) -> None:
    own_copy("05_moments_of_truth", twins("# One", "# Uno")[1], parameters())
    with pytest.raises(CxError, match="is in Spanish only"):
        run_notebook(engagement, "05_moments_of_truth", "en")


def test_a_file_that_is_no_notebook_is_said_in_a_sentence(engagement: Engagement) -> None:
    path = engagement.folder / "notebooks" / "06_processes.ipynb"
    path.parent.mkdir()
    path.write_text("half a note")
    with pytest.raises(CxError, match=r"06_processes\.ipynb no es un cuaderno que se pueda leer"):
        run_notebook(engagement, "06_processes")
