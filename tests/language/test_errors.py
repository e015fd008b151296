from __future__ import annotations

import pickle

from cxmethod.language import CxError, Words


def test_an_error_speaks_the_language_it_was_given():
    assert str(CxError("engagement.language", Words("es"), value="fr")).startswith("«fr» no es un idioma")


def test_without_a_language_it_speaks_english():
    assert str(CxError("engagement.language", value="fr")).startswith("'fr' is not a language")


def test_an_error_carries_its_code_and_values():
    error = CxError("engagement.language", value="fr")
    assert (error.code, error.values) == ("engagement.language", {"value": "fr"})


def test_an_error_crosses_to_another_process():
    error = pickle.loads(pickle.dumps(CxError("engagement.language", Words("es"), value="fr")))
    assert str(error).startswith("«fr» no es un idioma")
