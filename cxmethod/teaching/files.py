"""The demo's simulated files: made here, committed under ``data/clinic``, and held to each other by a test.

``python -m cxmethod.teaching.files`` writes them anew.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cxmethod.assets import asset
from cxmethod.engagement.schemas import TABLES
from cxmethod.language import LANGUAGES
from cxmethod.teaching.clinic import CLINIC, PATIENTS, SEED, STAFF, VISITS
from cxmethod.teaching.simulate import simulate_staff, simulate_survey
from cxmethod.teaching.simulate_company import simulate_alignment, simulate_scores, simulate_waves
from cxmethod.teaching.simulate_log import simulate_log
from cxmethod.teaching.sources import LOG_FILE, STAFF_FILE, SURVEY_FILE

CLIENT = "client"

_ROLES = {
    "es": {
        "management": "Gerencia",
        "medical": "Cuerpo médico",
        "nursing": "Enfermería",
        "front_office": "Recepción y citas",
        "administration": "Administración",
    },
    "en": {
        "management": "Management",
        "medical": "Doctors",
        "nursing": "Nursing",
        "front_office": "Front desk and bookings",
        "administration": "Administration",
    },
}
_ITEMS = {
    "es": {
        "awareness": "Puedo decir con mis palabras qué le prometemos al paciente",
        "motivation": "Me dan ganas de cumplir esa promesa todos los días",
    },
    "en": {
        "awareness": "I can say in my own words what we promise the patient",
        "motivation": "I feel like keeping that promise every day",
    },
}


def clinic_files() -> dict[str, pd.DataFrame]:
    """Every simulated file of the demo, by its path under ``data/clinic``."""
    shared = {
        f"{CLIENT}/{SURVEY_FILE}": simulate_survey(CLINIC, PATIENTS, SEED),
        f"{CLIENT}/{STAFF_FILE}": simulate_staff(CLINIC, STAFF, SEED),
        f"{CLIENT}/{LOG_FILE}": simulate_log(CLINIC, VISITS, SEED, PATIENTS),
    }
    tables = {
        "waves": simulate_waves(CLINIC, SEED),
        "scores": simulate_scores(CLINIC, SEED),
        "alignment": simulate_alignment(CLINIC, SEED),
    }
    return shared | {
        f"{language}/inputs/{name}.csv": _in_language(name, frame, language)
        for language in LANGUAGES
        for name, frame in tables.items()
    }


def write_clinic_files(folder: Path) -> list[Path]:
    """Write `clinic_files` under `folder` and return their paths."""
    written = []
    for name, frame in clinic_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.to_csv(path, index=False, lineterminator="\n")
        written.append(path)
    return written


def _in_language(name: str, frame: pd.DataFrame, language: str) -> pd.DataFrame:
    texts = {"role": _ROLES[language], "item": _ITEMS[language]}
    spoken = frame.assign(
        **{column: frame[column].map(said) for column, said in texts.items() if column in frame}
    )
    return (
        spoken.rename(columns={column.name: column.es for column in TABLES[name].columns})
        if language == "es"
        else spoken
    )


if __name__ == "__main__":
    write_clinic_files(asset("data") / "clinic")
