"""Spanish and English say the same things, and everything that the code says is in both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import cxmethod
from cxmethod.language import LANGUAGES
from cxmethod.language.catalogue import LOCALE, catalogue

PACKAGE = Path(cxmethod.__file__).parent
DOMAINS = sorted({path.stem for path in LOCALE.glob("*/*.po")})
SAYING = {"say", "knows", "CxError", "Problem", "Notice"}
FILES = {"yaml", "yml", "json", "csv", "po", "py", "ipynb", "md", "html", "pdf", "pptx", "svg", "xlsx", "typ"}
CODE = re.compile(rf"({'|'.join(DOMAINS)})\.([a-z0-9_]+)")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def syntax() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "assets" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', '')}", node


SYNTAX = list(syntax())


def pieces() -> set[ast.AST]:
    """Literals that are only the beginning or the end of a text."""
    return {part for _, node in SYNTAX if isinstance(node, ast.JoinedStr) for part in node.values}


def called(node: ast.AST) -> tuple[str, str] | None:
    """Who says a code, and the code, where `node` is a call with a literal one."""
    if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
        return None
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    code = node.args[0].value
    return (name, code) if name in SAYING and isinstance(code, str) else None


def known(code: str) -> bool:
    domain = code.split(".")[0]
    return domain in DOMAINS and all(code in catalogue(language, domain) for language in LANGUAGES)


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_codes(domain):
    english, spanish = (catalogue(language, domain) for language in ("en", "es"))
    assert set(english) == set(spanish)


@pytest.mark.parametrize("domain", DOMAINS)
def test_codes_belong_to_their_domain_and_stand_once(domain):
    for language in LANGUAGES:
        codes = re.findall(
            r'^msgid "(.+)"$', (LOCALE / language / f"{domain}.po").read_text(encoding="utf-8"), re.M
        )
        assert len(codes) == len(set(codes))
        assert all(code.startswith(f"{domain}.") for code in codes)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_sentence_is_empty_or_unsure(domain):
    for language in LANGUAGES:
        assert all(form.strip() for forms in catalogue(language, domain).values() for form in forms)
        assert "fuzzy" not in (LOCALE / language / f"{domain}.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_name_the_same_values(domain):
    english, spanish = (catalogue(language, domain) for language in ("en", "es"))
    differing = [
        code
        for code in set(english) & set(spanish)
        if set.union(*map(fields, english[code])) != set.union(*map(fields, spanish[code]))
    ]
    assert differing == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_plurals(domain):
    english, spanish = (catalogue(language, domain) for language in ("en", "es"))
    assert {code: len(forms) for code, forms in english.items()} == {
        code: len(forms) for code, forms in spanish.items()
    }


@pytest.mark.parametrize("domain", DOMAINS)
def test_values_are_named_and_never_counted_off(domain):
    for language in LANGUAGES:
        for forms in catalogue(language, domain).values():
            assert all(name.isidentifier() for form in forms for name in fields(form))


@pytest.mark.parametrize("domain", DOMAINS)
def test_spanish_does_not_use_english_quotation_marks(domain):
    quoted = [
        code
        for code, forms in catalogue("es", domain).items()
        if any(re.search(r"'\{", form) for form in forms)
    ]
    assert quoted == []


def test_what_the_code_says_is_in_both_languages():
    said = [(place, found[1]) for place, node in SYNTAX if (found := called(node)) and "." in found[1]]
    assert len(said) > 50
    assert [(place, code) for place, code in said if not known(code)] == []


def test_every_literal_that_looks_like_a_code_is_one():
    apart = pieces()
    literals = [
        (place, node.value) for place, node in SYNTAX if isinstance(node, ast.Constant) and node not in apart
    ]
    texts = [(place, text) for place, text in literals if isinstance(text, str)]
    codes = [
        (place, text) for place, text in texts if (found := CODE.fullmatch(text)) and found[2] not in FILES
    ]
    assert [(place, code) for place, code in codes if not known(code)] == []


def test_codes_that_are_put_together_lead_somewhere():
    for place, node in SYNTAX:
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            domain = start.split(".")[0]
            if re.fullmatch(rf"({'|'.join(DOMAINS)})\.[a-z0-9_]*", start) and len(node.values) > 1:
                assert any(code.startswith(start) for code in catalogue("en", domain)), (place, start)


def test_a_sentence_gets_every_value_that_it_names():
    wanting = []
    for place, node in SYNTAX:
        found = called(node)
        if found is None or found[0] not in ("say", "CxError") or not known(found[1]):
            continue
        assert isinstance(node, ast.Call)
        given = {keyword.arg for keyword in node.keywords}
        needed = set.union(*map(fields, catalogue("en", found[1].split(".")[0])[found[1]]))
        if None not in given and not needed <= given:
            wanting.append((place, found[1], needed - given))
    assert wanting == []
