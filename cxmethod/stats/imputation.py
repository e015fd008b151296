"""Filling single unknown answers of otherwise complete cases."""

import numpy as np
import pandas as pd


def two_way(frame: pd.DataFrame, most: float) -> pd.DataFrame:
    """Fill unknown answers by case mean + column mean − overall mean (Bernaards & Sijtsma 2000).

    Nothing but the answers themselves is used, never an outcome that they are to explain. Means are of the known
    answers, and what is filled in is cut to their range. It suits answers that somebody skipped, not things that
    they never met.

    Parameters
    ----------
    frame
        Cases by columns, NaN for unknown.
    most
        Share of a case's answers that may be unknown; cases with more stay as they are.

    Returns
    -------
    DataFrame
        Like `frame`.
    """
    values = frame.to_numpy(float)
    unknown = np.isnan(values)
    if not unknown.any() or unknown.all():
        return frame
    filled = (
        frame.mean(axis=1).to_numpy()[:, None] + frame.mean(axis=0).to_numpy()[None, :] - np.nanmean(values)
    )
    filled = np.clip(filled, np.nanmin(values), np.nanmax(values))
    fit = unknown.mean(axis=1, keepdims=True) <= most
    return pd.DataFrame(np.where(unknown & fit, filled, values), frame.index, frame.columns)
