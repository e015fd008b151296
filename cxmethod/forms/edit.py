"""Editing one input table."""

from __future__ import annotations

import ipywidgets as w

from cxmethod.engagement import TABLES, Engagement
from cxmethod.forms.form import Form, View, make_form
from cxmethod.forms.raw_form import RawForm
from cxmethod.forms.static import sentence, static_table
from cxmethod.forms.table_form import TableForm
from cxmethod.forms.table_model import TableModel
from cxmethod.language import CxError
from cxmethod.views.markup import paragraph


def edit(client: Engagement, table: str) -> Form:
    """A form on one input table: each change is checked and, when the table holds, saved at once.

    Parameters
    ----------
    client : Engagement
    table : str
        A key of `cxmethod.engagement.TABLES`, such as ``touchpoints``.

    Returns
    -------
    Form
        Controls in JupyterLab; in exports and under papermill the table as it stands on file, or for tables of single
        people's answers how much there is.
    """
    if table not in TABLES:
        text = client.words.say("forms.unknown_table", name=table, tables=client.words.join(TABLES))
        return Form(lambda: sentence(text))
    return make_form(lambda: static_table(client, table), lambda: EditView(client, table))


class EditView(View):
    """The controls of a table, or the text of its file while that cannot be read as a table."""

    def __init__(self, client: Engagement, name: str) -> None:
        self._client, self._name = client, name
        self._box = w.VBox()
        self.open()

    @property
    def widget(self) -> w.Widget:
        """All of it."""
        return self._box

    def open(self) -> None:
        """Read the file and show what fits it."""
        model = TableModel(self._client, self._name)
        self.form: TableForm | RawForm
        if model.file.problems:
            self.form = RawForm(self._client, model.file, self._reopen)
        else:
            self.form = TableForm(model, self._reopen)
        self._box.children = [self.form.widget]

    def _reopen(self) -> None:
        try:
            self.open()
        except CxError as error:
            self._box.children = [w.HTML(paragraph(str(error)))]
