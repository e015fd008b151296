"""What the stock report shows, without a kernel: its code cells one after the other."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from typing import Any

import IPython.display
import pytest

from cxmethod.assets import asset
from cxmethod.engagement import Engagement
from cxmethod.views.show import Shown


def shown(client: Engagement, patch: pytest.MonkeyPatch, wanted: Callable[[str], bool] = bool) -> list[Shown]:
    """Everything that the cells of the stock report show, or the wanted ones by their ids."""
    said: list[Shown] = []
    patch.setattr(IPython.display, "display", said.append)
    cells = json.loads((asset("notebooks") / "report.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] != "code" or not wanted(cell["id"]):
            continue
        if "parameters" in cell["metadata"].get("tags", ()):
            names |= {"engagement": str(client.folder), "language": client.words.language}
            continue
        *before, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(before, []), cell["id"], "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
            said += [value] if isinstance(value, Shown) else []
        else:
            exec(compile(ast.Module([last], []), cell["id"], "exec"), names)
    return said
