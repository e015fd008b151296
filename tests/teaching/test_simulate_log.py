import dataclasses

import pandas as pd
import pytest

from cxmethod.teaching.simulate_log import simulate_log
from cxmethod.teaching.truth import END, START, LogTruth

from .truths import SMALL


def ended(log: pd.DataFrame, result: str) -> pd.DataFrame:
    return log[log["resultado"] == result]


def test_every_journey_starts_where_the_truth_says() -> None:
    assert set(simulate_log(SMALL, 300, 1).drop_duplicates("caso")["actividad"]) == {"Llamada"}


def test_success_reaches_the_end_and_failure_never_does() -> None:
    log = simulate_log(SMALL, 300, 1)
    reached = log.groupby("caso")["actividad"].agg(lambda steps: "Visita" in set(steps))
    assert reached[ended(log, "realizada")["caso"]].all()
    assert not reached[ended(log, "abandonada")["caso"]].any()


def test_outcomes_have_their_shares() -> None:
    results = simulate_log(SMALL, 5000, 1).drop_duplicates("caso")["resultado"]
    assert (results == "abandonada").mean() == pytest.approx(0.4, abs=0.03)
    assert (results == "en curso").mean() == pytest.approx(0.1, abs=0.02)


def test_open_journeys_are_the_last_to_begin() -> None:
    first = simulate_log(SMALL, 500, 1).drop_duplicates("caso")
    begun = first.groupby("resultado")["fecha_hora"]
    assert begun.min()["en curso"] >= max(begun.max()[["realizada", "abandonada"]])


def test_failed_journeys_loop_as_planted() -> None:
    calls = ended(simulate_log(SMALL, 5000, 1), "abandonada").groupby("caso").size()
    assert (calls > 1).mean() == pytest.approx(0.6, abs=0.04)


def test_the_file_is_in_the_order_of_time_and_has_ties() -> None:
    log = simulate_log(SMALL, 500, 1)
    assert log["fecha_hora"].is_monotonic_increasing
    assert log.duplicated(["caso", "fecha_hora"]).any()


def test_patients_are_those_of_the_survey() -> None:
    log = simulate_log(SMALL, 200, 1, respondents=10)
    assert set(log["paciente"]) <= {f"P{number:04d}" for number in range(1, 11)}


def test_the_same_seed_gives_the_same_log() -> None:
    pd.testing.assert_frame_equal(simulate_log(SMALL, 50, 2), simulate_log(SMALL, 50, 2))


def test_probabilities_that_do_not_add_up_are_refused() -> None:
    routes = {START: {"call": 1.0}, "call": {END: 0.5}}
    broken = LogTruth(labels={"call": "Llamada"}, success=routes, failure=routes)
    with pytest.raises(ValueError, match="add up to 1"):
        simulate_log(dataclasses.replace(SMALL, log=broken), 5, 1)


def test_a_truth_without_a_log_says_so() -> None:
    with pytest.raises(ValueError, match="no event log"):
        simulate_log(dataclasses.replace(SMALL, log=None), 5, 1)
