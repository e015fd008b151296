"""Workers of a Dask cluster, which share a disk with this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cxmethod.language import CxError, Words
from cxmethod.runs.batch.submission import Crew

_WINDOW = 256
"""Clusters grow and shrink while a batch runs; jobs in hand cost the scheduler little."""


@contextmanager
def scheduled_workers(address: str, words: Words) -> Iterator[Crew]:
    """The workers of the Dask scheduler at `address`, such as ``tcp://10.0.0.7:8786``.

    Raises
    ------
    CxError
        When Dask is not installed, or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CxError("batch.no_dask", words) from None
    try:
        client = Client(address)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CxError("batch.no_scheduler", words, address=address, why=error) from error
    with client:
        yield Crew(client.get_executor, _WINDOW)
