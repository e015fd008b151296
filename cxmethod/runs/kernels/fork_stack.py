"""What a fork server has imported, in which environment, and where it listens."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cxmethod

_OF_THE_MOMENT = frozenset(
    {"JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST", "PWD", "OLDPWD", "SHLVL", "_"}
)
"""Variables that change from call to call and that no import reads; the kernel gets them all the same."""


@dataclass(frozen=True)
class Stack:
    """What a server has imported, and how: kernels of equal stacks come from one server.

    Parameters
    ----------
    interpreter : tuple of str
        Path of Python and its own options.
    environment : mapping of str to str
        Of the kernels; libraries read it while they are imported.
    """

    interpreter: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def lasting(self) -> dict[str, str]:
        """The environment that the server is started with."""
        kept = {name: value for name, value in self.environment.items() if name not in _OF_THE_MOMENT}
        # One BLAS thread, since threads do not outlive a fork; and the backend that ipykernel would set.
        single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        return {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **kept, **single}

    @property
    def key(self) -> str:
        """Short name of the server."""
        place = str(Path(cxmethod.__file__).parent)
        parts = [self.interpreter, cxmethod.__version__, place, sorted(self.lasting.items())]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    @property
    def address(self) -> Path:
        """Where its server listens."""
        return runtime_folder() / f"{self.key}.sock"


def runtime_folder() -> Path:
    """Where sockets are: a folder of this user's alone.

    Raises
    ------
    PermissionError
        When somebody else made it.
    """
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"cxmethod-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    there = folder.lstat()
    if there.st_uid != os.getuid() or there.st_mode & 0o077:
        raise PermissionError(f"{folder} is open to others")
    return folder
