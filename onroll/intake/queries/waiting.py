"""Records that wait for a person."""

from datetime import date, datetime

from django.db.models import BooleanField, Count, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.shortcuts import get_object_or_404

from onroll.accounts.access import may, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.cases.models import Case
from onroll.cases.offers import Todo
from onroll.intake.models import Decision, Row, RowStage, Transfer
from onroll.intake.queries.sight import out_of_sight, sight_of, weighed_out_of_sight
from onroll.matching import Kind
from onroll.rules.day import Call

UNSURE = Q(stage=RowStage.UNSURE.value)
HELD = Q(stage=RowStage.HELD.value)
TO_CONFIRM = Q(is_to_confirm=True, confirmed_at__isnull=True)
"""What makes a record wait, in the one place where pages, tiles, menu and report look it up."""


def get_row(user: User, ref: str, number: int) -> Row:
    """Return one record of a file in this person's sight, with all about it; else 404."""
    rows = _whole_rows().filter(transfer__in=Transfer.objects.visible_to(user))
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def get_waiting(user: User, ref: str, number: int) -> Row:
    """Return a record that waits for a decision; 404 once it is settled, or for who may not see."""
    rows = _rows_to_decide(user).filter(UNSURE).exclude(out_of_sight(user))
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def get_settled(user: User, ref: str, number: int) -> Row | None:
    """Return a record that somebody settled, for who may settle records and know why; else None."""
    by_a_person = Q(answer=Kind.UNSURE.value) | Q(decision__isnull=False)
    rows = _rows_to_decide(user).filter(by_a_person, stage=RowStage.APPLIED.value)
    row = rows.exclude(out_of_sight(user)).filter(transfer__ref=ref, number=number).first()
    return row if row is not None and sight_of(user).tells_why(row) else None


def get_answered_claim(user: User, ref: str, number: int) -> Row | None:
    """Return a record whose claim was answered, for who may answer claims; else None.

    An officer answered it, or what another file said since did.
    """
    by_officer = Q(is_to_confirm=True, confirmed_at__isnull=False)
    by_file = Q(is_to_confirm=False, overtaken_at__isnull=False)
    rows = _rows_to_decide(user).filter(by_officer | by_file)
    return rows.exclude(out_of_sight(user)).filter(transfer__ref=ref, number=number).first()


def decisions_about(row: Row) -> list[Decision]:
    """Return what people said of the identity in a record, here or in another, the last first."""
    decisions = Decision.objects.filter(fingerprint=row.fingerprint).select_related("by")
    return list(decisions.order_by("-at", "-pk"))


def get_claim(user: User, ref: str, number: int) -> Row:
    """Return a record whose claim waits; 404 once it is answered, or for who may not see."""
    rows = _rows_to_decide(user).filter(TO_CONFIRM).exclude(out_of_sight(user))
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def open_case_of(row: Row) -> Case | None:
    """Return the open case of the child a record is about, if there is one."""
    return Case.objects.open().filter(child=row.child_id).first() if row.child_id else None


def get_held(user: User, ref: str, number: int) -> Row:
    """Return a record that could not be used; 404 once it is."""
    rows = _rows_to_decide(user).filter(HELD)
    return get_object_or_404(rows, transfer__ref=ref, number=number)


def _rows_to_decide(user: User) -> QuerySet[Row]:
    """Return the records this person may decide about (row 16), whoever may open the file."""
    may_decide = scope(user, Permission.MATCH_DECIDE) == Scope.ALL
    return _whole_rows() if may_decide else _whole_rows().none()


def _whole_rows() -> QuerySet[Row]:
    return Row.objects.select_related(
        *("transfer__sender", "child", "case", "confirmed_by", "decision__by"),
        "overtaken_by__school",
    ).prefetch_related("problems", Prefetch("decisions", Decision.objects.select_related("by")))


def todo(user: User, *, on: date, at: datetime) -> list[Todo]:
    """Return the records that wait in review, for who may decide about them."""
    if not may(user, Permission.MATCH_DECIDE):
        return []
    return [
        Todo(
            code,
            Row.objects.filter(condition),
            _WORDS[code],
            REVIEW,
            {"list": code},
            "soon",
            since="applied_at" if code == "claims" else "transfer__received_at",
            call=Call.ARRIVED if user.role in (Role.LOC, Role.MASH) else None,
            is_for_review=True,
        )
        for code, condition in _waits_in_sight(user).items()
    ]


def waiting_counts(user: User) -> dict[str, int]:
    """Return how many records wait, by what they wait for."""
    conditions = _waits_in_sight(user).items()
    return Row.objects.aggregate(
        **{code: Count("pk", filter=condition) for code, condition in conditions}
    )


def _waits_in_sight(user: User) -> dict[str, Q]:
    """Return by what a record waits for the condition that it does, and that this person may know.

    What cannot be used yet says nothing of whose record it is, and is counted for everyone.
    """
    may_see = ~out_of_sight(user)
    return {"unsure": UNSURE & may_see, "claims": TO_CONFIRM & may_see, "held": HELD}


REVIEW = "intake:review"
_WORDS = {
    "unsure": ("record for you to say whose it is", "records for you to say whose they are"),
    "claims": ("claim for you to confirm", "claims for you to confirm"),
    "held": ("record held until mended", "records held until mended"),
}


def for_review(user: User) -> list[QuerySet[Row]]:
    """Return the records that wait in review for a person who may decide about them."""
    to_decide = Row.objects.filter(UNSURE | TO_CONFIRM).exclude(out_of_sight(user))
    return [to_decide, Row.objects.filter(HELD)]


def waiting_rows(user: User) -> QuerySet[Row]:
    """Return the unsure records that wait for a person, the longest waiting first.

    Before all others come those that may be of a child with an open case: a lost child found.
    """
    return (
        Row.objects.filter(UNSURE)
        .exclude(out_of_sight(user))
        .annotate(is_lead=RawSQL(_MAY_BE_SOUGHT, (), output_field=BooleanField()))
        .select_related("transfer__sender", "transfer__received_by")
        .prefetch_related(Prefetch("decisions", Decision.objects.select_related("by")))
        .order_by("-is_lead", "transfer__received_at", "number")
    )


_MAY_BE_SOUGHT = """
exists (select 1 from cases_case sought
    join children_child c on sought.child_id = coalesce(c.merged_into_id, c.id)
    join jsonb_array_elements(intake_row.candidates) maybe on c.id = (maybe->>'child')::bigint
    where sought.closed_on is null)
"""


def settled_rows(user: User) -> QuerySet[Row]:
    """Return the records that people have settled, the last settled first."""
    return (
        Row.objects.filter(decisions__verdict__in=["same", "different"], decision__isnull=False)
        .exclude(out_of_sight(user))
        .exclude(weighed_out_of_sight(user))
        .select_related("transfer__sender", "transfer__received_by", "child", "decision__by")
        .order_by("-decisions__at", "-pk")
    )


def held_rows() -> QuerySet[Row]:
    """Return the records that cannot be applied until something is mended."""
    return (
        Row.objects.filter(HELD)
        .select_related("transfer__sender", "transfer__received_by")
        .order_by("transfer__received_at", "number")
    )


def rows_to_confirm(user: User) -> QuerySet[Row]:
    """Return the applied records whose claim waits for this person or another to confirm it."""
    return (
        Row.objects.filter(TO_CONFIRM)
        .exclude(out_of_sight(user))
        .select_related("transfer__sender", "transfer__received_by", "child")
        .order_by("applied_at", "pk")
    )
