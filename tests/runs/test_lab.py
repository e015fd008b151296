from pathlib import Path

from cxmethod.runs.kernel import OwnKernelSpecs
from cxmethod.runs.lab import lab_arguments


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
