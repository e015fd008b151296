"""A small engagement whose tables are given as CSV text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cxmethod
from cxmethod.engagement import Engagement

Engage = Callable[..., Engagement]

PHASES = "phase,name,order,question,stage\nsearch,Search,1,discover,pre\nvisit,Visit,2,interact,during\n"
TOUCHPOINTS = (
    "touchpoint,name,phase,order,channel\n"
    "website,Website,search,1,web\n"
    "booking,Booking,search,2,phone\n"
    "waiting,Waiting room,visit,3,\n"
)
SPANISH_TOUCHPOINTS = (
    "Punto de contacto,Nombre,Fase,Orden,Crítico para el negocio,Nota propia\n"
    "website,Página,search,1,sí,ver a Ana\n"
    "booking,Cita,search,2,no,\n"
)
PERSONAS = (
    "persona,name,evidence,share,quote\nana,Ana,observed,0.6,I wait too long\nluis,Luis,observed,0.4,\n"
)


@pytest.fixture
def engage(tmp_path: Path) -> Engage:
    """Make an engagement: its tables as CSV text, its language, other settings as YAML lines."""

    def make(language: str = "en", settings: str = "", **tables: str) -> Engagement:
        folder = tmp_path / "acme"
        (folder / "inputs").mkdir(parents=True, exist_ok=True)
        (folder / "engagement.yaml").write_text(
            f"client: Acme\nlanguage: {language}\n{settings}", encoding="utf-8"
        )
        for name, text in tables.items():
            (folder / "inputs" / f"{name}.csv").write_text(text, encoding="utf-8")
        return cxmethod.open(folder)

    return make


@pytest.fixture
def client(engage: Engage) -> Engagement:
    """Phases and touchpoints, in English."""
    return engage(phases=PHASES, touchpoints=TOUCHPOINTS)


def text_of_table(client: Engagement, name: str) -> str:
    """What stands in a table's CSV file."""
    return (client.inputs / f"{name}.csv").read_text(encoding="utf-8")
