"""The catalogues hold what the pages say, and nothing else (decision 28)."""

import gettext
import re
import unicodedata
from typing import Any

import pytest

from onroll.config import catalogues

FILES = catalogues.files()
FORMS = catalogues.FORMS
NUMBERS = {"%(number)s", "{number}", "{days}"}
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
        wanted = sorted(PLACEHOLDER.findall(string.split(FORMS)[0]))
        for form in translation.split(FORMS):
            here = sorted(PLACEHOLDER.findall(form))
            # One and two are words of their own in some languages.
            if FORMS in string and not NUMBERS & set(here):
                here = sorted([*here, *(each for each in wanted if each in NUMBERS)])
            assert here == wanted, form


@pytest.mark.parametrize("code", FILES)
def test_what_django_reads_is_what_was_written(code: str) -> None:
    path = FILES[code]
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    catalogue = catalogues.read(path.read_text(encoding="utf-8"))
    assert {string: _in(compiled, string) for string in catalogue} == catalogue
    assert "nobody yet" in compiled.info()["x-checked-by"]


def _in(compiled: Any, string: str) -> Any:
    """Return what a compiled catalogue holds: of a string with plural forms each of them once."""
    if FORMS not in string:
        return compiled.gettext(string)
    one, many = string.split(FORMS)
    number = catalogues.PLURALS[compiled.info()["language"]][0]
    by_form: dict[int, str] = {}
    for n in range(121):
        by_form.setdefault(compiled.plural(n), compiled.ngettext(one, many, n))
    return FORMS.join(by_form[form] for form in range(number))


@pytest.mark.parametrize(
    ("code", "n", "form"),
    [
        *(("pl", n, 0) for n in (1,)),
        *(("pl", n, 1) for n in (2, 4, 22, 104)),
        *(("pl", n, 2) for n in (0, 5, 12, 14, 21, 100, 112)),
        *(("ro", n, 0) for n in (1,)),
        *(("ro", n, 1) for n in (0, 2, 19, 101, 119)),
        *(("ro", n, 2) for n in (20, 28, 90, 100)),
        *(("ar", n, n) for n in (0, 1, 2, 3)),
        *(("ar", n, 3) for n in (10, 103, 110)),
        *(("ar", n, 4) for n in (11, 28, 90, 99, 111)),
        *(("ar", n, 5) for n in (100, 101, 102, 200)),
        *(("gu", n, 0) for n in (0, 1)),
        ("gu", 2, 1),
        ("ta", 1, 0),
        *(("ta", n, 1) for n in (0, 2, 28)),
    ],
)
def test_each_number_has_its_plural_form(code: str, n: int, form: int) -> None:
    with FILES[code].with_suffix(".mo").open("rb") as file:
        compiled: Any = gettext.GNUTranslations(file)
    assert compiled.plural(n) == form


@pytest.mark.parametrize("code", READ_FROM_THE_RIGHT)
def test_names_and_numbers_are_not_turned_round(code: str) -> None:
    catalogue = catalogues.read(FILES[code].read_text(encoding="utf-8"))
    for translation in catalogue.values():
        rest = ISOLATED.sub("", re.sub(r"<a [^>]*>", "", translation))
        assert not re.search(r"%\(\w+\)s|\{[\w.]+\}", rest), translation


def test_what_is_written_is_read_again() -> None:
    strings = catalogues.strings()
    wanted = {
        string: FORMS.join([f'“{string}” "q" \\ é\nsecond line'.replace(FORMS, " ")] * 3)
        if FORMS in string
        else f'“{string}” "q" \\ é\nsecond line'
        for string in strings
    }
    assert catalogues.read(catalogues.render("ro", wanted)) == wanted


def test_strings_are_taken_from_templates_code_and_rules() -> None:
    strings = set(catalogues.strings())
    assert {"Skip to main content", "Back", "Is it your own child?", "Monday"} <= strings
    assert {
        "Could the child be hurt soon?",
        "A neighbour",
        "We have decided what happens next",
    } <= strings
    assert "" not in strings


@pytest.mark.parametrize("code", READ_FROM_THE_RIGHT)
def test_what_is_all_placeholders_is_read_from_the_right_as_well(code: str) -> None:
    """Isolated itself, such as hours inside a sentence, it has only what stands between them.

    A comma has no direction (Unicode bidi P2, P3), so a mark says which: else days and hours swap.
    """
    catalogue = catalogues.read(FILES[code].read_text(encoding="utf-8"))
    swapped = [
        form
        for translation in catalogue.values()
        for form in translation.split(FORMS)
        if len(ISOLATED.findall(form)) > 1
        and not any(
            unicodedata.bidirectional(sign) in ("R", "AL", "L")
            for sign in ISOLATED.sub("", re.sub("<[^>]*>", "", form))
        )
    ]
    assert swapped == []
