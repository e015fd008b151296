"""Do those who make the journey see it the same way? Touchpoints by role."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.journey import touchpoints_in_order
from cxmethod.steps.strategy import StrategyResult
from cxmethod.views import style
from cxmethod.views.show import Shown, show_figure

_MIDDLE = 3
_HUES = (15, 245)
"""Red is low and blue high, told apart without red–green vision and light enough for the number in each cell."""


def alignment_map(client: Engagement, result: StrategyResult) -> Shown:
    """How well each role says that each touchpoint goes (mean 1–5), as a heat map with its numbers."""
    import seaborn

    words = client.words
    names = touchpoints_in_order(client).set_index("touchpoint")["name"]
    table = result.alignment.pivot(index="touchpoint", columns="role", values="performance")
    table = table.reindex([t for t in names.index if t in table.index])
    people = result.alignment.groupby("role")["n"].max().reindex(table.columns)
    with style.house_style():
        title = _title(table, names, words)
        more = style.second_line(title, 9.6)
        figure, axes = style.new_figure(9.6, 1.9 + more + 0.31 * max(len(table), 2))
        style.frame(figure, left=2.75, right=0.3, top=1.35 + more, bottom=0.45)
        if table.empty:
            axes.axis("off")
        else:
            shown = table.map(words.number)
            seaborn.heatmap(
                table, ax=axes, annot=shown, fmt="", cmap=seaborn.diverging_palette(*_HUES, s=60, l=70, as_cmap=True), center=_MIDDLE, vmin=1, vmax=5, cbar=False,
                linewidths=1.5, linecolor="white", annot_kws={"fontsize": 8.4, "color": style.INK},
            )  # fmt: skip
            roles = [
                f"{style.wrapped(str(role), 17, 2)}\nn = {words.number(n, 0)}" for role, n in people.items()
            ]
            axes.set_xticklabels(roles, rotation=0, fontsize=8.4, color=style.INK)
            axes.set_yticklabels(
                [style.wrapped(str(names[t]), 34, 1) for t in table.index], rotation=0, fontsize=8.4
            )
            axes.tick_params(axis="x", labeltop=True, labelbottom=False)
            axes.set(xlabel="", ylabel="")
        style.head(figure, title, words.say("alignment.subtitle"), "")
    return show_figure(figure, alt=_alternative(table, names, words), caption=words.say("alignment.caption"))


def _title(table: pd.DataFrame, names: pd.Series, words: Words) -> str:
    """Where the roles lie furthest apart."""
    spread = table.max(axis=1) - table.min(axis=1)
    if spread.dropna().empty:
        return words.say("alignment.none")
    widest = spread.sort_values(ascending=False, kind="stable").index[0]
    row = table.loc[widest]
    return words.say(
        "alignment.apart",
        touchpoint=str(names[widest]),
        high=str(row.idxmax()),
        most=words.number(row.max()),
        low=str(row.idxmin()),
        least=words.number(row.min()),
    )


def _alternative(table: pd.DataFrame, names: pd.Series, words: Words) -> str:
    lines = [
        words.say(
            "alignment.alt_line",
            touchpoint=str(names[touchpoint]),
            values=words.join(f"{role} {words.number(value)}" for role, value in row.items()),
        )
        for touchpoint, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    return " ".join([words.say("alignment.alt"), *lines])
