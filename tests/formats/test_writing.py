"""What we write, our own reader finds clean, and it says the same. P51; files.md 2, 3, 6.4, 13."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from onroll.formats import (
    Contact,
    Phone,
    PostalAddress,
    SchoolId,
    SchoolSpell,
    Unwritable,
    file_name,
    read,
    write_cmj,
    write_cml,
    write_ctf,
    write_lost_pupil_ctf,
)
from tests.formats.files import AUTHORITY, HOME, MADE_AT, NEXT, SAM, SCHOOL, left, rules

LOST = SchoolId("XXX", "XXXX")


def test_a_lost_pupil_file_holds_one_child_and_goes_to_the_xs():
    content = write_lost_pupil_ctf(SAM, source=SCHOOL, made_at=MADE_AT)
    name = file_name("LOST", source=SCHOOL, destination=LOST)
    document = read(content, name=name)
    assert name == "3102001_CTF_XXXXXXX_001.xml"
    assert (document.header.kind, document.header.destination) == ("LOST", LOST)
    assert document.pupils == (SAM,)
    assert document.problems == ()


def test_a_ctf_to_a_known_school_says_what_it_was_given():
    content = write_ctf([SAM, replace(SAM, index=2, upn="A203102209083")], source=SCHOOL,
                        destination=NEXT, made_at=MADE_AT)  # fmt: skip
    document = read(content, name=file_name("CTF", source=SCHOOL, destination=NEXT))
    assert document.pupils == (SAM, replace(SAM, index=2, upn="A203102209083"))
    assert document.problems == ()


def test_a_cml_carries_the_ground_and_goes_to_the_authority():
    content = write_cml([left(removal_grounds="I")], source=SCHOOL, made_at=MADE_AT)
    document = read(content, name=file_name("CML", source=SCHOOL, destination=AUTHORITY))
    assert (document.header.kind, document.header.destination) == ("CML", AUTHORITY)
    assert document.pupils[0].schools[0].removal_grounds == "I"
    assert rules(document) == ["ground-two-readings"]


def test_a_cmj_is_read_clean_even_for_a_child_with_no_upn_yet():
    joined = replace(left(leaving_on=None, leaving_reason=""), upn="")
    content = write_cmj([joined], source=SCHOOL, made_at=MADE_AT)
    document = read(content, name=file_name("CMJ", source=SCHOOL, destination=AUTHORITY))
    assert document.header.kind == "CMJ"
    assert rules(document) == ["upn-missing-mover"]


def test_sex_is_written_from_version_25_and_gender_before():
    new = write_ctf([SAM], source=SCHOOL, destination=NEXT, made_at=MADE_AT)
    old = write_ctf([SAM], source=SCHOOL, destination=NEXT, made_at=MADE_AT, version=24)
    assert (b"<Sex>F</Sex>" in new, b"Gender" in new) == (True, False)
    assert (b"<Gender>F</Gender>" in old, b"Sex" in old) == (True, False)


def test_the_bytes_are_as_dfe_writes_them():
    """UTF-8 without BOM, no namespace, no attributes, nothing empty, letters as they are."""
    sam = replace(SAM, surname="Éx & <ample>")
    content = write_ctf([sam], source=SCHOOL, destination=NEXT, made_at=MADE_AT)
    text = content.decode("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n<CTfile>\n')
    assert not [odd for odd in ("xmlns", "/>", "></") if odd in text]
    assert read(content, name="").pupils[0].surname == "Éx & <ample>"


def test_elements_stand_in_dfes_order():
    content = write_ctf([SAM], source=SCHOOL, destination=NEXT, made_at=MADE_AT).decode()
    names = ("<UPN>", "<Surname>", "<Forename>", "<DOB>", "<Sex>", "<BasicDetails>", "<Address>",
             "<Phones>", "<Contacts>", "<SchoolHistory>", "<EntryDate>", "<LeavingDate>",
             "<LeavingReason>")  # fmt: skip
    places = [content.index(name, content.index("<Pupil>")) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "missing", [{"surname": ""}, {"forename": ""}, {"born": None}, {"sex": ""}, {"upn": ""}]
)
def test_a_pupil_without_core_data_is_not_written(missing):
    with pytest.raises(Unwritable, match="it needs the pupil's"):
        write_lost_pupil_ctf(replace(SAM, **missing), source=SCHOOL, made_at=MADE_AT)


@pytest.mark.parametrize("reason", ["EL", "LC", "II", "PF", "IF", "DD"])
def test_a_child_whose_whereabouts_are_known_is_not_written_as_lost(reason):
    with pytest.raises(Unwritable, match="it is known what became"):
        write_lost_pupil_ctf(left(leaving_reason=reason), source=SCHOOL, made_at=MADE_AT)


def test_a_lost_pupil_file_needs_the_day_the_pupil_left():
    with pytest.raises(Unwritable, match="when the pupil left"):
        write_lost_pupil_ctf(left(leaving_on=None), source=SCHOOL, made_at=MADE_AT)


def test_a_ctf_to_nowhere_is_not_written():
    with pytest.raises(Unwritable, match="lost-pupil file"):
        write_ctf([SAM], source=SCHOOL, destination=LOST, made_at=MADE_AT)


def test_a_file_of_nobody_is_not_written():
    with pytest.raises(Unwritable, match="no pupil"):
        write_ctf([], source=SCHOOL, destination=NEXT, made_at=MADE_AT)


def test_an_old_leaving_reason_is_not_written_anew_but_history_stays():
    with pytest.raises(Unwritable, match="no longer used"):
        write_cml([left(leaving_reason="MD")], source=SCHOOL, made_at=MADE_AT)
    past = SchoolSpell("310", "2000", "", "Made-up Infants", leaving_reason="MS")
    sam = replace(SAM, schools=(*SAM.schools, past))
    content = write_ctf([sam], source=SCHOOL, destination=NEXT, made_at=MADE_AT)
    assert read(content, name="").pupils[0].schools[1] == past


def test_a_character_xml_cannot_hold_is_explained():
    with pytest.raises(Unwritable, match="Retype"):
        write_ctf(
            [replace(SAM, surname="A\x00B")], source=SCHOOL, destination=NEXT, made_at=MADE_AT
        )


def test_serials_run_from_1_to_999():
    assert file_name("CML", source=SCHOOL, destination=AUTHORITY, serial=12).endswith("_012.xml")
    with pytest.raises(ValueError, match="1 to 999"):
        file_name("CML", source=SCHOOL, destination=AUTHORITY, serial=1000)
    with pytest.raises(ValueError, match="pattern"):
        file_name("CML", source=SchoolId("1", "2"), destination=AUTHORITY)


def test_everything_a_record_can_hold_comes_back():
    """Two addresses, the second with the day it begins: where a leaver is going (reg 8(3))."""
    home = PostalAddress(("2 Invented Road",), "Madeupton", "", "HA1 2AB", "10001", "England")
    next_home = replace(HOME, starts_on=date(2026, 12, 1), ends_on=date(2027, 1, 1))
    far = PostalAddress(("1", "2", "3", "4", "5", "6"), postcode="HA1 2AB")
    father = Contact(
        2, "Mr", "Othername", "Bob", "PAF", False, None, far, (Phone("W", "02079460002"),),
        "bob@example.org", "Lee", "M",
    )  # fmt: skip
    sam = replace(
        SAM, uln="1000000043", former_upn="U80120000100A", chosen_surname="Chosen",
        former_surname="Before", chosen_forename="Sammy", addresses=(home, next_home),
        email="sam@example.org", contacts=(*SAM.contacts, father), is_looked_after=True,
        care_authority="310", sen_provision="E",
    )  # fmt: skip
    content = write_ctf([sam], source=SCHOOL, destination=NEXT, made_at=MADE_AT)
    document = read(content, name=file_name("CTF", source=SCHOOL, destination=NEXT))
    lines = replace(far, lines=("1", "2", "3", "4", "5, 6"))
    father = replace(father, lives_with=False, address=lines)
    assert document.pupils == (replace(sam, contacts=(*SAM.contacts, father)),)
    assert rules(document) == []


def test_a_moment_is_written_as_clocks_in_england_show_it():
    """Half past eleven in the evening of 31 July by UTC is August in England, and a new year."""
    moment = datetime(2026, 7, 31, 23, 30, 5, 999, tzinfo=UTC)
    content = write_ctf([SAM], source=SCHOOL, destination=NEXT, made_at=moment)
    assert b"<DateTime>2026-08-01T00:30:05</DateTime>" in content
    assert b"<AcademicYear>2026</AcademicYear>" in content
