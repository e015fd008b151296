from pathlib import Path

from cxmethod.runs.kernels.own import OwnKernelSpecs
from cxmethod.runs.lab import lab_arguments, without_widgets


def test_lab_asks_nothing_of_the_network_and_knows_this_python_only(tmp_path: Path) -> None:
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.handlers.announcements import NeverCheckForUpdate
    from jupyterlab.labapp import LabApp

    lab, server = LabApp(), ServerApp()
    lab.parse_command_line(lab_arguments(tmp_path))
    server.parse_command_line(lab_arguments(tmp_path))
    assert (lab.news_url, lab.extension_manager) == (None, "readonly")
    assert lab.check_for_updates_class is NeverCheckForUpdate
    assert server.root_dir == str(tmp_path)
    assert server.kernel_spec_manager_class is OwnKernelSpecs


def test_a_saved_notebook_keeps_the_static_twin_of_a_form_and_not_its_widget() -> None:
    widget = "application/vnd.jupyter.widget-view+json"
    form = {"data": {widget: {"model_id": "x"}, "text/html": "<table></table>"}}
    slider = {"data": {widget: {"model_id": "y"}, "text/plain": "IntSlider"}}
    model = {"type": "notebook", "content": {"cells": [{"outputs": [form, slider]}, {"source": "# prose"}]}}
    without_widgets(model, path="a.ipynb")
    assert list(form["data"]) == ["text/html"]
    assert widget in slider["data"]


def test_saving_a_folder_or_a_text_is_left_alone() -> None:
    model = {"type": "file", "content": "x"}
    without_widgets(model)
    assert model == {"type": "file", "content": "x"}
