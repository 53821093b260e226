"""Sections B and C of practice 4.2: who the child is, and where the child lives."""

from onroll.referrals.definition.kinds import (
    ALL,
    LONG,
    NOT_KNOWN,
    SCHOOL,
    Depth,
    Kind,
    Question,
)

WITH_THE_NAMES = {Depth.ANYONE: "child"}
SEXES = (("F", "Female"), ("M", "Male"), ("U", "I do not know"))
BY_HEALTH = "the number is kept by health services"

CHILD = (
    Question(
        code="forename",
        page="child",
        words="Forename",
        plain=("First name", ""),
        depths=ALL,
        most=80,
        policy="full_names",
    ),
    Question(code="middle_names", page="child", words="Middle names", most=80),
    Question(
        code="surname",
        page="child",
        words="Surname",
        plain=("Last name", ""),
        depths=ALL,
        most=80,
    ),
    Question(
        code="no_name",
        page="child",
        words="If there is no name",
        kind=Kind.SEVERAL,
        choices=(("yes", "Nobody could give a name"),),
        depths=frozenset({Depth.OFFICER}),
        why_not=dict.fromkeys(
            (Depth.PROFESSIONAL, Depth.SCHOOL), "who knows no name says where the child lives"
        ),
    ),
    Question(
        code="known_as",
        page="child",
        words="Other names",
        hint="Names that the child goes by, or had before.",
    ),
    Question(
        code="age",
        page="child",
        words="If you do not know the date of birth: about how old is the child?",
        plain=("About how old is the child?", ""),
        kind=Kind.AGE,
        depths=ALL,
    ),
    Question(
        code="born",
        page="child",
        words="Date of birth",
        hint="Leave this empty if nobody knows.",
        plain=("Date of birth", "Leave this empty if you do not know it."),
        kind=Kind.DAY,
        depths=ALL,
    ),
    Question(
        code="sex",
        page="child",
        words="Sex",
        kind=Kind.RADIOS,
        choices=SEXES,
        needs="Select the child’s sex, or that you do not know it",
        needed=LONG - {Depth.OFFICER},
        may_follow=True,
    ),
    Question(
        code="upn",
        page="child",
        words="Unique pupil number (UPN)",
        hint="13 letters and numbers, such as A310200112345.",
        depths=SCHOOL | {Depth.OFFICER},
        most=13,
        why_not={Depth.PROFESSIONAL: "only schools and councils have it"},
    ),
    Question(
        code="nhs_number",
        page="child",
        words="NHS number",
        hint="If you have it. It has ten digits, such as 943 476 5919.",
        depths=frozenset({Depth.PROFESSIONAL, Depth.OFFICER}),
        most=20,
        why_not={Depth.SCHOOL: BY_HEALTH},
    ),
    Question(
        code="nhs_number_unsure",
        page="child",
        words="Are you sure of the NHS number?",
        kind=Kind.SEVERAL,
        choices=(("yes", "I am not sure of the number"),),
        depths=frozenset({Depth.PROFESSIONAL, Depth.OFFICER}),
        why_not={Depth.SCHOOL: BY_HEALTH},
    ),
    Question(
        code="own_ref",
        page="child",
        words="Your own reference for the child",
        depths=frozenset({Depth.PROFESSIONAL}),
        most=40,
        why_not={
            Depth.SCHOOL: "the pupil number is the reference",
            Depth.OFFICER: BY_HEALTH.replace("the number", "another service’s reference"),
        },
    ),
    Question(
        code="language",
        page="child",
        words="Which languages does the family speak, and do they need an interpreter?",
    ),
)

HOME = (
    Question(
        code="home",
        page="home",
        pages=WITH_THE_NAMES,
        words="Last known address",
        plain=("Where does the child live, or where did you see them?", "A street is enough."),
        kind=Kind.TEXT,
        depths=ALL,
        most=400,
        rows=3,
        policy="last_address",
    ),
    Question(code="postcode", page="home", words="Postcode", most=8, policy="not_resident"),
    Question(
        code="home_until",
        page="home",
        words="Since when, or until when, did the child live there?",
        hint="As far as you know.",
    ),
    Question(
        code="home_before",
        page="home",
        words="Addresses before that",
        kind=Kind.TEXT,
        most=400,
        rows=2,
    ),
    Question(
        code="home_next",
        page="home",
        words="New address, or where they said they were going",
        kind=Kind.TEXT,
        most=400,
        rows=2,
        policy="no_new_address",
    ),
    Question(
        code="home_is_secret",
        page="home",
        words="Must the address be kept secret from somebody?",
        hint="For example: a refuge, or an adoption.",
        kind=Kind.RADIOS,
        choices=NOT_KNOWN,
    ),
    Question(
        code="household",
        page="home",
        words="Who else lives there?",
        kind=Kind.TEXT,
        most=400,
        rows=2,
    ),
)
