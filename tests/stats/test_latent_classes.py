"""Latent class models, against poLCA on the carcinoma data (Agresti 2002) and against themselves told otherwise."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.latent_classes import NARROWEST, coded, fit_classes


@pytest.fixture(scope="module")
def carcinoma(tmp_path_factory) -> pd.DataFrame:
    from tests.conftest import SHARED

    path = SHARED / "oracles" / "carcinoma.csv"
    if not path.exists():
        pytest.skip("shared/oracles/carcinoma.csv is absent beside the repository")
    return pd.read_csv(path)


def counts(data) -> np.ndarray:
    return np.bincount(data.row).astype(float)


@pytest.mark.parametrize(
    ("classes", "log_likelihood", "bic"),
    [
        (1, -524.46481794, 1082.32442825),
        (2, -317.2568373, 706.07394397),
        (3, -293.70497878, 697.13570392),
        (4, -289.28584881, 726.46292098),
    ],
)
def test_carcinoma_log_likelihoods_are_those_of_polca(carcinoma, classes, log_likelihood, bic):
    data = coded(carcinoma, list(carcinoma.columns), [])
    fit = fit_classes(data, counts(data), classes, starts=5, seed=1)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-3)
    assert fit.bic(len(carcinoma)) == pytest.approx(bic, abs=2e-3)


def test_the_figures_quoted_here_are_the_oracles(carcinoma, shared):
    told = json.loads(shared("oracles/lca_carcinoma.json").read_text())["carcinoma"]
    assert [one["llik"] for one in told[:4]] == [-524.46481794, -317.2568373, -293.70497878, -289.28584881]


def test_carcinoma_classes_are_as_large_as_polcas(carcinoma):
    data = coded(carcinoma, list(carcinoma.columns), [])
    fit = fit_classes(data, counts(data), 2, seed=1)
    shares = np.average(fit.posterior, axis=0, weights=counts(data))
    assert sorted(shares) == pytest.approx([0.49878763, 0.50121237], abs=1e-4)


def mixed(n: int = 200, seed: int = 0) -> pd.DataFrame:
    """Two kinds of people; some of what is known of them is missing."""
    rng = np.random.default_rng(seed)
    kind = np.arange(n) % 2
    plan = np.where(rng.random(n) < 0.1 + 0.8 * kind, "gold", "basic")
    frame = pd.DataFrame({"plan": plan, "age": (rng.normal(30 + 20 * kind, 4)).round()})
    frame.loc[rng.random(n) < 0.1, "plan"] = None
    frame.loc[rng.random(n) < 0.1, "age"] = np.nan
    return frame[frame.notna().any(axis=1)].reset_index(drop=True)


def test_the_same_seed_gives_the_same_numbers_to_the_last_digit():
    data = coded(mixed(), ["plan"], ["age"])
    one, again = (fit_classes(data, counts(data), 3, seed=4) for _ in range(2))
    assert one.log_likelihood == again.log_likelihood
    assert (one.posterior == again.posterior).all()


def test_missing_values_are_kept_and_what_is_known_still_tells():
    frame = pd.concat([mixed(), pd.DataFrame({"plan": [None], "age": [52.0]})], ignore_index=True)
    data = coded(frame, ["plan"], ["age"])
    posterior = fit_classes(data, counts(data), 2, seed=1).posterior[data.row[-1]]
    assert np.isfinite(posterior).all()
    assert posterior.max() > 0.95


def test_a_weight_of_two_is_the_same_person_twice():
    frame = mixed()
    heavy = np.where(np.arange(len(frame)) < 50, 2.0, 1.0)
    twice = frame.loc[frame.index.repeat(heavy.astype(int))].reset_index(drop=True)
    weighted, repeated = coded(frame, ["plan"], []), coded(twice, ["plan"], [])
    one = fit_classes(weighted, np.bincount(weighted.row, heavy), 2, seed=1)
    other = fit_classes(repeated, counts(repeated), 2, seed=1)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-6)


def test_a_class_cannot_be_narrower_than_the_unit_and_that_is_said():
    months = np.r_[np.ones(80), np.arange(2, 72)].repeat(2)
    data = coded(pd.DataFrame({"months": months}), [], ["months"])
    fit = fit_classes(data, counts(data), 3, seed=1)
    assert data.least == pytest.approx([np.clip(1 / months.std(), *NARROWEST)])
    assert (fit.floored, np.isfinite(fit.log_likelihood)) == (True, True)


def test_a_class_in_which_nobody_answered_a_question_breaks_nothing():
    frame = pd.DataFrame({"plan": ["a", "b"] * 30 + [None] * 60, "age": [*range(60), *range(500, 560)]})
    data = coded(frame, ["plan"], ["age"])
    assert np.isfinite(fit_classes(data, counts(data), 2, seed=1).posterior).all()
