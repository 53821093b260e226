"""Every field that councils' forms have (practice 4.2, A to L), and what becomes of it here."""

from dataclasses import dataclass

from onroll.rules.risk import RISK_QUESTIONS

RISKS = tuple(f"risk_{question.code}" for question in RISK_QUESTIONS)
SECTIONS = {
    "A": "Who refers, and how urgent it is",
    "B": "The child",
    "C": "Addresses and contacts",
    "D": "Adults",
    "E": "Brothers, sisters and household",
    "F": "School",
    "G": "What is known of the child’s situation",
    "H": "Why the child is referred",
    "I": "Risk",
    "J": "Enquiries",
    "K": "Travel",
    "L": "Outcome",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of councils' forms: the questions that ask it, or why no form does."""

    section: str
    words: str
    codes: tuple[str, ...] = ()
    why_not: str = ""


BY_COUNTING = "Onroll works it out"
BY_RECORD = "the school’s files say it"
BY_CASE = "recorded on the case, when it is so"
NOT_NEEDED = "it does not help to find the child; not kept"
BY_OFFICER = "the officer decides it later"

FIELDS_ASKED: dict[str, dict[str, str]] = {
    "A": {
        "Telephoned first: when, to whom": "called called_about",
        "Urgent": "danger danger_why plan",
        "Referrer’s name": "referrer_name gives_name",
        "Job title and team": "referrer_job",
        "Telephone, email": "referrer_contact text_me",
        "Organisation or school": "agency",
        "Safeguarding lead spoken to": "talk_lead talk_lead_contact talk_on talk_advice",
        "Member of the public": "relation",
        "May stay anonymous": "gives_name",
        "Manager or head": "talk_manager",
        "How it came, who took it, when": "channel came_on came_at taken_by",
    },
    "B": {
        "Surname": "surname no_name",
        "Forename": "forename",
        "Middle names": "middle_names",
        "Chosen, former and other names": "known_as",
        "Date of birth": "born",
        "Age, where the birthday is not known": "age",
        "Sex": "sex",
        "UPN": "upn",
        "NHS number": "nhs_number nhs_number_unsure",
        "Agency’s own reference": "own_ref",
        "Language, interpreter": "language",
        "Disability": "plan_of_needs groups_local",
        "Immigration status": "risk_immigration groups_national",
    },
    "C": {
        "Last known address": "home",
        "Postcode": "postcode",
        "Since and until when": "home_until",
        "Earlier addresses": "home_before",
        "New or forwarding address": "home_next",
        "Address abroad": "abroad_address abroad_country",
        "Telephones and email of each adult": "adult_contact",
        "Emergency contacts": "adult_relation",
        "Address is confidential": "home_is_secret",
    },
    "D": {
        "Names": "adult_name",
        "Relation to the child": "adult_relation",
        "Parental responsibility": "adult_responsible",
        "With whom the child lives or will live": "adult_lives_with",
        "Former partner, other parent, landlord": "adult_relation",
        "Private fostering": "private_fostering",
        "Who holds the child abroad": "abroad_adult",
    },
    "E": {
        "Name of each": "sibling_forename sibling_surname",
        "Date of birth of each": "sibling_born sibling_age",
        "School of each": "sibling_school",
        "Sibling’s school asked": "sibling_asked",
        "Attends now": "sibling_attends",
        "Referred too": "sibling_is_referred",
        "Others in the household": "household",
        "Relatives’ schools": "enquiry_step",
    },
    "F": {
        "Current or last school": "school_words",
        "Day of joining": "joined_on",
        "Last day attended": "attended attended_on",
        "Last seen, by whom": "last_seen",
        "Attendance": "attendance",
        "Leave in term time": "attendance leave",
        "Leave granted, expected return": "leave",
        "Part-time, dual registration": "arrangement",
        "Exclusions": "arrangement",
        "Off the roll: day": "off_roll off_roll_on",
        "Off the roll: ground": "off_roll_ground",
        "EHCP, and council asked": "plan_of_needs plan_agreed",
        "Destination school, start": "next_school",
        "Confirmed on roll": "next_school_says",
        "CTF sent": "transfer_file",
        "Offer not taken up": "offer",
    },
    "G": {
        "Looked after": "risk_looked_after groups_local",
        "Protection plan, in need, section 47": "risk_plan_or_need plan groups_local",
        "Known to social care, social worker": "social_worker social_worker_about "
        "risk_known_to_safeguarding",
        "Early help": "risk_early_support agencies",
        "Special needs, assessment": "plan_of_needs risk_ehcp_assessment",
        "Gypsy, Roma, Traveller": "groups_national",
        "Service family": "groups_national",
        "Young carer": "risk_young_carer groups_local",
        "Teenage parent": "groups_local",
        "Youth justice": "groups_national",
        "Refugee, asylum, new migrant": "groups_national risk_immigration",
        "Temporary accommodation, homeless, refuge": "groups_local",
        "Medical or mental health": "groups_local",
        "Excluded, alternative provision": "groups_local arrangement",
        "Home education": "reason",
        "Who said so, and when": "groups_on",
    },
    "H": {
        "Criterion": "reason",
        "In words": "worry",
        "Whether anybody knows where the child is": "whereabouts",
    },
    "I": {
        "The 21 questions": " ".join(RISKS),
        "Concerns in words": "worry risk_current_concerns",
        "Talk with safeguarding lead and manager": "talk_lead talk_manager talk_on talk_advice",
        "Exploitation: talk with hub or social worker": "exploitation_with exploitation_on",
        "Police told, reference": "police police_about",
        "Family told, or why not": "family_told family_not_told_why",
    },
    "J": {
        "Step": "enquiry_step enquiry_other",
        "Day and time": "enquiry_on enquiry_at",
        "Who did it": "enquiry_by",
        "Person asked, and team": "enquiry_name",
        "Number or address used": "enquiry_contact",
        "Method": "enquiry_method",
        "Outcome": "enquiry_outcome",
        "Evidence": "enquiry_evidence",
    },
    "K": {
        "Gone abroad": "abroad",
        "Country": "abroad_country",
        "Address there": "abroad_address",
        "Adult responsible": "abroad_adult",
        "School there": "abroad_school",
        "Day of return": "abroad_return_on",
        "Proof of travel": "abroad_proof",
    },
    "L": {},
}
"""By section, each field that is asked, and the codes of its questions."""

FIELDS_NOT_ASKED: dict[str, dict[str, str]] = {
    "A": {
        "Date of referral": BY_COUNTING,
        "List of documents": "they are attached, each with words of its own",
    },
    "B": {
        "Date of birth estimated": "the age is asked instead",
        "Former UPN, ULN": BY_RECORD,
        "Year group": BY_COUNTING,
        "Ethnicity": BY_RECORD,
        "Nationality, religion": NOT_NEEDED,
        "Photo": "a picture can be attached",
    },
    "C": {"Country of the address": "asked where the child has gone abroad"},
    "D": {"Birthday, address and ethnicity of adults": NOT_NEEDED},
    "E": {"UPN of each": BY_RECORD},
    "F": {
        "URN and DfE number": BY_RECORD,
        "CML or CMJ uploaded": BY_RECORD,
    },
    "G": {"School attendance order in force": BY_CASE},
    "I": {
        "FGM, abduction, radicalisation and other single harms": "among the 21 questions",
        "Date of referral to the hub, its outcome": "this is the referral to the hub",
        "Threshold tier": BY_OFFICER,
        "Consent": "the family is told, or it is said why not; the duty needs no consent",
    },
    "K": {
        "Contact schedule": BY_OFFICER,
        "Letters 1, 1a, 2": "each letter is an enquiry",
    },
    "L": {
        "Found: where, confirmed by whom": BY_CASE,
        "On roll: school, first day": BY_CASE,
        "Home education": BY_CASE,
        "Another council": BY_CASE,
        "Left the country": BY_CASE,
        "Not traced": BY_CASE,
        "Attendance, not missing": BY_CASE,
        "School attendance order": BY_CASE,
        "Duplicate, deceased, over age": BY_CASE,
        "Referrer and school told": BY_CASE,
        "Closure approved by": BY_CASE,
    },
}
"""By section, each field that no form asks, and why."""

FIELDS: tuple[Field, ...] = tuple(
    field
    for section in SECTIONS
    for field in (
        *(
            Field(section, words, tuple(codes.split()))
            for words, codes in FIELDS_ASKED[section].items()
        ),
        *(
            Field(section, words, why_not=why)
            for words, why in FIELDS_NOT_ASKED.get(section, {}).items()
        ),
    )
)
