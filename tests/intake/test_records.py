"""What is kept of a record is all of it (nothing of a file is ever lost)."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.formats import Contact, Phone, PostalAddress, PupilRecord, SchoolSpell
from onroll.intake.records.facts import facts_of
from onroll.intake.records.fingerprints import fingerprint
from onroll.intake.records.stored import from_json, to_json
from tests.intake.world import BORN

# PostgreSQL keeps neither of these, and no file Onroll reads can hold them.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
DAY = st.none() | st.dates()
TRUTH = st.none() | st.booleans()


def some(part):
    return st.lists(part, max_size=3).map(tuple)


PHONE = st.builds(Phone, TEXT, TEXT)
ADDRESS = st.builds(
    PostalAddress, some(TEXT), TEXT, TEXT, TEXT, TEXT, TEXT, starts_on=DAY, ends_on=DAY
)
CONTACT = st.builds(
    Contact,
    order=st.none() | st.integers(0, 99),
    title=TEXT,
    surname=TEXT,
    forename=TEXT,
    relationship=TEXT,
    has_responsibility=TRUTH,
    lives_with=TRUTH,
    address=st.none() | ADDRESS,
    phones=some(PHONE),
    email=TEXT,
    middle_names=TEXT,
    sex=TEXT,
)
SPELL = st.builds(
    SchoolSpell,
    *[TEXT] * 4,
    entry_on=DAY,
    leaving_on=DAY,
    leaving_reason=TEXT,
    removal_grounds=TEXT,
    is_sender=st.booleans(),
    entry_text=TEXT,
    leaving_text=TEXT,
)
WORDS = (
    *("upn", "former_upn", "uln", "surname", "forename", "middle_names", "former_surname"),
    *("chosen_surname", "chosen_forename", "born_text", "sex", "year_group", "email"),
    *("care_authority", "sen_provision", "application_reference"),
    *("ethnicity", "first_language", "letters_language", "enrol_status"),
)
RECORD = st.builds(
    PupilRecord,
    index=st.integers(1, 10**6),
    born=DAY,
    addresses=some(ADDRESS),
    phones=some(PHONE),
    contacts=some(CONTACT),
    schools=some(SPELL),
    is_looked_after=TRUTH,
    has_free_meals=TRUTH,
    unmapped=some(st.tuples(TEXT, TEXT)),
    **dict.fromkeys(WORDS, TEXT),
)


@settings(max_examples=300, deadline=None)
@given(RECORD)
def test_a_record_comes_back_from_what_is_kept_as_it_was(record: PupilRecord) -> None:
    kept = json.loads(json.dumps(to_json(record)))
    assert from_json(kept) == record


def test_every_part_of_a_record_is_tried() -> None:
    """A field added to a record must be kept too."""
    tried = {"index", "born", "addresses", "phones", "contacts", "schools", "is_looked_after"}
    tried |= {"unmapped", "problems", "has_free_meals"}
    assert tried | set(WORDS) == set(PupilRecord.__slots__)


def test_the_identity_of_a_record_does_not_hang_on_case_or_spaces() -> None:
    said = PupilRecord(surname="O'Example", forename="Anne-Marie", born=BORN, sex="F", upn="x1")
    loud = PupilRecord(surname="O’EXAMPLE", forename="ANNE MARIE", born=BORN, sex="F", upn="X1")
    assert fingerprint(said) == fingerprint(loud)


def test_two_records_that_say_too_little_are_not_one_identity() -> None:
    one = PupilRecord(index=1, surname="Example")
    other = PupilRecord(index=2, surname="Example")
    assert fingerprint(one) != fingerprint(other)


def test_a_date_before_the_year_1000_is_kept() -> None:
    """Schools do write such dates; the day is a problem, the record is not."""
    record = PupilRecord(born=date(215, 3, 4))
    assert from_json(to_json(record)) == record


def test_a_postcode_that_stands_for_no_home_leaves_no_empty_address() -> None:
    """ZZ99 3VZ with nothing beside it would show as a home of which nothing is known."""
    homes = (
        PostalAddress(postcode="ZZ99 3VZ"),
        PostalAddress(("NFA",), postcode="ZZ99 3VZ"),
        PostalAddress(("1 Made-up Road",), postcode="ZZ99 3VZ"),
    )
    kept = [facts_of(PupilRecord(index=1, addresses=(home,))).addresses for home in homes]
    assert kept[:2] == [(), ()]
    assert [(home.lines, home.postcode) for home in kept[2]] == [(("1 Made-up Road",), "")]
