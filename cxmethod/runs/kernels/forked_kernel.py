"""What a fork of the server does to become a kernel as any other."""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib.util
import io
import json
import os
import random
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread
from typing import Any

import ipywidgets
import numpy as np
from ipykernel.kernelapp import IPKernelApp

from cxmethod.runs.kernels.fork_server import Order

_PR_SET_PDEATHSIG = 1


class ForkedKernelApp(IPKernelApp):
    """ipykernel's application; it is given its connection and says what it bound, where others use a file."""

    order: Order

    def init_connection_file(self) -> None:
        """Take key, address and wanted ports (0: any free one) from the order."""
        self.load_connection_info(self.order.kernel["connection"])

    def write_connection_file(self, **_: Any) -> None:
        """Say which ports are bound; the client's manager writes the file."""
        names = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        ports = {name: getattr(self, name) for name in names}
        self.order.connection.sendall(json.dumps({"pid": os.getpid(), "ports": ports}).encode() + b"\n")


def become_kernel(order: Order, set_by_imports: Mapping[str, str]) -> None:
    """Run a kernel in this process, which was forked for it, until it is shut down; never returns.

    Parameters
    ----------
    order : Order
    set_by_imports : mapping of str to str
        Variables of the environment that libraries set while the server imported them.
    """
    _die_with_server(order.lifeline)
    _settle(order.kernel, set_by_imports)
    # With the server's seed, each kernel would draw the same numbers.
    random.seed()
    np.random.seed()
    launcher = importlib.util.find_spec("ipykernel_launcher")
    arguments = list(order.kernel["argv"])
    sys.argv = [str(launcher.origin if launcher else "ipykernel_launcher"), *arguments]
    app: Any = ForkedKernelApp.instance()
    app.order = order
    app.initialize(arguments)
    # What ipywidgets does by itself where it is imported in a kernel.
    ipywidgets.load_ipython_extension(app.shell)
    app.start()
    _leave(app)


def _leave(app: Any) -> None:
    """End as Python does, less what takes most of its time: the pages of the stack are not visited to be freed."""
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    # ipykernel's own cleaning up waits for its output thread, at times for seconds, and the system frees all of it.
    for its_own in (app.close, app.iopub_thread.stop):
        atexit.unregister(its_own)
    atexit._run_exitfuncs()
    for thing in gc.get_objects():
        if isinstance(thing, io.IOBase) and not thing.closed:
            with suppress(OSError, ValueError):
                thing.flush()
    os._exit(0)


def _settle(kernel: dict[str, Any], set_by_imports: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(kernel["env"] | set_by_imports)
    time.tzset()
    os.chdir(kernel["cwd"])


def _die_with_server(lifeline: int) -> None:
    """End when the server ends, also when it is killed, and also when this process hangs."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    Thread(target=_watch, args=(lifeline,), name="cxmethod-lifeline", daemon=True).start()


def _watch(lifeline: int) -> None:
    # Nothing is ever written: reading ends when the server's end closes, also if that was before prctl.
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)
