"""What worries the people who tell the made-up council of children, and what the hub then does."""

from collections.abc import Mapping
from enum import StrEnum

from onroll.demo.chance import Weighted
from onroll.referrals.codes import Decision, Relation


class Door(StrEnum):
    """The way by which a referral comes."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"
    SIGNED_IN = "signed_in"
    """A professional's form, filled in by somebody with an account."""
    PUPIL = "pupil"
    """A school's form, about one of its own pupils."""
    SCHOOL = "school"
    TYPED = "typed"
    FLOOD = "flood"
    """The public form, from an address that sends very many."""
    CASE = "case"
    """An open case that an officer sends to the hub."""


class Situation(StrEnum):
    """What is truly so with a child whom somebody refers."""

    GONE = "gone"
    """Taken off a roll, and nobody knows where to."""
    UNRECORDED = "unrecorded"
    """On no record of the council."""
    AT_SCHOOL = "at_school"
    OUT_OF_SCHOOL = "out_of_school"
    """On a roll, at home, and rarely at school."""
    ABSENT = "absent"
    """On the roll of the school that refers, and nobody can be reached."""
    NEEDS_HELP = "needs_help"
    IN_DANGER = "in_danger"
    ELSEWHERE = "elsewhere"
    """Lives in another authority."""
    HOME_EDUCATED = "home_educated"
    UNNAMED = "unnamed"
    """Nobody told the name, only a street."""
    WITH_CASE = "with_case"
    """Has an open case that somebody works on."""


ROUTES: Mapping[Situation, tuple[tuple[Decision, str], ...]] = {
    Situation.GONE: (
        (Decision.LEAD_OFFICER, "Off the roll, and nobody we asked knows where the child is."),
        (
            Decision.LEAD_OFFICER,
            "No school asked for the file. Nothing says that the child is safe.",
        ),
    ),
    Situation.UNRECORDED: (
        (Decision.LEAD_OFFICER, "Not on any roll that we know of, and of school age."),
        (Decision.LEAD_OFFICER, "New to the borough. No school and no application for one."),
    ),
    Situation.ABSENT: (
        (Decision.LEAD_OFFICER, "The school has done what it can. Nobody can be reached."),
    ),
    Situation.AT_SCHOOL: (
        (Decision.NO_ACTION, "The school confirms that the child was there today."),
        (Decision.ADVICE, "On a roll. The referrer may ring the school’s attendance officer."),
    ),
    Situation.OUT_OF_SCHOOL: (
        (Decision.ATTENDANCE, "On a roll and known to be at home; absent since half term."),
    ),
    Situation.NEEDS_HELP: (
        (Decision.EARLY_HELP, "At school. The family asks for help with the mornings."),
    ),
    Situation.IN_DANGER: (
        (Decision.SOCIAL_CARE, "What was told of the home goes to the duty team first."),
    ),
    Situation.ELSEWHERE: (
        (Decision.OTHER_AUTHORITY, "The family lives there, so that council has to look."),
    ),
    Situation.HOME_EDUCATED: (
        (Decision.HOME_EDUCATION, "The parents say that they teach the child at home."),
    ),
    Situation.UNNAMED: (
        (Decision.ADVICE, "Nobody in the street knows of such a child. Asked to tell us a name."),
    ),
    Situation.WITH_CASE: ((Decision.OPEN_CASE, "This child has an open case already."),),
}
"""What the demo's hub decides about a child, and why, by what is truly so."""

RELATIONS = Weighted(
    {
        Relation.NEIGHBOUR: 0.45,
        Relation.RELATIVE: 0.22,
        Relation.PARENT: 0.08,
        Relation.SOMEBODY_ELSE: 0.15,
        Relation.NOT_SAID: 0.1,
    }
)
"""Who fills in the public form."""

_OF_NEIGHBOUR = {
    Situation.GONE: (
        "The flat has stood empty for weeks, but the post is still there. There was a child.",
        "They moved out at night. The boy’s bicycle is still in the yard.",
    ),
    Situation.UNRECORDED: (
        "A new family. The child plays outside during school hours.",
        "The children are at home all day. I have not seen a uniform since they came.",
    ),
    Situation.AT_SCHOOL: (
        "I see the child in the garden on school days, more than once this month.",
        "The child told my daughter that there is no school any more.",
    ),
    Situation.OUT_OF_SCHOOL: ("The child has been at home since the holidays, most days.",),
    Situation.NEEDS_HELP: ("The mother cannot get up in the mornings. She asked me for help.",),
    Situation.UNNAMED: ("There is a child in one of these houses who never goes to school.",),
    Situation.IN_DANGER: ("There is shouting every evening, and now the child does not come out.",),
}
OF_PARENT = {
    Situation.UNRECORDED: "We moved here, and my child has no school yet. What do we have to do?",
    Situation.AT_SCHOOL: "The school wrote that my child was absent. I take the child to the gate.",
    Situation.OUT_OF_SCHOOL: "My child will not go to school any more. I do not know what to do.",
    Situation.NEEDS_HELP: "I am ill, and my child misses school because of it. I ask for help.",
}
"""What a parent says of their own child; of anything else a relative tells."""
_OFFICE = "The family came to the housing office with a child of school age and no school."
_PRACTICE = "Registered with the practice in autumn; no school on the record."
_NURSE = "The child told a nurse of being hit, and asked not to be sent home."
_CLINIC = "Came alone to the clinic on a school morning, and gave no reason."
_APPOINTMENT = "The appointment was not kept, and the telephone number is no longer in use."
JOBS = {
    _OFFICE: "Housing officer",
    _PRACTICE: "Practice nurse",
    _NURSE: "Practice nurse",
    _CLINIC: "Health visitor",
    _APPOINTMENT: "Health visitor",
}
"""Whose job it is to know of some of these things."""
_AT_WORK = {
    Situation.GONE: (
        "Two home visits, nobody there. The school took the name off the roll.",
        _APPOINTMENT,
    ),
    Situation.UNRECORDED: (
        "Seen at a home visit in school hours. The mother could not name a school.",
        _PRACTICE,
        _OFFICE,
    ),
    Situation.AT_SCHOOL: (_CLINIC,),
    Situation.OUT_OF_SCHOOL: ("At home whenever we visit. The mother says: too tired for school.",),
    Situation.ABSENT: (
        "Absent for more than two weeks. No answer at the door, and both telephones are off.",
        "Did not come back after leave. The emergency contact has not heard from them either.",
    ),
    Situation.NEEDS_HELP: ("The mother asks for help: three small children and no sleep.",),
    Situation.IN_DANGER: (_NURSE,),
    Situation.ELSEWHERE: ("The family has moved over the boundary. No school could be named.",),
    Situation.HOME_EDUCATED: ("The parents told us that they teach the child at home now.",),
    Situation.WITH_CASE: (
        "The grandmother rang: she has spoken with the mother, and would not say where they are.",
        "A letter for the family came back, with a new address on it that cannot be read.",
    ),
}
DANGERS = (
    "The child said: I am afraid to go home.",
    "Out alone late in the evening, and older men come to the door by car.",
)
LAST_SEEN_IN_DANGER = (
    "The child had bruises on both arms when last seen, in the week before they went.",
    "The mother said before they went that she is afraid of her former partner.",
)
"""The same of a child of whom nobody knows where they are now."""
_NEW_PUPIL = "Came to us for a week and stopped coming. No earlier school could be named."
IS_LOST = (Situation.GONE, Situation.ABSENT, Situation.WITH_CASE)
"""Where nobody knows where a child is."""
TO_THE_HUB = (
    "The landlord found the flat empty and a child’s passport in it. Please ask the police.",
    "An aunt says that the mother’s former partner has come back to live with them.",
    "The family was seen at the coach station with a man whom nobody knows.",
)
"""What worries an officer about an open case."""


def worries_of(situation: Situation, door: Door) -> tuple[str, ...]:
    """Return what may be told of a child in a situation, by who comes through a door."""
    if door is Door.SCHOOL and situation is Situation.UNRECORDED:
        return (_NEW_PUPIL,)
    is_at_work = door not in (Door.PUBLIC, Door.FLOOD)
    first, second = (_AT_WORK, _OF_NEIGHBOUR) if is_at_work else (_OF_NEIGHBOUR, _AT_WORK)
    return first.get(situation) or second[situation]


def dangers_of(situation: Situation) -> tuple[str, ...]:
    """Return what may be told of danger: of a child whom nobody can find, what was seen before."""
    return LAST_SEEN_IN_DANGER if situation in IS_LOST else DANGERS


def in_the_family(situation: Situation, worry: str) -> str:
    """Return what a relative tells in the place of what somebody at work would."""
    at_work, others = worries_of(situation, Door.TYPED), worries_of(situation, Door.PUBLIC)
    return others[at_work.index(worry) % len(others)]
