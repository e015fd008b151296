"""Clínica Horizonte, the fictional clinic of the demo: what is planted in it (data/clinic/TRUTH.md says why)."""

from __future__ import annotations

from cxmethod.teaching.truth import (
    END,
    START,
    LogTruth,
    OutcomeTruth,
    PersonaTruth,
    RoleTruth,
    TouchpointTruth,
    Truth,
    WaveTruth,
)

SEED = 2026
PATIENTS = 450
STAFF = 12
VISITS = 420

RED = ("phone_booking", "insurer_authorisation", "waiting_room")
VALUE = ("doctor_visit", "nursing_care", "results_explained")
RED_HANDOVERS = ("phone_booking", "appointment_reminder", "waiting_room")
"""Where the customer passes from one owner to another and one of the two touchpoints is red."""
WATCH = ("price_quote", "parking")
BLIND_SPOTS = ("waiting_room", "front_desk")
DISAPPOINTED = ("price_quote", "insurer_authorisation", "waiting_room")
EXCEEDED = ("front_desk", "nursing_care")
INDICATORS = {"categorical": ["plan", "reserva", "compania"], "continuous": ["edad", "visitas"]}
"""The survey's columns in which the personas are found."""
RARELY_RATED = ("patient_portal",)
ROUTE_DIFFERENCES = (
    ("phone_booking", "phone_booking"),
    ("phone_booking", "insurer_authorisation"),
    ("insurer_authorisation", "appointment_reminder"),
)

_POINT = TouchpointTruth
_TOUCHPOINTS = (
    _POINT("friend_recommendation", before=0.75, after=0.75, internal=0.75, importance=3.2),
    _POINT("website", before=0.75, after=1.00, internal=0.76, importance=3.3, by_persona={"mayores": 0.0}),
    _POINT("doctor_directory", before=0.80, after=0.80, internal=0.80, importance=3.5),
    _POINT(
        "price_quote", before=0.35, after=-0.50, internal=-0.66, importance=4.4, by_persona={"basico": -1.35}
    ),
    _POINT("phone_booking", before=-0.85, after=-0.85, internal=-0.85, weight=1.02, importance=4.1),
    _POINT("insurer_authorisation", before=0.10, after=-0.80, internal=-0.80, weight=0.98, importance=4.3),
    _POINT("appointment_reminder", before=0.85, after=0.85, internal=0.85, importance=3.4),
    _POINT("parking", before=-0.75, after=-0.75, internal=-0.75, importance=3.9),
    _POINT("front_desk", before=0.05, after=0.80, internal=-0.80, importance=3.6),
    _POINT("waiting_room", before=0.30, after=-0.80, internal=0.85, weight=1.04, importance=3.9),
    _POINT("doctor_visit", before=1.10, after=1.10, internal=1.10, weight=1.06, importance=4.7),
    _POINT("nursing_care", before=0.55, after=1.15, internal=1.15, weight=0.96, importance=3.8),
    _POINT("billing", before=0.80, after=0.80, internal=0.80, importance=4.2),
    _POINT("results_explained", before=1.00, after=1.00, internal=1.00, weight=0.94, importance=4.4),
    _POINT("patient_portal", before=0.85, after=0.85, internal=0.85, rated=0.5, mood=0.0, importance=3.2),
    _POINT("family_referral", before=0.75, after=0.75, internal=0.75, importance=2.9),
)

_BOOKS = ("teléfono", "página web", "WhatsApp", "mostrador")
_COMES_WITH = ("sin compañía", "con hijos", "con pareja", "con otro familiar")


def _habits(books: tuple[int, ...], comes_with: tuple[int, ...]) -> dict[str, dict[str, float]]:
    """How patients book and with whom they come, in percent of them."""
    answers = {
        "reserva": zip(_BOOKS, books, strict=True),
        "compania": zip(_COMES_WITH, comes_with, strict=True),
    }
    return {column: {answer: part / 100 for answer, part in parts} for column, parts in answers.items()}


_LABELS = {
    "website": "Ingreso a la página web",
    "doctor_directory": "Consulta de directorio médico",
    "price_quote": "Cotización por chat",
    "phone_booking": "Llamada a central de citas",
    "insurer_authorisation": "Trámite de autorización",
    "appointment_reminder": "Recordatorio enviado",
    "parking": "Ingreso a parqueadero",
    "front_desk": "Admisión en recepción",
    "waiting_room": "Turno en sala de espera",
    "nursing_care": "Atención de enfermería",
    "doctor_visit": "Consulta médica",
    "billing": "Factura pagada",
    "results_explained": "Explicación de resultados",
    "patient_portal": "Ingreso al portal",
}

_COMMON = {
    START: {"website": 0.60, "phone_booking": 0.40},
    "website": {"doctor_directory": 0.60, "price_quote": 0.15, "phone_booking": 0.25},
    "doctor_directory": {"phone_booking": 0.80, "price_quote": 0.20},
    "price_quote": {"phone_booking": 1.0},
}
_SUCCESS = _COMMON | {
    "phone_booking": {"phone_booking": 0.12, "insurer_authorisation": 0.88},
    "insurer_authorisation": {"insurer_authorisation": 0.15, "appointment_reminder": 0.85},
    "appointment_reminder": {"parking": 0.70, "front_desk": 0.30},
    "parking": {"front_desk": 1.0},
    "front_desk": {"waiting_room": 1.0},
    "waiting_room": {"doctor_visit": 0.92, "nursing_care": 0.08},
    "nursing_care": {"billing": 0.90, "doctor_visit": 0.10},
    "doctor_visit": {"billing": 0.70, "nursing_care": 0.30},
    "billing": {"results_explained": 0.75, "patient_portal": 0.05, END: 0.20},
    "results_explained": {"patient_portal": 0.25, END: 0.75},
    "patient_portal": {END: 1.0},
}
_FAILURE = _COMMON | {
    "phone_booking": {"phone_booking": 0.55, "insurer_authorisation": 0.23, END: 0.22},
    "insurer_authorisation": {"insurer_authorisation": 0.15, END: 0.85},
}

WAVES = ("2025-12", *(f"2026-{month:02d}" for month in range(1, 10)))

CLINIC = Truth(
    touchpoints=_TOUCHPOINTS,
    personas=(
        PersonaTruth("familiar", 0.30, (24, 52), 5.0, _habits((55, 20, 5, 20), (5, 75, 10, 10))),
        PersonaTruth("empresarial", 0.27, (22, 60), 2.2, _habits((10, 80, 5, 5), (88, 2, 8, 2))),
        PersonaTruth("mayores", 0.24, (60, 88), 6.0, _habits((80, 2, 3, 15), (30, 0, 25, 45))),
        PersonaTruth("basico", 0.19, (20, 65), 1.6, _habits((15, 10, 70, 5), (70, 5, 20, 5))),
    ),
    outcome=OutcomeTruth(mean=6.9, spread=2.1, r_squared=0.72),
    log=LogTruth(
        labels=_LABELS,
        success=_SUCCESS,
        failure=_FAILURE,
        pause_minutes={
            "phone_booking": 14,
            "front_desk": 12,
            "waiting_room": 47,
            "doctor_visit": 24,
            "nursing_care": 15,
        },
        pause_days={"phone_booking": 2, "insurer_authorisation": 6, "appointment_reminder": 2, "billing": 5},
    ),
    waves=WaveTruth(
        waves=WAVES,
        touchpoints=("phone_booking", "insurer_authorisation", "waiting_room", "doctor_visit"),
        respondents=150,
        changes={("phone_booking", "2026-08"): 0.10},
    ),
    roles=(
        RoleTruth("management", 6, -0.35, awareness=4.6, motivation=4.2),
        RoleTruth("medical", 10, 0.75, awareness=3.6, motivation=3.9),
        RoleTruth("nursing", 10, 0.85, awareness=3.4, motivation=4.5),
        RoleTruth("front_office", 8, 0.60, awareness=2.2, motivation=3.8),
        RoleTruth("administration", 6, 0.10, awareness=3.1, motivation=2.6),
    ),
)
