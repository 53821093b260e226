"""Tables that no trigger audits, and why. A test refuses any other."""

EXEMPT = {
    "django_migrations": "written by the owner at an update; the project's history says why",
    "django_content_type": "Django's list of its own models",
    "auth_permission": "Django's; roles here come from the access matrix, and nothing reads this",
    "auth_group": "Django's; empty, and nothing reads it",
    "auth_group_permissions": "Django's; empty, and nothing reads it",
    "django_session": "changes while it is used; sign-in and sign-out are security events",
    "receipts_receipt": "how a form was answered, for three days; what it did has entries",
    "drafts_draft": "a form not sent, for its author alone, for days; what it does has entries",
    "drafts_draftfile": "a file of a form not sent; once sent it is a document, which has entries",
    "senders_daykey": "the key of a day's hashes, deleted the night after",
    "senders_sending": "counts forms by a hash of an address, for a day; holds no records",
    "onroll_cache": "counts tries and looks; of whom a roll was asked, sealed, for an hour",
    "account_emailconfirmation": "allauth's; addresses are confirmed by who makes the account",
    "intake_problem": "what reading a file found; follows from the file's bytes, which are kept",
    "postcodes_postcode": "a published list, loaded whole by a command; of nobody",
    "postcodes_area": "the names of the same list; of nobody",
    "children_commonness": "how often names are borne; counted anew each night, and of nobody",
    "procrastinate_jobs": "what a job does is recorded where it does it",
    "procrastinate_events": "the queue's own history",
    "procrastinate_periodic_defers": "the queue's own history",
    "procrastinate_workers": "the queue's own history",
}


def render() -> str:
    """Return the list as it stands in docs/audit.md."""
    rows = [f"| `{table}` | {why} |" for table, why in EXEMPT.items()]
    return "\n".join(["| table | why not |", "|---|---|", *rows])
