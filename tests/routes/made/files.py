"""Files that schools, an officer and the health service sent."""

from datetime import timedelta

from django.utils import timezone

from onroll.accounts.models import User
from onroll.documents import queries as documents
from onroll.intake import actions as intake
from onroll.intake import tasks
from onroll.intake.models import ListKind, Transfer
from tests import files
from tests.people import People

EMPTY = intake.Submission("empty.xml", b"", "file-empty")


def send_files(everyone: People) -> list[Transfer]:
    """Send the leavers of both schools, those of the first again, and a list of the health service.

    Return the two files of leavers.
    """
    sent = [
        _leaver_file(number, surname, by=by)
        for number, surname, by in (
            ("2001", "Oystercatch", everyone.sam),
            ("2002", "Yaffleton", everyone.tess),
        )
    ]
    _upload_again(sent[0], by=everyone.olive)
    _health_list("Wrenfield")
    return sent


def _upload_again(transfer: Transfer, *, by: User) -> None:
    """The same bytes from somebody else, with an empty file."""
    sent = [intake.Submission("again.xml", documents.content(transfer.document_id)), EMPTY]
    intake.receive_upload(files=sent, by=by, at=timezone.now())


def _leaver_file(estab: str, surname: str, *, by: User) -> Transfer:
    """A leaver, one who is nearly the child missing from the school, and one taught at home.

    Sent by the school, with an empty file.
    """
    left, now = timezone.localdate() - timedelta(days=5), timezone.now()

    def leaver(surname: str, years: int, reason: str) -> str:
        return files.pupil(
            surname=surname,
            forename="Made-up",
            born=timezone.localdate().replace(year=left.year - years, day=1),
            estab=estab,
            entry_on=left.replace(year=left.year - 2, day=1),
            left_on=left,
            reason=reason,
        )

    records = [
        leaver(surname, 10, "UK"),
        leaver("Quillfether", 9, "UK"),
        leaver("Ternwick", 11, "EL"),
    ]
    content = files.cml(*records, made=timezone.localdate(), estab=estab)
    sent = [intake.Submission(f"310{estab}_CML_310LLLL_001.xml", content), EMPTY]
    upload = intake.receive_upload(files=sent, by=by, at=now, is_from_school=True)
    item = upload.items.get(rule="")
    return tasks.take_through(item.transfer_id or 0, at=now, actor="test")


def _health_list(surname: str) -> None:
    """A child of school age on a list of the health service, whom no school has."""
    now, today = timezone.now(), timezone.localdate()
    born = today.replace(year=today.year - 7, day=1)
    content = f"Surname,Forename,Date of Birth\n{surname},Made-up,{born}\n".encode()
    kind = ListKind.HEALTH
    received = intake.receive_list(
        content=content, name="health.csv", kind=kind, on=today, how="command", at=now
    )
    tasks.take_through(received.transfer.pk, at=now, actor="test")
