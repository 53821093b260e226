"""Working on an open case: who has it, what they wrote, where it stands."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases.actions.alerts import end_alerts, raise_alert
from onroll.cases.actions.clocks import LOOK, end_reviews, start_review
from onroll.cases.actions.lock import keep, record, refuse_closed, take
from onroll.cases.actions.risk_level import end_risk_choice
from onroll.cases.models import WHEREABOUTS_KNOWN, AlertKind, Case, Member, Note
from onroll.clocks import actions as clocks
from onroll.messages import actions as messages
from onroll.messages.models import Kind
from onroll.rules import pathway
from onroll.rules.pathway import Move, Stage
from onroll.rules.refusal import Refused


@transaction.atomic
def assign_case(
    *, case: Case, owner: User, by: User, at: datetime, version: int | None = None
) -> Case:
    """Give a case to an officer, who is then told of what falls due on it."""
    case = take(case, version)
    refuse_closed(case, "given to someone")
    case.owner = owner
    keep(case, "owner")
    record(case, f"Assigned to {owner.name}", why="", at=at, by=by)
    is_plain = not case.child.is_sealed
    messages.tell(
        kind=Kind.CASE_GIVEN, ref=case.ref, to=[owner], at=at, apart_from=by, with_covers=is_plain
    )
    return case


@transaction.atomic
def add_member(*, case: Case, user: User, by: User, at: datetime) -> Member:
    """Put someone on the team of a case, so that they can see it and work on it."""
    case = take(case, None)
    member, is_added = Member.objects.get_or_create(case=case, user=user, defaults={"added_at": at})
    if is_added:
        record(case, f"{user.name} joined the team", why="", at=at, by=by)
    return member


_SAME_NOTE = timedelta(minutes=15)


@transaction.atomic
def add_note(
    *, case: Case, text: str, by: User, at: datetime, is_safeguarding: bool = False
) -> Note:
    """Add a note. Notes are never changed; a correction is another note.

    Refused when the same person wrote the very same minutes ago: on a page that was loaded
    anew, a note sent again looks like another.
    """
    same = Note.objects.filter(case=case, by=by, text=text, is_safeguarding=is_safeguarding)
    if (last := same.filter(at__gt=at - _SAME_NOTE).first()) is not None:
        when = timezone.localtime(last.at)
        raise Refused(
            f"You wrote exactly this at {when:%H:%M}, and it is kept. Nothing was added. If it "
            "happened again, say what is new."
        )
    return Note.objects.create(case=case, text=text, by=by, at=at, is_safeguarding=is_safeguarding)


@transaction.atomic
def move_case(
    *,
    case: Case,
    move: Move,
    why: str,
    at: datetime,
    by: User | None,
    version: int | None = None,
) -> Case:
    """Take a case to the next stage by a move other than closing; refuse a move not open to it."""
    case = take(case, version)
    if move.ends == Stage.CLOSED:
        raise Refused("A case is closed with an outcome.")
    was, case.stage = case.stage, pathway.after(move, Stage(case.stage)).value
    if move in _SAYS_WHEREABOUTS:
        case.is_whereabouts_known = _SAYS_WHEREABOUTS[move]
    keep(case, "stage", "is_whereabouts_known")
    record(case, move.title, why=why, at=at, by=by)
    if by is not None:
        clocks.meet(clocks=case.deadlines.filter(clock=LOOK), on=at.date())
    if move == pathway.GIVE_UP:
        raise_alert(case=case, kind=AlertKind.UNTRACED, at=at)
        start_review(case=case, clock="untraced_review", starts_on=at.date())
        end_risk_choice(case, at=at)
    elif was == Stage.UNTRACED.value:
        end_reviews(case=case, on=at.date())
        end_alerts(case.alerts.filter(kind=AlertKind.UNTRACED.value), at=at, by=by)
    if move == pathway.LOSE:
        over = (AlertKind.LOCATED.value, AlertKind.DOUBTED.value)
        end_alerts(case.alerts.filter(kind__in=over), at=at, by=by)
    return case


@transaction.atomic
def note_whereabouts(*, case: Case, why: str, at: datetime, by: User | None) -> Case:
    """Note on an open case that it is known where the child is; nothing where it says so already.

    The stage stays: whoever has the case still looks for a place of education.
    """
    case = take(case, None)
    if case.is_open and not case.is_whereabouts_known:
        case.is_whereabouts_known = True
        keep(case, "is_whereabouts_known")
        record(case, WHEREABOUTS_KNOWN, why=why, at=at, by=by)
    return case


_SAYS_WHEREABOUTS = {pathway.LOCATE: True, pathway.LOSE: False, pathway.GIVE_UP: False}
