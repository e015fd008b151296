"""What a stranger installs: the wheel, the lock, the conda environment, and what the project's files may name."""

import functools
import operator
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import cxmethod
from cxmethod.runs.notebooks import STEPS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {
    "pandera[pandas]": "pandera-pandas",
    "duckdb": "python-duckdb",
    "ibis-framework[duckdb]": "ibis-duckdb",
}
BESIDE_OURS = {"python", "pip"}
MADE = frozenset({"dist", "build", "__pycache__"})


def names(requirements: list[str]) -> dict[str, str]:
    """Package → what is asked of its version."""
    parted = (re.fullmatch(r"([\w.\[\]-]+)(.*)", requirement) for requirement in requirements)
    return {part[1]: part[2] for part in parted if part}


def project_files() -> Iterator[Path]:
    """Files of the checkout: nothing hidden but .ci, nothing that was built, no demo that was run."""
    for top in sorted(ROOT.iterdir()):
        if top.name.startswith((".", "cxmethod-demo")) and top.name not in (".ci", ".gitignore"):
            continue
        for path in (top, *sorted(top.rglob("*"))):
            inside = path.relative_to(top).parts
            made = not MADE.isdisjoint(path.relative_to(ROOT).parts)
            if path.is_file() and not made and not any(part.startswith(".") for part in inside):
                yield path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of the files in the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    with zipfile.ZipFile(built) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("folder", ["notebooks", "templates", "data"])
def test_the_wheel_holds_every_file_of_an_asset_folder(wheel: frozenset[str], folder: str) -> None:
    ours = {
        path.relative_to(ROOT).as_posix() for path in project_files() if path.is_relative_to(ROOT / folder)
    }
    assert ours
    assert {f"cxmethod/assets/{name}" for name in ours} <= wheel


def test_the_wheel_holds_the_eleven_notebooks(wheel: frozenset[str]) -> None:
    assert {f"cxmethod/assets/notebooks/{step}.ipynb" for step in STEPS} <= wheel


def test_the_wheel_holds_the_whole_package(wheel: frozenset[str]) -> None:
    ours = {path.relative_to(ROOT).as_posix() for path in project_files()}
    package = {name for name in ours if name.startswith("cxmethod/")}
    assert any(name.endswith("es/engagement.po") for name in package)
    assert package == {name for name in wheel if not name.startswith(("cxmethod/assets/", "cxmethod-"))}


def test_the_conda_environment_asks_for_what_the_project_asks_for() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    entries = environment["dependencies"]
    by_pip = [name for entry in entries if isinstance(entry, dict) for name in entry["pip"] if name != "-e ."]
    listed = [entry for entry in entries if isinstance(entry, str)] + by_pip
    conda = {name: version for name, version in names(listed).items() if name not in BESIDE_OURS}
    wanted = {
        CONDA_NAMES.get(name, name): version for name, version in names(PROJECT["dependencies"]).items()
    }
    assert conda == wanted
    assert names(listed)["python"] == PROJECT["requires-python"]


def test_the_lock_names_every_dependency_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[\w-])", "\n" + lock)[1:]
    locked = {entry.split("==")[0] for entry in entries}
    asked = PROJECT["dependencies"] + functools.reduce(
        operator.iadd, PROJECT["optional-dependencies"].values(), []
    )
    assert {name.split("[")[0] for name in names(asked)} <= {name.split("[")[0] for name in locked}
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == cxmethod.__version__


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("anaconda", "org"))]
    hosts += [".".join(parts) for parts in (("npmjs", "org"), ("npmjs", "com"), ("jsdelivr", "net"))]
    naming = [
        (path.relative_to(ROOT).as_posix(), host)
        for path in project_files()
        for host in hosts
        if host.encode() in path.read_bytes()
    ]
    assert naming == []


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = (
        "import sys, cxmethod; print(sorted({'pandas', 'numpy', 'pydantic', 'yaml'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
