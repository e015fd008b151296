"""A quicker kernel manager for nbclient: it waits for events where the stock one asks again and again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from traitlets import Enum, Unicode, default

from cxmethod.language import Words
from cxmethod.runs.kernels.fork_client import can_fork
from cxmethod.runs.kernels.forked_process import ForkedKernel
from cxmethod.runs.kernels.own import OwnKernelManager, OwnKernelSpecs
from cxmethod.runs.kernels.provisioner import PROVISIONER, ended, warn_of_fresh_kernel

STOP_SECONDS = 2.0
"""The longest that a kernel may take to stop: half of it after being asked to, half after SIGTERM."""

_ECHO_SECONDS = 0.1


class QuickClient(AsyncKernelClient):
    """Knows that a kernel is ready when it answers, and that it is dead when its process ends."""

    parent: Any

    def start_channels(self, *_: bool) -> None:
        """Open the channels; none for heartbeats, since the manager holds the process."""
        super().start_channels(hb=False)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs arrive.

        Raises
        ------
        RuntimeError
            When it ended before, or took longer than `timeout` seconds.
        """
        answered = asyncio.ensure_future(self._answer())
        died = asyncio.ensure_future(self.parent._async_wait())
        try:
            done, _ = await asyncio.wait({answered, died}, timeout=timeout, return_when="FIRST_COMPLETED")
        finally:
            answered.cancel()
            died.cancel()
            await asyncio.gather(answered, died, return_exceptions=True)
        if answered not in done:
            raise RuntimeError("Kernel died before it was ready" if done else "Kernel was not ready in time")
        answered.result()

    async def _answer(self) -> None:
        while True:
            self.kernel_info()
            reply = await self.shell_channel.get_msg(timeout=None)
            if reply["msg_type"] != "kernel_info_reply":
                continue
            # A subscription takes a moment to reach the kernel; any message that arrives says that it has.
            with suppress(Empty):
                await self.iopub_channel.get_msg(timeout=_ECHO_SECONDS)
                self._handle_kernel_info_reply(reply)
                return


class WarmKernelSpecs(OwnKernelSpecs):
    """The same kernel, forked instead of started."""

    parent: Any

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """``python3``, with our provisioner."""
        spec = super().get_kernel_spec(kernel_name)
        provisioner = {"provisioner_name": PROVISIONER, "config": {"language": self.parent.language}}
        spec.metadata = {**spec.metadata, "kernel_provisioner": provisioner}
        return spec


class QuickKernelManager(OwnKernelManager):
    """Warm or fresh kernels of this interpreter, with a bounded stop."""

    kernels: Any = Enum(["warm", "fresh"], "warm", help="Forked, or started from scratch.").tag(config=True)
    language: Any = Unicode("en", help="Of the warning that a kernel is a plain one.").tag(config=True)

    @default("kernel_spec_manager")
    def _specs(self) -> KernelSpecManager:
        if self.kernels == "warm":
            specs = WarmKernelSpecs(parent=self)
            if self._knows_provisioner(specs):
                return specs
            warn_of_fresh_kernel(Words(self.language).say("runs.no_provisioner"), self.language)
        return OwnKernelSpecs(parent=self)

    @default("client_factory")
    def _quick_client(self) -> type[AsyncKernelClient]:
        return QuickClient

    @default("shutdown_wait_time")
    def _bounded_stop(self) -> float:
        return STOP_SECONDS

    def _knows_provisioner(self, specs: WarmKernelSpecs) -> bool:
        factory = KernelProvisionerFactory.instance(parent=self.parent)
        return bool(factory.is_provisioner_available(specs.get_kernel_spec(self.kernel_name)))

    async def _async_wait(self, pollinterval: float = 0.02) -> None:
        process = getattr(self.provisioner, "process", None)
        if isinstance(process, ForkedKernel):
            await process.ended()
        elif process is not None and can_fork():
            await ended(process.pid)
        else:
            await super()._async_wait(pollinterval)
