"""Real clients' files, taken in by the engagements beside this file; skipped where the files are not at hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.intake import take_in

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared"


def at_hand(name: str) -> Path:
    """A file of the folder `shared` beside the repository."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared/{name} is absent beside the repository")
    return path


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Engagement]:
    """A copy of one of the engagements here, with a client's file taken in."""

    def make(name: str, file: str) -> Engagement:
        source = at_hand(file)
        folder = shutil.copytree(HERE / name, tmp_path_factory.mktemp("real") / name)
        client = cxmethod.open(folder)
        take_in(client, [source])
        return client

    return make
