"""Sections D and E of practice 4.2: the adults, and the brothers and sisters."""

from onroll.referrals.definition.kinds import (
    LONG,
    NOT_KNOWN,
    YES_NO,
    Kind,
    Question,
)

ADULTS = (
    Question(code="adult_name", page="adults", words="Full name", most=120),
    Question(
        code="adult_relation",
        page="adults",
        words="What they are to the child",
        hint="For example: mother, stepfather, former partner, emergency contact, landlord.",
        most=80,
    ),
    Question(
        code="adult_contact",
        page="adults",
        words="Telephone numbers and email addresses",
        hint="All that you have.",
        policy="contact_details",
    ),
    Question(
        code="adult_responsible",
        page="adults",
        words="Do they have parental responsibility?",
        kind=Kind.RADIOS,
        choices=NOT_KNOWN,
    ),
    Question(
        code="adult_lives_with",
        page="adults",
        words="Does the child live with them, or is going to?",
        kind=Kind.RADIOS,
        choices=NOT_KNOWN,
    ),
)

SIBLINGS = (
    Question(code="sibling_forename", page="siblings", words="Forename", most=80),
    Question(code="sibling_surname", page="siblings", words="Surname", most=80),
    Question(
        code="sibling_born",
        page="siblings",
        words="Date of birth",
        hint="Leave this empty if nobody knows.",
        kind=Kind.DAY,
    ),
    Question(
        code="sibling_age",
        page="siblings",
        words="If you do not know the date of birth: about how old are they?",
        kind=Kind.AGE,
    ),
    Question(code="sibling_school", page="siblings", words="School"),
    Question(
        code="sibling_attends",
        page="siblings",
        words="Do they go to school there now?",
        kind=Kind.RADIOS,
        choices=NOT_KNOWN,
    ),
    Question(
        code="sibling_asked",
        page="siblings",
        words="Has somebody asked that school?",
        hint="Say whom you spoke to under “What was tried to find the child”.",
        kind=Kind.RADIOS,
        choices=NOT_KNOWN,
    ),
    Question(
        code="sibling_is_referred",
        page="siblings",
        words="Do you refer this child too?",
        hint="Each child that you refer has an outcome of its own.",
        kind=Kind.RADIOS,
        choices=YES_NO,
        needed=LONG,
        needs="Select whether you refer this child too",
    ),
)
