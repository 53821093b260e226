"""DfE's own example of an ATF is itself invalid; each fault is named. P50; files.md 11.14."""

from pathlib import Path

import pytest

from onroll.formats import read

EXAMPLE = Path(__file__).parent / "samples" / "dfe_atf15_official_example.xml"
PUPIL = "/ATfile/ATFpupilData/Pupil[1]"


@pytest.mark.parametrize(
    ("rule", "path", "word"),
    [
        ("dob-impossible", f"{PUPIL}/DOB", "2007-02-29"),
        ("upn-check-letter", f"{PUPIL}/UPN", "should be P"),
        ("upn-authority", f"{PUPIL}/UPN", "123"),
        ("upn-again", f"{PUPIL}/BasicDetails/UPN", "A12345678912A"),
        ("uln-form", f"{PUPIL}/UniqueLearnerNumber", "11 characters"),
        ("text-stray", f"{PUPIL}/Address", "OR"),
        ("address-both", f"{PUPIL}/Address", "two ways"),
        ("text-stray", f"{PUPIL}/Contacts/Contact[2]/Address", "OR"),
        ("address-both", f"{PUPIL}/Contacts/Contact[2]/Address", "two ways"),
        ("markup-in-text", "/ATfile/Header/SuppInfo/foo[2]", "fooatr="),
        ("contact-sex", f"{PUPIL}/Contacts/Contact[2]/Relationship", "Joan"),
        ("la-unknown", "/ATfile/Header/SourceSchool/LEA", "999"),
        ("la-unknown", "/ATfile/Header/DestSchool/LEA", "111"),
        ("urn-shared", "/ATfile/Header/DestSchool/URN", "123456"),
        ("academic-year", "/ATfile/Header/SourceSchool/AcademicYear", "2017"),
        ("version-old", "/ATfile/Header/ATFversion", "15.0"),
        ("leaving-reason-historic", f"{PUPIL}/SchoolHistory/School/LeavingReason", "MS"),
        ("address-padded", f"{PUPIL}/Address/BS7666Address/PAON", "house number"),
        ("phone-spaced", f"{PUPIL}/Phones/Phone/PhoneNo", "01234 999999"),
    ],
)
def test_each_fault_is_named_where_it_stands(rule, path, word):
    problems = read(EXAMPLE, name=EXAMPLE.name).problems
    assert any(
        problem.rule == rule and problem.path == path and word in problem.message
        for problem in problems
    )


def test_it_is_read_to_the_end_all_the_same():
    document = read(EXAMPLE, name=EXAMPLE.name)
    (pupil,) = document.pupils
    assert document.header.kind == "ATF"
    assert (pupil.surname, pupil.born, pupil.born_text) == ("ExampleSurname", None, "2007-02-29")
    assert pupil.application_reference == "999-2018-09-K-123456"
    assert [contact.order for contact in pupil.contacts] == [1, 4]
    assert pupil.schools[0].name == "Example Junior"


def test_both_forms_of_address_are_kept():
    (pupil,) = read(EXAMPLE, name=EXAMPLE.name).pupils
    assert [address.lines[0] for address in pupil.addresses] == ["2 Flat", "Example Cottage"]


def test_what_has_no_place_is_kept_word_for_word():
    document = read(EXAMPLE, name=EXAMPLE.name)
    kept = dict(document.header.unmapped)
    assert kept["/ATfile/Header/SuppInfo/nestedfoo/street"] == "11 made-up street"
    assert (f"{PUPIL}/Address", "OR") in document.pupils[0].unmapped


def test_the_background_is_read_in_its_codes():
    (pupil,) = read(EXAMPLE, name=EXAMPLE.name).pupils
    assert (pupil.ethnicity, pupil.first_language, pupil.letters_language) == ("WBRI", "ENG", "")
    assert pupil.has_free_meals is True  # one of the two times has no end
