"""Files that a person sends by hand: several together, each kept or told why not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction

from onroll.accounts.models import User
from onroll.formats import Facts, Unreadable
from onroll.formats.archive import unzip_safely
from onroll.formats.door import shape_of
from onroll.formats.packed import Shape
from onroll.intake.actions.receiving import Received, receive
from onroll.intake.models import Attachment, Upload, UploadItem
from onroll.tables.refusal import size_in_words

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Submission:
    """A file as a person sent it. With a `rule` it is not taken: the rule says why."""

    name: str
    content: bytes
    rule: str = ""
    facts: Facts = field(default_factory=dict)


def inspect_file(*, content: bytes, name: str, megabytes: int) -> Submission:
    """Say at the door whether a file is taken; what is in it is seen when it is read."""
    limit = megabytes * 1024**2
    if len(content) > limit:
        return Submission(name, b"", "file-too-large", {"limit": size_in_words(limit)})
    return _at_the_door(content, name)


def _at_the_door(content: bytes, name: str) -> Submission:
    try:
        shape_of(content, name=name)
    except Unreadable as refusal:
        return Submission(name, b"", refusal.rule, refusal.facts)
    return Submission(name, content)


@transaction.atomic
def receive_upload(
    *, files: Iterable[Submission], by: User, at: datetime, is_from_school: bool = False
) -> Upload:
    """Receive what a person sent together. A file, or one of a zip, that fails stops no other."""
    upload = Upload.objects.create(by=by, at=at)
    for submission in chain.from_iterable(map(_members, files)):
        if submission.rule:
            item = UploadItem(upload=upload, name=submission.name[:255], rule=submission.rule)
            item.facts = dict(submission.facts)
            item.save()
            continue
        received = receive(
            content=submission.content,
            name=submission.name,
            how="upload",
            by=by,
            at=at,
            is_from_school=is_from_school,
        )
        UploadItem.objects.bulk_create(_item(upload, arrival) for arrival in received)
    return upload


def _members(sent: Submission) -> Iterator[Submission]:
    """A file, or each file of a zip. A zip that is unsafe or broken is kept whole, and refused."""
    try:
        is_zip = not sent.rule and shape_of(sent.content, name=sent.name) is Shape.ZIP
        members = list(unzip_safely(sent.content)) if is_zip else []
    except Unreadable:
        members = []
    if not members:
        yield sent
    yield from (_at_the_door(content, name) for name, content in members)


def _item(upload: Upload, received: Received) -> UploadItem:
    return UploadItem(
        upload=upload,
        name=received.name[:255],
        transfer=received.transfer,
        is_first=received.is_first,
    )


# A file of a form that is not finished


@transaction.atomic
def keep_attachment(*, content: bytes, name: str, by: User, at: datetime) -> Attachment:
    """Keep a file that was chosen on a form with something else to mend, for a day."""
    return Attachment.objects.create(content=content, name=name[:255], by=by, at=at)


@transaction.atomic
def drop_attachment(*, attachment: Attachment) -> None:
    """Let go of a file once its form is finished."""
    attachment.delete()


@transaction.atomic
def drop_old_attachments(*, at: datetime) -> int:
    """Let go of the files of forms that nobody finished within a day; return how many."""
    number, _ = Attachment.objects.filter(at__lt=at - KEPT_FOR).delete()
    return number
