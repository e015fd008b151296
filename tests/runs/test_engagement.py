import pytest

from cxmethod.engagement import Engagement
from cxmethod.runs.engagement import run_engagement
from cxmethod.runs.failure import NotebookFailed

from .conftest import MakeNotebook, code, parameters


def test_notebooks_run_in_order_until_one_fails_and_what_was_done_stays(
    engagement: Engagement, own_copy: MakeNotebook
) -> None:
    own_copy("00_scope", parameters(), code("1"))
    own_copy("01_persona", parameters(), code("1 / 0"))
    own_copy("02_relationship", parameters(), code("1"))
    seen: list[str] = []
    with pytest.raises(NotebookFailed, match=r"01_persona .* celda 2 .*ZeroDivisionError"):
        run_engagement(
            engagement,
            ["02_relationship", "00_scope", "01_persona"],
            on_progress=lambda step, done, total: seen.append(step),
        )
    assert list(dict.fromkeys(seen)) == ["00_scope", "01_persona"]
    executed = sorted(path.name for path in (engagement.folder / "executed").glob("*.ipynb"))
    assert executed == ["00_scope.ipynb", "01_persona.ipynb"]


def test_what_ran_is_given_back(engagement: Engagement, own_copy: MakeNotebook) -> None:
    own_copy("report", parameters())
    (done,) = run_engagement(engagement, ["report"])
    assert done.step == "report"
    assert done.notebook == engagement.folder / "executed" / "report.ipynb"
    assert done.seconds > 0
