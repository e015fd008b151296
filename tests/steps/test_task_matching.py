"""Names are alike by the words that they share, whatever their case, accents and endings."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmethod.steps.task_matching import similarity, words_of


def alike(one: str, other: str) -> float:
    return float(similarity(pd.Series([one]), pd.Series([other])).iloc[0, 0])


def test_case_accents_and_small_words_do_not_count():
    assert alike("AUTORIZACIÓN de la aseguradora", "autorizacion aseguradora") == 1


def test_endings_do_not_count():
    assert alike("Autorizar la cita", "Autorización de citas") == pytest.approx(0.5)
    assert words_of("Pagos y facturación") == {"pagos", "factu"}


def test_it_is_twice_the_common_words_over_all():
    assert alike("Pago de factura", "Pago en caja") == pytest.approx(2 * 1 / 4)


def test_names_without_words_are_like_nothing():
    assert alike("¿?", "—") == 0


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_is_between_0_and_1_and_the_same_both_ways(one, other):
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)
