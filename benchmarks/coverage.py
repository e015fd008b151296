"""Do confirmed red points hold, and do intervals cover? Simulated engagements with a known truth, through the steps.

``python benchmarks/coverage.py --seeds 200 --write`` runs the study and writes its tables to ``docs/coverage.md`` and
``docs/coverage.es.md``; without ``--write`` they are printed. Each engagement is made by the simulator, taken in like a
client's files, and put through steps 1, 4 and 5; the population's values come from a very large sample of the same
truth with an independent seed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

import cxmethod
from cxmethod.intake import take_in
from cxmethod.language import LANGUAGES, Words
from cxmethod.stats.bootstrap import cross_products
from cxmethod.stats.intervals import wilson
from cxmethod.stats.lmg import lmg
from cxmethod.steps import moments, persona, touchpoints
from cxmethod.teaching.emotions import STAFF_SPREAD, emotions, stream
from cxmethod.teaching.simulate import question_columns, simulate_survey
from cxmethod.teaching.sources import STAFF_FILE, SURVEY_FILE, staff_source, survey_source
from cxmethod.teaching.truth import OutcomeTruth, PersonaTruth, TouchpointTruth, Truth

TRUTHS = 10
POPULATION = 200_000
RESPONDENTS = (150, 300, 600)
STAFF = 25
PLANTED = {"red": 2, "value": 2, "near": 1, "watch": 2, "maintain": 3}
"""Touchpoints of each kind. `near` hurts and weighs a little, less than an equal share: no red point, but close to one."""

_BANDS = {
    "red": ((-0.9, -0.45), (0.7, 1.0)),
    "value": ((0.7, 1.1), (0.7, 1.0)),
    "near": ((-0.5, -0.3), (0.25, 0.35)),
    "watch": ((-0.9, -0.45), (0.0, 0.0)),
    "maintain": ((0.4, 1.0), (0.0, 0.0)),
}
"""Mean emotion and weight, drawn evenly between the two."""


@dataclass(frozen=True)
class Population:
    """What is so in a very large sample of one truth."""

    after: pd.Series
    negative: pd.Series
    gap: pd.Series
    r2_share: pd.Series
    relative: pd.Series


def planted_truth(number: int) -> Truth:
    """One of the study's truths: kinds as in `PLANTED`, in random order and strength."""
    rng = stream(number, 90)
    kinds = rng.permutation([kind for kind, count in PLANTED.items() for _ in range(count)])
    points = [_point(f"{kind}_{place}", str(kind), rng) for place, kind in enumerate(kinds)]
    outcome = OutcomeTruth(r_squared=float(rng.uniform(0.4, 0.7)))
    return Truth(tuple(points), (PersonaTruth("customer", 1.0),), outcome)


def _point(name: str, kind: str, rng: np.random.Generator) -> TouchpointTruth:
    mean, weight = (float(rng.uniform(*band)) for band in _BANDS[kind])
    internal = float(np.clip(mean + rng.normal(0, 0.6), -1.3, 1.3))
    return TouchpointTruth(name, before=mean, after=mean, internal=internal, weight=weight, mood=0.3)


@lru_cache
def population(number: int) -> Population:
    """Means, shares, gaps and drivers of a truth, from a sample that no engagement shares a seed with."""
    truth = planted_truth(number)
    survey = simulate_survey(truth, POPULATION, 1_000_000 + number)
    answers = survey[question_columns(truth, "exp")].astype(float).to_numpy() - 3
    after = pd.DataFrame(np.where(answers > 2, np.nan, answers), columns=list(truth.names))
    complete = after.notna().all(axis=1) & survey["recomendacion"].notna()
    outcome = survey.loc[complete, "recomendacion"].to_numpy(float)
    shares = pd.Series(lmg(cross_products(after[complete].to_numpy(), outcome)), after.columns)
    internal = random_staff(truth, POPULATION, 2_000_000 + number).mean() - 3
    mean = after.mean()
    negative = (after < 0).sum() / after.notna().sum()
    return Population(mean, negative, internal - mean, shares, shares / shares.sum())


def random_staff(truth: Truth, staff: int, seed: int) -> pd.DataFrame:
    """Internal views (1–5) drawn at random: the simulator spreads a dozen evenly, which is no sample."""
    means = np.array([point.internal for point in truth.touchpoints])
    draws = stream(seed, 91).standard_normal((staff, len(means)))
    return pd.DataFrame(emotions(draws, means, STAFF_SPREAD).astype(int) + 3, columns=list(truth.names))


def engagement_of(number: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One engagement through the steps: its intervals with the population's values, and its moments."""
    truth, respondents = planted_truth(number), RESPONDENTS[number % len(RESPONDENTS)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        client = _client(folder, truth, respondents, seed)
        people = persona.run(client)
        plane = touchpoints.run(client, people)
        result = moments.run(client, people, plane)
    known = population(number)
    found = pd.concat(_intervals(plane, result, known), ignore_index=True)
    return found.assign(seed=seed), result.moments.assign(seed=seed, n_survey=respondents)


def _client(folder: Path, truth: Truth, respondents: int, seed: int) -> Any:
    agreed = {"client": "Coverage", "language": "en", "seed": seed}
    sources = [survey_source(truth), staff_source(truth)]
    (folder / "engagement.yaml").write_text(yaml.safe_dump({**agreed, "sources": sources}), encoding="utf-8")
    (folder / "inputs").mkdir()
    files = [folder / SURVEY_FILE, folder / STAFF_FILE]
    simulate_survey(truth, respondents, seed).to_csv(files[0], index=False)
    staff = random_staff(truth, STAFF, seed).set_axis(question_columns(truth, "int"), axis=1)
    staff.insert(0, "id", [f"C{place}" for place in range(STAFF)])
    staff.to_csv(files[1], index=False)
    client = cxmethod.open(folder)
    take_in(client, files)
    return client


def _intervals(plane: Any, result: Any, known: Population) -> Iterator[pd.DataFrame]:
    after = plane.emotions[(plane.emotions["source"] == "after") & (plane.emotions["persona"] == "all")]
    gaps = plane.gaps[(plane.gaps["persona"] == "all") & ~plane.gaps["descriptive"].astype(bool)]
    told = result.drivers[result.drivers["r2_share"].notna()]
    strong = told["touchpoint"].map(known.relative) >= 0.5 / len(known.relative)
    yield _covered("mean", after, "", known.after)
    yield _covered("negative_share", after, "negative_", known.negative)
    yield _covered("gap", gaps, "", known.gap)
    yield _covered("driver", told[strong], "", known.r2_share)
    yield _covered("driver_relative", told[strong], "relative_", known.relative)
    yield _covered("driver_null", told[~strong], "", known.r2_share)


def _covered(what: str, table: pd.DataFrame, prefix: str, truth: pd.Series) -> pd.DataFrame:
    value = table["touchpoint"].map(truth).astype(float)
    low, high = table[f"{prefix}low"].astype(float), table[f"{prefix}high"].astype(float)
    frame = pd.DataFrame({"what": what, "below": high < value, "above": low > value, "width": high - low})
    return frame[low.notna()]


def study(seeds: int, workers: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All engagements, with their progress on the error stream."""
    started = time.perf_counter()
    intervals, kinds = [], []
    with ProcessPoolExecutor(workers) as pool:
        numbers = [seed % TRUTHS for seed in range(1, seeds + 1)]
        for done, (found, moments_) in enumerate(pool.map(engagement_of, numbers, range(1, seeds + 1)), 1):
            intervals.append(found)
            kinds.append(moments_)
            if done % 10 == 0 or done == seeds:
                print(f"{done}/{seeds}  {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return pd.concat(intervals, ignore_index=True), pd.concat(kinds, ignore_index=True)


def coverage_table(intervals: pd.DataFrame) -> pd.DataFrame:
    """Coverage of each kind of interval, where it misses, and how many there were."""
    grouped = intervals.groupby("what", sort=False)
    table = grouped.agg(
        n=("below", "size"), below=("below", "mean"), above=("above", "mean"), width=("width", "mean")
    )
    return table.assign(coverage=1 - table["below"] - table["above"])


def red_table(kinds: pd.DataFrame) -> Mapping[str, Any]:
    """Confirmed and suspected red points, and how many of them were planted."""
    planted = kinds["touchpoint"].str.startswith("red_")
    red = kinds["kind"] == "red"
    confirmed = red & (kinds["status"] == "confirmed")
    low, high = wilson(int((confirmed & planted).sum()), int(confirmed.sum()))
    return {
        "confirmed": int(confirmed.sum()),
        "right": int((confirmed & planted).sum()),
        "low": float(low),
        "high": float(high),
        "suspected": int((red & ~confirmed).sum()),
        "suspected_right": int((red & ~confirmed & planted).sum()),
        "planted": int(planted.sum()),
    }


TEXT = {
    "en": {
        "title": "# Do the intervals cover, and do confirmed red points hold?",
        "lead": "{seeds} simulated engagements over {truths} planted truths ({points} touchpoints; {n} customers and {staff} internal views each), through "
        "intake and steps 1, 4 and 5 as a client's would be. The population's values come from {population} simulated customers of the same truth with another seed. "
        "Made by `python benchmarks/coverage.py --seeds {seeds} --write`.",
        "red": "Of {confirmed} confirmed red points, {right} were planted: **{share}** (95% interval {low} to {high}; the aim is at least 95%). Of {planted} planted ones, "
        "{found} were confirmed and {suspected_right} more suspected; {suspected_wrong} touchpoints were suspected without being planted.",
        "head": "| 95% interval of | intervals | cover | truth above it | truth below it | mean width |",
        "foot": "The aim is 92% to 98%. A driver counts as one when its relative share in the population is at least 0.5/k. The others, which weigh next to nothing, stand "
        "apart: a share of R² cannot fall below 0, and a bootstrap interval may miss so near to that border.",
        "mean": "mean emotion", "negative_share": "negative share", "gap": "gap, internal view less customers",
        "driver": "driver: share of R²", "driver_relative": "driver: relative share", "driver_null": "null driver: share of R²",
    },
    "es": {
        "title": "# ¿Cubren los intervalos, y se sostienen los puntos rojos confirmados?",
        "lead": "{seeds} encargos simulados sobre {truths} verdades sembradas ({points} puntos de contacto; {n} clientes y {staff} opiniones internas en cada uno), que pasan "
        "por la toma de datos y por los pasos 1, 4 y 5 como los de cualquier empresa. Los valores de la población salen de {population} clientes simulados de la misma verdad, con otra semilla. "
        "Se hace con `python benchmarks/coverage.py --seeds {seeds} --write`.",
        "red": "De {confirmed} puntos rojos confirmados, {right} estaban sembrados: **{share}** (intervalo del 95 %: de {low} a {high}; la meta es 95 % o más). De {planted} sembrados, "
        "{found} se confirmaron y otros {suspected_right} quedaron como sospecha; hubo sospecha de {suspected_wrong} puntos que no lo eran.",
        "head": "| Intervalo del 95 % de | intervalos | cubren | la verdad queda por encima | la verdad queda por debajo | ancho medio |",
        "foot": "La meta es de 92 % a 98 %. Un factor cuenta como tal cuando su peso relativo en la población es de 0,5/k o más. Los demás, que casi no pesan, van aparte: una "
        "parte del R² no puede bajar de 0, y tan cerca de ese borde un intervalo por remuestreo puede fallar.",
        "mean": "emoción media", "negative_share": "proporción negativa", "gap": "brecha, visión interna menos clientes",
        "driver": "factor: parte del R²", "driver_relative": "factor: peso relativo", "driver_null": "factor nulo: parte del R²",
    },
}  # fmt: skip


def page(language: str, seeds: int, coverage: pd.DataFrame, red: Mapping[str, Any]) -> str:
    """The study as a page of the docs."""
    words, text = Words(language), TEXT[language]
    counts = {name: words.number(value, 0) for name, value in red.items() if name not in ("low", "high")}
    lead = text["lead"].format(
        seeds=seeds, truths=TRUTHS, points=sum(PLANTED.values()), staff=STAFF, population=words.number(POPULATION, 0),
        n=words.join(words.number(n, 0) for n in RESPONDENTS),
    )  # fmt: skip
    said = text["red"].format(
        **counts,
        share=words.percent(red["right"] / max(red["confirmed"], 1), 1),
        low=words.percent(red["low"], 1),
        high=words.percent(red["high"], 1),
        found=counts["right"],
        suspected_wrong=words.number(red["suspected"] - red["suspected_right"], 0),
    )
    rows = [
        f"| {text[str(what)]} | {words.number(row['n'], 0)} | {words.percent(row['coverage'], 1)} | "
        f"{words.percent(row['below'], 1)} | {words.percent(row['above'], 1)} | {words.number(row['width'], 3)} |"
        for what, row in coverage.iterrows()
    ]
    table = "\n".join([text["head"], "|---|---:|---:|---:|---:|---:|", *rows])
    return "\n\n".join([text["title"], lead, said, table, text["foot"]]) + "\n"


def main() -> None:
    """Run the study and write or print its pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    intervals, kinds = study(asked.seeds, asked.workers)
    coverage, red = coverage_table(intervals), red_table(kinds)
    docs = Path(__file__).parents[1] / "docs"
    for language in LANGUAGES:
        made = page(language, asked.seeds, coverage, red)
        if asked.write:
            name = "coverage.md" if language == "en" else f"coverage.{language}.md"
            (docs / name).write_text(made, encoding="utf-8")
        else:
            print(made)


if __name__ == "__main__":
    main()
