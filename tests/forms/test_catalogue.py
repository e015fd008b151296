"""Spanish and English say the same things with the same names in them."""

import re

from cxmethod.language.catalogue import catalogue


def fields(sentences: tuple[str, ...]) -> list[set[str]]:
    return [set(re.findall(r"{(\w+)}", sentence)) for sentence in sentences]


def test_both_languages_have_every_sentence_of_the_forms() -> None:
    english, spanish = catalogue("en", "forms"), catalogue("es", "forms")
    assert {code: fields(said) for code, said in english.items()} == {
        code: fields(said) for code, said in spanish.items()
    }
