"""The settings under which intake reads what the simulator wrote."""

from __future__ import annotations

from typing import Any

from cxmethod.teaching.simulate import UNKNOWN_CODE, question_columns
from cxmethod.teaching.simulate_log import RESULTS
from cxmethod.teaching.truth import Truth

SURVEY_FILE = "encuesta_pacientes.csv"
STAFF_FILE = "personal.csv"
LOG_FILE = "registro_visitas.csv"

_SCALE = {"low": 1, "high": 5}


ATTRIBUTES = {
    "es": {
        "plan": "plan",
        "edad": "edad",
        "visitas": "visitas al año",
        "reserva": "cómo reserva",
        "compania": "cómo viene",
    },
    "en": {
        "plan": "plan",
        "edad": "age",
        "visitas": "visits a year",
        "reserva": "books by",
        "compania": "comes",
    },
}
"""Columns of the survey → what the engagement calls what it knows of a customer, in its own language."""


def sources(truth: Truth, language: str = "es") -> list[dict[str, Any]]:
    """The `sources` section of engagement.yaml for the client files of `truth`."""
    found = [survey_source(truth, language), staff_source(truth)]
    return found if truth.log is None else [*found, log_source(truth)]


def survey_source(truth: Truth, language: str = "es") -> dict[str, Any]:
    """How `simulate_survey`'s file becomes ratings, outcomes and respondents."""
    return {
        "kind": "survey",
        "file": SURVEY_FILE,
        "respondent": "id",
        "scale": dict(_SCALE),
        "unknown": [UNKNOWN_CODE],
        "ratings": {"before": _mapped(truth, "esp"), "after": _mapped(truth, "exp")},
        "importance": _mapped(truth, "imp"),
        "outcome": {"column": "recomendacion"},
        "attributes": _known_before(truth, language),
    }


def staff_source(truth: Truth) -> dict[str, Any]:
    """How `simulate_staff`'s file becomes internal ratings."""
    return {
        "kind": "survey",
        "file": STAFF_FILE,
        "respondent": "id",
        "scale": dict(_SCALE),
        "ratings": {"internal": _mapped(truth, "int")},
    }


def log_source(truth: Truth) -> dict[str, Any]:
    """How `simulate_log`'s file becomes events and journeys.

    Raises
    ------
    ValueError
        When the truth plants no log.
    """
    if truth.log is None:
        raise ValueError("this truth plants no event log")
    return {
        "kind": "event_log",
        "file": LOG_FILE,
        "case": "caso",
        "activity": "actividad",
        "timestamp": "fecha_hora",
        "respondent": "paciente",
        "activities": {label: touchpoint for touchpoint, label in truth.log.labels.items()},
        "success": {"column": "resultado", "value": RESULTS["success"]},
        "open": {"column": "resultado", "value": RESULTS["open"]},
    }


def _known_before(truth: Truth, language: str) -> dict[str, str]:
    """The attributes that this truth plants."""
    one = truth.personas[0]
    planted = ["plan", "edad", *(["visitas"] if one.visits else []), *one.habits]
    return {column: ATTRIBUTES[language][column] for column in planted}


def _mapped(truth: Truth, prefix: str) -> dict[str, str]:
    return dict(zip(question_columns(truth, prefix), truth.names, strict=True))
