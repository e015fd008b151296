"""The report fetches nothing and runs nothing."""

import re

import pytest

from cxmethod.reports.html import css_text


def test_nothing_in_the_page_has_an_address_elsewhere(report, shown):
    page = report(shown.code(shown.cover(), shown.figure(), shown.finding()), shown.prose("## A\n\nText."))
    assert page.find(["script", "link", "iframe"]) is None
    assert not re.search(r"https?://|url\(|@import", page.decode())
    assert all(tag["src"].startswith("data:") for tag in page.find_all(src=True))


def test_the_browser_is_told_to_fetch_nothing(report, shown):
    policy = report(shown.prose("Text.")).find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy["content"].startswith("default-src 'none'; img-src data:;")


@pytest.mark.parametrize(
    "markup",
    [
        "![a map](https://example.org/map.png)",
        '<img src="//example.org/map.png" alt="a map">',
        '<img srcset="map.png 2x" alt="a map">',
        "<script>alert(1)</script>",
        '<iframe src="about:blank"></iframe>',
        '<link rel="stylesheet" href="style.css">',
        '<p style="background: url(https://example.org/a.png)">text</p>',
        "<style>@import 'a.css';</style>",
        '<svg><image href="https://example.org/a.png"></image></svg>',
    ],
)
def test_what_would_be_fetched_or_run_is_refused_by_cell(html_of, shown, markup, refused):
    with refused("not_self_contained") as refusal:
        html_of(shown.prose("Hello."), shown.prose(markup))
    assert refusal.value.values["cell"].startswith("2 ")


def test_what_a_bundle_would_fetch_is_refused_too(html_of, shown, refused):
    with refused("not_self_contained"):
        html_of(shown.code(shown.cover(html='<h1>A</h1><img src="logo.png" alt="">')))


def test_links_that_a_reader_may_follow_stay(report, shown):
    link = report(shown.prose("[source](https://example.org/)")).main.a
    assert link["href"] == "https://example.org/"


def test_text_in_a_style_cannot_leave_its_string():
    assert css_text('Ñandú & "Co" </style>') == "Ñandú \\26  \\22 Co\\22  \\3c \\2f style\\3e "
