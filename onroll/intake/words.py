"""Words for codes: what pages say of a file's kind, a record's stage and what it did."""

from onroll.govuk.parts import Meaning

Label = tuple[str, Meaning]
"""The words of a status, and what they mean."""

KINDS = {
    "CTF": "Common transfer file",
    "LOST": "Lost-pupil file",
    "CML": "Leavers (CML)",
    "CMJ": "Joiners (CMJ)",
    "ATF": "Admissions file",
    "ROLL": "Roll or list",
    "LIST": "List to compare",
}

STAGES: dict[str, Label] = {
    "received": ("Waiting to be read", "waiting"),
    "columns": ("Columns unclear", "soon"),
    "read": ("Being read", "waiting"),
    "applied": ("Taken in", "done"),
    "refused": ("Could not be read", "problem"),
}

NOT_THEIRS: Label = ("Refused: of another school", "problem")
"""Of a file that was read, and is of another school than the one it was brought for."""

NOT_READ_YET: Label = ("Not read yet", "problem")
"""Of a file whose reading was stopped by a fault of ours."""

ROW_STAGES: dict[str, Label] = {
    "read": ("Not yet matched", "waiting"),
    "unsure": ("Waits for someone", "soon"),
    "applied": ("Done", "done"),
    "held": ("Cannot be used yet", "problem"),
}

BEING_DEALT_WITH: Label = ("Being dealt with", "waiting")
"""Of a record that is not settled, to who may not know whom it is compared with."""

EFFECTS: dict[str, Label] = {
    "case_opened": ("Case opened", "new"),
    "case_joined": ("Joined an open case", "info"),
    "gap_closed": ("Found: closes a gap", "done"),
    "place_started": ("Joined the school", "info"),
    "joining_later": ("To join the school", "waiting"),
    "place_ended": ("Left; place elsewhere known", "quiet"),
    "confirmed_destination": ("Left for another school", "done"),
    "named_destination": ("Left for a named school", "waiting"),
    "home_education": ("Home education", "waiting"),
    "moved_abroad": ("Said to have moved abroad", "waiting"),
    "died": ("Said to have died", "waiting"),
    "perhaps_died": ("May mean that the child has died", "waiting"),
    "over_age": ("Over school age", "quiet"),
    "below_age": ("Not yet of school age", "quiet"),
    "end_of_phase": ("Finished the last class", "waiting"),
    "detained": ("Detained", "waiting"),
    "excluded": ("Permanently excluded", "waiting"),
    "unknown": ("Left, and nothing says where to", "soon"),
    "no_answer": ("Absent, and not found", "soon"),
    "leaving_later": ("Still to leave", "waiting"),
    "told_after_closing": ("A case about this was closed", "waiting"),
    "joined_and_left": ("Joined, and has left since", "quiet"),
    "roll_kept": ("On the roll", "quiet"),
    "roll_contradicts": ("On the list, but has left", "waiting"),
    "kept": ("Kept", "quiet"),
    "held": ("Cannot be used yet", "problem"),
}

LISTS = {
    "roll": ("Whole roll or census", "Everyone at one school or at all, on one day"),
    "leavers": ("Leavers", "Children said to have left, with their school and last day"),
    "joiners": ("Joiners", "Children said to have joined, with their school and first day"),
    "offers": ("Places offered", "Whom admissions offered a place, by the day they were to start"),
    "no_shows": ("No-shows", "Children a school expected and never saw"),
    "home_education": ("Home education", "Everyone the team knows to be educated at home"),
    "health": ("Health", "Children a health service knows, such as those registered with a GP"),
    "housing": ("Housing", "Children in temporary or social housing"),
}

LIST_TITLES = {
    "roll": "Whole roll or census",
    "leavers": "List of leavers",
    "joiners": "List of joiners",
    "offers": "List of places offered",
    "no_shows": "List of no-shows",
    "home_education": "Home education list",
    "health": "Health list",
    "housing": "Housing list",
}
"""What a list is called at the head of its page."""

SEVERITIES: dict[str, Label] = {
    "error": ("Must be put right", "problem"),
    "warning": ("Please check", "soon"),
    "info": ("For information", "quiet"),
}

TALLY = {
    "agrees": ("agrees", "agree"),
    "near": ("nearly agrees", "nearly agree"),
    "differs": ("differs", "differ"),
    "forbids": ("speaks against it", "speak against it"),
}
"""How many fields say what, in a few words: of one field, and of more."""

CLAIMS = {
    "home_education": (
        "A parent has written that the child is educated at home",
        "The home education team knows, or will be told",
    ),
    "moved_abroad": ("There is proof that the child has left the country", "Say what it is"),
    "named_destination": (
        "The new school confirms it",
        "A school that reports to us must still send its joiner’s file; others count from now",
    ),
    "excluded": ("The new school confirms it", "The child is taught there from the sixth day"),
    "died": ("The child has died", "Confirmed by the school or by another service"),
    "perhaps_died": ("The child has died", "Confirmed by the school or by another service"),
    "end_of_phase": ("It is known where the child goes next", "Say where"),
    "leaving_later": ("Somebody is seeing to it", "The child is still on the roll. Say who it is"),
    "place_ended": ("The child is taught there", "That school confirms it"),
    "told_after_closing": ("There is nothing new", "The closed case was about this"),
    "roll_contradicts": (
        "The list is wrong or old: the child has left",
        "If the child is there after all, ask the school to send it as a joiner",
    ),
    "place_started": ("The child attends", "You have seen or heard it confirmed"),
}
"""What confirming a claim means, by what the record did; for the rest, that it is as said."""

AFTER_CLAIMS = {
    "told_after_closing": "Look whether this case is still needed.",
    "place_ended": "Ask that school for the first day attended, then close the case.",
    "place_started": "Ask that school for the first day attended, then close the case.",
    "died": "Close the case with that outcome.",
    "perhaps_died": "Close the case with that outcome.",
}
"""What is to be done on an open case once a claim is confirmed, by what the record did."""
ASK_ON = "It does not say where the child is now: go on with the enquiries."

AS_SAID = ("It is as the school says", "You have seen or heard it confirmed")

WOULD_DO: dict[str, tuple[str, str]] = {
    "leaver": (
        "This answer ends the child’s place at {school}; a case opens if nobody knows where to.",
        "The open case is told.",
    ),
    "joiner": (
        "This answer starts a place at {school} for the child.",
        "The open case is told that the child may be found.",
    ),
    "roll": (
        "This answer keeps the child on the roll of {school}.",
        "The open case is told that the child may be found.",
    ),
    "transfer": ("This answer keeps what the record says beside the child.", "The case is told."),
}
"""What it does to say that a record is of a child shown; and more if the child has an open case."""

WOULD_DO_FOR_NOBODY = {
    "leaver": "A new child is added who has left {school}; a case opens if nobody knows where to.",
    "joiner": "A new child is added, on the roll of {school}. No open case is told.",
    "roll": "A new child is added, on the roll of {school}. No open case is told.",
    "transfer": "A new child is added with what the record says. No open case is told.",
}
