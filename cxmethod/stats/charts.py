"""Control charts: whether a wave differs from the baseline by more than chance."""

import numpy as np
import pandas as pd

RUN = 8
"""So many waves in a row on one side of the centre are a signal."""


def p_chart(negative: pd.Series, n: pd.Series, baseline: int) -> pd.DataFrame:
    """Chart of a share by wave, its limits from the first waves pooled (Shewhart's p chart).

    Centre p̄ = Σ negative / Σ n over the baseline; limits p̄ ± 3 √(p̄ (1 − p̄) / n) with each wave's own n,
    cut at 0 and 1.

    Parameters
    ----------
    negative, n
        Cases that count and all cases of each wave, in the order of time.
    baseline
        Number of first waves that make the limits. With fewer waves there are no limits and no signals.

    Returns
    -------
    DataFrame
        `value`, `centre`, `lower`, `upper`, `signal`: ``"beyond"`` a limit, ``"run"`` (the eighth or a later
        wave in a row on one side of the centre) or ``""``; on the index of `negative`. A wave without cases
        has no value and ends a run.

    Raises
    ------
    ValueError
        More negative cases than cases, or a baseline below 1.
    """
    if baseline < 1:
        raise ValueError("a baseline has at least one wave")
    counts, sizes = np.asarray(negative, float), np.asarray(n, float)
    if len(counts) != len(sizes) or not ((counts >= 0) & (counts <= sizes)).all():
        raise ValueError("negative cases lie between 0 and the number of cases")
    sizes = np.where(sizes > 0, sizes, np.nan)
    value = counts / sizes
    pooled = np.nansum(sizes[:baseline])
    centre = counts[:baseline].sum() / pooled if len(counts) >= baseline and pooled > 0 else np.nan
    margin = 3 * np.sqrt(centre * (1 - centre) / sizes)
    lower, upper = np.clip([centre - margin, centre + margin], 0, 1)
    # Rounded, because equal shares of different n may differ in the last binary digit.
    side = pd.Series(np.sign(np.round(value - centre, 12))).fillna(0)
    length = side.groupby((side != side.shift()).cumsum()).cumcount() + 1
    run = (side != 0) & (length >= RUN)
    beyond = (value < lower) | (value > upper)
    return pd.DataFrame(
        {
            "value": value,
            "centre": centre,
            "lower": lower,
            "upper": upper,
            "signal": np.select([beyond, run], ["beyond", "run"], ""),
        },
        index=negative.index if isinstance(negative, pd.Series) else None,
    )
