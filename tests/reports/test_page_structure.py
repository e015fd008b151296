"""The page itself: language, title, landmarks, headings, contents."""

import re


def levels(page):
    return [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]


def test_language_is_the_covers(report, shown):
    page = report(shown.code(shown.cover(language="es")), language="en")
    assert page.html["lang"] == "es"


def test_language_without_a_cover_is_papermills(report, shown):
    assert report(shown.prose("Hola."), language="es").html["lang"] == "es"


def test_language_without_either_is_english(report, shown):
    assert report(shown.prose("Hello.")).html["lang"] == "en"


def test_landmarks_and_skip_link(report, shown):
    page = report(shown.code(shown.cover()), shown.prose("## Waiting"))
    assert [tag.name for tag in page.body.find_all(["header", "nav", "main", "footer"])] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    assert page.body.a["href"] == f"#{page.main['id']}"


def test_title_names_the_report_and_the_client(report, shown):
    assert report(shown.code(shown.cover())).title.string == "The journey · Clínica Horizonte"


def test_title_without_a_cover_is_the_leading_heading(report, shown):
    page = report(shown.prose("# Moments of truth\n\nText."))
    assert page.title.string == "Moments of truth"
    assert [heading.string for heading in page.find_all("h1")] == ["Moments of truth"]


def test_a_cover_without_heading_gets_one(report, shown):
    page = report(shown.code(shown.cover(html="<p>Clínica Horizonte</p>")))
    assert page.h1.string == "The journey"


def test_one_h1_however_many_the_notebook_has(report, shown):
    page = report(shown.code(shown.cover()), shown.prose("# One"), shown.prose("# Two\n\n## Below"))
    assert levels(page) == [1, 2, 2, 3]


def test_no_heading_level_is_skipped(report, shown):
    page = report(shown.code(shown.cover()), shown.prose("### A\n\n##### B\n\n##### C\n\n#### D\n\n## E"))
    assert levels(page) == [1, 2, 3, 3, 3, 2]


def test_contents_lead_to_every_h2(report, shown):
    page = report(
        shown.code(shown.cover()), shown.prose("## Qué duele\n\n### Detail"), shown.prose("## Qué duele")
    )
    links = page.nav.find_all("a")
    targets = [page.find(id=link["href"][1:]) for link in links]
    assert [link["href"] for link in links] == ["#que-duele", "#que-duele-2"]
    assert [target.name for target in targets] == ["h2", "h2"]


def test_anchors_are_unique_even_beside_ids_of_the_cells(report, shown):
    page = report(shown.prose('## Content\n\n<div id="waiting"></div>\n\n## Waiting'))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_no_contents_list_without_sections(report, shown):
    assert report(shown.prose("Only a sentence.")).nav is None


def test_brand_colour_is_darkened_until_it_reads(report, shown):
    assert "--brand: #0b5c6b" in report(shown.code(shown.cover())).html["style"]
    assert "#ffee00" not in report(shown.code(shown.cover(colour="#ffee00"))).html["style"]


def test_footer_says_for_whom_and_when(report, shown):
    page = report(shown.code(shown.cover(language="es")))
    assert "Preparado para Clínica Horizonte · 30 de septiembre de 2026" in page.footer.get_text()


def test_same_notebook_gives_the_same_bytes(html_of, shown):
    cells = [shown.code(shown.cover(), shown.figure(), shown.finding()), shown.prose("## A\n\n## A")]
    assert html_of(*cells) == html_of(*cells)
