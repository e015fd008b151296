"""The brief for the client: one page that says what for, for whom, how, by when, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from cxmethod.engagement import Engagement
from cxmethod.steps.method_table import method_table
from cxmethod.steps.scope import ScopeResult
from cxmethod.views import brief_parts
from cxmethod.views.brief_misfit import misfit, no_calendar
from cxmethod.views.sentences import code
from cxmethod.views.show import Shown, show_sheet

_LONGEST = 420
"""Letters of the client's own words; a page has no room for a speech."""
_ROOMY = 3300
"""Up to so many letters stand on a page in the usual size; more are set smaller."""
_TAG = re.compile(r"<[^>]+>")


def scope_brief(client: Engagement, scope: ScopeResult) -> Shown:
    """The brief as a sheet of its own: exporters make one page of it.

    Parameters
    ----------
    client : Engagement
    scope : ScopeResult
    """
    words, settings = client.words, client.settings
    say = words.say
    method = code(method_table().method(scope.facts["method"]).method, words)
    sections = [
        (say("brief.title_covers"), "covers", _lines(brief_parts.covers(client, scope))),
        (
            say("brief.title_method", method=method),
            "method",
            _lines(brief_parts.method(client, scope)),
        ),
        (say("brief.title_misfit"), "misfit", _items(misfit(client, scope))),
        (
            say("brief.title_needed", when=brief_parts.deadline(client, scope)),
            "needed",
            _pairs(brief_parts.needed(client, scope)),
        ),
        (say("brief.title_asked"), "asked", _lines(brief_parts.asked(client, scope))),
        (say("brief.title_weeks"), "weeks", _calendar(client, scope)),
        (say("brief.title_outside"), "outside", _items(brief_parts.outside(client, scope))),
        (say("brief.title_assumed"), "assumed", _items(brief_parts.assumed(client, scope))),
        (say("brief.title_open"), "open", _items(brief_parts.open_questions(client, scope))),
    ]
    filled = [(title, name, body) for title, name, body in sections if body]
    html = "".join(
        f'<section class="cx-brief-{name}"><h2>{escape(title)}</h2>{body}</section>'
        for title, name, body in filled
    )
    content = {
        "client": settings.client,
        "title": say("brief.title"),
        "date": settings.date.isoformat() if settings.date else None,
        "language": words.language,
        "colour": settings.brand.colour,
    }
    text = "\n".join([f"{settings.client} · {say('brief.title')}", _objective(client)])
    dense = " cx-dense" if len(_TAG.sub("", html)) + len(_objective(client)) > _ROOMY else ""
    return show_sheet(text, f'{_head(client, scope)}<div class="cx-body{dense}">{html}</div>', content)


def _head(client: Engagement, scope: ScopeResult) -> str:
    words, settings = client.words, client.settings
    lasts = "brief.lasts" if scope.facts["weeks_agreed"] else "brief.lasts_usual"
    facts = [words.say(lasts, count=scope.facts["weeks"])]
    if settings.date:
        facts.insert(0, words.say("brief.begins", date=words.date(settings.date)))
    kind = words.say(f"cover.objective_{settings.objective}")
    return (
        f'<header><p class="cx-client">{escape(settings.client)} · {escape(words.say("brief.title"))}</p>'
        f"<h1>{escape(kind)}</h1>"
        + (f"<blockquote>{escape(_objective(client))}</blockquote>" if settings.objective_text else "")
        + f'<p class="cx-facts">{escape(" · ".join(facts))}</p></header>'
    )


def _objective(client: Engagement) -> str:
    """The client's own words, shortened where they are a speech; the kind of objective where they said nothing."""
    import textwrap

    own = client.settings.objective_text.strip()
    if not own:
        return client.words.say(f"cover.objective_{client.settings.objective}")
    return textwrap.shorten(own, _LONGEST, placeholder=" …")


def _calendar(client: Engagement, scope: ScopeResult) -> str:
    why_not = no_calendar(client, scope)
    return _lines([why_not]) if why_not else _pairs(brief_parts.weeks(client, scope))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _items(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _pairs(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns, the first of which names what the second is about."""
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th><td>{escape(second)}</td></tr>' for first, second in rows
    )
    return f"<table><tbody>{body}</tbody></table>" if rows else ""
