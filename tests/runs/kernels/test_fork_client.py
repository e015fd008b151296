"""The fork server and its kernels, as processes: where they come from, and that none stays behind."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from cxmethod.runs.kernels import fork_client
from cxmethod.runs.kernels.fork_client import NotForked, release
from cxmethod.runs.kernels.fork_stack import Stack, runtime_folder

from .warm import is_gone, kernel, stack

pytestmark = pytest.mark.skipif(not fork_client.can_fork(), reason="kernels are not forked on this system")


def parent(process: int) -> int:
    return int(psutil.Process(process).ppid())


def test_kernels_of_one_stack_come_from_one_server(tmp_path: Path) -> None:
    async def two() -> set[int]:
        kernels = [await kernel(stack(), tmp_path) for _ in range(2)]
        servers = {parent(one.pid) for one in kernels}
        for one in kernels:
            one.kill()
            assert await one.ended() == -signal.SIGKILL
        return servers

    assert len(asyncio.run(two())) == 1


def test_another_environment_is_another_server() -> None:
    assert stack().key != stack(TZ="Asia/Tokyo").key


def test_what_changes_from_call_to_call_is_the_same_server() -> None:
    assert stack().key == stack(PYTEST_CURRENT_TEST="another", JPY_PARENT_PID="7").key


def test_a_killed_kernel_leaves_nothing(tmp_path: Path) -> None:
    async def killed() -> int:
        one = await kernel(stack(), tmp_path)
        os.kill(one.pid, signal.SIGKILL)
        assert await asyncio.wait_for(one.ended(), 5) == -signal.SIGKILL
        return one.pid

    assert is_gone(asyncio.run(killed()))


def test_a_kernel_that_nobody_holds_ends(tmp_path: Path) -> None:
    one = asyncio.run(kernel(stack(), tmp_path))
    one.connection.close()
    assert is_gone(one.pid)


def test_a_killed_server_takes_its_kernels_along_and_the_next_kernel_has_a_new_one(tmp_path: Path) -> None:
    own = stack(CX_TEST="killed server")

    async def killed() -> tuple[int, int, int]:
        one = await kernel(own, tmp_path)
        server = parent(one.pid)
        os.kill(server, signal.SIGKILL)
        assert await asyncio.wait_for(one.ended(), 5) == -signal.SIGKILL
        other = await kernel(own, tmp_path)
        assert parent(other.pid) != server
        other.connection.close()
        return one.pid, server, other.pid

    assert all(map(is_gone, asyncio.run(killed())))
    release(own)


def test_a_server_leaves_with_its_last_client_and_leaves_no_socket(tmp_path: Path) -> None:
    own = stack(CX_TEST="last client")
    one = asyncio.run(kernel(own, tmp_path))
    server = parent(one.pid)
    address = own.address
    assert address.exists()
    one.connection.close()
    release(own)
    assert is_gone(server)
    assert not address.exists()


HOLDER = """\
import asyncio, os, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.runs.kernels.warm import kernel, stack
one = asyncio.run(kernel(stack(), Path(sys.argv[2])))
print(one.pid, flush=True)
time.sleep(60)
"""


def test_a_killed_parent_leaves_neither_kernel_nor_server(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    environment = {**os.environ, "CX_TEST": "killed parent"}
    command = [sys.executable, "-c", HOLDER, str(root), str(tmp_path)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        held = int(holder.stdout.readline())
        server = parent(held)
        holder.kill()
    assert is_gone(held)
    assert is_gone(server)


def test_a_stack_that_cannot_be_imported_is_said(tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('half an installation')")
    with pytest.raises(NotForked) as refusal:
        asyncio.run(kernel(stack(PYTHONPATH=str(tmp_path)), tmp_path))
    assert refusal.value.code == "runs.not_forked"
    assert "half an installation" in refusal.value.values["why"]


def test_a_server_that_ends_at_once_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotForked, match="Connection"):
        asyncio.run(kernel(Stack(("/bin/false",), dict(os.environ)), tmp_path))


def test_a_server_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    own = Stack(("/bin/sleep", "60"), dict(os.environ))
    order = {"argv": [], "env": {}, "cwd": str(tmp_path), "connection": {}}
    with pytest.raises(NotForked, match=r"runs\.not_forked"):
        asyncio.run(fork_client.fork_kernel(own, order, seconds=0.2))


def test_a_folder_that_others_may_write_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    runtime_folder().chmod(0o777)
    with pytest.raises(PermissionError):
        runtime_folder()


def test_sockets_where_nobody_listens_are_swept(tmp_path: Path) -> None:
    dead, alive = tmp_path / "dead.sock", tmp_path / "alive.sock"
    with socket.socket(socket.AF_UNIX) as gone, socket.socket(socket.AF_UNIX) as listening:
        gone.bind(str(dead))
        gone.close()
        listening.bind(str(alive))
        listening.listen()
        fork_client._sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["alive.sock"]
