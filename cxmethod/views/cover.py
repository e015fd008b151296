"""The first thing a client sees: whose journey this is, of when, and whether it is finished."""

from __future__ import annotations

from html import escape

from cxmethod.engagement import Engagement
from cxmethod.steps.thread import Thread
from cxmethod.views.brand import brand_accent
from cxmethod.views.show import Shown, show_cover


def cover(client: Engagement, thread: Thread) -> Shown:
    """Client, title, date and state; a draft while something in the thread blocks."""
    settings, words = client.settings, client.words
    title = words.say("cover.title")
    subtitle = settings.objective_text or words.say(f"cover.objective_{settings.objective}")
    date = words.date(settings.date) if settings.date else ""
    html = (
        f'<p class="cx-client">{escape(settings.client)}</p><h1>{escape(title)}</h1>'
        f"<p>{escape(subtitle)}</p>" + (f'<p class="cx-date">{escape(date)}</p>' if date else "")
    )
    content = {
        "client": settings.client,
        "title": title,
        "subtitle": subtitle,
        "date": settings.date.isoformat() if settings.date else None,
        "language": words.language,
        "draft": thread.blocks,
        "colour": settings.brand.colour,
        "accent": brand_accent(settings).colour,
        "logo": settings.brand.logo,
        "template": settings.brand.template,
    }
    return show_cover(f"{settings.client} · {title}", html, content)
