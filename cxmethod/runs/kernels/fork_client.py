"""Kernels from the fork server: find the server or start it, ask it for a kernel, hold on to that kernel."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from filelock import FileLock

from cxmethod.runs.kernels.fork_stack import Stack, runtime_folder
from cxmethod.runs.kernels.forked_process import LINE, ForkedKernel, line

START_SECONDS = 60.0
"""How long a server may take to import the stack, and a fork to bind its ports."""

_SERVER = "from cxmethod.runs.kernels.fork_server import main; main()"


class NotForked(Exception):
    """There is no kernel from the fork server.

    Parameters
    ----------
    code : str
        Of the sentence that says why, for `Words.say`.
    **values : Any
        What the sentence names.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values


class ServerFailed(OSError):
    """The server could not import the stack."""


def can_fork() -> bool:
    """Whether forked kernels are safe here: not on macOS and Windows, nor on a Linux before 5.3."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


async def fork_kernel(
    stack: Stack, kernel: Mapping[str, Any], seconds: float = START_SECONDS
) -> ForkedKernel:
    """A new kernel of `stack`; its server is started when there is none.

    Parameters
    ----------
    stack : Stack
    kernel : mapping
        ``argv``, ``env``, ``cwd`` and ``connection``.
    seconds : float
        The longest to wait for the server, and for the fork.

    Raises
    ------
    NotForked
        Saying why.
    """
    if not can_fork():
        raise NotForked("runs.no_forking")
    if stack.key in _failed:
        raise NotForked("runs.not_forked", why=_failed[stack.key])
    try:
        return await asyncio.wait_for(_forked(stack, kernel), seconds)
    except ConnectionError:
        # Its server was killed in between; the next one is asked, and that is that.
        release(stack)
        return await _last_try(stack, kernel, seconds)
    except (OSError, ValueError, TimeoutError) as error:
        raise _given_up(stack, error) from error


async def _last_try(stack: Stack, kernel: Mapping[str, Any], seconds: float) -> ForkedKernel:
    try:
        return await asyncio.wait_for(_forked(stack, kernel), seconds)
    except (OSError, ValueError, TimeoutError) as error:
        raise _given_up(stack, error) from error


def _given_up(stack: Stack, error: Exception) -> NotForked:
    release(stack)
    why = f"{type(error).__name__}: {error}"
    # Whether the stack can be imported does not change while this process lives, and each try takes seconds.
    if isinstance(error, ServerFailed):
        _failed[stack.key] = why
    return NotForked("runs.not_forked", why=why)


async def _forked(stack: Stack, kernel: Mapping[str, Any]) -> ForkedKernel:
    await _leased(stack)
    connection = _connect(stack)
    said = await _ask(connection, {"kernel": kernel})
    return ForkedKernel(connection, said["pid"], said["ports"])


async def _leased(stack: Stack) -> None:
    """Make sure of a server that has imported everything, and that stays while this process lives."""
    with _starting:
        _reap()
        lease = _leases.get(stack.key)
        if lease is not None and not _is_closed(lease):
            return
        release(stack)
        connection = _connect_or_start(stack)
    await _ask(connection, {"lease": True})
    with _starting:
        kept = _leases.setdefault(stack.key, connection)
    if kept is not connection:
        connection.close()


def release(stack: Stack) -> None:
    """Give the server of `stack` up; it leaves when nobody else uses it."""
    if lease := _leases.pop(stack.key, None):
        lease.close()


def release_all() -> None:
    """Give all servers up, as at the end of this process."""
    while _leases:
        _leases.popitem()[1].close()


def _start_anew() -> None:
    """In a forked worker: what its parent holds is the parent's."""
    global _starting
    _starting = Lock()
    _servers.clear()
    release_all()


# Leases outlive a call on purpose: they are what keeps a server there for the next kernel.
_leases: dict[str, socket.socket] = {}
_servers: set[int] = set()
_failed: dict[str, str] = {}
_starting = Lock()
atexit.register(release_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)


def _connect(stack: Stack) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(stack.address))
    except OSError:
        connection.close()
        raise
    connection.setblocking(False)
    return connection


def _connect_or_start(stack: Stack) -> socket.socket:
    # A server leaves only with this lock in its hand, so none leaves between the name and the connection.
    lock = runtime_folder() / "lock"
    with FileLock(lock):
        try:
            return _connect(stack)
        except (FileNotFoundError, ConnectionRefusedError):
            _start(stack, lock)
            return _connect(stack)


def _start(stack: Stack, lock: Path) -> None:
    """Start the server on a socket that listens already: whoever connects waits for the imports, and asks once."""
    address = stack.address
    _sweep(address.parent)
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen(socket.SOMAXCONN)
        listener.set_inheritable(True)
        nowhere = [
            (os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0)
            for number in (0, 1, 2)
            if listener.fileno() != number
        ]
        command = [*stack.interpreter, "-c", _SERVER, str(listener.fileno()), str(lock)]
        _servers.add(os.posix_spawn(command[0], command, stack.lasting, file_actions=nowhere, setsid=True))


def _sweep(folder: Path) -> None:
    """Remove the sockets of servers that were killed: nobody listens there. With the lock, so that none is beginning."""
    for left in folder.glob("*.sock"):
        with socket.socket(socket.AF_UNIX) as probe:
            # One whose queue is full is busy, not gone.
            probe.setblocking(False)
            try:
                probe.connect(str(left))
            except ConnectionRefusedError:
                left.unlink(missing_ok=True)
            except OSError:
                continue


def _reap() -> None:
    for server in list(_servers):
        with suppress(ChildProcessError):
            if not os.waitpid(server, os.WNOHANG)[0]:
                continue
        _servers.remove(server)


def _is_closed(lease: socket.socket) -> bool:
    try:
        return not lease.recv(1, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


async def _ask(connection: socket.socket, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is answered; without an answer the connection is closed."""
    try:
        return await _answer(connection, asked)
    except BaseException:
        connection.close()
        raise


async def _answer(connection: socket.socket, asked: Mapping[str, Any]) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, line(asked))
    answer = b""
    while not answer.endswith(b"\n"):
        received = await loop.sock_recv(connection, LINE)
        if not received:
            raise ConnectionError("the fork server ended")
        answer += received
    # What else was said is said again: that a kernel ended, by its closed connection.
    said: dict[str, Any] = json.loads(answer.splitlines()[0])
    if "error" in said:
        raise ServerFailed(said["error"])
    if "refused" in said or "exit" in said:
        raise ChildProcessError(said.get("refused") or f"exit code {said['exit']}")
    return said
