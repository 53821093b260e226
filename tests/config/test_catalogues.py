"""The catalogues hold what the pages say, and nothing else (decision 28)."""

import gettext
import re

import pytest

from onroll.config import catalogues

FILES = catalogues.files()
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{[\w.]+\}|</?\w+[^>]*>")
ISOLATED = re.compile(r"\u2068(%\(\w+\)s|\{[\w.]+\})\u2069")
READ_FROM_THE_RIGHT = ("ar",)


@pytest.mark.parametrize("code", FILES)
def test_a_catalogue_holds_each_string_of_the_pages_once_and_no_other(code: str) -> None:
    path = FILES[code]
    assert catalogues.pages()[path] == path.read_text(encoding="utf-8"), "Run `make docs`."


@pytest.mark.parametrize("code", FILES)
def test_each_string_has_a_translation_with_the_same_placeholders(code: str) -> None:
    catalogue = catalogues.read(FILES[code].read_text(encoding="utf-8"))
    assert len(catalogue) > 150
    assert [string for string, translation in catalogue.items() if not translation.strip()] == []
    for string, translation in catalogue.items():
        assert sorted(PLACEHOLDER.findall(translation)) == sorted(PLACEHOLDER.findall(string))


@pytest.mark.parametrize("code", FILES)
def test_what_django_reads_is_what_was_written(code: str) -> None:
    path = FILES[code]
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    catalogue = catalogues.read(path.read_text(encoding="utf-8"))
    assert {string: compiled.gettext(string) for string in catalogue} == catalogue
    assert "nobody yet" in compiled.info()["x-checked-by"]


@pytest.mark.parametrize("code", READ_FROM_THE_RIGHT)
def test_names_and_numbers_are_not_turned_round(code: str) -> None:
    catalogue = catalogues.read(FILES[code].read_text(encoding="utf-8"))
    for translation in catalogue.values():
        rest = ISOLATED.sub("", re.sub(r"<a [^>]*>", "", translation))
        assert not re.search(r"%\(\w+\)s|\{[\w.]+\}", rest), translation


def test_what_is_written_is_read_again() -> None:
    strings = catalogues.strings()
    wanted = {string: f'“{string}” "q" \\ é\nsecond line' for string in strings}
    assert catalogues.read(catalogues.render("ro", wanted)) == wanted


def test_strings_are_taken_from_templates_code_and_rules() -> None:
    strings = set(catalogues.strings())
    assert {"Skip to main content", "Back", "Is it your own child?", "Monday"} <= strings
    assert "" not in strings
