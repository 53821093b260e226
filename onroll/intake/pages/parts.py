"""Small parts that all pages of intake share."""

from onroll.formats import PupilRecord
from onroll.govuk.inline import MISSING, day
from onroll.intake.models import Transfer


def born(record: PupilRecord) -> str:
    """Return the birthday a record gives, as it was written when it cannot be one."""
    return day(record.born) if record.born else record.born_text or MISSING


def name_of(record: PupilRecord) -> str:
    """Return the name in a record as lists have it, surname first."""
    if not (record.surname or record.forename):
        return "No name"
    return ", ".join(part for part in (record.surname.upper(), record.forename) if part)


def sender_of(transfer: Transfer) -> str:
    """Return the school a file is from; as the file has it when that school is not on file."""
    return transfer.sender.name if transfer.sender else transfer.sender_text


def brought_by(transfer: Transfer) -> str:
    """Return the school a file is from; where it names none, who sent it to us."""
    person = transfer.received_by
    return sender_of(transfer) or (person.name if person else "a sender who is not named")
