"""A process that has imported what notebooks import, and forks: each fork becomes one kernel.

It imports, and never runs anything: a fork of a process that has used its libraries (their threads, their locks) may
hang, a fork of one that has only imported them does not.

A client speaks to it by JSON lines over a Unix socket. ``{"lease": true}`` keeps it alive while the connection is open
and is answered by ``{"ready": true}``. ``{"kernel": …}`` makes the connection that of one kernel: its fork answers with
the connection that it bound, the server with ``{"exit": code}`` at its end, and ``{"signal": number}`` reaches its
process group. A kernel whose connection is closed is killed, and a server without any connection leaves.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

ALLOWED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.display",
    "IPython.extensions.storemagic",
    "cxmethod.runs.kernels.forked_kernel",
    "sqlite3",
    "tornado.platform.asyncio",
    "ipywidgets",
    "numpy.random",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "scipy.stats",
    "statsmodels.api",
    "pandera.pandas",
    "pandera.backends.pandas.container",
    "pandera.strategies.pandas_strategies",
    "ibis.backends.duckdb",
    "ibis.backends.duckdb.converter",
    "babel.messages.pofile",
    "babel.dates",
    "babel.units",
    "cxmethod.intake",
    "cxmethod.steps",
    "cxmethod.views",
    "cxmethod.forms",
)
"""What is imported, and no more. By name, since the rooms that notebooks use lie above and below this one."""

FORBIDDEN = ("matplotlib_inline", "polars", "torch", "tensorflow")
"""What must load in the kernel: matplotlib_inline looks for IPython when it loads; the others start threads."""

_LINE = 1 << 16
_IDLE_SECONDS = 1.0


@dataclass
class Order:
    """What a fork is to become, and the two ends that it holds.

    Parameters
    ----------
    kernel : dict
        ``argv``, ``env``, ``cwd`` and ``connection`` of the kernel.
    connection : socket.socket
        Where to say which ports it bound.
    lifeline : int
        A pipe that closes when the server is gone.
    """

    kernel: dict[str, Any]
    connection: socket.socket
    lifeline: int


@dataclass
class _Peer:
    connection: socket.socket
    unread: bytes = b""
    child: int = 0
    watch: int = -1


@dataclass
class ForkServer:
    """Serve clients until the last has left.

    Parameters
    ----------
    listener : socket.socket
        Bound and listening.
    lock : pathlib.Path
        The lock that clients hold while they connect.
    failure : str
        Why the imports failed, if they did: all that clients are then told.
    """

    listener: socket.socket
    lock: Path
    failure: str = ""
    peers: dict[int, _Peer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.lifeline = os.pipe()

    def serve(self) -> Order | None:
        """Serve; returns in the server when it may leave, and in each fork with what that is to become."""
        while self.peers or not self._may_leave():
            for key, _ in self.selector.select(None if self.peers else _IDLE_SECONDS):
                react: Callable[[], Order | None] = key.data
                if order := react():
                    return order
        return None

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        peer = _Peer(connection)
        self.peers[connection.fileno()] = peer
        self.selector.register(connection, selectors.EVENT_READ, lambda: self._read(peer))

    def _read(self, peer: _Peer) -> Order | None:
        # Its kernel may have ended in the same moment, and have been dealt with first.
        if peer.connection.fileno() not in self.peers:
            return None
        try:
            received = peer.connection.recv(_LINE)
        except OSError:
            received = b""
        if not received:
            self._lost(peer)
            return None
        *lines, peer.unread = (peer.unread + received).split(b"\n")
        for line in lines:
            if order := self._do(peer, json.loads(line)):
                return order
        return None

    def _do(self, peer: _Peer, asked: dict[str, Any]) -> Order | None:
        if self.failure:
            _say(peer.connection, {"error": self.failure})
        elif "lease" in asked:
            _say(peer.connection, {"ready": True})
        elif "signal" in asked and peer.child:
            with suppress(ProcessLookupError):
                os.killpg(peer.child, asked["signal"])
        elif "kernel" in asked:
            return self._fork(peer, asked["kernel"])
        return None

    def _fork(self, peer: _Peer, kernel: dict[str, Any]) -> Order | None:
        try:
            peer.child = os.fork()
        except OSError as error:
            # No memory or no processes left: the kernels that run go on.
            _say(peer.connection, {"refused": str(error)})
            return None
        if peer.child == 0:
            os.setsid()
            self._close_all_but(peer.connection.fileno(), self.lifeline[0])
            return Order(kernel, peer.connection, self.lifeline[0])
        peer.watch = os.pidfd_open(peer.child)
        self.selector.register(peer.watch, selectors.EVENT_READ, lambda: self._ended(peer))
        return None

    def _close_all_but(self, *kept: int) -> None:
        """Close what the server and other kernels hold; what the imports opened was there before, and stays."""
        self.selector.close()
        others = [number for number in self.peers if number not in kept]
        watches = [peer.watch for peer in self.peers.values() if peer.watch >= 0]
        for number in (self.listener.fileno(), self.lifeline[1], *others, *watches):
            os.close(number)
        for peer in self.peers.values():
            if peer.connection.fileno() not in kept:
                peer.connection.detach()
        self.listener.detach()

    def _ended(self, peer: _Peer) -> None:
        # Not yet reaped, so the number of its group is still its own: whatever it left behind goes too.
        _kill_group(peer.child)
        _, status = os.waitpid(peer.child, 0)
        self.selector.unregister(peer.watch)
        os.close(peer.watch)
        peer.child, peer.watch = 0, -1
        _say(peer.connection, {"exit": os.waitstatus_to_exitcode(status)})
        self._forget(peer)

    def _lost(self, peer: _Peer) -> None:
        if peer.child:
            self.selector.unregister(peer.connection)
            _kill_group(peer.child)
        else:
            self._forget(peer)

    def _forget(self, peer: _Peer) -> None:
        del self.peers[peer.connection.fileno()]
        if peer.connection in self.selector.get_map():
            self.selector.unregister(peer.connection)
        peer.connection.close()

    def _may_leave(self) -> bool:
        """Whether nobody is about to connect; the socket's name is then free again."""
        try:
            with FileLock(self.lock, timeout=0):
                if _readable(self.listener):
                    return False
                Path(self.listener.getsockname()).unlink(missing_ok=True)
                self.listener.close()
                return True
        except Timeout:
            return False


def preload() -> str:
    """Import what is allowed; why this process cannot be forked, or nothing.

    Raises nothing: a client is told, and starts a plain kernel.
    """
    try:
        for name in ALLOWED:
            importlib.import_module(name)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if loaded := [name for name in FORBIDDEN if name in sys.modules]:
        return f"{', '.join(loaded)} was imported"
    if threading.active_count() > 1:
        return "a thread was started"
    # The collector then neither visits nor copies, in each fork, what all share.
    gc.collect()
    gc.freeze()
    return ""


def main() -> None:
    """Serve on the listening socket of ``argv[1]``, with the lock at ``argv[2]``; a fork goes on as a kernel."""
    descriptor, lock = sys.argv[1:]
    if sys.path[0] == "":
        del sys.path[0]
    os.chdir("/")
    before = dict(os.environ)
    failure = preload()
    set_by_imports = dict(os.environ.items() - before.items())
    order = ForkServer(socket.socket(fileno=int(descriptor)), Path(lock), failure).serve()
    if order:
        from cxmethod.runs.kernels.forked_kernel import become_kernel

        become_kernel(order, set_by_imports)


def _readable(listener: socket.socket) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        return bool(selector.select(0))


def _kill_group(child: int) -> None:
    # Both, since a fork that has not come to making its group yet is in the server's.
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)


def _say(connection: socket.socket, said: dict[str, Any]) -> None:
    # A client that has gone is met again at its closed connection.
    with suppress(OSError):
        connection.sendall(json.dumps(said).encode() + b"\n")
