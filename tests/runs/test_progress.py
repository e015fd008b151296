import io

import pytest
from rich.console import Console

from cxmethod.language import Words
from cxmethod.runs.progress import progress

STEPS = ("00_scope", "01_persona")


def shown(*, terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=100, color_system=None)
    with progress(STEPS, Words("es"), console) as on_progress:
        for step in STEPS:
            for done in range(4):
                on_progress(step, done, 3)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_without_a_terminal_each_notebook_is_a_plain_line() -> None:
    assert shown(terminal=False) == "[1/2] 00_scope\n[2/2] 01_persona\n"


@pytest.mark.parametrize("part", ["cuadernos", "01_persona", "2/2", "3/3"])
def test_a_terminal_shows_bars_of_notebooks_and_cells(part: str) -> None:
    assert part in shown(terminal=True)
