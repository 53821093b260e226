"""Words for codes: how far a file or a record has come, and how bad a problem is."""

from onroll.intake.effects import Label

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
