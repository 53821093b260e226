"""Sections A and J of practice 4.2: who refers, how it came, and what was tried so far."""

from onroll.referrals.codes import CHANNELS, RELATION_TITLES, Relation
from onroll.referrals.definition.kinds import (
    ALL,
    ANYONE,
    ASSESSED,
    BY_ACCOUNT,
    LONG,
    OFFICER,
    PROFESSIONAL,
    YES_NO,
    Depth,
    Kind,
    Question,
)
from onroll.rules.enquiries import ENQUIRY_STEPS, METHODS

RELATIONS = (
    (Relation.NEIGHBOUR.value, "A neighbour"),
    (Relation.RELATIVE.value, "A relative or a friend of the family"),
    (Relation.PARENT.value, "The child’s parent or carer"),
    (Relation.PROFESSIONAL.value, "I work with children or families"),
    (Relation.SOMEBODY_ELSE.value, "Somebody else"),
    (Relation.NOT_SAID.value, "I would rather not say"),
)
ON_FIRST_PAGE = {Depth.OFFICER: "came"}
ONLY_HERE = dict.fromkeys((Depth.ANYONE, Depth.PROFESSIONAL, Depth.SCHOOL), "they write themselves")
STEPS = tuple((step.code, step.title) for step in ENQUIRY_STEPS.values())

CAME = (
    Question(
        code="channel",
        page="came",
        words="How did it come?",
        kind=Kind.RADIOS,
        choices=CHANNELS,
        depths=OFFICER,
        needed=OFFICER,
        needs="Select how it came",
        why_not=ONLY_HERE,
    ),
    Question(
        code="came_on",
        page="came",
        words="Day on which it came",
        kind=Kind.DAY,
        depths=OFFICER,
        needed=OFFICER,
        why_not=ONLY_HERE,
    ),
    Question(
        code="came_at",
        page="came",
        words="Time at which it came",
        hint="For example 14:05. Leave this empty if nobody knows.",
        depths=OFFICER,
        most=5,
        why_not=ONLY_HERE,
    ),
    Question(
        code="taken_by",
        page="came",
        words="Who took it",
        hint="The person who answered the telephone, or opened the letter.",
        depths=OFFICER,
        needed=OFFICER,
        most=120,
        why_not=ONLY_HERE,
    ),
)

YOU = (
    Question(
        code="relation",
        page="you",
        pages=ON_FIRST_PAGE,
        words="Who refers the child?",
        plain=("Who are you to the child?", ""),
        kind=Kind.RADIOS,
        # Who works on an open case sends that to the hub from its page.
        choices=tuple(
            (code.value, words)
            for code, words in RELATION_TITLES.items()
            if code is not Relation.CASE_WORKER
        ),
        plain_choices=RELATIONS,
        depths=ANYONE | OFFICER,
        needed=ANYONE | OFFICER,
        may_follow=True,
        needs="Select who refers the child",
        plain_needs="Select who you are to the child",
        why_not={
            Depth.PROFESSIONAL: "the form is for professionals",
            Depth.SCHOOL: BY_ACCOUNT,
        },
    ),
    Question(
        code="gives_name",
        page="you",
        words="Will you give us your name?",
        plain=(
            "Will you give us your name?",
            "You do not have to. With a name we can ask you if something is not clear.",
        ),
        kind=Kind.RADIOS,
        choices=(("yes", "Yes"), ("no", "No, I want to stay anonymous")),
        depths=ANYONE,
        needed=ANYONE,
        may_follow=True,
        needs="Select whether you will give us your name",
        why_not=dict.fromkeys(LONG, "who refers at work gives a name"),
    ),
    Question(
        code="referrer_name",
        page="you",
        pages=ON_FIRST_PAGE,
        words="Name of who refers",
        own="Your name",
        plain=("Your name", ""),
        depths=ALL - {Depth.SCHOOL},
        needed=ANYONE | PROFESSIONAL,
        under=("gives_name", "yes"),
        most=120,
        needs="Enter your name",
        why_not={Depth.SCHOOL: BY_ACCOUNT},
    ),
    Question(
        code="referrer_job",
        page="you",
        pages=ON_FIRST_PAGE,
        words="Job title and team",
        own="Your job title and team",
        needed=PROFESSIONAL,
        may_follow=True,
        most=120,
        policy="updates",
        why_not={Depth.ANYONE: "they may stay anonymous"},
    ),
    Question(
        code="agency",
        page="you",
        pages=ON_FIRST_PAGE,
        words="Organisation or school",
        own="Your organisation or school",
        depths=PROFESSIONAL | OFFICER,
        needed=PROFESSIONAL,
        may_follow=True,
        most=120,
        why_not={Depth.SCHOOL: BY_ACCOUNT, Depth.ANYONE: "they may stay anonymous"},
    ),
    Question(
        code="referrer_contact",
        page="you",
        pages=ON_FIRST_PAGE,
        words="Telephone number or email of who refers",
        own="Your telephone number or email",
        plain=("Your telephone number or email", ""),
        depths=ALL,
        needed=ASSESSED,
        under=("gives_name", "yes"),
        needs="Enter a telephone number or an email address",
    ),
    Question(
        code="text_me",
        page="you",
        words="May we send a text message to this number?",
        hint="Only if there is no email address. It says nothing about a child.",
        plain=(
            "May we send you a text message?",
            "Only if you gave no email. Say no if somebody else reads your phone.",
        ),
        kind=Kind.RADIOS,
        choices=YES_NO,
        depths=ANYONE | PROFESSIONAL,
        under=("gives_name", "yes"),
        why_not={
            Depth.SCHOOL: "its status is on a page of the school",
            Depth.OFFICER: "who refers must say so themselves",
        },
    ),
)

ENQUIRIES = (
    Question(
        code="enquiry_step",
        page="enquiries",
        words="What was tried",
        kind=Kind.PICK,
        choices=STEPS,
        needed=LONG,
        needs="Select what was tried",
        policy="enquiries",
    ),
    Question(
        code="enquiry_other",
        page="enquiries",
        words="If it was something else: what was tried",
    ),
    Question(
        code="enquiry_name",
        page="enquiries",
        words="Name and team of who was asked",
        hint="For a visit: who was spoken to, and what they are to the child.",
        policy="record_enquiries",
    ),
    Question(
        code="enquiry_contact", page="enquiries", words="Telephone number, email or address used"
    ),
    Question(
        code="enquiry_on",
        page="enquiries",
        words="Day of the enquiry",
        kind=Kind.DAY,
        needed=LONG,
        needs="Enter the day of the enquiry",
    ),
    Question(
        code="enquiry_at",
        page="enquiries",
        words="Time of day",
        hint="Such as 9:30, or morning.",
        most=20,
    ),
    Question(code="enquiry_by", page="enquiries", words="Who made the enquiry", most=120),
    Question(
        code="enquiry_method", page="enquiries", words="How", kind=Kind.RADIOS, choices=METHODS
    ),
    Question(
        code="enquiry_outcome",
        page="enquiries",
        words="What came of it",
        kind=Kind.TEXT,
        needed=LONG,
        most=2000,
        rows=2,
        needs="Enter what came of it",
    ),
    Question(
        code="enquiry_evidence",
        page="enquiries",
        words="What shows it",
        hint="For example: a copy of the letter. You can attach it later.",
        most=400,
    ),
)
