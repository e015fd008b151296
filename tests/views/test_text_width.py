from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.figure import Figure

from cxmethod.views import style
from cxmethod.views.text_fit import fitted
from cxmethod.views.text_width import width_of

HEBREW, ARABIC = "קבלת פנים במרפאה", "الاستقبال في العيادة"
TITLE = "El éxito pasa de {} a {}: 100 % de los recorridos con éxito, 50 % de los fallidos"


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_a_line_with_a_letter_that_our_typeface_lacks_is_as_wide_as_in_the_other(name):
    spanish = "Autorización previa de la aseguradora"
    apart = width_of(spanish, 14, "bold") + width_of(" " + name, 14, "bold")
    assert width_of(f"{spanish} {name}", 14, "bold") > apart + 0.2


def test_signs_without_a_shape_take_no_room_and_change_no_typeface():
    assert width_of("\u2068Desk\u2069", 9) == width_of("Desk", 9)


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_a_title_in_the_wider_typeface_stays_inside_the_figure(name):
    with style.house_style():
        figure = Figure(figsize=(style.PAGE, 3))
        style.head(figure, TITLE.format(name, HEBREW), "Measure " + name * 9, "Note " + name * 20)
        room = style.PAGE - 0.3
        for text in figure.texts:
            weight, size = str(text.get_fontweight()), float(text.get_fontsize())
            assert max(width_of(line, size, weight) for line in text.get_text().split("\n")) <= room


def test_a_title_in_our_own_typeface_has_the_lines_that_it_had():
    title = TITLE.format("Autorización previa de la aseguradora", "Recepción")
    lines = style.title_lines(title, style.PAGE)
    assert " ".join(lines) == title
    assert all(len(f"{line} {after.split()[0]}") > int(style.PAGE * 9.2) for line, after in pairwise(lines))


def test_the_room_above_a_figure_is_that_of_its_lines():
    title = TITLE.format(HEBREW, ARABIC)
    assert style.second_line(title, style.PAGE) == pytest.approx(
        0.27 * (len(style.title_lines(title, style.PAGE)) - 1)
    )


def test_lines_of_one_name_are_each_isolated():
    lines = fitted(f"\u2068{HEBREW}\u2069: 100 %", 0.8, 9)
    assert len(lines) > 1
    assert all(line.count("\u2068") == line.count("\u2069") for line in lines)
    assert lines[0].startswith("\u2068")
