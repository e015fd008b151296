"""Names of clients in text that all of them get."""

from cxmethod.runs.split.text import naming


def test_a_name_is_found_as_a_word_of_its_own_in_any_case():
    found = naming({"a": ["Como en NORTE, mejor"], "b": ["Norteño"]}, ["Norte"])
    assert found == {"a": ("NORTE",)}


def test_a_short_name_is_found_only_as_it_is_written():
    assert naming({"a": ["Lo que va sp"], "b": ["En SP"]}, ["SP"]) == {"b": ("SP",)}


def test_the_longer_of_two_names_is_the_one_that_is_meant():
    assert naming({"a": ["Clase Eco Plus"]}, ["Eco", "Eco Plus"]) == {"a": ("Eco Plus",)}


def test_numbers_and_single_letters_say_nothing():
    assert naming({"a": ["1 A 2026"]}, ["1", "A", "2026"]) == {}
