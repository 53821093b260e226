"""Take in a list as what it is: of a kind, whole, and of a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.formats import Unreadable
from onroll.formats.door import shape_of
from onroll.formats.packed import Shape
from onroll.intake.actions.receiving import Received, receive_file, start_processing
from onroll.intake.kinds import title_of
from onroll.intake.list_kinds import LIST_TYPES
from onroll.intake.models import ListKind, Transfer, TransferStage
from onroll.intake.words import STAGES
from onroll.rules.dated import in_words
from onroll.rules.refusal import Refused


@transaction.atomic
def receive_list(
    *,
    content: bytes,
    name: str,
    kind: ListKind,
    on: date,
    how: str,
    at: datetime,
    by: User | None = None,
) -> Received:
    """Receive a whole list of one day. It is read, matched and then compared.

    Bytes that came before as an ordinary roll are compared now; as any other list they stay what
    they were said to be first. Raises `Refused`.
    """
    if not is_list(content, name=name):
        raise Refused(f"{name} is not a list Onroll reads. Send .csv or .xlsx.", field="file")
    if on > at.date():
        raise Refused("The day of the list must not be in the future.", field="on")
    received = receive_file(content=content, name=name, how=how, at=at, by=by)
    transfer = Transfer.objects.select_for_update().get(pk=received.transfer.pk)
    if received.is_first or _is_plain_roll(transfer, kind):
        transfer.list_kind, transfer.listed_on = kind.value, on
        if transfer.stage == TransferStage.APPLIED.value:
            transfer.stage, transfer.finished_at = TransferStage.READ.value, None
        transfer.save(update_fields=["list_kind", "listed_on", "stage", "finished_at"])
        if not received.is_first:
            start_processing(transfer=transfer)
    elif transfer.list_kind != kind.value:
        raise Refused(_as_another(transfer, name, kind), field="file")
    return Received(transfer, received.is_first, name)


def is_list(content: bytes, *, name: str) -> bool:
    """Say whether a file is a list, by what it holds."""
    try:
        return shape_of(content, name=name) is Shape.LIST
    except Unreadable:
        return False


def _as_another(transfer: Transfer, name: str, kind: ListKind) -> str:
    """Say what the same bytes came as before, where that stands, and how to send them as this."""
    declared = LIST_TYPES.get(transfer.list_kind)
    title = declared.title if declared else title_of(transfer.kind, "File of a school")
    so_far, _ = STAGES[transfer.stage]
    came_on = in_words(timezone.localtime(transfer.received_at).date())
    return (
        f"{name} was here already. It came on {came_on} as {transfer.name}, and stands under"
        f" Files: {title} ({so_far.lower()}). Open it there to go on with it. To send it as"
        f" “{LIST_TYPES[kind].title}”, copy its rows into a new file."
    )


def _is_plain_roll(transfer: Transfer, kind: ListKind) -> bool:
    is_refused = transfer.stage == TransferStage.REFUSED.value
    return kind == ListKind.ROLL and not transfer.list_kind and not is_refused
