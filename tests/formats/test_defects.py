"""The 18 known defects of real files (files.md section 11), each a test. P50."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from onroll.formats import Contact, PostalAddress, SchoolId, ground_readings
from tests.formats.files import HOME, SAM, SCHOOL, file, left, reading, rules, the

LOST = SchoolId("XXX", "XXXX")


def test_1_two_families_with_a_contact_of_the_same_name_stay_apart():
    mother = replace(SAM.contacts[0], lives_with=False, address=PostalAddress(("2 Other Road",)))
    other = replace(SAM, upn="A203102209083", contacts=(mother,))
    first, second = reading(file(SAM, other)).pupils
    assert first.contacts[0].address is None
    assert second.contacts[0].address == PostalAddress(("2 Other Road",))


def test_2_a_service_child_row_says_nothing_about_a_child():
    spoilt = file().replace("</Forename>", "</Forename><MoveConcern>N</MoveConcern>", 1)
    document = reading(spoilt)
    assert ("MoveConcern", "N") in [
        (path.rpartition("/")[2], text) for path, text in document.pupils[0].unmapped
    ]


def test_3_a_leaver_in_a_ctf_is_as_visible_as_one_in_a_cml():
    """Schools forget the CML, so the leaving date of a CTF counts too."""
    spell = reading(file()).pupils[0].sender
    assert spell is not None
    assert (spell.leaving_on, spell.leaving_reason) == (date(2026, 11, 20), "MI")


def test_4_a_browsers_copy_number_is_named_and_does_no_harm():
    document = reading(file(), "3102001_CTF_3104002_001 (1).xml")
    assert "(1)" in the("name-copy", document).message
    assert len(document.pupils) == 1


def test_4_a_file_for_another_school_is_named():
    document = reading(file(), "3102001_CTF_3109999_001.xml")
    assert "3109999" in the("name-header", document).message


def test_4_a_leavers_file_without_a_leaving_date_is_named():
    document = reading(file(left(leaving_on=None), data="CML"), "3102001_CML_310LLLL_001.xml")
    assert the("cml-leaving-date", document).path.endswith("SchoolHistory/School/LeavingDate")


def test_5_xs_for_a_home_educated_child_are_questioned():
    document = reading(file(left(leaving_reason="EL"), to=LOST), "3102001_CTF_XXXXXXX_001.xml")
    assert document.header.kind == "LOST"
    assert "Elective home education" in the("destination-should-be-m", document).message


def test_5_ms_for_a_missing_child_are_questioned():
    document = reading(file(to=SchoolId("MMM", "MMMM")), "3102001_CTF_MMMMMMM_001.xml")
    assert "XXXXXXX" in the("destination-should-be-x", document).message


def test_6_a_file_to_a_schools_old_number_keeps_number_and_urn():
    """Who is meant by an old number is for the register of schools to say."""
    to = SchoolId("310", "4999", "137002")
    header = reading(file(to=to), "3102001_CTF_3104999_001.xml").header
    assert (header.destination.number, header.destination.urn) == ("3104999", "137002")


def test_6_a_school_with_a_new_number_is_known_in_the_history_by_its_urn():
    pupil = reading(file(left(estab="2999"))).pupils[0]
    assert pupil.sender is not None
    assert pupil.sender.estab == "2999"


def test_7_empty_elements_are_no_value():
    spoilt = file().replace("<LeavingDate>2026-11-20</LeavingDate>", "<LeavingDate/>")
    spoilt = spoilt.replace("</LeavingReason>", "</LeavingReason><RemovalGrounds />")
    document = reading(spoilt)
    assert rules(document) == ["element-empty", "element-empty"]
    spell = document.pupils[0].schools[0]
    assert (spell.leaving_on, spell.removal_grounds) == (None, "")


def test_8_capitals_spaced_phones_and_chosen_names_stay_as_written():
    phones = (replace(SAM.phones[0], number="020 7946 0001"),)
    sam = replace(SAM, surname="INVENTEDNAME", chosen_surname="Othername", phones=phones)
    document = reading(file(sam))
    pupil = document.pupils[0]
    assert (pupil.surname, pupil.chosen_surname) == ("INVENTEDNAME", "Othername")
    assert pupil.phones[0].number == "020 7946 0001"
    assert the("phone-spaced", document).severity == "info"


def test_9_an_unknown_or_absent_urn_is_no_fault():
    spoilt = file(to=LOST).replace("<Estab>XXXX</Estab>", "<Estab>XXXX</Estab><URN>XXXXXX</URN>")
    spoilt = spoilt.replace("<URN>137001</URN>", "", 2)
    document = reading(spoilt, "3102001_CTF_XXXXXXX_001.xml")
    assert rules(document) == []
    assert document.header.destination.urn == "XXXXXX"


def test_10_capitals_order_and_blank_lines_do_not_matter():
    spoilt = file().replace(
        "<PostCode>HA1 2AB</PostCode>",
        "\n\n<Northing>2.0</Northing><Easting>1.0</Easting><ZIP>12345</ZIP>\n\n",
    )
    document = reading(spoilt)
    assert document.pupils[0].addresses[0].postcode == "12345"
    assert rules(document) == []


def test_11_a_contact_with_no_relationship_and_tied_contacts_are_read():
    contacts = (Contact(1, "Mr", "Inventedname", "Bob"), *(SAM.contacts * 3))
    spoilt = file(replace(SAM, contacts=contacts)).replace("<LEA>310</LEA>", "<LEA>706</LEA>")
    spoilt = spoilt.replace("<BasicDetails>", "<FSMhistory></FSMhistory><BasicDetails>")
    spoilt = spoilt.replace("02079460001", "123456")
    document = reading(spoilt, "7062001_CTF_7064002_001.xml")
    assert len(document.pupils[0].contacts) == 4
    assert rules(document) == ["contact-relationship-missing", "contact-order-tied"]


def test_12_support_that_has_ended_is_not_current():
    history = (
        "<SENhistory><SEN><StartDate>2019-01-01</StartDate><SENprovision>K</SENprovision></SEN>"
        "<SEN><StartDate>2024-01-01</StartDate><SENprovision>N</SENprovision></SEN></SENhistory>"
    )
    document = reading(file().replace("<Address>", history + "<Address>", 1))
    assert document.pupils[0].sen_provision == "N"


def test_13_a_wrong_check_letter_warns_and_an_unlike_former_upn_does_not():
    sam = replace(SAM, upn="G801200001001", former_upn="U80120000100A")
    document = reading(file(sam))
    assert rules(document) == ["upn-check-letter"]
    assert "should be H" in document.problems[0].message
    assert document.problems[0].severity == "warning"


def test_14_the_official_example_is_read_to_its_end():
    """Its faults are named one by one in test_official_example."""
    path = Path(__file__).parent / "samples" / "dfe_atf15_official_example.xml"
    assert len(reading(path.read_bytes()).pupils) == 1


def test_15_the_same_child_under_two_upns_stays_two_records():
    """To see that they may be one child is for matching, which shows them to a person."""
    document = reading(file(SAM, replace(SAM, upn="A203102209083")))
    assert [pupil.upn for pupil in document.pupils] == ["H801200001001", "A203102209083"]


def test_15_the_same_upn_on_two_records_is_named():
    document = reading(file(SAM, replace(SAM, forename="Kim")))
    assert "also on record 1" in the("upn-twice", document).message


def test_16_an_invented_layout_is_not_taken_for_a_ctf():
    spoilt = file().replace("<CTfile>", '<CTfile CTFversion="25">')
    spoilt = spoilt.replace("CTFpupilData>", "Pupils>")
    document = reading(spoilt)
    assert document.pupils == ()
    assert {"root-attributes", "pupils-misplaced", "pupils-none"} <= set(rules(document))


def test_17_a_temporary_upn_is_pointed_out():
    document = reading(file(replace(SAM, upn="U80120000100A")))
    assert the("upn-temporary", document).severity == "info"


def test_18_an_empty_group_is_no_fault():
    spoilt = file().replace("<SchoolHistory>", "<StageAssessments /><SchoolHistory>")
    assert rules(reading(spoilt)) == []


def test_a_file_without_fault_has_no_problems():
    document = reading(file())
    assert document.problems == ()
    assert document.pupils[0].addresses == (HOME,)
    assert document.header.source == SCHOOL


def test_both_letterings_are_shown_where_either_may_be_meant():
    """files.md 8.3: K is `died` in one and `not of school age` in the other. Never guessed."""
    labels = [reading.label for reading in ground_readings("K", "25.0", date(2026, 11, 20))]
    assert labels == ["Died", "Not of compulsory school age"]
    assert len(ground_readings("K", "25.0", None)) == 2
    assert len(ground_readings("K", "25.0", date(2024, 8, 19))) == 2


def test_only_2006_is_meant_before_the_2024_regulations():
    (only,) = ground_readings("k", "23.0", date(2024, 8, 18))
    assert (only.regulations, only.label) == ("2006", "Not of compulsory school age")
    assert ground_readings("P", "25.0", None) == ()


def test_the_letter_is_kept_and_a_person_is_asked():
    document = reading(file(left(removal_grounds="K"), data="CML"), "3102001_CML_310LLLL_001.xml")
    assert document.pupils[0].schools[0].removal_grounds == "K"
    message = the("ground-two-readings", document).message
    assert "Died" in message
    assert "Not of compulsory school age" in message
