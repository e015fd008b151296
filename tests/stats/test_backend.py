import pytest

from cxmethod.stats.backend import THREADS, connect


def threads() -> int:
    connection = connect()
    try:
        (found,) = connection.con.execute("SELECT current_setting('threads')").fetchone()
    finally:
        connection.disconnect()
    return int(found)


def test_a_worker_of_a_batch_computes_on_the_threads_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS, "1")
    assert threads() == 1
    monkeypatch.setenv(THREADS, "3")
    assert threads() == 3
