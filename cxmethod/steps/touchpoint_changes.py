"""What moved on the map itself: touchpoints that came, went, or changed name, phase, order or owner."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.steps.journey import touchpoints_in_order

COLUMNS = ["touchpoint", "name", "change", "before", "after"]
_TOLD = {
    "renamed": ("name", "name"),
    "moved": ("phase", "phase_name"),
    "owner": ("owner", "owner"),
    "channel": ("channel", "channel"),
}
"""Change → the column that is compared, and the one that is told."""


def touchpoint_changes(before: Engagement, after: Engagement) -> pd.DataFrame:
    """Touchpoints of the two maps, by their keys.

    Returns
    -------
    DataFrame
        `touchpoint`, `name` (today's, or the last one it had), `change` (added, removed, cut, restored, renamed, moved to
        another phase, reordered, owner, channel), `before`, `after`. Cut and restored are those that a decision of scope
        leaves out or takes back while their row stays in the table. `phase_renamed` names a phase in place of a touchpoint.
    """
    old, new = (touchpoints_in_order(state).set_index("touchpoint") for state in (before, after))
    both = new.index.intersection(old.index, sort=False)
    frames = [_came(after, before, old, new), *(_differing(old, new, both, change) for change in _TOLD)]
    frames += [_reordered(old, new, both), _phases(before, after), _went(before, after, old, new)]
    return pd.concat([frame.reindex(columns=COLUMNS) for frame in frames], ignore_index=True).astype("string")


def _came(after: Engagement, before: Engagement, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    come = new[~new.index.isin(old.index)]
    there = come.index.isin(before.table("touchpoints")["touchpoint"])
    frame = come.reset_index()[["touchpoint", "name"]]
    return frame.assign(change=pd.Series(there).map({True: "restored", False: "added"}), after=frame["name"])


def _went(before: Engagement, after: Engagement, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    gone = old[~old.index.isin(new.index)]
    there = gone.index.isin(after.table("touchpoints")["touchpoint"])
    frame = gone.reset_index()[["touchpoint", "name"]]
    return frame.assign(change=pd.Series(there).map({True: "cut", False: "removed"}), before=frame["name"])


def _differing(old: pd.DataFrame, new: pd.DataFrame, both: pd.Index, change: str) -> pd.DataFrame:
    compared, told = _TOLD[change]
    a, b = (frame.loc[both, compared].astype("string").fillna("") for frame in (old, new))
    frame = pd.DataFrame({"touchpoint": both, "name": new.loc[both, "name"].to_numpy(), "change": change})
    was, now = (state.loc[both, told].to_numpy() for state in (old, new))
    moved: pd.DataFrame = frame.assign(before=was, after=now).loc[(a != b).to_numpy(bool)]
    return moved


def _phases(before: Engagement, after: Engagement) -> pd.DataFrame:
    """Phases under another name: their touchpoints stayed where they were."""
    both = before.table("phases").merge(after.table("phases"), on="phase", suffixes=("_before", "_after"))
    other = both[both["name_before"] != both["name_after"]]
    return pd.DataFrame(
        {
            "touchpoint": other["phase"],
            "name": other["name_after"],
            "change": "phase_renamed",
            "before": other["name_before"],
            "after": other["name_after"],
        }
    )


def _reordered(old: pd.DataFrame, new: pd.DataFrame, both: pd.Index) -> pd.DataFrame:
    """Those that stayed in their phase and have another place among those that stayed in it."""
    a, b = (frame.loc[both] for frame in (old, new))
    stayed = both[(a["phase"].fillna("") == b["phase"].fillna("")).to_numpy(bool)]
    places = [
        frame.loc[stayed, "position"].groupby(frame.loc[stayed, "phase"].fillna("")).rank().astype(int)
        for frame in (old, new)
    ]
    differs = (places[0] != places[1]).to_numpy(bool)
    frame = pd.DataFrame({"touchpoint": stayed, "name": new.loc[stayed, "name"].to_numpy()})
    was, now = (place.to_numpy().astype(str) for place in places)
    moved: pd.DataFrame = frame.assign(change="reordered", before=was, after=now).loc[differs]
    return moved
