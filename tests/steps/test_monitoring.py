"""After the steps: signal or noise, since when, and what an initiative changed."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from cxmethod.engagement import InputProblems
from cxmethod.steps import compute, monitoring
from cxmethod.steps.monitoring import MonitoringResult
from cxmethod.steps.red_points import red_points
from cxmethod.steps.waves import waves_in_order

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


def test_limits_after_the_baseline_take_in_the_baselines_own_error(engagement):
    signals = ran(engagement, waves(desk=[*STEADY, 31])).signals
    p = sum(STEADY) / 800
    margin = 3 * np.sqrt(p * (1 - p) * (1 / 100 + 1 / 800))
    last = row(signals, wave="w09", statistic="negative_share")
    assert tuple(last[["value", "centre", "lower", "upper"]]) == pytest.approx(
        (0.31, p, p - margin, p + margin)
    )
    assert (last["chart"], bool(last["baseline"])) == ("p", False)


def test_below_eight_waves_there_are_no_limits_and_no_signals(engagement):
    result = ran(engagement, waves(desk=[*STEADY[:6], 90]))
    assert result.signals[["centre", "lower", "upper", "signal"]].isna().all(axis=None)
    assert finding(result, "monitoring.short_baseline").values == {"n": 7, "needed": 8}


def test_without_limits_two_waves_are_told_apart_or_not(engagement):
    result = ran(engagement, waves(desk=[30, 60], room=[30, 31]))
    assert {code for code, _ in found(result)} == {
        "monitoring.short_baseline", "monitoring.changed_worse", "monitoring.unchanged",
    }  # fmt: skip
    moved = finding(result, "monitoring.changed_worse").values
    assert (moved["touchpoint"], moved["before_wave"], moved["wave"], moved["difference"]) == (
        "Desk", "w01", "w02", pytest.approx(30),
    )  # fmt: skip
    assert finding(result, "monitoring.unchanged").values["touchpoints"] == ["Room"]


def test_eight_waves_inside_their_limits_are_noise(engagement):
    result = ran(engagement, waves(desk=STEADY))
    assert found(result) == {("monitoring.noise", "")}
    assert finding(result, "monitoring.noise").values == {"n": 8, "baseline": 8, "touchpoints": ["Desk"]}


@pytest.mark.parametrize(
    ("later", "code", "since"),
    [
        ([60], "beyond_worse", "w09"),
        ([60, 61, 62], "beyond_worse", "w09"),
        ([60, 30, 62], "beyond_worse", "w11"),
        ([5, 4], "beyond_better", "w09"),
        ([37] * 7, "run_worse", "w08"),
        ([37] * 10, "run_worse", "w08"),
        ([22] * 8, "run_better", "w09"),
        ([60, 5], "beyond_better", "w10"),
        ([60, 61, 30], "past_worse", "w09"),
        ([30, 5, 30], "past_better", "w10"),
    ],
)
def test_the_latest_signal_is_told_since_the_wave_in_which_it_began(engagement, later, code, since):
    result = ran(engagement, waves(desk=[*STEADY, *later]))
    assert found(result) == {(f"monitoring.{code}", "desk")}
    assert finding(result, f"monitoring.{code}").values["wave"] == since


def known_but(*unknown: int, desk: list[int]) -> str:
    """Waves of which some have too few answers to be known."""
    lines = waves(desk=desk).split("\n")
    few = {f"w{number:02d}" for number in unknown}
    kept = [f"{line.split(',')[0]},desk,after,4,0" if line.split(",")[0] in few else line for line in lines]
    return "\n".join(kept)


@pytest.mark.parametrize(
    ("later", "unknown", "code", "since", "names"),
    [
        ([60, 0], [10], "beyond_worse", "w09", ["w09"]),
        ([5, 0, 0], [10, 11], "beyond_better", "w09", ["w09"]),
        ([60, 0, 62], [10], "beyond_worse", "w09", ["w09", "w11"]),
        ([60, 0, 30], [10], "past_worse", "w09", ["w09"]),
        ([37] * 9, [17], "run_worse", "w08", [f"w{n:02d}" for n in range(8, 17)]),
        ([37] * 9, [16], "run_worse", "w08", [f"w{n:02d}" for n in [*range(8, 16), 17]]),
        ([37] * 8, [12], "run_worse", "w08", [f"w{n:02d}" for n in [*range(8, 12), *range(13, 17)]]),
    ],
)
def test_a_signal_holds_until_a_known_wave_denies_it(engagement, later, unknown, code, since, names):
    result = ran(engagement, known_but(*unknown, desk=[*STEADY, *later]))
    values = finding(result, f"monitoring.{code}").values
    assert (values["wave"], values["waves"]) == (since, names)


def test_a_wave_of_which_only_the_mean_is_known_denies_nothing_of_the_share(engagement):
    table = whole_waves([*CALM, (150, 20, -1.5)]) + "\nw10,desk,200,,,,-1.4,1.1"
    assert finding(ran(engagement, table), "monitoring.beyond_worse").values["wave"] == "w09"


def test_noise_counts_the_waves_that_are_known(engagement):
    result = ran(engagement, known_but(10, desk=[*STEADY, 31, 0]))
    assert finding(result, "monitoring.noise").values["n"] == 9


def test_eight_on_one_side_that_chance_in_the_baseline_explains_are_noise(engagement):
    assert found(ran(engagement, waves(desk=[*STEADY, *[31] * 9]))) == {("monitoring.noise", "")}


@pytest.mark.parametrize(("later", "severity"), [([60], "warns"), ([5], "info"), ([60, 30], "info")])
def test_a_turn_for_the_worse_warns_and_one_for_the_better_or_gone_informs(engagement, later, severity):
    assert ran(engagement, waves(desk=[*STEADY, *later])).findings[0].severity == severity


def test_a_signal_carries_its_share_its_baseline_and_how_far_they_lie_apart(engagement):
    values = ran(engagement, waves(desk=[*STEADY, 60, 50])).findings[0].values
    low, high = confint_proportions_2indep(110, 200, sum(STEADY), 800, method="newcomb", compare="diff")
    shares = (values["negative_share"], values["centre_share"], values["n"], values["n_waves"])
    assert shares == pytest.approx((0.55, sum(STEADY) / 800, 200, 2))
    assert (values["low"], values["high"]) == pytest.approx((100 * low, 100 * high))


def test_a_signal_inside_the_baseline_is_no_baseline(engagement):
    result = ran(engagement, waves(desk=[70, *STEADY[1:], 31]))
    assert ("monitoring.baseline_unsteady", "desk") in found(result)
    assert finding(result, "monitoring.baseline_unsteady").values["wave"] == "w01"


def test_waves_that_scatter_more_than_sampling_explains_get_laneys_limits(engagement):
    result = ran(engagement, waves(desk=[20, 40, 18, 42, 22, 38, 20, 41, 50]))
    assert found(result) == {("monitoring.overdispersed", "desk"), ("monitoring.noise", "")}
    assert set(result.signals["chart"]) == {"p_prime"}


def whole_waves(rows: list[tuple[int, int, float]], n: int = 200) -> str:
    """Negative and positive answers and the mean of each wave."""
    lines = [
        f"w{number:02d},desk,{n},{negative},{n - negative - positive},{positive},{mean},1.1"
        for number, (negative, positive, mean) in enumerate(rows, start=1)
    ]
    return "wave,touchpoint,n,negative,neutral,positive,mean,sd\n" + "\n".join(lines)


CALM = [(60, 100, 0.2), (57, 103, 0.25), (62, 99, 0.18), (59, 101, 0.22), (61, 100, 0.2), (60, 102, 0.21),
        (58, 101, 0.23), (61, 98, 0.19)]  # fmt: skip


def test_a_change_among_those_who_do_not_feel_badly_is_a_signal_of_the_distribution(engagement):
    result = ran(engagement, whole_waves([*CALM, (60, 60, 0.2)]))
    assert found(result) == {("monitoring.distribution", "desk")}
    assert finding(result, "monitoring.distribution").values["waves"] == ["w09"]


def test_a_mean_that_moves_alone_is_a_signal_of_the_mean(engagement):
    result = ran(engagement, whole_waves([*CALM, (60, 100, 0.9)]))
    assert found(result) == {("monitoring.mean_better", "desk")}
    values = finding(result, "monitoring.mean_better").values
    assert (values["wave_mean"], values["centre_mean"]) == pytest.approx((0.9, 0.21))


def test_means_alone_are_monitored_by_xmr(engagement):
    means = [0.1, 0.2, 0.15, 0.12, 0.18, 0.2, 0.1, 0.16, -1.0]
    lines = "\n".join(f"w{n},desk,50,{mean},1" for n, mean in enumerate(means))
    result = ran(engagement, "wave,touchpoint,n,mean,sd\n" + lines)
    assert found(result) == {("monitoring.mean_worse", "desk")}
    assert set(result.signals["statistic"]) == {"mean"}


def test_a_stretch_ends_with_its_touchpoint(engagement):
    table = waves(desk=[*STEADY, 60], room=[*STEADY, 60])
    told = {
        each.item: each.values["wave"] for each in ran(engagement, table).findings if "beyond" in each.code
    }
    assert told == {"desk": "w09", "room": "w09"}


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


def test_where_the_last_wave_is_not_known_the_waves_compared_are_named(engagement):
    result = ran(engagement, known_but(4, desk=[30, 31, 60, 0]))
    assert tuple(row(result.changes, touchpoint="desk")[["before_wave", "wave"]]) == ("w02", "w03")
    moved = finding(result, "monitoring.changed_worse").values
    assert (moved["before_wave"], moved["wave"]) == ("w02", "w03")
    assert finding(result, "monitoring.last_wave_unknown").values == {
        "touchpoints": ["Desk"], "before_wave": "w02", "wave": "w03", "last_wave": "w04",
    }  # fmt: skip


def test_with_limits_too_it_is_said_that_the_last_wave_is_not_known(engagement):
    result = ran(engagement, known_but(9, desk=[*STEADY, 0]))
    assert ("monitoring.last_wave_unknown", "") in found(result)


def test_touchpoints_whose_last_known_waves_differ_are_told_apart(engagement):
    result = ran(engagement, known_but(3, desk=[30, 31, 0]) + "\nw02,room,after,90,9\nw03,room,after,90,8")
    pairs = [
        (each.values["touchpoints"], each.values["before_wave"], each.values["wave"])
        for each in result.findings
        if each.code == "monitoring.unchanged"
    ]
    assert pairs == [(["Desk"], "w01", "w02"), (["Room"], "w02", "w03")]


def test_a_touchpoint_that_the_last_two_waves_did_not_ask_about_is_not_compared(engagement):
    assert list(ran(engagement, waves(desk=[30, 60], room=[9] * 4)).changes["touchpoint"]) == ["room"]


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


def test_initiatives_are_told_better_or_not_and_adjusted_over_all(engagement):
    done = DONE + "host,A host,desk,w03\nsign,A sign,room,w02"
    result = ran(engagement, waves(desk=[60, 62, 50, 30, 28], room=[30] * 5), initiatives=done)
    alone = ran(engagement, waves(desk=[60, 62, 50, 30, 28]), initiatives=DONE + "host,A host,desk,w03")
    assert {each.code: each.values["initiative"] for each in result.findings if "initiative" in each.code} == {
        "monitoring.initiative_better": "A host", "monitoring.initiative_unclear": "A sign",
    }  # fmt: skip
    p = [row(each.initiatives, touchpoint="desk")["p_adjusted"] for each in (result, alone)]
    assert p[0] == pytest.approx(2 * p[1])


def test_a_delivery_in_a_wave_that_nobody_knows_is_named(engagement):
    done = DONE + "host,A host,desk,soon"
    result = ran(engagement, waves(desk=[60, 50, 30]), initiatives=done)
    assert finding(result, "monitoring.done_wave_unknown").values == {"initiative": "A host", "wave": "soon"}


# --- red points

BAD, UNSURE, GOOD = 60, 30, 10


def opened(engagement, counts: list[int], matters: bool = True) -> list[tuple[str, str]]:
    client = engagement(
        touchpoints=POINTS,
        waves=waves(desk=counts),
        decisions={"importance": {"desk": 5 if matters else 1}},
        respondents="respondent\nc1",
    )
    names = pd.Series({"desk": "Desk"})
    frame = waves_in_order(client, names.index)
    mattering = frozenset({"desk"} if matters else ())
    table = red_points(frame, mattering, names, client.settings.thresholds)
    return list(table[["wave", "change"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("counts", "turns"),
    [
        ([BAD, BAD, GOOD], [("w01", "open"), ("w03", "closed")]),
        ([GOOD, BAD, BAD], [("w02", "opened")]),
        ([GOOD, UNSURE, BAD], [("w03", "opened")]),
        ([BAD, UNSURE, UNSURE], [("w01", "open")]),
        ([GOOD, UNSURE, GOOD], []),
        ([BAD, GOOD, BAD], [("w01", "open"), ("w02", "closed"), ("w03", "opened")]),
    ],
)
def test_a_red_point_opens_when_it_is_certain_and_closes_when_nothing_speaks_for_it(
    engagement, counts, turns
):
    assert opened(engagement, counts) == turns


def test_what_does_not_matter_is_no_red_point(engagement):
    assert opened(engagement, [GOOD, BAD], matters=False) == []


def test_red_points_are_told_by_what_step_5_says_matters(engagement):
    """The consultant's written decision counts as the rule's."""
    red = {"kind": "red", "reason": "The board says so", "author": "Ana", "date": "2026-01-01"}
    client = engagement(
        after={"desk": [-1, -2, 0, -1, -1, 1], "room": [1] * 6},
        waves=waves(desk=[GOOD, BAD], room=[GOOD, BAD]),
        decisions={"moments": {"desk": red}},
    )
    result = compute(client, "09_monitoring")
    assert ("monitoring.red_opened", "desk") in found(result)
    assert set(result.red_points["touchpoint"]) == {"desk"}


@pytest.mark.parametrize(
    ("last", "kind", "said"), [(5, "red", True), (60, "red", False), (5, "value", False)]
)
def test_a_red_point_at_which_fewer_feel_badly_since_says_so(engagement, last, kind, said):
    written = {"kind": kind, "reason": "The board says so", "author": "Ana", "date": "2026-01-01"}
    client = engagement(
        after={"desk": [-1, -2, 0, -1, -1, 1], "room": [1] * 6},
        waves=waves(desk=[*STEADY, last]),
        decisions={"moments": {"desk": written}},
    )
    assert (("monitoring.red_better", "desk") in found(compute(client, "09_monitoring"))) is said


# --- waves that ratings bring


def ratings(**by_wave: dict[str, list[float]]) -> str:
    rows = [
        f"c{number},{touchpoint},after,{emotion},{wave}"
        for wave, answers in by_wave.items()
        for touchpoint, emotions in answers.items()
        for number, emotion in enumerate(emotions)
    ]
    return "respondent,touchpoint,source,emotion,wave\n" + "\n".join(rows)


def test_without_a_waves_table_waves_come_from_ratings(engagement):
    table = ratings(jan={"desk": [-1, -2, 0, 1, 2, 2]}, feb={"desk": [1] * 5})
    signals = ran(engagement, ratings=table).signals
    share = signals[signals["statistic"] == "negative_share"].set_index("wave")
    assert list(share.index) == ["jan", "feb"]
    assert tuple(share.loc["jan", ["n", "value"]]) == (6, pytest.approx(2 / 6))


def test_a_waves_table_goes_before_ratings(engagement):
    signals = ran(engagement, waves(desk=[30]), ratings=ratings(jan={"desk": [1] * 9})).signals
    assert set(signals["wave"]) == {"w01"}


def test_weights_count_in_the_share_and_in_its_effective_n(engagement):
    people = "respondent,weight\nc0,3\nc1,1\nc2,1\nc3,1\nc4,1"
    client = engagement(
        touchpoints=POINTS, ratings=ratings(jan={"desk": [-1, 1, 1, 1, 1]}), respondents=people
    )
    (only,) = waves_in_order(client, pd.Index(["desk"])).to_dict("records")
    assert (only["n"], only["size"]) == (5, pytest.approx(49 / 13))
    assert only["negative"] / only["size"] == pytest.approx(3 / 7)
    assert only["mean"] == pytest.approx(1 / 7)


def test_waves_hold_whatever_way_they_come(engagement):
    """Ratings and the table that sums them up give the same charts."""
    rng = np.random.default_rng(2)
    answers = {f"w{n:02d}": {"desk": [float(x) for x in rng.integers(-2, 3, 40)]} for n in range(10)}
    table = "wave,touchpoint,n,negative,neutral,positive,mean,sd\n" + "\n".join(
        f"{wave},desk,40,{(own < 0).sum()},{(own == 0).sum()},{(own > 0).sum()},{own.mean()},{own.std(ddof=1)}"
        for wave, given in answers.items()
        for own in [np.array(given["desk"])]
    )
    one, other = (
        ran(engagement, **given).signals for given in ({"waves": table}, {"ratings": ratings(**answers)})
    )
    pd.testing.assert_frame_equal(one, other, check_dtype=False)


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


def test_effort_is_the_share_of_5_to_7_with_wilsons_interval(engagement):
    ces = row(ran(engagement, scores=scores("ces", [1, 2, 5, 6, 7])).scores, metric="ces")
    assert (ces["value"], ces["low"], ces["high"]) == pytest.approx(
        (0.6, *proportion_confint(3, 5, method="wilson"))
    )


def test_effort_on_another_scale_has_another_threshold(engagement):
    shorter = {"thresholds": {"easy_from": 4}}
    ces = row(ran(engagement, scores=scores("ces", [1, 2, 4, 4, 5]), settings=shorter).scores, metric="ces")
    assert ces["value"] == 0.6


def test_nps_is_that_of_the_oracle(engagement, shared):
    examples = json.loads(shared("oracles/intervals_agreement.json").read_text())["nps"]["examples"]
    known = next(one["computed"] for one in examples if one["source"] == "constructed")
    answers = [10] * known["promoters"] + [7] * known["passives"] + [0] * known["detractors"]
    nps = row(ran(engagement, scores=scores("nps", answers)).scores, metric="nps")
    assert tuple(nps[["value", "low", "high"]]) == pytest.approx(
        (known["nps"], *known["adjusted_wald_rocks2016"]["ci95"])
    )


def test_csat_has_the_wilson_interval_of_newcombes_table(engagement, shared):
    rows = json.loads(shared("oracles/intervals_agreement.json").read_text())[
        "newcombe_1998_single_proportion"
    ]["rows"]
    known = next(one for one in rows if one["n"] == 148)
    answers = [5] * known["x"] + [1] * (known["n"] - known["x"])
    csat = row(ran(engagement, scores=scores("csat", answers)).scores, metric="csat")
    assert (csat["low"], csat["high"]) == pytest.approx(known["computed"]["wilson"])


def test_the_last_two_waves_of_a_score_are_compared(engagement):
    result = ran(engagement, scores=scores("csat", [5] * 9 + [1], [5] * 20 + [1] * 20, [5] * 38 + [1] * 2))
    change = row(result.score_changes, metric="csat")
    low, high = confint_proportions_2indep(38, 40, 20, 40, method="newcomb", compare="diff")
    assert tuple(change[["before_wave", "wave", "before", "after"]]) == ("w2", "w3", 0.5, 0.95)
    assert tuple(change[["difference", "low", "high"]]) == pytest.approx((0.45, low, high))
    assert ("monitoring.score_moved", "csat") in found(result)


def test_scores_that_cannot_be_told_apart_say_so(engagement):
    same = [10, 9, 8, 7, 3, 2]
    assert ("monitoring.nps_same", "nps") in found(ran(engagement, scores=scores("nps", same, same)))
    moved = ran(engagement, scores=scores("nps", [10] * 40, [0] * 40))
    assert finding(moved, "monitoring.nps_moved").values["difference"] == pytest.approx(-200)


def test_scores_of_fewer_than_five_are_hidden_in_their_wave(engagement):
    table = ran(engagement, scores=scores("nps", [10, 9, 9, 8], [10, 9, 9, 8, 7])).scores
    assert by(table, "wave", "n") == {"w1": 4, "w2": 5}
    assert by(table, "wave", "value") == {"w1": None, "w2": 60}


def test_without_scores_there_are_none(engagement):
    assert ran(engagement, waves(desk=STEADY)).scores.empty
