"""JupyterLab on one engagement, of this very Python, without asking anything of the network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

_WIDGET = "application/vnd.jupyter.widget-view+json"


def lab_arguments(folder: Path) -> list[str]:
    """Arguments of ``jupyter lab`` for an engagement's folder: no news, no update check, no extension catalogue."""
    return [
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.kernel_spec_manager_class=cxmethod.runs.kernels.own.OwnKernelSpecs",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--FileContentsManager.pre_save_hook=cxmethod.runs.lab.without_widgets",
    ]


def without_widgets(model: dict[str, Any], **_: Any) -> None:
    """Keep the static twin of a form in a saved notebook, not its widget, which ends with the kernel."""
    if model["type"] != "notebook" or not model["content"]:
        return
    for cell in model["content"]["cells"]:
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                output["data"].pop(_WIDGET, None)


def open_lab(folder: Path, options: Sequence[str] = ()) -> None:
    """Serve JupyterLab on `folder` until it is stopped; `options` are JupyterLab's own."""
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance([*lab_arguments(folder), *options])
