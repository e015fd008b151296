"""Results of every odd client, computed once, and figures caught before they become bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import cxmethod
from cxmethod.engagement import Engagement
from cxmethod.steps import check_thread, obtain_all

from .clients import CLIENTS

Results = dict[str, Any]


@pytest.fixture(scope="session")
def computed(engagement, whole) -> Callable[[str], tuple[Engagement, Results]]:
    """Client and results by the client's name: one of `CLIENTS`, ``demo`` or ``workshop``; ``thread`` is beside."""

    @cache
    def make(name: str) -> tuple[Engagement, Results]:
        if name in ("demo", "workshop"):
            own = whole(name, "es")
            return own.client, own.results | {"thread": own.thread}
        client = engagement(**CLIENTS[name])
        return client, obtain_all(client) | {"thread": check_thread(client)}

    return make


@pytest.fixture(scope="session")
def spoken(computed) -> Callable[[str, str], tuple[Engagement, Results]]:
    """The same, with the client speaking a language."""

    def make(name: str, language: str) -> tuple[Engagement, Results]:
        client, results = computed(name)
        return cxmethod.open(client.folder, language), results

    return make
