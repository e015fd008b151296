"""After the steps: signal or noise, since when, and what an initiative changed."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cxmethod.engagement import InputProblems
from cxmethod.steps import monitoring
from cxmethod.steps.monitoring import MonitoringResult

from .reading import by, finding, found, row

POINTS = "touchpoint,name,phase,order\ndesk,Desk,p,1\nroom,Room,p,2"
STEADY = [30, 28, 32, 29, 31, 30, 27, 33]


def waves(n: int = 100, source: str = "after", **negative: list[int]) -> str:
    rows = [
        f"w{number:02d},{touchpoint},{source},{n},{bad}"
        for touchpoint, counts in negative.items()
        for number, bad in enumerate(counts, start=1)
    ]
    return "wave,touchpoint,source,n,negative\n" + "\n".join(rows)


def ran(engagement, table: str | None = None, **others) -> MonitoringResult:
    return monitoring.run(engagement(**({"touchpoints": POINTS, "waves": table} | others)))


# --- limits and signals


def test_limits_are_three_sigma_around_the_pooled_baseline(engagement):
    signals = ran(engagement, waves(desk=[*STEADY, 31])).signals
    p = sum(STEADY) / 800
    margin = 3 * np.sqrt(p * (1 - p) / 100)
    last = row(signals, wave="w09")
    assert tuple(last[["value", "centre", "lower", "upper"]]) == pytest.approx(
        (0.31, p, p - margin, p + margin)
    )


def test_below_eight_waves_there_are_no_limits_and_no_signals(engagement):
    result = ran(engagement, waves(desk=[*STEADY[:6], 90]))
    assert result.signals[["centre", "lower", "upper", "signal"]].isna().all(axis=None)
    assert finding(result, "monitoring.short_baseline").values == {"n": 7, "needed": 8}
    assert {code for code, _ in found(result)} == {"monitoring.short_baseline"}


def test_eight_waves_inside_their_limits_are_noise(engagement):
    result = ran(engagement, waves(desk=STEADY))
    assert found(result) == {("monitoring.noise", "")}
    assert finding(result, "monitoring.noise").values == {"n": 8, "baseline": 8}


@pytest.mark.parametrize(
    ("later", "code", "since"),
    [
        ([60], "beyond_worse", "w09"),
        ([60, 61, 62], "beyond_worse", "w09"),
        ([60, 30, 62], "beyond_worse", "w11"),
        ([5, 4], "beyond_better", "w09"),
        ([33] * 7, "run_worse", "w15"),
        ([33] * 10, "run_worse", "w15"),
        ([27] * 8, "run_better", "w16"),
        ([60, 5], "beyond_better", "w10"),
    ],
)
def test_the_latest_signal_is_told_since_the_wave_in_which_it_began(engagement, later, code, since):
    result = ran(engagement, waves(desk=[*STEADY, *later]))
    assert found(result) == {(f"monitoring.{code}", "desk")}
    assert finding(result, f"monitoring.{code}").values["wave"] == since


@pytest.mark.parametrize(("later", "severity"), [([60], "warns"), ([5], "info")])
def test_a_turn_for_the_worse_warns_and_one_for_the_better_informs(engagement, later, severity):
    assert ran(engagement, waves(desk=[*STEADY, *later])).findings[0].severity == severity


def test_a_signal_carries_its_share_its_baseline_and_its_n(engagement):
    values = ran(engagement, waves(desk=[*STEADY, 60])).findings[0].values
    assert (values["negative_share"], values["n"]) == (0.6, 100)
    assert values["centre_share"] == pytest.approx(sum(STEADY) / 800)


def test_a_stretch_ends_with_its_touchpoint(engagement):
    table = waves(desk=[*STEADY, 60], room=[60, *STEADY[1:], 60])
    result = ran(engagement, table, settings={"thresholds": {"baseline_waves": 8}})
    assert {item: each.values["wave"] for each in result.findings for item in [each.item]}["room"] == "w09"


def test_waves_keep_the_order_of_the_file(engagement):
    table = "wave,touchpoint,n,negative\n" + "\n".join(
        f"{name},desk,100,30" for name in ("Nov", "Dec", "Jan")
    )
    assert list(ran(engagement, table).signals["wave"]) == ["Nov", "Dec", "Jan"]


def test_internal_waves_and_touchpoints_off_the_map_are_not_monitored(engagement):
    table = waves(desk=STEADY) + "\n" + waves(source="internal", room=STEADY).split("\n", 1)[1]
    assert set(ran(engagement, table).signals["touchpoint"]) == {"desk"}
    cut = {"scope": {"cut": {"touchpoints": ["room"]}}}
    assert ran(engagement, waves(desk=STEADY), decisions=cut).signals.empty


def test_a_wave_below_five_customers_is_not_shown(engagement):
    table = waves(desk=STEADY) + "\nw09,desk,after,4,4"
    last = row(ran(engagement, table).signals, wave="w09")
    assert last["n"] == 4
    assert np.isnan(last["value"])


def test_more_who_feel_badly_than_answered_is_a_sentence_not_a_crash(engagement):
    with pytest.raises(InputProblems, match="negative"):
        ran(engagement, waves(n=10, desk=[12]))


def test_without_waves_the_table_is_asked_for(engagement):
    assert found(ran(engagement)) == {("missing.waves", "waves")}


# --- one wave against another


def test_the_last_two_waves_are_compared_by_newcombe(engagement):
    change = row(ran(engagement, waves(desk=[20, 30, 45])).changes, touchpoint="desk")
    low, high = confint_proportions_2indep(45, 100, 30, 100, method="newcomb", compare="diff")
    assert tuple(change[["before", "after", "difference", "low", "high"]]) == pytest.approx(
        (0.30, 0.45, 0.15, low, high)
    )


def test_changes_are_adjusted_by_holm_over_the_touchpoints(engagement):
    alone = row(ran(engagement, waves(desk=[30, 45])).changes, touchpoint="desk")["p_adjusted"]
    both = ran(engagement, waves(desk=[30, 45], room=[30, 30])).changes
    assert row(both, touchpoint="desk")["p_adjusted"] == pytest.approx(2 * alone)


def test_one_wave_changes_nothing(engagement):
    assert ran(engagement, waves(desk=[30])).changes.empty


DONE = "initiative,name,touchpoints,done_wave\n"


def test_an_initiative_is_judged_by_all_waves_before_it_against_all_after_it(engagement):
    done = DONE + "host,A host,desk,w03"
    result = ran(engagement, waves(desk=[60, 62, 50, 30, 28]), initiatives=done)
    host = row(result.initiatives, touchpoint="desk")
    low, high = confint_proportions_2indep(58, 200, 122, 200, method="newcomb", compare="diff")
    assert tuple(host[["initiative", "done_wave"]]) == ("A host", "w03")
    assert tuple(host[["before", "after", "difference", "low", "high"]]) == pytest.approx(
        (0.61, 0.29, -0.32, low, high)
    )


def test_an_initiative_answers_each_of_its_touchpoints(engagement):
    done = DONE + "host,A host,desk; room,w02"
    result = ran(engagement, waves(desk=[60, 50, 30], room=[40, 40, 40]), initiatives=done)
    assert list(result.initiatives["touchpoint"]) == ["desk", "room"]


@pytest.mark.parametrize("done_wave", ["w01", "w03", "soon", ""])
def test_an_initiative_without_waves_on_both_sides_is_not_judged(engagement, done_wave):
    result = ran(engagement, waves(desk=[60, 50, 30]), initiatives=DONE + f"host,A host,desk,{done_wave}")
    assert result.initiatives.empty


# --- scores


def scores(metric: str, *by_wave: list[float]) -> str:
    rows = [
        f"c{number},w{wave},{metric},{score}"
        for wave, answers in enumerate(by_wave, start=1)
        for number, score in enumerate(answers)
    ]
    return "respondent,wave,metric,score\n" + "\n".join(rows)


def test_nps_is_promoters_less_detractors_with_the_adjusted_wald_interval(engagement):
    nps = row(ran(engagement, scores=scores("nps", [10, 9, 9, 8, 7, 6, 0])).scores, metric="nps")
    p, d, n = (3 + 0.75) / 10, (2 + 0.75) / 10, 10
    margin = 1.959964 * np.sqrt((p + d - (p - d) ** 2) / n)
    expected = (7, 100 / 7, 100 * (p - d - margin), 100 * (p - d + margin))
    assert tuple(nps[["n", "value", "low", "high"]]) == pytest.approx(expected, rel=1e-5)


def test_csat_is_the_share_of_4_and_5_with_wilsons_interval(engagement):
    csat = row(ran(engagement, scores=scores("csat", [5, 4, 3, 4, 1])).scores, metric="csat")
    assert tuple(csat[["n", "value"]]) == (5, 0.6)
    assert (csat["low"], csat["high"]) == pytest.approx(proportion_confint(3, 5, method="wilson"))


def test_effort_is_a_mean_with_its_t_interval(engagement):
    answers = [1, 2, 2, 3, 5]
    ces = row(ran(engagement, scores=scores("ces", answers)).scores, metric="ces")
    expected = (2.6, *stats.t.interval(0.95, 4, 2.6, stats.sem(answers)))
    assert (ces["value"], ces["low"], ces["high"]) == pytest.approx(expected)


def test_scores_of_fewer_than_five_are_hidden_in_their_wave(engagement):
    table = ran(engagement, scores=scores("nps", [10, 9, 9, 8], [10, 9, 9, 8, 7])).scores
    assert by(table, "wave", "n") == {"w1": 4, "w2": 5}
    assert by(table, "wave", "value") == {"w1": None, "w2": 60}


def test_without_scores_there_are_none(engagement):
    assert ran(engagement, waves(desk=STEADY)).scores.empty
