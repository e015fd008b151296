"""Two states of an input table, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, eq=False)
class RowChanges:
    """What happened to the rows of one table.

    Parameters
    ----------
    before, after : int
        Rows in each state.
    added, removed, changed : int
        A row is changed where its key stands in both states and another of its cells differs. A table without a key
        knows rows that came and rows that went.
    cells : DataFrame
        `key` (its parts joined by a blank), `column`: each cell that differs.
    """

    before: int
    after: int
    added: int
    removed: int
    changed: int
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"key": [], "column": []}))

    @property
    def any(self) -> bool:
        """Whether any row came, went or changed; their order says nothing."""
        return bool(self.added or self.removed or self.changed)


def row_changes(before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str]) -> RowChanges:
    """Compare two checked states of a table.

    Parameters
    ----------
    before, after : DataFrame
        As `Engagement.table` gives them; a column that one of them lacks is blank there.
    key : sequence of str
        Columns that together name a row once; none where rows have no key.
    """
    columns = list(dict.fromkeys([*before.columns, *after.columns]))
    old, new = (_as_text(frame, columns) for frame in (before, after))
    if not key:
        counts = [frame.value_counts() for frame in (old, new)]
        more = counts[1].sub(counts[0], fill_value=0).astype(int)
        gone, come = int(-more[more < 0].sum()), int(more[more > 0].sum())
        return RowChanges(len(old), len(new), come, gone, 0)
    old, new = (frame.set_index(list(key)) for frame in (old, new))
    both = old.index.intersection(new.index)
    differs = old.loc[both] != new.loc[both]
    names = pd.Series([" ".join(each) if isinstance(each, tuple) else each for each in both], dtype=object)
    places = differs.set_axis(names, axis=0).rename_axis(index="key", columns="column").stack()
    return RowChanges(
        len(old),
        len(new),
        added=len(new) - len(both),
        removed=len(old) - len(both),
        changed=int(differs.any(axis=1).sum()),
        cells=places.index[places.to_numpy(bool)].to_frame(index=False),
    )


def _as_text(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Every cell as text: a blank is a blank, whatever kind of column it stands in."""
    return pd.DataFrame(
        {
            name: frame[name].astype("string").fillna("").astype(object) if name in frame else ""
            for name in columns
        },
        index=range(len(frame)),
    )
