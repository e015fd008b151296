"""What sets each group apart from the rest, in standardised differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

TRAITS = ("group", "trait", "value", "n", "inside", "rest", "everyone", "difference")


def traits(
    frame: pd.DataFrame,
    categorical: Sequence[str],
    continuous: Sequence[str],
    group: pd.Series,
    weight: pd.Series,
) -> pd.DataFrame:
    """How each group differs from everybody else, one indicator and category at a time.

    Continuous indicators: Cohen's d, the difference of means over the pooled standard deviation. Categories: Cohen's h, the
    difference of the shares' arcsine transforms (both Cohen 1988), which tells 2 % from 10 % as it tells 40 % from 55 %. Unknown
    values are left out of the indicator that they are unknown in.

    Parameters
    ----------
    frame : DataFrame
        One row a person; NaN is unknown.
    group, weight : Series
        On the same rows.

    Returns
    -------
    DataFrame
        `TRAITS`: `inside`, `rest` and `everyone` are weighted means, or shares where `value` names a category; `n` the
        people of the group whose value is known. Within each group the greatest differences first.
    """
    parts = [_means(frame[name].astype(float), group, weight, name) for name in continuous]
    parts += [_shares(frame[name], group, weight, name) for name in categorical]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(TRAITS))
    strength = -table["difference"].abs()
    ordered = table.assign(_strength=strength).sort_values(["group", "_strength"], kind="stable")
    return ordered[list(TRAITS)].reset_index(drop=True)


def _means(values: pd.Series, group: pd.Series, weight: pd.Series, name: str) -> pd.DataFrame:
    known = values.notna()
    x, w, g = values[known], weight[known], group[known]
    sums = pd.DataFrame({"w": w, "wx": w * x, "wxx": w * x**2, "n": 1.0}).groupby(g).sum()
    rest = sums.sum() - sums
    inside, outside = sums["wx"] / sums["w"], rest["wx"] / rest["w"]
    squares = (sums["wxx"] - sums["w"] * inside**2) + (rest["wxx"] - rest["w"] * outside**2)
    pooled = np.sqrt(squares.clip(lower=0) / (sums["w"] + rest["w"]))
    total = sums.sum()
    return pd.DataFrame(
        {
            "group": sums.index,
            "trait": name,
            "value": pd.NA,
            "n": sums["n"].to_numpy(int),
            "inside": inside.to_numpy(),
            "rest": outside.to_numpy(),
            "everyone": float(total["wx"] / total["w"]),
            "difference": ((inside - outside) / pooled.where(pooled > 0)).to_numpy(),
        }
    )


def _shares(values: pd.Series, group: pd.Series, weight: pd.Series, name: str) -> pd.DataFrame:
    known = values.notna()
    cells = weight[known].groupby([group[known], values[known]]).sum().unstack(fill_value=0)
    people = group[known].value_counts().reindex(cells.index)
    inside = cells.div(cells.sum(axis=1), axis=0)
    others = cells.sum() - cells
    rest = others.div(others.sum(axis=1), axis=0)
    everyone = cells.sum() / cells.to_numpy().sum()
    difference = 2 * (np.arcsin(np.sqrt(inside)) - np.arcsin(np.sqrt(rest)))
    rows = pd.MultiIndex.from_product([cells.index, cells.columns])
    return pd.DataFrame(
        {
            "group": rows.get_level_values(0),
            "trait": name,
            "value": rows.get_level_values(1).astype("string"),
            "n": np.repeat(people.to_numpy(), len(cells.columns)),
            "inside": inside.to_numpy().ravel(),
            "rest": rest.to_numpy().ravel(),
            "everyone": np.tile(everyone.to_numpy(), len(cells)),
            "difference": np.asarray(difference).ravel(),
        }
    )
