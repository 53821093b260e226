"""Words for codes: what pages say of a file's kind, a record's stage and what it did."""

KINDS = {
    "CTF": "Common transfer file",
    "LOST": "Lost-pupil file",
    "CML": "Leavers (CML)",
    "CMJ": "Joiners (CMJ)",
    "ATF": "Admissions file",
    "ROLL": "Roll or list",
}

STAGES = {
    "received": ("Waiting to be read", "waiting"),
    "read": ("Being matched", "waiting"),
    "applied": ("Taken in", "done"),
    "refused": ("Could not be read", "problem"),
}

ROW_STAGES = {
    "read": ("Not yet matched", "waiting"),
    "unsure": ("Waits for someone", "soon"),
    "applied": ("Done", "done"),
    "held": ("Cannot be used yet", "problem"),
}

EFFECTS = {
    "case_opened": ("Case opened", "new"),
    "case_joined": ("Joined an open case", "info"),
    "gap_closed": ("Found: closes a gap", "done"),
    "place_started": ("Joined the school", "info"),
    "place_ended": ("Left; place elsewhere known", "quiet"),
    "confirmed_destination": ("Left for a school that is confirmed", "done"),
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
    "roll_kept": ("On the roll", "quiet"),
    "kept": ("Kept", "quiet"),
    "held": ("Cannot be used yet", "problem"),
}

SEVERITIES = {
    "error": ("Must be put right", "problem"),
    "warning": ("Please check", "soon"),
    "info": ("For information", "quiet"),
}

FIELDS = {
    "upn": "Pupil number (UPN)",
    "uln": "Learner number (ULN)",
    "forename": "Forename",
    "surname": "Surname",
    "born": "Date of birth",
    "sex": "Sex",
    "postcode": "Postcode",
}

VERDICTS = {
    "agrees": ("Agrees", "done"),
    "near": ("Nearly", "soon"),
    "missing": ("Not said", "quiet"),
    "differs": ("Differs", "soon"),
    "forbids": ("Speaks against it", "problem"),
}

SEXES = {"F": "Female", "M": "Male"}
