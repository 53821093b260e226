"""Reading files as they are: any order, namespace, encoding, size. P50; files.md 3, 13."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onroll.formats import SchoolId, SchoolSpell, Unreadable, parse_name, read, stream
from onroll.formats.authorities import AUTHORITIES
from onroll.formats.safe_xml import Capped
from onroll.placeholders import authority_codes
from tests.formats.files import SAM, SCHOOL, file, left, reading, rules, the


@pytest.mark.parametrize("version", range(12, 26))
def test_every_version_from_12_to_25_is_read(version):
    document = reading(file(version=version))
    assert document.header.major == version
    assert document.pupils[0].sex == "F"
    assert rules(document) == (["version-old"] if version < 24 else [])


def test_a_version_to_come_is_read_with_a_warning():
    assert the("version-new", reading(file(version=26))).severity == "warning"


def test_a_file_with_the_old_namespace_reads_the_same():
    plain, spaced = (
        file(),
        file().replace("<CTfile>", '<CTfile xmlns="http://www.dcsf.gov.uk/schemas/cbds">'),
    )
    assert reading(spaced).pupils == reading(plain).pupils


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_letters_survive_every_declared_encoding(encoding):
    text = (
        file()
        .replace("Inventedname", "Éxample")
        .replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    )
    assert reading(text.encode(encoding)).pupils[0].surname == "Éxample"


def test_blank_lines_before_the_declaration_do_no_harm():
    assert reading(b"\xef\xbb\xbf\r\n \n" + file().encode()).pupils == reading(file()).pupils


def test_elements_in_another_order_say_the_same():
    text = file()
    surname = "<Surname>Inventedname</Surname>"
    moved = text.replace(surname, "", 1).replace("</Pupil>", f"{surname}</Pupil>")
    assert reading(moved).pupils == reading(text).pupils


def test_a_header_after_the_pupils_is_found():
    text = file()
    start, end = text.index("<Header>"), text.index("</Header>") + len("</Header>")
    moved = (text[:start] + text[end:]).replace("</CTfile>", text[start:end] + "</CTfile>")
    assert reading(moved) == reading(text)


def test_what_nobody_knows_is_kept_and_shown_wherever_it_stands():
    text = file()
    for before in ("<UPN>", "<NCyearActual>", "<PostCode>", "<Responsibility>", "<EntryDate>"):
        text = text.replace(before, f"<Zzz a='1'>said</Zzz>{before}", 1)
    text = text.replace(
        "<SchoolHistory>",
        "<Attendance><YearData><Zzz>said</Zzz></YearData></Attendance><SchoolHistory>",
    )
    document = reading(text)
    said = [path for path, words in document.pupils[0].unmapped if words == "said"]
    assert len(said) == 6
    assert rules(document) == ["element-unknown"] * 6
    assert reading(file()).pupils[0].contacts == document.pupils[0].contacts


LANGUAGES = "<Languages>{}</Languages>".format(
    "".join(
        f"<Type><LanguageType>{kind}</LanguageType><Language>{code}</Language></Type>"
        for kind, code in (("H", "ENG"), ("C", "guj "), ("M", "NEP"), ("M", "HIN"))
    )
)


def free_meals(*ends: str) -> str:
    times = "".join(
        f"<FSMinstance><FSMstartDate>2024-09-02</FSMstartDate>{end}</FSMinstance>" for end in ends
    )
    return f"<FSMhistory><FSMreviewDate>2026-09-01</FSMreviewDate>{times}</FSMhistory>"


def test_ethnicity_and_languages_are_read_in_their_codes():
    spoken = f"<Ethnicity>anep</Ethnicity>{LANGUAGES}</BasicDetails>"
    document = reading(file().replace("</BasicDetails>", spoken))
    (pupil,) = document.pupils
    assert (pupil.ethnicity, pupil.first_language, pupil.letters_language) == ("ANEP", "NEP", "GUJ")
    assert (rules(document), pupil.unmapped) == ([], ())


@pytest.mark.parametrize(
    ("ends", "runs"),
    [
        ([""], True),
        (["<FSMendDate>2026-11-22</FSMendDate>"], False),
        (["<FSMendDate>2026-11-23</FSMendDate>"], True),
        (["<FSMendDate>2025-11-23</FSMendDate>", ""], True),
        ([], None),
    ],
)
def test_free_meals_run_where_a_time_of_them_has_not_ended(ends, runs):
    """The file is made on 23 November 2026."""
    document = reading(file().replace("</BasicDetails>", f"</BasicDetails>{free_meals(*ends)}"))
    assert document.pupils[0].has_free_meals is runs
    assert rules(document) == []


def test_a_file_that_says_nothing_of_the_background_says_nothing_of_it():
    (pupil,) = reading(file()).pupils
    said = (pupil.ethnicity, pupil.first_language, pupil.letters_language, pupil.has_free_meals)
    assert said == ("", "", "", None)


def test_an_element_given_twice_keeps_both():
    document = reading(file().replace("<Surname>", "<Surname>Earliername</Surname><Surname>", 1))
    assert document.pupils[0].surname == "Earliername"
    assert document.pupils[0].unmapped[0][1] == "Inventedname"
    assert rules(document) == ["element-again"]


def test_a_tag_inside_a_name_is_not_cut_off_in_silence():
    document = reading(file().replace("Inventedname</Surname>", "In<b>vented</b>name</Surname>", 1))
    kept = [text for _, text in document.pupils[0].unmapped]
    assert {"In", "vented", "name"} <= set(kept)
    assert "surname-missing" in rules(document)


def test_a_suppliers_own_data_is_kept_without_complaint():
    text = file().replace(
        "<Order>", "<SuppInfo><SuppID>SIMS</SuppID><CourtOrder>true</CourtOrder></SuppInfo><Order>"
    )
    document = reading(text)
    assert document.pupils[0].unmapped[0][1] == "true"
    assert rules(document) == []


@pytest.mark.parametrize(
    ("data", "kind"), [("CML", "CML"), ("CMJ", "CMJ"), ("PHO", "CTF"), ("", "CTF")]
)
def test_the_kind_comes_from_the_data_qualifier(data, kind):
    assert reading(file(data=data), f"3102001_{data or 'CTF'}_310LLLL_001.xml").header.kind == kind


def test_without_it_the_kind_comes_from_the_name_and_says_so():
    text = file(data="CMJ").replace("<DataQualifier>CMJ</DataQualifier>", "")
    document = reading(text, "3102001_CMJ_310LLLL_001.xml")
    assert document.header.kind == "CMJ"
    assert "kind-from-name" in rules(document)


def test_without_both_the_kind_is_guessed_and_says_so():
    text = file(data="CML").replace("<DataQualifier>CML</DataQualifier>", "")
    document = reading(text, "CTF.xml")
    assert document.header.kind == "CML"
    assert "kind-guessed" in rules(document)


def test_a_joiners_file_without_an_entry_date_is_named():
    text = file(data="CMJ").replace("<EntryDate>2023-09-04</EntryDate>", "")
    assert "cmj-entry-date" in rules(reading(text, "3102001_CMJ_310LLLL_001.xml"))


def test_a_leavers_file_without_ground_or_contact_is_named():
    text = file(data="CML")
    text = text[: text.index("<Contacts>")] + text[text.index("</Contacts>") + len("</Contacts>") :]
    document = reading(text, "3102001_CML_310LLLL_001.xml")
    assert rules(document) == ["contacts-none", "cml-ground"]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("Inventedname</Surname>", "</Surname>", "surname-missing"),
        ("Inventedname</Surname>", "-</Surname>", "name-filler"),
        ("Sam</Forename>", "Unknown</Forename>", "name-filler"),
        ("Sam</Forename>", "</Forename>", "forename-missing"),
        ("<DOB>2014-03-02</DOB>", "", "dob-missing"),
        ("2014-03-02", "2014-02-30", "dob-impossible"),
        ("2014-03-02", "02/03/2014", "dob-form"),
        ("2014-03-02", "02/03/14", "dob-short-year"),
        ("2014-03-02", "1950-03-02", "dob-implausible"),
        ("2014-03-02", "2026-11-01", "dob-implausible"),
        ("2014-03-02", "2027-03-02", "dob-future"),
        ("<Sex>F</Sex>", "", "sex-missing"),
        ("<Sex>F</Sex>", "<Sex>Q</Sex>", "sex-unknown"),
        ("<Sex>F</Sex>", "<Gender>F</Gender>", "sex-element"),
        ("<UPN>H801200001001</UPN>", "", "upn-missing"),
        ("H801200001001", "H8012", "upn-form"),
        ("</UPN>", "</UPN><UniqueLearnerNumber>123</UniqueLearnerNumber>", "uln-form"),
        (
            "</UPN>",
            "</UPN><UniqueLearnerNumber>1234567890</UniqueLearnerNumber>",
            "uln-check-digit",
        ),
        (">8<", ">99<", "code-unknown"),
        ("HA1 2AB", "NOWHERE", "postcode-form"),
        ("2023-09-04", "2027-09-04", "leaving-before-entry"),
        ("2023-09-04", "yesterday", "date-impossible"),
        ("2023-09-04", "04/09/2023", "date-form"),
        ("2023-09-04", "2013-09-04", "date-implausible"),
        ("2026-11-20", "2062-11-20", "date-implausible"),
        (">MI<", ">ZZ<", "code-unknown"),
        (">MI<", ">MD<", "leaving-reason-historic"),
        (">PAM<", ">GUA<", "code-unknown"),
        ("Inventedname</Surname>", "x" * 36 + "</Surname>", "too-long"),
        ("2026-11-23T10:15:00", "today", "date-time"),
        ("2026-11-23T10:15:00", "2205-11-23T10:15:00", "date-time-implausible"),
        ("2026-11-23T10:15:00", "2006-11-23T10:15:00", "date-time-implausible"),
        (">full<", ">whole<", "qualifier-unknown"),
        ("<CTFversion>25.0</CTFversion>", "", "version-missing"),
        ("<Estab>2001</Estab>", "<Estab>20</Estab>", "school-number"),
        ("<AcademicYear>2026", "<AcademicYear>2019", "academic-year"),
        ("<AcademicYear>2026", "<AcademicYear>2026/27", "academic-year-form"),
        ("Common Transfer File", "Something Else", "document-name"),
    ],
)
def test_each_fault_is_named_once(before, after, rule):
    assert before in file()
    assert rules(reading(file().replace(before, after, 1))).count(rule) == 1


def test_a_looked_after_child_needs_an_authority():
    text = file().replace("<Address>", "<LookedAfter><InCare>1</InCare></LookedAfter><Address>", 1)
    document = reading(text)
    assert document.pupils[0].is_looked_after is True
    assert rules(document) == ["care-authority-missing"]


def test_two_pupils_in_a_lost_pupil_file_are_named():
    text = file(SAM, SAM).replace("<LEA>310</LEA><Estab>4002", "<LEA>XXX</LEA><Estab>XXXX")
    text = text.replace("<LEA>310</LEA>\n      <Estab>4002", "<LEA>XXX</LEA>\n      <Estab>XXXX")
    assert "lost-many" in rules(reading(text, "3102001_CTF_XXXXXXX_001.xml"))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-07-22T23:30:00Z", date(2026, 7, 23)),
        ("2026-07-23T00:30:00+05:30", date(2026, 7, 22)),
        ("2026-07-22T23:30:00", date(2026, 7, 22)),
    ],
)
def test_a_moment_with_a_time_zone_is_one_by_the_clocks_of_england(written, day):
    made_at = reading(file().replace("2026-11-23T10:15:00", written)).header.made_at
    assert made_at is not None
    assert (made_at.date(), made_at.tzinfo) == (day, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2014-05-01T23:00:00Z", date(2014, 5, 2)),
        ("2014-03-02T00:00:00", date(2014, 3, 2)),
        ("2014-03-02Z", date(2014, 3, 2)),
        ("2014-03-02+01:00", date(2014, 3, 2)),
    ],
)
def test_a_birthday_with_a_time_zone_is_the_day_it_was_in_england(written, day):
    document = reading(file().replace("2014-03-02", written))
    assert (document.pupils[0].born, rules(document)) == (day, [])


def test_a_file_with_no_pupil_is_an_error():
    text = file()
    text = text[: text.index("<Pupil>")] + text[text.index("</Pupil>") + len("</Pupil>") :]
    assert the("pupils-none", reading(text)).severity == "error"


def test_a_school_history_without_the_sender_takes_the_latest_and_says_so():
    document = reading(
        file()
        .replace("<Estab>2001</Estab>", "<Estab>2999</Estab>", 1)
        .replace("137001", "137009", 1)
    )
    assert "sender-guessed" in rules(document)
    assert document.pupils[0].sender is not None


def test_a_stream_gives_the_head_first_and_the_same_pupils(tmp_path: Path):
    path = tmp_path / "3102001_CTF_3104002_001.xml"
    path.write_text(file(SAM, SAM, SAM), "utf-8")
    with path.open("rb") as opened:
        reader = stream(opened, name=path.name)
        assert reader.header.source == SCHOOL
        assert tuple(reader) == read(path, name=path.name).pupils
        assert reader.count == 3


def test_a_source_that_can_be_read_once_is_read():
    class Once(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert len(list(stream(Once(file().encode()), name=""))) == 1


def test_a_broken_end_is_told_only_at_the_end_and_then_it_is_told():
    text = file(SAM, SAM)
    pupils = iter(stream(text[: text.rindex("</Pupil>")].encode(), name=""))
    assert next(pupils).surname == "Inventedname"
    with pytest.raises(Unreadable, match="stops before its end"):
        list(pupils)


PEAK = """
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from onroll.formats import stream
count = sum(1 for _ in stream(Path(sys.argv[1]), name=""))
status = Path("/proc/self/status").read_text()  # its own peak; getrusage gives the parent's too
print(count, status.partition("VmHWM:")[2].split()[0])
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path):
    """Six times as many pupils may take a few megabytes more, not six times as much."""
    peaks = []
    for pupils in (1500, 9000):
        path = tmp_path / f"{pupils}.xml"
        path.write_text(file(*[SAM] * pupils), "utf-8")
        ran = subprocess.run(
            [sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True
        )
        count, peak = map(int, ran.stdout.split())
        assert count == pupils
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 4096


def test_a_record_of_many_megabytes_is_refused():
    capped = Capped(io.BytesIO(b"x" * 9_000_000), most=10_000_000)
    with pytest.raises(Unreadable, match="one pupil is larger"):
        capped.read()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("3101234_CTF_3105678_001.xml", "CTF"),
        ("310LLLL_CTF_3101234_001.xml", "CTF"),
        ("3101234_ctf_XXXXXXX_001.XML", "CTF"),
        ("3101234_CTF_MMMMMMM_001.xml", "CTF"),
        ("3101234_CML_310LLLL_001.xml", "CML"),
    ],
)
def test_names_are_understood(name, kind):
    parsed = parse_name(name)
    assert parsed is not None
    assert (parsed.kind, parsed.serial) == (kind, 1)


@pytest.mark.parametrize("name", ["CTF.xml", "3101234_CTF_3105678_1.xml", "3101234_CTF_001.xml"])
def test_a_name_outside_the_pattern_is_no_reason_to_refuse(name):
    assert parse_name(name) is None
    assert the("name-pattern", reading(file(), name)).severity == "info"


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (("<Pupil>", "<Student><UPN>1</UPN></Student><Pupil>"), "Student"),
        (("</Pupil>", "</Pupil><Student/>"), "Student"),
        (("</CTfile>", "<Extra>x</Extra></CTfile>"), "Extra"),
        (("</Header>", "</Header><Header/>"), "Header"),
    ],
)
def test_what_stands_beside_the_pupils_is_not_passed_over_in_silence(spoil, name):
    """Nothing is read in part and called whole."""
    document = reading(file().replace(spoil[0], spoil[1], 1))
    assert len(document.pupils) == 1
    assert name in the("elements-outside", document).message


def test_what_suppliers_add_beside_the_pupils_is_no_fault():
    own = "<SuppInfo><SuppID>x</SuppID></SuppInfo>"
    assert rules(reading(file().replace("<Pupil>", own + "<Pupil>"))) == []


@pytest.mark.parametrize("name", ["Header", "CTFpupilData", "Pupil"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_capitals_of_the_frame_do_not_matter(name, case):
    document = reading(file().replace(f"{name}>", f"{case(name)}>"))
    assert len(document.pupils) == 1
    assert rules(document) == []


def test_a_partial_file_that_does_not_say_of_what_is_named():
    """files.md 13: partial without DataQualifier is a warning, whatever the kind."""
    spoilt = file().replace(">full<", ">partial<")
    assert "kind-from-name" in rules(reading(spoilt, "3102001_PHO_3104002_001.xml"))
    assert "kind-guessed" in rules(reading(spoilt))


def test_more_than_one_pupil_to_the_xs_is_named_in_a_partial_file_too():
    pupils = (SAM, replace(SAM, upn="A203102209083"))
    document = reading(file(*pupils, data="OTH", to=SchoolId("XXX", "XXXX")))
    assert "lost-many" in rules(document)


def test_words_in_place_of_a_upn_are_no_temporary_upn():
    assert rules(reading(file(replace(SAM, upn="NONE")))) == ["upn-form"]


def test_every_authority_that_may_stand_in_a_upn_is_known():
    """Law 9: 001 to 005 and the Welsh pseudo-codes among them."""
    assert authority_codes() <= AUTHORITIES.keys()


@pytest.mark.parametrize(
    ("old", "new", "rule", "word"),
    [
        (">CML<", ">ABC<", "data-qualifier-unknown", "ABC"),
        ("<RemovalGrounds>I<", "<RemovalGrounds>Z<", "ground-unknown", "A to O"),
        ("<LeavingReason>MI<", "<LeavingReason>QQ<", "code-unknown", "QQ"),
        (">M<", ">Q<", "code-unknown", "kind of telephone"),
        ("<Order>1<", "<Order>first<", "code-unknown", "first"),
        ("<Relationship>PAM<", "<Relationship>MUM<", "code-unknown", "MUM"),
        ("<Address>", "<SENhistory><SEN><SENprovision>Z</SENprovision></SEN></SENhistory><Address>",
         "code-unknown", "support for special needs"),
        ("<NCyearActual>8<", "<NCyearActual>99<", "code-unknown", "99"),
        ("DateTime>2026-11-23T", "DateTime>23/11/2026 ", "date-time", "23/11/2026"),
        ("<DocumentName>Common", "<DocumentName>Uncommon", "document-name", "Uncommon"),
        ("<LeavingDate>2026", "<LeavingDate>2020", "leaving-before-entry", "2020-11-20"),
        ("<Address>", "<LookedAfter><InCare>1</InCare></LookedAfter><Address>",
         "care-authority-missing", "which authority"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(old, new, rule, word):
    """files.md 13."""
    text = file(left(removal_grounds="I"), data="CML")
    assert old in text
    found = the(rule, reading(text.replace(old, new, 1), "3102001_CML_310LLLL_001.xml"))
    assert word in found.message


def test_a_school_with_no_number_must_have_a_name():
    spoilt = file(replace(SAM, schools=(SchoolSpell("XXX", "XXXX"),)))
    assert "school-unnamed" in rules(reading(spoilt))


def test_a_return_that_is_silent_about_its_own_school_is_named():
    document = reading(file(replace(SAM, schools=()), data="CML"), "3102001_CML_310LLLL_001.xml")
    assert rules(document) == ["sender-missing", "cml-leaving-date", "cml-ground"]


def test_where_no_school_is_the_sender_the_latest_is_taken_and_said():
    """files.md 6.3 (4)."""
    schools = (
        SchoolSpell("304", "2000", "", "Older", date(2019, 9, 2), date(2023, 7, 20)),
        SchoolSpell("304", "2001", "", "Newer", date(2023, 9, 4)),
    )
    document = reading(file(replace(SAM, schools=schools)))
    assert [one.name for one in document.pupils[0].schools if one.is_sender] == ["Newer"]
    assert "3042001" in the("sender-guessed", document).message
