"""Whether doing badly costs more than doing well gives: the penalty–reward contrast."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.regression.linear_model import WLS

from cxmethod.stats.bootstrap import cross_products
from cxmethod.stats.drivers import separate

Floats = NDArray[np.float64]

COLUMNS = [
    "n", "low_n", "high_n", "penalty", "penalty_low", "penalty_high", "reward", "reward_low", "reward_high",
    "difference", "difference_low", "difference_high", "kind",
]  # fmt: skip


def penalty_reward(
    low: pd.DataFrame,
    high: pd.DataFrame,
    outcome: pd.Series,
    weights: pd.Series | None = None,
    least: int = 10,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Regress the outcome on two dummies an attribute: done badly, done very well (Brandt 1987).

    All dummies enter together (Albayrak & Caber 2013), so that the middle answers of every attribute are the
    point of comparison. A dummy enters when at least `least` cases have it and as many do not; of dummies that
    repeat each other the earlier stays. Intervals are t intervals with HC3 covariance (MacKinnon & White
    1985).

    Parameters
    ----------
    low, high
        True where the case rates the attribute low, and high: cases by attributes, none missing.
    outcome
        Of each case, in the order of `low`.
    weights
        Of each case; 1 without them.

    Returns
    -------
    DataFrame
        One row an attribute: `n`, `low_n`, `high_n` (cases); `penalty` and `reward` (units of the outcome, against
        the middle answers) and `difference` = |penalty| − reward, each with its interval (that of the difference
        from the joint covariance); `kind`:

        - ``neutral``: both intervals contain 0;
        - ``inconsistent``: the penalty is not below 0, or the reward not above it;
        - ``basic``, ``excitement``: the interval of the difference lies above 0, or below;
        - ``performance``: it spans 0.

        Blank where a dummy did not enter.

    Raises
    ------
    ValueError
        No dummy enters, too few cases for the coefficients, or a case that alone decides one of them.
    """
    names = list(low.columns)
    dummies = np.hstack([low.to_numpy(float), high[names].to_numpy(float)])
    y = outcome.to_numpy(float)
    sizes = np.ones(len(y)) if weights is None else weights.to_numpy(float)
    place, coefficients, covariance = _fitted(dummies, y, sizes, least)
    reach = float(stats.t.ppf((1 + confidence) / 2, len(y) - len(place) - 1))
    count = dummies.sum(axis=0).astype(int)
    k = len(names)
    contrasts = {"penalty": (1.0, 0.0), "reward": (0.0, 1.0), "difference": (-1.0, -1.0)}
    frame = pd.DataFrame({"n": len(y), "low_n": count[:k], "high_n": count[k:]}, index=pd.Index(names))
    for name, (of_low, of_high) in contrasts.items():
        taken = np.zeros((k, 2 * k))
        taken[np.arange(k), np.arange(k)] = of_low
        taken[np.arange(k), np.arange(k) + k] = of_high
        entered = ~np.delete(taken, place, axis=1).any(axis=1)
        taken = taken[:, place]
        value = np.where(entered, taken @ coefficients, np.nan)
        margin = reach * np.sqrt(np.einsum("ij,jl,il->i", taken, covariance, taken))
        frame = frame.assign(**{name: value, f"{name}_low": value - margin, f"{name}_high": value + margin})
    return frame.assign(kind=_kinds(frame))[COLUMNS]


def _fitted(dummies: Floats, y: Floats, sizes: Floats, least: int) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Positions of the dummies that entered, their coefficients and the HC3 covariance of these."""
    count = dummies.sum(axis=0)
    often = np.flatnonzero((count >= least) & (len(y) - count >= least))
    if not len(often):
        raise ValueError(f"no answer is given by {least} cases and left by as many")
    cross = cross_products(dummies[:, often], y, sizes)
    kept, _ = separate(dummies[:, often], cross, [str(i) for i in often], lone_aside=False)
    place = often[kept]
    design = np.column_stack([np.ones(len(y)), dummies[:, place]])
    if len(y) <= design.shape[1]:
        raise ValueError(f"{len(y)} cases are too few for {len(place)} dummies")
    model = WLS(y, design, weights=sizes)
    leverage = (np.linalg.qr(model.wexog)[0] ** 2).sum(axis=1)
    if (1 - leverage < 1e-9).any():
        raise ValueError("a single case decides a coefficient, so that HC3 does not exist")
    fit = model.fit(cov_type="HC3")
    return place, np.asarray(fit.params)[1:], np.asarray(fit.cov_params())[1:, 1:]


def _kinds(frame: pd.DataFrame) -> pd.Series:
    def around(name: str) -> pd.Series:
        return (frame[f"{name}_low"] <= 0) & (frame[f"{name}_high"] >= 0)

    rules = {
        "": frame["difference"].isna(),
        "neutral": around("penalty") & around("reward"),
        "inconsistent": (frame["penalty"] >= 0) | (frame["reward"] <= 0),
        "basic": frame["difference_low"] > 0,
        "excitement": frame["difference_high"] < 0,
    }
    kind = pd.Series(np.select(list(rules.values()), list(rules), "performance"), frame.index, dtype="string")
    return kind.mask(kind == "")
