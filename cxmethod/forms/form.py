"""A form: a widget in JupyterLab, and everywhere else the table that it edits."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import ipywidgets as w

from cxmethod.forms.static import sentence
from cxmethod.language import CxError
from cxmethod.views.show import Shown

HEADLESS = "CXMETHOD_HEADLESS"
_WIDGET = "application/vnd.jupyter.widget-view+json"


class View(Protocol):
    """What a form looks like in JupyterLab."""

    @property
    def widget(self) -> w.Widget: ...


@dataclass(frozen=True)
class Form:
    """What a cell shows: exporters read the static table, JupyterLab the widget.

    Parameters
    ----------
    static : callable
        Gives the table as it stands on file.
    view : View, optional
        None where nobody is there to type: under papermill.
    """

    static: Callable[[], Shown]
    view: View | None = None

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.static()._repr_mimebundle_()
        if self.view is not None:
            data[_WIDGET] = self.view.widget._repr_mimebundle_()[_WIDGET]
        return data, metadata

    def __repr__(self) -> str:
        return str(self.static())


def make_form(static: Callable[[], Shown], view: Callable[[], View]) -> Form:
    """A form with its widget where somebody is there to use it; what keeps it from opening is said in its place."""
    try:
        shown = static()
        return Form(lambda: shown) if os.environ.get(HEADLESS) == "1" else Form(static, view())
    except CxError as error:
        said = sentence(str(error))
        return Form(lambda: said)
