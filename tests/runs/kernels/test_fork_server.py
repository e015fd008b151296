"""The fork server in this process, as far as it does not fork."""

import json
import os
import socket
from pathlib import Path

import pytest

from cxmethod.runs.kernels import fork_server
from cxmethod.runs.kernels.fork_server import ForkServer


@pytest.fixture
def server(tmp_path: Path) -> ForkServer:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s"))
    listener.listen()
    return ForkServer(listener, tmp_path / "lock")


def connected(server: ForkServer) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.connect(server.listener.getsockname())
    server._accept()
    return client


def test_without_clients_it_leaves_and_takes_its_name_along(server: ForkServer) -> None:
    address = Path(server.listener.getsockname())
    assert server.serve() is None
    assert not address.exists()


def test_a_client_that_is_about_to_connect_keeps_it(server: ForkServer) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(server.listener.getsockname())
        assert not server._may_leave()
    assert server.serve() is None


def test_a_client_that_has_gone_in_the_same_moment_does_no_harm(server: ForkServer) -> None:
    with connected(server):
        (peer,) = server.peers.values()
        server._forget(peer)
        assert server._read(peer) is None
    assert server.serve() is None


def test_what_cannot_be_forked_is_refused_and_the_others_go_on(
    server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory() -> int:
        raise OSError("no memory")

    monkeypatch.setattr(os, "fork", no_memory)
    with connected(server) as client:
        client.sendall(b'{"kernel": {}}\n')
        (peer,) = server.peers.values()
        assert server._read(peer) is None
        assert json.loads(client.recv(100)) == {"refused": "no memory"}
    assert server.serve() is None


def test_what_starts_threads_or_looks_for_ipython_is_not_imported() -> None:
    assert not set(fork_server.ALLOWED) & set(fork_server.FORBIDDEN)
