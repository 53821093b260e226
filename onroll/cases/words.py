"""How far away a day is, how old a child is, what an alert says: worded on the day it is read."""

from collections.abc import Iterator
from datetime import date

from onroll.cases.models import Alert, AlertKind, Closing
from onroll.children.models import Basis, Child, Part, Place, PlaceKind
from onroll.govuk.fields import in_words
from onroll.rules import age
from onroll.rules.calendar import SchoolCalendar
from onroll.rules.contradiction import DOUBTS
from onroll.rules.outcomes import MEANS, MISTAKES, OUTCOMES, Answer, Fact
from onroll.schools.queries import authority_name

FOUR_WEEKS = 28
SEXES = {"F": "Female", "M": "Male", "U": "Not known"}


def years_and_group(child: Child, *, on: date) -> str:
    """Return `9 years, Year 5`, that the birthday is not known, or that the child has died."""
    born = child.born_on
    if child.died_on:
        return f"Died {in_words(child.died_on)}"
    if born is None:
        return "Age not known"
    years = age.age(born, on=on)
    return f"{years} {'year' if years == 1 else 'years'}, {group(born, on=on)}"


def group(born: date, *, on: date) -> str:
    """Return the year group usual for the age, in words."""
    code = age.year_group(born, on=on)
    named = {"N1": "Nursery", "N2": "Nursery", "R": "Reception", "X": "no school year"}
    return named.get(code, f"Year {code}")


def year_of(child: Child, *, on: date) -> str:
    """Return a child's year group in words, that it is not known, or that the child has died."""
    if child.died_on:
        return "Has died"
    return group(child.born_on, on=on) if child.born_on else "Year not known"


def no_childs_birthday(born: date, *, on: date) -> str:
    """Return why a date cannot be a child's birthday."""
    return (
        f"Date of birth: born on {in_words(born)}, they would be {age.age(born, on=on)} years old "
        "today. Check the year"
    )


def doubt_of_birthday(born: date, *, on: date) -> str:
    """Return that a child of this birthday is unlikely to be at a school; nothing where it fits."""
    years = age.age(born, on=on)
    if 2 <= years < 19:
        return ""
    would_be = f"{years} years old" if years > 1 else "less than two years old"
    return f"Date of birth: born on {in_words(born)}, the child is {would_be}."


def initials(child: Child) -> str:
    """Return a child's initials, for those to whom the name is masked."""
    letters = [name[:1].upper() for name in (child.forename, child.surname) if name]
    return ". ".join(letters) + "."


def school_days(n: int) -> str:
    """Return `1 school day` or `n school days`."""
    return f"{n} school day" if n == 1 else f"{n} school days"


def away(day: date, *, on: date, calendar: SchoolCalendar) -> str:
    """Say how far a due day is from `on`: in school days while near, in weeks when far."""
    if day == on:
        return "today"
    weeks = abs((day - on).days) // 7
    if weeks >= FOUR_WEEKS // 7 * 2:
        return f"in {weeks} weeks" if day > on else f"{weeks} weeks late"
    n = abs(calendar.between(on, day))
    if n == 0:
        return "before the next school day" if day > on else "late, no school day since"
    return f"in {school_days(n)}" if day > on else f"{school_days(n)} late"


def meaning(day: date, *, on: date) -> str:
    """Return how a due day is shown on the day `on`: late, soon (within 7 days) or quiet."""
    if day < on:
        return "late"
    return "soon" if (day - on).days <= 7 else "quiet"


def time_on_register(opened: date, until: date, *, calendar: SchoolCalendar) -> str:
    """Say how long a case has been open: in school days for four weeks, then in weeks."""
    if (until - opened).days > FOUR_WEEKS:
        return f"{(until - opened).days // 7} weeks"
    n = calendar.between(opened, until)
    return school_days(n) if n else "since today" if opened == until else "under 1 school day"


_VERBS = {
    PlaceKind.REGISTERED.value: "is on the roll of {title}",
    PlaceKind.HOME_EDUCATION.value: "is educated at home",
    PlaceKind.ALTERNATIVE.value: "is educated by {title}",
}


def describe_place(place: Place) -> str:
    """Say where a child is by one place, from when, and who said so on which day."""
    source = place.source
    where = _VERBS[place.kind].format(title=place.title or "somewhere not named")
    since = f" since {in_words(place.from_on)}" if place.from_on else ""
    return f"{source.said_by} said on {in_words(source.said_on)} that the child {where}{since}."


def describe_plan(place: Place) -> str:
    """Say where a child is to be, from which day, and who said so."""
    start = f" on {in_words(place.from_on)}" if place.from_on else ""
    source = place.source
    attribution = f"{source.said_by} said on {in_words(source.said_on)}"
    return (
        f"{attribution} that the child is to start at {place.title or 'a place not named'}{start}."
    )


def describe_confirmation(place: Place) -> str:
    """Say who confirmed where a child is said to be, and what that does not show; "" for nobody."""
    source = place.confirmed_from
    if source is None:
        return ""
    attribution = f"{source.said_by} confirmed on {in_words(source.said_on)}"
    if place.kind == PlaceKind.ABROAD.value:
        return f"{attribution} that the child lives abroad: {place.title or 'where is not said'}."
    first = f" from {in_words(place.from_on)}" if place.from_on else ""
    return (
        f"{attribution} that {place.title or 'a school not named'} has the child{first}. "
        "The school’s own file has not said so yet."
    )


def describe_leaving(place: Place) -> str:
    """Say which place a child left, and when."""
    where = place.title or place.kind.replace("_", " ")
    return f"Left {where} on {in_words(place.to_on)}." if place.to_on else f"Left {where}."


ALERT_TITLES: dict[str, str] = {
    AlertKind.LOCATED: "A school may have the child",
    AlertKind.LEAD: "Record that may be the child",
    AlertKind.CLAIM: "What a school has confirmed",
    AlertKind.LOST_AGAIN: "Left the school where the child was found",
    AlertKind.DOUBTED: "The hub doubts what this case says",
    AlertKind.UNTRACED: "Not traced",
    AlertKind.OVER_AGE: "Over compulsory school age",
    AlertKind.REOPENED: "What closed the case holds no longer",
}


def describe_alert(alert: Alert) -> str:
    """Say what someone must look at, and what to do about it."""
    match AlertKind(alert.kind):
        case AlertKind.LOCATED if alert.place:
            where = describe_place(alert.place)
            return f"{where} Confirm that the child attends, then close the case."
        case AlertKind.LOCATED:
            return "A school said that the child has joined it. The chronology says which."
        case AlertKind.CLAIM:
            return _claim(alert)
        case AlertKind.LOST_AGAIN:
            quote = f" {alert.quote}" if alert.quote else ""
            return f"The school where the child was found says that the child has left.{quote}"
        case AlertKind.DOUBTED:
            return (
                f"{alert.quote} If the child is lost again, record that. If what the case says is "
                "still so, settle this and say how you know."
            )
        case AlertKind.UNTRACED:
            return (
                "The destination is still not known after the enquiries. Whoever meets this child "
                "or the family must tell the lead officer at once."
            )
        case AlertKind.OVER_AGE:
            born = alert.case.child.born_on
            since = f" since {in_words(age.ends_on(born))}" if born else ""
            return (
                f"Over compulsory school age{since}. Close the case with that outcome, and tell "
                "the post-16 service."
            )
        case AlertKind.REOPENED:
            return (
                "The case was closed, and what closed it holds no longer: the record shows no "
                "place where the child is. Find out where the child is."
            )
        case AlertKind.LEAD:
            return _lead(alert)


def describe_alerts(newest: Alert, number: int) -> str:
    """Say what someone must look at, and how many more of its kind there are."""
    words = describe_alert(newest)
    return words if number == 1 else f"{words} {number - 1} more like it."


def _claim(alert: Alert) -> str:
    if alert.place is None:
        return alert.quote
    if alert.place.kind == PlaceKind.ABROAD.value:
        next_step = "Close the case as living abroad; what was stated stands with the record."
    else:
        next_step = "Ask the school for its joiner’s file, then close the case."
    return f"{describe_confirmation(alert.place)} {next_step}"


def _lead(alert: Alert) -> str:
    if alert.source is None:
        return "A record of a file may be of this child. The chronology says which."
    row = f"record {alert.source_row} of " if alert.source_row else ""
    where = f"{row}file {alert.source.reference} ({alert.source.said_by})"
    if alert.is_unsure:
        return f"This child may be on {where}. Settle in review who it is, then follow it up."
    if alert.quote:
        return f"{alert.source.said_by} says in {where.split(' (')[0]}: {alert.quote}"
    return f"This child is on {where}. Follow it up: where does it say that the child is?"


def describe_facts(closing: Closing) -> Iterator[tuple[str, str]]:
    """Yield each fact that a closing states: the question and the answer in words."""
    for fact in OUTCOMES[closing.outcome].facts:
        if answer := _answer(fact, closing):
            yield fact.question, answer
    if closing.doubts:
        yield "What seemed unlikely", ". ".join(DOUBTS[code] for code in closing.doubts)
        yield "Why it is so all the same", closing.explanation


def _answer(fact: Fact, closing: Closing) -> str:
    if fact.answer == Answer.SCHOOL:
        return closing.school.name if closing.school else closing.provider
    stated = getattr(closing, fact.code)
    match fact.answer:
        case Answer.DAY:
            return in_words(stated) if stated else ""
        case Answer.MEANS:
            return MEANS.get(stated, "")
        case Answer.MISTAKE:
            return MISTAKES.get(stated, "")
        case Answer.AUTHORITY:
            return authority_name(stated) if stated else ""
    return str(stated)


PARTS = {
    Part.NAME: "Name",
    Part.BIRTH: "Date of birth and sex",
    Part.NUMBERS: "Numbers",
    Part.HOME: "Address",
    Part.GROUPS: "Risk groups and needs",
    Part.BACKGROUND: "Background and language",
}
BASES = {
    Basis.DOCUMENT: "We saw a document",
    Basis.TOLD: "Somebody who knows the child said so",
    Basis.RECORD: "Another service has it on record",
    Basis.MISTYPED: "It was typed in wrongly",
}
