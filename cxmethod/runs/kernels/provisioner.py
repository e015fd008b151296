"""The ``cxmethod-warm`` kernel provisioner: jupyter_client's way of starting kernels, through the fork server."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Unicode

from cxmethod.language import Words
from cxmethod.runs.kernels.fork_client import NotForked, can_fork, fork_kernel
from cxmethod.runs.kernels.fork_stack import Stack
from cxmethod.runs.kernels.forked_process import ForkedKernel, readable

PROVISIONER = "cxmethod-warm"


class FreshKernel(UserWarning):
    """A kernel was started from scratch, though a warm one was asked for."""


def warn_of_fresh_kernel(why: str, language: str) -> None:
    """Say that kernels start from scratch, and why."""
    sentence = Words(language).say("runs.fresh_instead", why=why)
    warnings.warn(sentence, FreshKernel, stacklevel=2)


class WarmProvisioner(LocalProvisioner):
    """Kernels forked from a process that has imported the stack; plain ones, with a warning, where that fails.

    A kernel specification asks for it by ``{"metadata": {"kernel_provisioner": {"provisioner_name":
    "cxmethod-warm"}}}``; its ``config`` may set `language`.
    """

    parent: Any
    process: Any = None
    language: Any = Unicode("en", help="Of the warning that a kernel is a plain one.").tag(config=True)

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """As for a plain kernel, but without choosing its ports: the kernel binds free ones itself."""
        self._asked = dict(options)
        extra = options.pop("extra_arguments", [])
        prepared = await KernelProvisionerBase.pre_launch(self, **options)
        return {**prepared, "cmd": self.parent.format_kernel_cmd(extra_arguments=extra)}

    async def launch_kernel(self, cmd: Sequence[str], **options: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start a plain one.

        Parameters
        ----------
        cmd : sequence of str
            How a plain kernel is started.
        **options
            ``env`` and ``cwd`` of the kernel, and what `subprocess.Popen` takes besides.

        Returns
        -------
        KernelConnectionInfo
            What a client needs to connect.
        """
        try:
            return await self._fork(list(cmd), options)
        except NotForked as error:
            warn_of_fresh_kernel(Words(self.language).say(error.code, **error.values), self.language)
        plain = await super().pre_launch(**self._asked)
        return await super().launch_kernel(plain.pop("cmd"), **plain)

    async def wait(self) -> int | None:
        """Wait for the kernel's end, of which the system tells."""
        if isinstance(self.process, ForkedKernel):
            await self.process.ended()
        elif self.process is not None:
            await ended(self.process.pid)
        return await super().wait()

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started."""
        if isinstance(self.process, ForkedKernel):
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)

    async def _fork(self, command: list[str], options: dict[str, Any]) -> KernelConnectionInfo:
        connection: KernelConnectionInfo = self.parent.get_connection_info()
        folder = options.get("cwd") or os.getcwd()
        interpreter, arguments = _parted(command)
        self._refuse(connection, Path(folder))
        kernel = {
            "argv": arguments,
            "env": options["env"],
            "cwd": str(folder),
            "connection": {**connection, "key": self.parent.session.key.decode()},
        }
        self.process = await fork_kernel(Stack(interpreter, options["env"]), kernel)
        self.pid = self.pgid = self.process.pid
        self.cwd = folder
        self.connection_info = cast(KernelConnectionInfo, {**connection, **self.process.ports})
        return self.connection_info

    def _refuse(self, connection: KernelConnectionInfo, folder: Path) -> None:
        if not can_fork():
            raise NotForked("runs.no_forking")
        if connection["transport"] != "tcp" or "curve_publickey" in connection:
            raise NotForked("runs.other_transport")
        # Matplotlib reads it while it is imported.
        if (folder / "matplotlibrc").exists():
            raise NotForked("runs.own_matplotlibrc", folder=str(folder))


def _parted(command: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Python with its options, and the arguments of ipykernel, from a plain kernel's command."""
    if "ipykernel_launcher" not in command or command[command.index("ipykernel_launcher") - 1] != "-m":
        raise NotForked("runs.other_command", command=" ".join(command))
    place = command.index("ipykernel_launcher")
    return tuple(command[: place - 1]), command[place + 1 :]


async def ended(process: int) -> None:
    """Wait until a child process of this one has ended; it is left to be reaped."""
    watch = os.pidfd_open(process)
    try:
        await readable(watch)
    finally:
        os.close(watch)
