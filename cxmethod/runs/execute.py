"""One notebook through papermill: parameters in, an executed copy out, also when a cell fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import remove_error_markers

from cxmethod.assets import asset
from cxmethod.engagement import Engagement
from cxmethod.engagement.saving import write_atomic
from cxmethod.language import CxError, Words
from cxmethod.runs.alone import RUNNING
from cxmethod.runs.failure import KernelDied, NotebookFailed, died, reason
from cxmethod.runs.kernels.capped_client import KernelEnded, PrintedTooMuch
from cxmethod.runs.kernels.engine import ENGINE, Engine, Kernels
from cxmethod.runs.limits import LIMITS, Clock, Limits
from cxmethod.runs.notebooks import in_language, read_notebook, speaks, tags, write_notebook

OnCell = Callable[[int, int], None]

_OUTPUT_SECONDS = 60


def run_notebook(
    engagement: Engagement,
    step: str,
    language: str | None = None,
    *,
    stock: bool = False,
    on_cell: OnCell | None = None,
    kernels: Kernels = "fresh",
    limits: Limits = LIMITS,
) -> Path:
    """Execute the notebook of a step into ``executed/STEP.ipynb``.

    Parameters
    ----------
    engagement : Engagement
    step : str
        One of `cxmethod.runs.notebooks.STEPS`.
    language : {"es", "en"}, optional
        The engagement's own without it.
    stock : bool
        Take this installation's notebook even where the consultant has an own copy.
    on_cell : callable, optional
        Called with the cells done and the cells in all, before each cell and in the end.
    kernels : {"fresh", "warm"}
        Whether the notebook's Python process is started from scratch, or forked from one that has imported the stack.
    limits : Limits
        The longest that a cell, and the notebook, may take.

    Raises
    ------
    NotebookFailed
        Naming the cell and the reason; what was done until then is kept.
    CxError
        When the notebook cannot be read, or takes other parameters.
    """
    words = engagement.settings.words(language or engagement.words.language)
    name = f"{step}.ipynb"
    source = asset("notebooks") / name if stock else engagement.notebook_path(step)
    parameters = {"engagement": str(engagement.folder), "language": words.language}
    destination = engagement.folder / "executed" / name
    return execute(
        source,
        destination,
        parameters,
        words=words,
        folder=engagement.folder,
        on_cell=on_cell,
        kernels=kernels,
        limits=limits,
    )


def execute(
    source: Path,
    destination: Path,
    parameters: Mapping[str, Any],
    *,
    words: Words,
    folder: Path,
    on_cell: OnCell | None = None,
    kernels: Kernels = "fresh",
    limits: Limits = LIMITS,
) -> Path:
    """Execute the notebook at `source`, in the language of `words`, into `destination`.

    Parameters
    ----------
    source, destination : Path
    parameters : mapping
        Values for names of the notebook's ``parameters`` cell; another name is refused.
    words : Words
    folder : Path
        The working directory of the notebook.
    on_cell : callable, optional
        As in `run_notebook`.
    kernels : {"fresh", "warm"}
    limits : Limits
        As in `run_notebook`.
    """
    notebook = _prepared(source, words)
    destination.parent.mkdir(parents=True, exist_ok=True)
    # Papermill writes beside the destination, which is replaced in the end.
    with TemporaryDirectory(prefix=RUNNING, dir=destination.parent) as running:
        given, done = Path(running) / source.name, Path(running) / "done.ipynb"
        write_notebook(given, notebook)
        _refuse_unknown(given, parameters, words)
        watch = _Watch(notebook, on_cell)
        options = {
            "kernels": kernels,
            "spoken": words.language,
            "recorded": {"input_path": source.name, "output_path": destination.name},
        }
        try:
            clock = Clock(limits)
            with _sentences(watch, source.stem, words, clock):
                _papermill(given, done, parameters, watch, folder, clock, options)
        except BaseException:
            # On a full disk there is half a notebook, and the error says more than it.
            with suppress(CxError, OSError):
                # Without papermill's own markers of a failure, which are in English.
                write_notebook(destination, remove_error_markers(read_notebook(done, words)))
            raise
        # As papermill wrote it: reading and writing megabytes once more would take as long as all its bookkeeping.
        write_atomic(destination, done.read_bytes() + b"\n")
    watch.finish()
    return destination


def check_parameters(source: Path, words: Words, parameters: Collection[str]) -> None:
    """Make sure that the notebook at `source` can be read, speaks the language of `words` and takes `parameters`.

    Raises
    ------
    CxError
        When it does not; nothing is run.
    """
    notebook = _prepared(source, words)
    with TemporaryDirectory(prefix=RUNNING) as folder:
        given = write_notebook(Path(folder) / source.name, notebook)
        _refuse_unknown(given, parameters, words)


def _prepared(source: Path, words: Words) -> NotebookNode:
    notebook = read_notebook(source, words)
    if not speaks(notebook, words.language):
        raise CxError("runs.other_language", words, file=source.name)
    notebook = in_language(notebook, words.language)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


class _Watch:
    """Where the run is, by nbclient's hook, so that a failure can be placed and progress shown."""

    def __init__(self, notebook: NotebookNode, on_cell: OnCell | None) -> None:
        self.injected = 1 + next(n for n, cell in enumerate(notebook.cells) if "parameters" in tags(cell))
        self.total = len(notebook.cells) + 1
        self.index = -1
        self.source = ""
        self.on_cell = on_cell

    def start_cell(self, cell: NotebookNode, cell_index: int) -> None:
        self.index, self.source = cell_index, cell.source
        if self.on_cell:
            self.on_cell(cell_index, self.total)

    def finish(self) -> None:
        if self.on_cell:
            self.on_cell(self.total, self.total)

    def failed(
        self, notebook: str, why: str, words: Words, kind: type[NotebookFailed] = NotebookFailed
    ) -> NotebookFailed:
        number = self.index + 1 - (self.index >= self.injected)
        return kind(notebook, number, self.source, why, words)


@contextmanager
def _sentences(watch: _Watch, notebook: str, words: Words, clock: Clock) -> Iterator[None]:
    """What papermill and nbclient raise, as one sentence that places it."""
    try:
        yield
    except PapermillExecutionError as error:
        raise watch.failed(
            notebook, reason(error.ename, error.evalue, error.traceback, words), words
        ) from error
    except CellTimeoutError as error:
        raise watch.failed(notebook, clock.why(words), words) from error
    except PrintedTooMuch as error:
        raise watch.failed(
            notebook, words.say("runs.printed_too_much", count=clock.limits.printed), words
        ) from error
    except KernelEnded as error:
        raise watch.failed(notebook, died(error.code, words), words, KernelDied) from error
    except RuntimeError as error:  # of jupyter_client and nbclient: the kernel's process is gone
        if watch.index < 0:
            raise CxError("runs.kernel_not_started", words, notebook=notebook) from error
        raise watch.failed(notebook, words.say("runs.kernel_died"), words, KernelDied) from error


def _refuse_unknown(given: Path, parameters: Collection[str], words: Words) -> None:
    """Papermill only warns of a parameter that the notebook does not have, and then runs with the default."""
    with _without_logs():
        known = papermill.inspect_notebook(_literal(given))
    if unknown := [name for name in parameters if name not in known]:
        raise CxError(
            "runs.unknown_parameters",
            words,
            file=given.name,
            count=len(unknown),
            unknown=words.join(unknown),
            allowed=words.join(known),
        )


def _papermill(
    given: Path,
    done: Path,
    parameters: Mapping[str, Any],
    watch: _Watch,
    folder: Path,
    clock: Clock,
    options: Mapping[str, Any],
) -> None:
    # Also where the metadata of the installation is older than the code.
    papermill_engines.register(ENGINE, Engine)
    with _without_logs():
        papermill.execute_notebook(
            _literal(given),
            _literal(done),
            dict(parameters),
            progress_bar=False,
            engine_name=ENGINE,
            **options,
            execution_timeout=clock.limits.cell,
            timeout_func=clock.left,
            most=clock.limits.printed * 1_000_000,
            iopub_timeout=_OUTPUT_SECONDS,
            # What is printed reaches us in pieces by chance; one piece a stream is the same each time.
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder)}},
            on_cell_start=watch.start_cell,
        )


def _literal(path: Path) -> str:
    """A path as papermill takes it: it fills in ``{name}``, which here is part of a folder's name."""
    return str(path).replace("{", "{{").replace("}", "}}")


@contextmanager
def _without_logs() -> Iterator[None]:
    """Papermill's log off the terminal: what it would say there, the error says in a sentence."""
    logger = logging.getLogger("papermill")
    silent, propagated = logging.NullHandler(), logger.propagate
    logger.addHandler(silent)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(silent)
        logger.propagate = propagated
