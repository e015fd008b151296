"""What the one-page brief says, part by part: sentences and rows, each in the engagement's language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.language import Words
from cxmethod.language.direction import isolated
from cxmethod.steps.journey import ALL
from cxmethod.steps.method_choice import at_hand
from cxmethod.steps.method_table import Method, method_table
from cxmethod.steps.scope import ScopeResult
from cxmethod.views import method_reasons, scope_fit
from cxmethod.views.brief_misfit import missing_customers, no_calendar
from cxmethod.views.method_reasons import in_language
from cxmethod.views.sentences import code

_LETTERS = 260
"""So many letters of names at most: a page has no room for more."""
_ROWS = 5


def covers(client: Engagement, scope: ScopeResult) -> list[str]:
    """Who and what the study looks at, by name."""
    words, facts = client.words, scope.facts
    decided = client.decisions.scope.cut
    said = [scope_fit.covers_personas(client, scope)]
    own = scope.cut[_stays(scope.cut, decided.personas, "decided", "kept")]
    if len(own) and not own["persona"].eq(ALL).all():
        said.append(words.say("brief.namely", names=_names(own["name"], words)))
    said.append(scope_fit.covers_touchpoints(client, scope))
    points = scope.points
    if facts["touchpoints"]:
        kept = points.loc[_stays(points, decided.touchpoints, "kept", "proposed"), "name"]
        said.append(words.say("brief.namely", names=_names(kept, words)))
    if decided.personas or decided.touchpoints:
        said.append(words.say("brief.decided"))
    return said


def method(client: Engagement, scope: ScopeResult) -> list[str]:
    """The method, what speaks for it, what it takes, and the runner-up."""
    words, facts, table = client.words, scope.facts, method_table()
    rows = scope.methods.astype(object).set_index("method", drop=False)
    chosen, second = (table.method(facts[name]) for name in ("method", "runner_up"))
    told = method_reasons.reasons(client, rows.loc[chosen.method].to_dict())
    said = [" ".join(told["for"])] if told["for"] else []
    if facts["method_decided"]:
        said.append(words.say("brief.method_decided"))
    said.append(words.say("brief.takes", takes=method_reasons.takes(chosen, words)))
    rate = client.settings.scope.day_rate
    if rate is not None:
        least, usual = (words.money(days * rate) for days in (chosen.days.least, chosen.days.usual))
        said.append(words.say("brief.fee", least=least, usual=usual))
    if client.settings.scope.study_budget is not None:
        said.append(words.say("brief.budget", budget=words.money(client.settings.scope.study_budget)))
    return [*said, _runner_up(client, scope, second, words)]


def _runner_up(client: Engagement, scope: ScopeResult, second: Method, words: Words) -> str:
    rows = scope.methods.astype(object).set_index("method", drop=False)
    first, other = rows.loc[scope.facts["method"]], rows.loc[second.method]
    if scope.facts["tied"]:
        why = "tied"
    elif other["serves"] == "also" and first["serves"] == "main":
        why = "helps"
    elif other["serves"] == "other":
        why = "other"
    elif other["score"] > first["score"]:
        why = "overruled"
    else:
        why = "fewer"
    gives = in_language(second.gives, words)
    return words.say(
        "brief.runner_up",
        name=code(second.method, words),
        gives=gives,
        why=words.say(f"brief.second_{why}"),
    )


def needed(client: Engagement, scope: ScopeResult) -> list[tuple[str, str]]:
    """What the client is asked for, and how to get it: what the method cannot do without first."""
    words, given = client.words, at_hand(client)
    chosen = method_table().method(scope.facts["method"])
    wanted = [
        name
        for name in dict.fromkeys(("touchpoints", *chosen.needs, *chosen.uses))
        if not client.has(name) and given.tables.get(name) is not False
    ]
    rows = [(words.say(f"brief.want_{name}"), words.say(f"brief.get_{name}")) for name in wanted]
    return [*rows[: _ROWS - 1], *_customers(client, scope)]


def _customers(client: Engagement, scope: ScopeResult) -> Iterator[tuple[str, str]]:
    """Whom to call; nobody where no interview fits and the method needs none."""
    words, facts = client.words, scope.facts
    missing, chosen = missing_customers(client, scope), method_table().method(facts["method"])
    if facts["verdict"] == "none" and not chosen.customers.least:
        return
    room = facts["room_customers"]
    wanted = missing or (facts["interviews_to"] if room is None else min(facts["interviews_to"], room))
    code_ = "brief.get_customers" if missing is None else "brief.get_customers_least"
    yield words.say("brief.want_customers"), words.say(code_, needed=words.number(wanted, 0))


def asked(client: Engagement, scope: ScopeResult) -> list[str]:
    """Interviews and survey: how many, for what margin, and whether they fit."""
    words, facts, scoping = client.words, scope.facts, client.settings.scope
    chosen = method_table().method(facts["method"])
    said = [_interviews(client, scope)]
    if not chosen.customers.least:
        said.append(words.say("brief.no_interviews_needed", name=code(chosen.method, words)))
    values: dict[str, Any] = {
        "margin": words.number(100 * facts["margin"], 0 if float(100 * facts["margin"]).is_integer() else 1),
        "confidence": words.percent(client.settings.thresholds.confidence),
        "responses": words.number(facts["responses_needed"], 0),
    }
    if scoping.population is None:
        said.append(words.say("brief.survey", **values))
    else:
        population = words.number(scoping.population, 0)
        said.append(words.say("brief.survey_population", population=population, **values))
    return [*said, words.say("brief.survey_personas")]


def _interviews(client: Engagement, scope: ScopeResult) -> str:
    """Whether the interviews fit; in weeks that are too few for the method itself nobody can say."""
    words, facts = client.words, scope.facts
    least = method_table().method(facts["method"]).weeks.least
    if facts.get("limited_by") != "weeks" or facts["weeks"] >= least:
        return scope_fit.fits(client, scope)
    low, high = (words.number(facts[f"interviews_{end}"], 0) for end in ("from", "to"))
    return words.say("brief.interviews_open", low=low, high=high)


def weeks(client: Engagement, scope: ScopeResult) -> list[tuple[str, str]]:
    """Each stage with its weeks and dates, and what happens in it; none where the weeks cannot hold the stages."""
    words, start = client.words, client.settings.date
    if no_calendar(client, scope):
        return []
    rows = []
    for row in scope.calendar.to_dict("records"):
        first, last = int(row["first_week"]), int(row["last_week"])
        when = words.say("brief.week" if first == last else "brief.weeks", first=first, last=last)
        if start is not None:
            when = words.say(
                "brief.dated",
                weeks=when,
                begin=_first_day(start, first, words),
                end=_last_day(start, last, words),
            )
        rows.append((when, words.say(f"brief.stage_{row['stage']}")))
    return rows


def deadline(client: Engagement, scope: ScopeResult) -> str:
    """When what the client is asked for must be there: as the listening begins."""
    if no_calendar(client, scope):
        return client.words.say("brief.by_start")
    plan = scope.calendar
    last = int(plan.loc[plan["stage"] == "prepare", "last_week"].to_list()[0])
    if client.settings.date is None:
        return client.words.say("brief.by_week", week=client.words.number(last, 0))
    return client.words.say("brief.by_date", date=_last_day(client.settings.date, last, client.words))


def outside(client: Engagement, scope: ScopeResult) -> list[str]:
    """What the study does not do, does not show, and does not look at."""
    words, decided = client.words, client.decisions.scope.cut
    chosen = method_table().method(scope.facts["method"])
    said = [words.say("study.not_given", lacks=in_language(chosen.lacks, words))]
    persona = scope.cut[~_stays(scope.cut, decided.personas, "decided", "kept")]
    points = scope.points
    if len(persona):
        said.append(words.say("brief.out_personas", count=len(persona), names=_names(persona["name"], words)))
    if scope.facts["touchpoints"]:
        out = points.loc[~_stays(points, decided.touchpoints, "kept", "proposed"), "name"]
        if len(out):
            said.append(words.say("brief.out_touchpoints", count=len(out), names=_names(out, words)))
    return [*said, words.say("brief.out_work")]


def assumed(client: Engagement, scope: ScopeResult) -> list[str]:
    """What the brief takes for granted until somebody says otherwise."""
    words, facts = client.words, scope.facts
    said = []
    if not client.settings.objective_text.strip():
        said.append(words.say("brief.assume_objective", objective=method_reasons.objective(client)))
    said.append(words.say("brief.assume_pace", count=client.settings.scope.interviews_a_week))
    if not facts["weeks_agreed"]:
        said.append(words.say("brief.assume_weeks", count=facts["weeks"]))
    if facts["order_assumed"] or facts["phases_assumed"]:
        said.append(words.say("brief.assume_order"))
    if not facts["personas_known"]:
        said.append(words.say("brief.assume_one"))
    basis = in_language(method_table().basis, words)
    return [*said, words.say("brief.assume_basis", basis=basis)]


def open_questions(client: Engagement, scope: ScopeResult) -> list[str]:
    """What the client can settle with a line of answer."""
    words, settings = client.words, client.settings
    asked_for: dict[str, Any] = {
        "objective": settings.objective_text.strip(),
        "weeks": settings.scope.weeks,
        "customers": settings.scope.interviewable_customers,
        "population": settings.scope.population,
        "budget": settings.scope.study_budget,
    }
    said = [words.say(f"brief.ask_{name}") for name, known in asked_for.items() if not known and known != 0]
    tables = list(_unsettled(client, scope))
    if tables:
        said.append(words.say("brief.ask_tables", tables=words.join(tables)))
    return said


def _unsettled(client: Engagement, scope: ScopeResult) -> Iterator[str]:
    chosen, given = method_table().method(scope.facts["method"]), at_hand(client)
    for name in ("respondents", "ratings", "events", "processes", "outcomes"):
        if name in (*chosen.needs, *chosen.uses) and given.tables[name] is None:
            yield code(f"table_{name}", client.words)


def _stays(frame: pd.DataFrame, decided: tuple[str, ...], as_decided: str, proposed: str) -> pd.Series:
    stays: pd.Series = frame[as_decided if decided else proposed].astype(bool)
    return stays


def _names(names: pd.Series, words: Words) -> str:
    """As many names as a page has room for, and how many more there are; those with commas are parted by semicolons."""
    fitting = names.astype(str).str.len().add(2).cumsum() <= _LETTERS
    shown = [str(name) for name in names[fitting | (names.index == names.index[0])]]
    more = len(names) - len(shown)
    commas = any("," in name for name in shown)
    if not more:
        return "; ".join(map(isolated, shown)) if commas else words.join(shown)
    return words.say(
        "reading.and_more", count=more, names=("; " if commas else ", ").join(map(isolated, shown))
    )


def _first_day(start: datetime.date, week: int, words: Words) -> str:
    return _said(start + datetime.timedelta(weeks=week - 1), words)


def _last_day(start: datetime.date, week: int, words: Words) -> str:
    """The last working day before the next week of the study begins."""
    last = start + datetime.timedelta(weeks=week, days=-1)
    return _said(last - datetime.timedelta(days=max(last.weekday() - 4, 0)), words)


def _said(day: datetime.date, words: Words) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", day, locale=words.cldr))
