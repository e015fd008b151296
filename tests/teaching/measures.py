"""What the project's own statistics see in simulated files: the numbers that TRUTH.md writes down."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cxmethod.engagement import Thresholds
from cxmethod.stats.drivers import RelativeImportance, relative_importance
from cxmethod.stats.event_log import event_log
from cxmethod.stats.intervals import adjust, grouped_means, grouped_shares, paired_means, welch
from cxmethod.stats.transitions import transitions
from cxmethod.steps.wave_charts import signal_table
from cxmethod.teaching.clinic import CLINIC, PATIENTS, STAFF, VISITS
from cxmethod.teaching.simulate import UNKNOWN_CODE, question_columns, simulate_staff, simulate_survey
from cxmethod.teaching.simulate_company import simulate_waves
from cxmethod.teaching.simulate_log import RESULTS, simulate_log

BASELINE = 8


@dataclass(frozen=True, eq=False)
class Survey:
    """The clinic's survey and staff file, made with one seed; emotions −2 … +2, one column a touchpoint."""

    raw: pd.DataFrame
    after: pd.DataFrame
    before: pd.DataFrame
    internal: pd.DataFrame

    @property
    def entering(self) -> list[str]:
        rated = self.after.notna().mean()
        return list(rated.index[rated >= 0.7])

    def complete(self) -> pd.DataFrame:
        cases = self.after[self.entering].assign(outcome=self.raw["recomendacion"].astype(float))
        return cases.dropna()

    def drivers(self, resamples: int) -> RelativeImportance:
        cases = self.complete()
        return relative_importance(cases[self.entering], cases["outcome"], resamples=resamples, seed=1)

    def estimates(self) -> pd.DataFrame:
        """Means and negative shares with their intervals, by touchpoint."""
        long = self.after.melt(var_name="touchpoint", value_name="emotion").dropna()
        long["negative"] = long["emotion"] < 0
        means = grouped_means(long, ["touchpoint"], "emotion").set_index("touchpoint")
        shares = grouped_shares(long, ["touchpoint"], "negative").set_index("touchpoint")
        return means.join(shares[["share", "low", "high"]].add_prefix("negative_"))

    def gaps(self) -> pd.DataFrame:
        """Internal view less customers after: difference, Holm p."""
        a, b = self.internal, self.after
        test = welch(a.mean(), a.std(), a.count(), b.mean(), b.std(), b.count())
        return test.assign(p_adjusted=adjust(test["p_value"], "holm"), flip=(a.mean() > 0) != (b.mean() > 0))

    def disconfirmation(self) -> pd.DataFrame:
        """After less before, paired: difference with interval, Holm p."""
        pairs = self.before.melt(var_name="touchpoint", value_name="before")
        pairs["after"] = self.after.melt()["value"]
        test = paired_means(pairs, ["touchpoint"], "before", "after").set_index("touchpoint")
        return test.assign(p_adjusted=adjust(test["p_value"], "holm"))


def survey(seed: int) -> Survey:
    raw = simulate_survey(CLINIC, PATIENTS, seed)
    return Survey(
        raw,
        _emotions(raw, "exp"),
        _emotions(raw, "esp"),
        _emotions(simulate_staff(CLINIC, STAFF, seed), "int"),
    )


def routes(seed: int) -> pd.DataFrame:
    """Transitions of success against failure, with BH-adjusted p; on (source, target)."""
    assert CLINIC.log is not None
    log = simulate_log(CLINIC, VISITS, seed, PATIENTS)
    touchpoint = log["actividad"].map({label: name for name, label in CLINIC.log.labels.items()})
    when = pd.to_datetime(log["fecha_hora"])
    events = pd.DataFrame({"journey": log["caso"], "touchpoint": touchpoint, "timestamp": when})
    ended = {RESULTS["success"]: "success", RESULTS["failure"]: "failure"}
    outcome = log.drop_duplicates("caso").set_index("caso")["resultado"].map(ended).dropna()
    return transitions(event_log(events, outcome)).set_index(["source", "target"])


def signals(seed: int) -> set[tuple[str, str]]:
    """(touchpoint, wave) that any of the three control charts calls a signal."""
    waves = simulate_waves(CLINIC, seed).sort_values("touchpoint", kind="stable")
    row = waves.groupby("touchpoint").cumcount()
    table = signal_table(waves.assign(size=waves["n"], row=row), Thresholds(baseline_waves=BASELINE))
    found = table[table["signal"].notna()]
    return set(zip(found["touchpoint"], found["wave"], strict=True))


def _emotions(raw: pd.DataFrame, prefix: str) -> pd.DataFrame:
    answers = raw[question_columns(CLINIC, prefix)].astype(float)
    return answers.mask(answers == UNKNOWN_CODE).sub(3).set_axis(list(CLINIC.names), axis=1)
