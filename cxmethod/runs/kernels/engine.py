"""The ``cxmethod`` engine of papermill: quicker kernels, and one save at the end instead of one at each cell.

Papermill imports this module by its entry point while it is itself being imported: nothing of papermill at the top.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from nbformat import NotebookNode

ENGINE = "cxmethod"
Kernels = Literal["warm", "fresh"]


class Engine:
    """Runs a notebook as papermill's own engine does, by nbclient.

    Its options, besides those of papermill's: `kernels` (``"warm"``: forked, ``"fresh"``: started from scratch),
    `spoken`, the language of the warning that a kernel could not be forked, and `recorded`, what papermill's metadata
    of the notebook are to say otherwise, such as its paths.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        *,
        kernels: Kernels = "warm",
        spoken: str = "en",
        recorded: Mapping[str, str] | None = None,
        **options: Any,
    ) -> NotebookNode:
        """Execute `nb` in place; what was done until a failure is saved too."""
        from cxmethod.runs.kernels.engine_run import execute_unsaved

        nb.metadata.papermill.update(recorded or {})
        return execute_unsaved(nb, kernel_name, output_path, kernels, spoken, options)

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Name of the notebook's kernel."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Language of the notebook's code."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))
