"""How often do the control charts cry wolf, and how soon do they see a real change?

``python benchmarks/control_charts.py --write`` runs the study and writes its tables to ``docs/signals.md`` and
``docs/signals.es.md``; without ``--write`` they are printed. What is counted is what the product reports: a wave of a
touchpoint after the baseline counts once when any of its three charts (share, mean, distribution) calls a signal, beyond a
limit or eight on one side. Waves go through `cxmethod.steps.wave_charts.signal_table`, as a client's would.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.language import LANGUAGES, Words
from cxmethod.stats.chi_chart import chi_square_chart
from cxmethod.stats.intervals import wilson
from cxmethod.stats.p_charts import p_chart
from cxmethod.stats.xmr import xmr_chart
from cxmethod.steps.wave_charts import control_charts, signal_table

BASELINE = 8
WAVES = 24
SERIES = 4_000
POWER_SERIES = 4_000
WITHIN = 3
SEED = 20260930
EMOTIONS = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
SHAPES = {
    "5": (0.01, 0.04, 0.15, 0.45, 0.35),
    "15": (0.04, 0.11, 0.20, 0.40, 0.25),
    "30": (0.10, 0.20, 0.20, 0.32, 0.18),
    "60": (0.25, 0.35, 0.15, 0.15, 0.10),
}
"""Shares of the five emotions, by the percent who feel badly."""
SIZES = (30, 100, 300, 1000)
SPREADS = (1.0, 1.5, 3.0)
"""Variance between waves in units of what sampling gives; above 1 it is drawn from a Dirichlet-multinomial."""
SHIFTS = ((0.10, 0.20), (0.20, 0.30), (0.30, 0.40), (0.45, 0.55), (0.40, 0.30), (0.60, 0.50))


@dataclass(frozen=True)
class Counted:
    """How many of how many, by Wilson's interval."""

    signals: int
    of: int

    @property
    def rate(self) -> float:
        """The share."""
        return self.signals / self.of

    @property
    def limits(self) -> tuple[float, float]:
        """Its 95 % interval."""
        low, high = wilson(self.signals, self.of)
        return float(low), float(high)


def drawn(
    shares: Sequence[float], n: int, waves: int, series: int, spread: float, rng: np.random.Generator
) -> np.ndarray:
    """Counts of the five emotions: series × waves × 5."""
    p = np.asarray(shares) / np.sum(shares)
    if spread > 1:
        p = rng.dirichlet(p * (n - spread) / (spread - 1), size=(series, waves))
    return rng.multinomial(n, p, size=(series, waves))


def framed(counts: np.ndarray) -> pd.DataFrame:
    """The waves as step 9 has them: one row a wave and touchpoint."""
    series, waves, _ = counts.shape
    n = counts.sum(axis=-1)
    mean = counts @ EMOTIONS / n
    spread = counts @ EMOTIONS**2 / n - mean**2
    columns = {
        "touchpoint": np.repeat(np.arange(series), waves),
        "wave": np.tile(np.arange(waves), series),
        "row": np.tile(np.arange(waves), series),
        "n": n.ravel(),
        "size": n.ravel().astype(float),
        "negative": counts[..., :2].sum(axis=-1).ravel().astype(float),
        "neutral": counts[..., 2].ravel().astype(float),
        "positive": counts[..., 3:].sum(axis=-1).ravel().astype(float),
        "mean": mean.ravel(),
        "sd": np.sqrt(spread * n / (n - 1)).ravel(),
    }
    return pd.DataFrame(columns)


def reported(counts: np.ndarray) -> np.ndarray:
    """Whether the product reports a signal: series × waves."""
    table = signal_table(framed(counts), Thresholds(baseline_waves=BASELINE))
    loud = table[table["signal"].notna()]
    found = np.zeros(counts.shape[:2], bool)
    found[loud["touchpoint"], loud["wave"]] = True
    return found


def by_chart(counts: np.ndarray) -> dict[str, np.ndarray]:
    """What each chart says alone, and what the textbook's limits would have said: series × waves."""
    frame = framed(counts)
    charts = control_charts(frame, BASELINE)
    shape = counts.shape[:2]
    n, negative = counts.sum(axis=-1), counts[..., :2].sum(axis=-1)
    answers = np.stack([negative, counts[..., 2], counts[..., 3:].sum(axis=-1)], axis=-1)
    textbook = (
        p_chart(negative, n, BASELINE, adjust="never", predictive=False).signal,
        xmr_chart(frame["mean"].to_numpy().reshape(shape), BASELINE, predictive=False).signal,
        chi_square_chart(answers, BASELINE).signal,
    )
    own = {name: chart.signal != "" for name, chart in charts.items()}
    return own | {"textbook": np.any([found != "" for found in textbook], axis=0)}


def false_signals() -> Iterator[dict[str, float | str | Counted]]:
    """Signals where nothing changed, by share, size and spread."""
    rng = np.random.default_rng(SEED)
    for spread in SPREADS:
        for share, shape in SHAPES.items():
            for n in SIZES:
                counts = drawn(shape, n, WAVES, SERIES, spread, rng)
                later = reported(counts)[:, BASELINE:]
                alone = {name: found[:, BASELINE:].mean() for name, found in by_chart(counts).items()}
                all_of_them = Counted(int(later.sum()), later.size)
                yield {"spread": spread, "share": share, "n": n, "all": all_of_them} | alone


def detection(n: int = 300) -> Iterator[dict[str, float | Counted]]:
    """Shifts of ten points seen within three waves."""
    rng = np.random.default_rng(SEED + 1)
    for before, after in SHIFTS:
        counts = np.concatenate(
            [
                drawn(_shape(share), n, waves, POWER_SERIES, 1.0, rng)
                for share, waves in ((before, BASELINE), (after, WITHIN))
            ],
            axis=1,
        )
        later = reported(counts)[:, BASELINE:]
        within = [Counted(int(later[:, : k + 1].any(axis=1).sum()), len(later)) for k in range(WITHIN)]
        yield {"before": before, "after": after, "first": within[0], "second": within[1], "third": within[2]}


def _shape(negative: float) -> tuple[float, ...]:
    """Five emotions of which so many are negative, the others in fixed proportions."""
    rest = 1 - negative
    return (negative / 3, 2 * negative / 3, 0.25 * rest, 0.45 * rest, 0.30 * rest)


# --- in words

_TEXT = {
    "en": {
        "title": "# Signals: how often they are false, and how soon they come",
        "rates": "## Where nothing changed",
        "power": "## Where the share who feel badly changed by ten points (n = 300)",
        "head": "| spread | feel badly | n | reported | 95% interval | p or p′ | XmR | χ² | textbook limits |",
        "power_head": "| before | after | first wave | within two | within three | 95% interval |",
    },
    "es": {
        "title": "# Señales: cuántas son falsas y qué tan pronto llegan",
        "rates": "## Donde nada cambió",
        "power": "## Donde la proporción que se siente mal cambió diez puntos (n = 300)",
        "head": "| dispersión | se sienten mal | n | se informa | intervalo del 95\u00a0% | p o p′ | XmR | χ² | límites de manual |",
        "power_head": "| antes | después | primera ola | en dos | en tres | intervalo del 95\u00a0% |",
    },
}
_INTRO = {
    "en": (
        "{waves} waves of {series} touchpoints for each row, the first {baseline} the baseline; nothing planted. A wave of a touchpoint counts once "
        "when the product reports a signal there: beyond a limit of any of the three charts, or eight on one side. Made by `python "
        "benchmarks/control_charts.py --write`.\n\n"
        "Where waves vary as sampling alone lets them (spread 1), **{rate} of waves are false signals** ({least} to {most} by row; the aim "
        "is at most 2.5%). Textbook limits would give {textbook}: a baseline of eight waves does not know its own centre and spread as well "
        "as they assume. Where waves vary more (spread above 1) eight waves often do not show it, and false signals go up to {worst}: "
        "when a signal comes at a touchpoint whose waves are not asked alike, look at that first."
    ),
    "es": (
        "{waves} olas de {series} puntos de contacto por fila, las primeras {baseline} son la línea base; nada sembrado. Una ola de un punto cuenta "
        "una vez cuando el producto informa una señal: fuera de un límite de cualquiera de los tres gráficos, u ocho de un lado. Hecho con `python "
        "benchmarks/control_charts.py --write`.\n\n"
        "Donde las olas varían como lo permite el solo muestreo (dispersión 1), **el {rate} de las olas son señales falsas** (de {least} a {most} según "
        "la fila; la meta es a lo sumo 2,5\u00a0%). Los límites de manual darían {textbook}: una línea base de ocho olas no conoce su centro ni su "
        "dispersión tan bien como ellos suponen. Donde las olas varían más (dispersión mayor que 1), ocho olas muchas veces no lo muestran y las "
        "señales falsas suben hasta {worst}: cuando llegue una señal en un punto cuyas olas no se preguntan igual, mire eso primero."
    ),
}
_RULES = {
    "en": (
        "## The rules, and why\n\n"
        "- **One chart speaks first**: the share who feel badly (p chart). It is what a touchpoint is judged by, and it knows its sampling error. "
        "The mean (XmR) and the distribution (χ²) speak where the share is silent.\n"
        "- **Limits after the baseline are prediction limits**: three sigmas of the wave *and* of the baseline's centre together. Inside the "
        "baseline they are the textbook's.\n"
        "- **p′ instead of p** where the baseline's waves differ by a χ² test with p < 0.05 (Cochran 1954). Eight waves tell little of "
        "that; a laxer test would blunt the limits of steady touchpoints. Its sigma, and that of XmR, rests on seven moving ranges: Student's quantile takes the place of 3.\n"
        "- **Eight on one side** count where the eight together differ from the baseline with p < 0.02: chance in the centre alone "
        "puts eight on one side twice as often as a coin would.\n"
        "- **χ²** is the test of the wave against the whole baseline (Marcucci 1985), so the baseline's error is in it."
    ),
    "es": (
        "## Las reglas y su porqué\n\n"
        "- **Un gráfico habla primero**: la proporción que se siente mal (gráfico p). Es por lo que se juzga un punto y conoce su error de muestreo. "
        "La media (XmR) y la distribución (χ²) hablan donde la proporción calla.\n"
        "- **Los límites después de la línea base son de predicción**: tres sigmas de la ola *y* del centro de la línea base juntos. Dentro de la "
        "línea base son los de manual.\n"
        "- **p′ en lugar de p** donde las olas de la línea base difieren según una prueba χ² con p < 0,05 (Cochran 1954). Ocho olas dicen poco de eso; una "
        "prueba más laxa embotaría los límites de los puntos estables. Su sigma, y la de XmR, descansa en siete rangos móviles: el cuantil de Student ocupa el lugar del 3.\n"
        "- **Ocho de un lado** cuentan donde las ocho juntas difieren de la línea base con p < 0,02: el solo azar en el centro pone ocho de un lado "
        "el doble de veces que una moneda.\n"
        "- **χ²** es la prueba de la ola contra toda la línea base (Marcucci 1985), de modo que el error de esta va adentro."
    ),
}


def report(rates: list[dict], power: list[dict], language: str) -> str:
    """The page of one language."""
    words, text = Words(language), _TEXT[language]
    said = lambda share: words.percent(share, 2)  # noqa: E731
    plain = [row for row in rates if row["spread"] == 1]
    total = Counted(sum(row["all"].signals for row in plain), sum(row["all"].of for row in plain))
    intro = _INTRO[language].format(
        waves=words.number(WAVES, 0), series=words.number(SERIES, 0), baseline=words.number(BASELINE, 0), rate=said(total.rate),
        least=said(min(row["all"].rate for row in plain)), most=said(max(row["all"].rate for row in plain)),
        textbook=said(np.mean([row["textbook"] for row in plain])), worst=said(max(row["all"].rate for row in rates)),
    )  # fmt: skip
    lines = [
        text["title"],
        "",
        intro,
        "",
        _RULES[language],
        "",
        text["rates"],
        "",
        text["head"],
        "|---:" * 9 + "|",
    ]
    lines += [
        f"| {words.number(row['spread'])} | {words.percent(int(row['share']) / 100)} | {words.number(row['n'], 0)} | {said(row['all'].rate)} | "
        f"{said(row['all'].limits[0])}–{said(row['all'].limits[1])} | {said(row['negative_share'])} | {said(row['mean'])} | "
        f"{said(row['distribution'])} | {said(row['textbook'])} |"
        for row in rates
    ]
    lines += ["", text["power"], "", text["power_head"], "|---:" * 6 + "|"]
    lines += [
        f"| {words.percent(row['before'])} | {words.percent(row['after'])} | {words.percent(row['first'].rate)} | "
        f"{words.percent(row['second'].rate)} | {words.percent(row['third'].rate, 1)} | "
        f"{words.percent(row['third'].limits[0], 1)}–{words.percent(row['third'].limits[1], 1)} |"
        for row in power
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the study; print its pages or write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/signals.md and docs/signals.es.md")
    arguments = parser.parse_args()
    rates, power = list(false_signals()), list(detection())
    docs = Path(__file__).parents[1] / "docs"
    for language in LANGUAGES:
        page = report(rates, power, language)
        if arguments.write:
            (docs / f"signals{'' if language == 'en' else '.es'}.md").write_text(page, encoding="utf-8")
        else:
            print(page)


if __name__ == "__main__":
    main()
