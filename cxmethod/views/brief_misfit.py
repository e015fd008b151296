"""What speaks against the proposed method, said to the client: what does not fit, and what would."""

from __future__ import annotations

from collections.abc import Iterator

from cxmethod.engagement import Engagement
from cxmethod.steps.method_table import Method, method_table
from cxmethod.steps.scope import ScopeResult
from cxmethod.steps.scope_misfit import Misfit, cut_helps, fitting, misfits
from cxmethod.steps.work_plan import holds
from cxmethod.views import method_reasons
from cxmethod.views.scope_fit import fit_covers
from cxmethod.views.sentences import code


def misfit(client: Engagement, scope: ScopeResult) -> list[str]:
    """What is missing or too little, and the choices that there are; empty where all fits."""
    words, facts = client.words, scope.facts
    method = method_table().method(facts["method"])
    rows = scope.methods.astype(object).set_index("method", drop=False)
    said = list(method_reasons.lacking(client, rows.loc[method.method].to_dict()))
    found = list(misfits(client, method, facts))
    said += [_what(client, one, method, facts["interviews_from"]) for one in found]
    if found:
        said.append(_either(client, scope, found))
    if found and cut_helps(client, method, facts):
        fewer = words.say("brief.misfit_cut", count=facts["personas_fit"])
        said.append(" ".join([fewer, *fit_covers(client, scope)]))
    return said


def missing_customers(client: Engagement, scope: ScopeResult) -> int | None:
    """How many customers the interviews need, where fewer can be called."""
    method = method_table().method(scope.facts["method"])
    found = misfits(client, method, scope.facts)
    return next((int(one.needed) for one in found if one.kind == "customers"), None)


def no_calendar(client: Engagement, scope: ScopeResult) -> str | None:
    """Why there is no calendar of weeks: too few were agreed, or so few that the stages share them."""
    words, weeks = client.words, scope.facts["weeks"]
    if weeks < method_table().method(scope.facts["method"]).weeks.least:
        return words.say("brief.calendar_short", count=weeks)
    return None if holds(scope.calendar) else words.say("brief.calendar_days", count=weeks)


def _what(client: Engagement, one: Misfit, method: Method, interviews: int) -> str:
    words = client.words
    if one.kind == "budget":
        least = _cost(client, one)
        there = words.money(client.settings.scope.study_budget)
        return words.say("brief.misfit_budget", count=method.days.least, needed=least, there=there)
    if one.kind == "customers":
        needed, there = (words.number(n, 0) for n in (one.needed, one.there))
        return words.say("brief.misfit_customers", needed=needed, there=there)
    needed, there = (words.say("brief.lasts", count=n) for n in (one.needed, one.there))
    return words.say(
        f"brief.misfit_{one.kind}", needed=needed, there=there, interviews=words.number(interviews, 0)
    )


def _either(client: Engagement, scope: ScopeResult, found: list[Misfit]) -> str:
    words, other = client.words, fitting(client, scope.methods, scope.facts)
    changes = words.join(_changes(client, found))
    if other is None:
        return words.say("brief.misfit_or_less", changes=changes)
    return words.say("brief.misfit_or_other", changes=changes, name=code(other.method, words))


def _changes(client: Engagement, found: list[Misfit]) -> Iterator[str]:
    words = client.words
    for one in found:
        if one.kind == "budget":
            yield words.say("brief.change_budget", needed=_cost(client, one))
        elif one.kind == "customers":
            yield words.say("brief.change_customers", needed=words.number(one.needed, 0))
        else:
            yield words.say("brief.change_weeks", needed=words.say("brief.lasts", count=one.needed))


def _cost(client: Engagement, one: Misfit) -> str:
    """The days that are needed, in money: only a study with a price of a day has a misfit of its budget."""
    rate = client.settings.scope.day_rate
    return client.words.money(None if rate is None else one.needed * rate)
