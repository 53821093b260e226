"""What the facts of a closing say against each other and against the record (P30, P43)."""

from datetime import date
from typing import Any

import pytest

from onroll.rules.calendar import SchoolCalendar, Term
from onroll.rules.contradiction import DOUBTS, Chosen, Contradiction, Record, Stay
from onroll.rules.contradictions import contradictions
from onroll.rules.outcomes import OUTCOMES, Answer

TODAY = date(2026, 11, 18)
MONDAY, SATURDAY = date(2026, 11, 16), date(2026, 11, 14)
CALENDAR = SchoolCalendar(
    terms=(
        Term("first half", date(2026, 9, 1), date(2026, 10, 23)),
        Term("second half", date(2026, 11, 2), date(2026, 12, 18)),
    )
)
PRIMARY = Chosen("Larkfield", CALENDAR, True, lowest_age=3, highest_age=11)
BORN = date(2018, 5, 5)
RECORD = Record(missing_since_on=date(2026, 11, 7), born_on=BORN, school=PRIMARY)
CONFIRMED = {"confirmed_by": "Mrs Khan, the office", "confirmed_on": TODAY}
ON_ROLL = {"school": "Larkfield", "starts_on": MONDAY, "attended_on": MONDAY, **CONFIRMED}
AT_HOME = {
    "notice_by": "The mother",
    "notice_on": date(2026, 11, 9),
    "starts_on": date(2026, 11, 9),
    **CONFIRMED,
}
ELSEWHERE = {"provider": "A hospital school", "hours": "15", "starts_on": MONDAY, **CONFIRMED}
ABROAD = {
    "country": "Nepal",
    "address": "12 Lake Road, Pokhara",
    "provider": "Lake School",
    "starts_on": MONDAY,
    **CONFIRMED,
}
TAKEN_OVER = {"authority": "304", **CONFIRMED}
DIED = {"died_on": date(2026, 11, 9), **CONFIRMED}
ATTENDANCE = {"school": "Larkfield", "evidence": "At home, with a broken leg.", **CONFIRMED}


def found(code: str, facts: dict[str, Any], record: Record = RECORD) -> tuple[Contradiction, ...]:
    return contradictions(OUTCOMES[code], facts, record, on=TODAY)


def refused(code: str, facts: dict[str, Any], record: Record = RECORD) -> dict[str, str]:
    return {each.fact: each.words for each in found(code, facts, record) if not each.doubt}


def doubted(code: str, facts: dict[str, Any], record: Record = RECORD) -> dict[str, str]:
    return {each.doubt: each.words for each in found(code, facts, record) if each.doubt}


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("on_roll", ON_ROLL),
        ("home_educated", AT_HOME),
        ("other_provision", {**ELSEWHERE, "attended_on": MONDAY}),
        ("abroad_proved", ABROAD),
        ("abroad_believed", {**ABROAD, "evidence": "A boarding card."}),
        ("other_authority", TAKEN_OVER),
        ("died", DIED),
        ("attendance", ATTENDANCE),
    ],
)
def test_what_fits_is_left_in_peace(code: str, facts: dict[str, Any]):
    assert found(code, facts) == ()


# What cannot be so


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=list(OUTCOMES))
def test_each_day_still_to_come_is_refused_by_the_name_of_its_question(outcome):
    days = [fact for fact in outcome.facts if fact.answer == Answer.DAY]
    ahead = dict.fromkeys((fact.code for fact in days), date(2026, 12, 1))
    words = refused(outcome.code, ahead, Record(missing_since_on=TODAY))
    assert set(words) == {fact.code for fact in days}
    for fact in days:
        assert words[fact.code].startswith(f"{fact.question}: 1 December 2026 is still to come")
    assert len(set(words.values())) == len(days)


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=list(OUTCOMES))
def test_no_day_lies_before_the_child_was_born(outcome):
    days = [fact.code for fact in outcome.facts if fact.answer == Answer.DAY]
    words = refused(outcome.code, dict.fromkeys(days, date(2015, 9, 1)))
    assert set(words) == set(days)
    assert all("before the child was born, 5 May 2018" in each for each in words.values())


def test_on_the_roll_three_years_before_birth_proves_nothing():
    day = date(2015, 9, 1)
    facts = {**ON_ROLL, "starts_on": day, "attended_on": day, "confirmed_on": day}
    assert set(refused("on_roll", facts)) == {"starts_on", "attended_on", "confirmed_on"}


@pytest.mark.parametrize(
    ("code", "facts", "fact", "words"),
    [
        ("on_roll", {**ON_ROLL, "attended_on": date(2026, 11, 13)}, "attended_on", "first day on"),
        ("on_roll", {**ON_ROLL, "confirmed_on": date(2026, 11, 13)}, "confirmed_on", "not begun"),
        (
            "home_educated",
            {**AT_HOME, "confirmed_on": date(2026, 11, 8)},
            "confirmed_on",
            "cannot be confirmed",
        ),
        (
            "home_educated",
            {**AT_HOME, "notice_on": date(2026, 11, 17), "confirmed_on": date(2026, 11, 12)},
            "confirmed_on",
            "judged after the notice",
        ),
        ("abroad_proved", {**ABROAD, "confirmed_on": date(2026, 11, 2)}, "confirmed_on", "begun"),
        ("died", {**DIED, "confirmed_on": date(2026, 11, 8)}, "confirmed_on", "of a death"),
    ],
)
def test_nothing_is_confirmed_before_it_is_so(code, facts, fact, words):
    assert words in refused(code, facts)[fact]


def test_nobody_attends_first_on_a_day_when_that_school_is_closed():
    facts = {**ON_ROLL, "starts_on": SATURDAY, "attended_on": SATURDAY}
    assert refused("on_roll", facts)["attended_on"] == (
        "First day the child attended: Larkfield was closed on Saturday 14 November 2026. "
        "Nobody attended that day."
    )
    half_term = date(2026, 10, 28)
    facts = {**ON_ROLL, "starts_on": half_term, "attended_on": half_term}
    assert (
        "Larkfield was closed on Wednesday 28 October 2026"
        in refused("on_roll", facts)["attended_on"]
    )


def test_a_calendar_that_is_not_the_schools_own_only_raises_a_doubt():
    facts = {**ON_ROLL, "starts_on": SATURDAY, "attended_on": SATURDAY}
    theirs = Record(
        missing_since_on=RECORD.missing_since_on,
        school=Chosen("Boarding House", CALENDAR, is_calendar_its_own=False),
    )
    assert refused("on_roll", facts, theirs) == {}
    assert "was a Saturday" in doubted("on_roll", facts, theirs)["closed_day"]
    half_term = date(2026, 10, 28)
    assert (
        found("on_roll", {**facts, "starts_on": half_term, "attended_on": half_term}, theirs) == ()
    )
    unlisted = Record(missing_since_on=TODAY, school=Chosen("Hill", SchoolCalendar(), True))
    may_be_open = {**ON_ROLL, "starts_on": half_term, "attended_on": half_term}
    assert refused("on_roll", may_be_open, unlisted) == {}


def test_a_school_that_has_closed_has_nobody_on_its_roll():
    shut = Chosen("Larkfield", CALENDAR, True, is_open=False, closed_on=date(2026, 8, 31))
    record = Record(missing_since_on=TODAY, school=shut)
    for code, facts in (("on_roll", ON_ROLL), ("attendance", ATTENDANCE)):
        assert "Larkfield closed on 31 August 2026" in refused(code, facts, record)["school"]


@pytest.mark.parametrize(
    "country", ["England", "ENGLAND ", "the UK", "U.K.", "United Kingdom", "Wales", "Great Britain"]
)
def test_the_united_kingdom_is_not_abroad(country: str):
    for code in ("abroad_proved", "abroad_believed"):
        words = refused(code, {**ABROAD, "country": country, "evidence": "A ticket."})
        assert "is not abroad" in words["country"]


@pytest.mark.parametrize("country", ["Ireland", "Jersey", "Ukraine", "New Zealand"])
def test_other_countries_are_abroad(country: str):
    assert found("abroad_proved", {**ABROAD, "country": country}) == ()


@pytest.mark.parametrize("hours", ["abc", "0", "-5", "168", "full time", "61"])
def test_hours_that_are_no_hours_are_refused(hours: str):
    assert (
        "hours between 1 and 60"
        in refused("other_provision", {**ELSEWHERE, "hours": hours})["hours"]
    )


@pytest.mark.parametrize("hours", ["15", "12.5", "25 hours", "about 20 a week", "7,5"])
def test_hours_may_be_written_in_a_sentence(hours: str):
    assert found("other_provision", {**ELSEWHERE, "hours": hours}) == ()


@pytest.mark.parametrize("answer", ["x", "?", "-", "xxx", "not known", "N/A", "don’t know"])
def test_an_answer_that_tells_nothing_is_refused(answer: str):
    assert set(refused("abroad_proved", {**ABROAD, "provider": answer, "address": answer})) == {
        "provider",
        "address",
    }


def test_a_name_in_another_script_is_an_answer():
    address = "काठमाडौं, बागमती प्रदेश ४४६००"
    assert found("abroad_proved", {**ABROAD, "provider": "学校", "address": address}) == ()


def test_nobody_dies_before_they_were_last_seen():
    stay = Stay("Otterwell", "registered", date(2024, 9, 2), date(2026, 10, 16))
    record = Record(missing_since_on=date(2026, 10, 17), born_on=date(2011, 2, 3), stays=(stay,))
    words = refused("died", {**DIED, "died_on": date(2025, 1, 1)}, record)
    assert "the record still has the child at Otterwell" in words["died_on"]
    later = Stay("Otterwell", "registered", date(2026, 11, 16), None)
    moved = Record(missing_since_on=date(2026, 10, 17), stays=(later,))
    assert set(refused("died", DIED, moved)) == {"died_on"}


def test_a_school_may_take_a_child_off_its_roll_some_days_after_the_death():
    died = {**DIED, "died_on": date(2026, 10, 14)}
    stay = Stay("Otterwell", "registered", date(2024, 9, 2), date(2026, 10, 16))
    record = Record(missing_since_on=date(2026, 10, 17), stays=(stay,))
    assert refused("died", died, record) == {}
    assert set(doubted("died", died, record)) == {"death"}
    told = Stay("Otterwell", "registered", date(2024, 9, 2), date(2026, 10, 16), False, True)
    assert found("died", died, Record(missing_since_on=TODAY, stays=(told,))) == ()


# What is only unlikely


def test_taken_over_long_before_the_case_is_asked_about():
    words = doubted("other_authority", {**TAKEN_OVER, "confirmed_on": date(2020, 1, 1)})
    assert "1 January 2020 is long before 7 November 2026" in words["before_case"]


def test_a_year_8_child_at_a_primary_school_is_asked_about():
    record = Record(missing_since_on=TODAY, born_on=date(2014, 1, 20), school=PRIMARY)
    words = doubted("attendance", ATTENDANCE, record)["age"]
    assert words == (
        "Which school? Larkfield teaches children of 3 to 11. At the start of that school year "
        "the child was 12."
    )


@pytest.mark.parametrize(
    ("lowest", "highest", "born", "fits"),
    [
        (4, 11, date(2022, 8, 31), True),  # reception
        (5, 11, date(2022, 8, 31), True),  # reception of a school that GIAS lists from 5
        (4, 11, date(2015, 9, 1), True),  # the youngest who may be in year 6: ten as it begins
        (4, 11, date(2015, 8, 31), False),  # eleven as it begins: year 7
        (11, 18, date(2015, 8, 31), True),
        (11, 18, date(2015, 9, 1), False),
        (9, 13, date(2013, 9, 1), True),  # year 8 of a middle school
        (9, 13, date(2013, 8, 31), False),
    ],
)
def test_the_year_groups_of_a_school_follow_from_its_ages(lowest, highest, born, fits):
    school = Chosen("A School", CALENDAR, True, lowest_age=lowest, highest_age=highest)
    record = Record(missing_since_on=TODAY, born_on=born, school=school)
    assert ("age" not in doubted("on_roll", ON_ROLL, record)) is fits


def test_a_notice_after_the_first_day_at_home_is_asked_about():
    facts = {**AT_HOME, "starts_on": date(2026, 11, 8), "notice_on": date(2026, 11, 10)}
    assert set(doubted("home_educated", facts)) == {"order"}
    assert doubted("home_educated", {**facts, "starts_on": date(2026, 11, 12)}) == {}


def test_an_open_place_elsewhere_is_asked_about_for_every_outcome_that_says_where():
    stay = Stay("Otterwell", "registered", date(2024, 9, 2), None)
    record = Record(missing_since_on=RECORD.missing_since_on, stays=(stay,))
    for code, facts in (
        ("on_roll", ON_ROLL),
        ("home_educated", AT_HOME),
        ("other_authority", TAKEN_OVER),
        ("abroad_proved", ABROAD),
        ("attendance", ATTENDANCE),
    ):
        words = doubted(code, facts, record)["place"]
        assert "at Otterwell since 2 September 2024" in words
    meant = Stay("Larkfield", "registered", date(2024, 9, 2), None, is_meant=True)
    over = Stay("Otterwell", "registered", date(2024, 9, 2), date(2026, 11, 6))
    fine = Record(missing_since_on=RECORD.missing_since_on, stays=(meant, over))
    assert found("on_roll", ON_ROLL, fine) == ()


def test_an_estimated_birthday_refuses_nothing_within_a_year():
    record = Record(
        missing_since_on=date(2020, 1, 1), born_on=date(2020, 6, 1), is_born_estimated=True
    )
    days = dict.fromkeys(("starts_on", "attended_on"), date(2020, 3, 2))
    assert "estimated" in doubted("on_roll", {**ON_ROLL, **days}, record)
    assert refused("on_roll", {**ON_ROLL, **days}, record) == {}


def test_every_doubt_can_be_shown_in_words():
    for code, facts in (("on_roll", ON_ROLL), ("other_authority", TAKEN_OVER)):
        days = dict.fromkeys(("starts_on", "attended_on", "confirmed_on"), date(2019, 3, 2))
        assert set(doubted(code, {**facts, **days})) <= set(DOUBTS)
    assert all(len(code) <= 16 for code in DOUBTS)


def test_a_first_day_before_the_school_opened_is_asked_about():
    young = Chosen("Larkfield", CALENDAR, True, opened_on=date(2026, 11, 9))
    facts = {**ON_ROLL, "starts_on": date(2026, 11, 2)}
    words = doubted("on_roll", facts, Record(born_on=date(2018, 5, 5), school=young))
    assert "Larkfield opened on 9 November 2026" in words["school_opened"]


def test_a_school_whose_ages_are_not_on_file_teaches_every_age():
    ages_unknown = Chosen("Larkfield", CALENDAR, True)
    record = Record(born_on=date(2010, 5, 5), school=ages_unknown)
    assert "age" not in doubted("on_roll", ON_ROLL, record)
