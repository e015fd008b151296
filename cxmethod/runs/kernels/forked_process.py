"""A kernel that is the fork server's child, seen from its client."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

LINE = 1 << 16
"""The most that is read at once, in bytes."""


class ForkedKernel:
    """A kernel that is the server's child, held as `subprocess.Popen` holds one's own.

    Parameters
    ----------
    connection : socket.socket
        The kernel's, after it has said which ports it bound.
    pid : int
    ports : mapping of str to int
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int, ports: Mapping[str, int]) -> None:
        self.connection, self.pid, self.ports = connection, pid, ports
        self.returncode: int | None = None
        self._unread = b""

    def poll(self) -> int | None:
        """Exit code, or None while it runs; -9 when the server was killed, and with it all its forks."""
        while self.returncode is None:
            try:
                received = self.connection.recv(LINE, socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
            except OSError:
                received = b""
            self._unread += received
            if not received:
                self._ended(-signal.SIGKILL)
            elif self._unread.endswith(b"\n"):
                self._ended(json.loads(self._unread)["exit"])
        return self.returncode

    def wait(self) -> int:
        """Exit code of a kernel that has ended."""
        if (code := self.poll()) is None:
            raise RuntimeError("the kernel still runs")
        return code

    async def ended(self) -> int:
        """Wait for its end, without asking again and again."""
        while (code := self.poll()) is None:
            await readable(self.connection.fileno())
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and what it started, if it still runs: the server knows."""
        if self.poll() is None:
            with suppress(OSError):
                self.connection.sendall(line({"signal": int(number)}))

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _ended(self, code: int) -> None:
        self.returncode = code
        self.connection.close()


async def readable(descriptor: int) -> None:
    """Wait until there is something to read, or the other end is closed; several may wait."""
    loop = asyncio.get_running_loop()
    happened = loop.create_future()
    own = os.dup(descriptor)
    loop.add_reader(own, _settle, happened)
    try:
        await happened
    finally:
        loop.remove_reader(own)
        os.close(own)


def _settle(happened: asyncio.Future[None]) -> None:
    if not happened.done():
        happened.set_result(None)


def line(said: Mapping[str, Any]) -> bytes:
    """What is said to the server."""
    return json.dumps(said).encode() + b"\n"
