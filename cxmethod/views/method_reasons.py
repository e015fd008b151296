"""The methods with their reasons as sentences: what speaks for each, what against it, what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.steps.method_choice import at_hand
from cxmethod.steps.method_table import Amount, Method, method_table
from cxmethod.steps.scope import ScopeResult
from cxmethod.views.markup import Cell
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_table

_AMOUNTS = ("weeks", "customers", "budget")


def methods(client: Engagement, scope: ScopeResult, *, top: int | None = None) -> Shown:
    """The methods, the best suited first, each with its reasons, what it takes, and its source.

    Parameters
    ----------
    top : int, optional
        So many at most; the caption says how many there are.
    """
    words, shown = client.words, scope.methods.head(top) if top else scope.methods
    names = ("method", "for", "against", "unknown", "takes", "source")
    headings = [Cell(words.say(f"study.column_{name}")) for name in names]
    rows = [
        [Cell(text) for text in _texts(client, row, words)] for row in shown.astype(object).to_dict("records")
    ]
    caption = words.say("study.methods_caption", basis=in_language(method_table().basis, words))
    if len(shown) < len(scope.methods):
        caption = words.say(
            "caption.top",
            caption=caption,
            shown=words.number(len(shown), 0),
            whole=words.number(len(scope.methods), 0),
        )
    return show_table(caption, headings, rows, shown)


def in_language(text: Any, words: Words) -> str:
    """What the decision table says, in the language of `words`."""
    return str(getattr(text, words.language))


def reasons(client: Engagement, row: Mapping[Any, Any]) -> dict[str, list[str]]:
    """The sentences for and against one row of the ranking, and the questions that are open about it."""
    words, method = client.words, method_table().method(row["method"])
    codes = {side: _codes(row[column]) for side, column in _COLUMNS.items()}
    return {
        "for": list(_for(client, method, codes["for"], words)),
        "against": list(_against(client, method, codes["against"], words)),
        "unknown": list(open_points(method, codes["unknown"], words)),
    }


def lacking(client: Engagement, row: Mapping[Any, Any]) -> Iterator[str]:
    """What speaks against one row of the ranking besides weeks, customers and money: objective and tables."""
    method = method_table().method(row["method"])
    return _lacking(client, method, _codes(row["reasons_against"]), client.words)


_COLUMNS = {"for": "reasons_for", "against": "reasons_against", "unknown": "unknown"}


def open_points(method: Method, codes: list[str], words: Words) -> Iterator[str]:
    """What nobody has said yet and the method hangs on, one sentence a kind."""
    needed, used = ([t for t in codes if t in _tables(names)] for names in (method.needs, method.uses))
    if needed:
        yield words.say("study.unknown_needs", tables=_named(needed, words))
    if used:
        yield words.say("study.unknown_uses", tables=_named(used, words))
    amounts = [words.say(f"study.unknown_{name}") for name in _AMOUNTS if name in codes]
    if amounts:
        yield words.say("study.unknown_amounts", amounts=words.join(amounts))


def objective(client: Engagement) -> str:
    """The kind of objective, as it stands inside a sentence."""
    return client.words.say(f"study.objective_{client.settings.objective}")


def takes(method: Method, words: Words) -> str:
    """Weeks, consultant-days and the cost beside them."""
    return words.say(
        "study.takes",
        weeks=_range(method.weeks, words),
        days=_range(method.days, words),
        cost=words.say(f"study.cost_{method.cost}"),
    )


def _texts(client: Engagement, row: Mapping[Any, Any], words: Words) -> list[str]:
    told, method = reasons(client, row), method_table().method(row["method"])
    said = [" ".join(told[side]) or "—" for side in ("for", "against", "unknown")]
    name = words.say("study.ranked", rank=words.number(row["rank"], 0), name=code(method.method, words))
    return [name, *said, takes(method, words), method.source]


def _for(client: Engagement, method: Method, codes: list[str], words: Words) -> Iterator[str]:
    service = method.objectives.get(client.settings.objective)
    if service:
        gives = in_language(method.gives, words)
        yield words.say(f"study.for_objective_{service}", objective=objective(client), gives=gives)
    tables = [name for name in codes if name.startswith("table_")]
    if tables:
        yield words.say("study.for_tables", tables=_named(tables, words))
    yield from _amounts(client, method, codes, "for", words)


def _against(client: Engagement, method: Method, codes: list[str], words: Words) -> Iterator[str]:
    yield from _lacking(client, method, codes, words)
    yield from _amounts(client, method, codes, "against", words)
    yield words.say("study.not_given", lacks=in_language(method.lacks, words))


def _lacking(client: Engagement, method: Method, codes: list[str], words: Words) -> Iterator[str]:
    if "objective" in codes:
        yield words.say("study.against_objective", objective=objective(client))
    lacking = [name for name in codes if name in _tables(method.needs)]
    if lacking:
        yield words.say("study.against_needs", tables=_named(lacking, words))
    missed = [name for name in codes if name in _tables(method.uses)]
    if missed:
        yield words.say("study.against_uses", tables=_named(missed, words))
    if "collected" in codes:
        yield words.say("study.against_collected", tables=_named(sorted(_tables(method.collects)), words))


def _amounts(client: Engagement, method: Method, codes: list[str], side: str, words: Words) -> Iterator[str]:
    given = at_hand(client)
    amounts = (
        ("weeks", given.weeks, method.weeks.least),
        ("customers", given.customers, method.customers.least),
        ("budget", given.days, method.days.least),
    )
    for name, there, least in amounts:
        if name in codes and there is not None:
            said = "for_no_customers" if name == "customers" and not least else f"{side}_{name}"
            yield words.say(
                f"study.{said}", count=least, there=words.number(there, 0 if float(there).is_integer() else 1)
            )


def _range(amount: Amount, words: Words) -> str:
    least, usual = (words.number(n, 0) for n in (amount.least, amount.usual))
    return least if amount.least == amount.usual else f"{least}–{usual}"


def _tables(names: tuple[str, ...]) -> set[str]:
    return {f"table_{name}" for name in names}


def _named(codes: list[str], words: Words) -> str:
    return words.join(code(name, words) for name in codes)


def _codes(text: Any) -> list[str]:
    return [] if text is None or pd.isna(text) else str(text).split(";")
