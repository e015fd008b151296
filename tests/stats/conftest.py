"""Where the tests of this room find data that is not part of the project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time, and none fails for being slow on a busy machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Path of a file in the folder `shared` beside the repository; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"shared/{name} is absent beside the repository")
        return path

    return find
