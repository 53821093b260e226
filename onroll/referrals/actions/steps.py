"""Taking a referral to change it, its clocks and its stage, and writing down what was done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from onroll.accounts.models import User
from onroll.cases import actions as cases
from onroll.cases.models import Case
from onroll.children import actions as children
from onroll.children.actions import ChildFacts
from onroll.children.models import Child, Source
from onroll.clocks import actions as clocks
from onroll.referrals.actions.enquiry_log import put_on_log
from onroll.referrals.actions.last_school import last_school_of
from onroll.referrals.clock_codes import ACCEPT as ACCEPT
from onroll.referrals.clock_codes import DECIDE as DECIDE
from onroll.referrals.clock_codes import RECEIPT as RECEIPT
from onroll.referrals.codes import AT_THE_HUB, Stage, which_children
from onroll.referrals.models import HubDecision, Referral, ReferralStep, ReferredChild
from onroll.referrals.promise import promised
from onroll.rules.clocks import CLOCKS, Unit
from onroll.rules.dated import in_words
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND, moment_in_words
from onroll.rules.reasons import reason_of_referral
from onroll.rules.refusal import Changed
from onroll.rules.risk import RiskAnswer
from onroll.schools.queries import calendar_for, our_policy

CHANGED = (
    "This referral changed after you opened the page. The last thing that happened: “{what}”{who}, "
    "{when}. Read it again, then decide."
)


def lock(referral: Referral, version: int | None) -> Referral:
    """Lock the referral; refuse when the page it was decided on is older."""
    is_in_part = referral.is_in_part
    referral = Referral.objects.select_for_update().get(pk=referral.pk)
    if version is not None and version != referral.version:
        raise _changed(referral, is_in_part=is_in_part)
    return referral


def _changed(referral: Referral, *, is_in_part: bool) -> Changed:
    """Return the last thing that happened, when, and by whom; of an addition its words say that.

    Who sees a referral in part is not told why: the reason may be about another child.
    """
    step = referral.steps.select_related("by")[0]
    who = "" if step.is_by_referrer else f" by {step.by.name if step.by else 'Onroll'}"
    when = moment_in_words(step.at)
    why = {} if is_in_part else {"why": step.why or "No reason given"}
    stands = {"What was done": f"{step.what}{who}, {when}", **why}
    return Changed(CHANGED.format(what=step.what, who=who, when=when), stands=stands)


def keep(referral: Referral) -> Referral:
    """Save the referral and count the change, so that older pages are refused."""
    referral.version += 1
    referral.save()
    return referral


def settle(referral: Referral, *, at: datetime) -> None:
    """Set the stage to what is decided about the children, and meet the hub's clock if all is."""
    standing = HubDecision.objects.standing().filter(entry__referral=referral)
    if standing.count() < referral.children.count():
        is_new = referral.owner_id is None
        referral.stage = Stage.CONTACT.value if is_new else Stage.SCREENING.value
        referral.decided_at = None
        return
    if referral.stage in AT_THE_HUB:
        referral.decided_at = at
        clocks.meet(clocks=referral.deadlines.filter(clock__in=DECIDE), on=day_of(at))
    referral.stage = _stage_of(referral).value


def _stage_of(referral: Referral) -> Stage:
    """Return how far a referral is of which all children are decided."""
    of_it = HubDecision.objects.filter(entry__referral=referral)
    if of_it.to_accept().exists():
        return Stage.HANDED_OVER
    if of_it.sent_on().exists():
        return Stage.SENT_ON
    is_accepted = of_it.standing().filter(accepted_by__isnull=False).exists()
    return Stage.ACCEPTED if is_accepted else Stage.CLOSED


def record(
    referral: Referral,
    what: str,
    *,
    why: str,
    at: datetime,
    by: User | None,
    about: Sequence[ReferredChild] = (),
    gives: Sequence[str] = (),
) -> None:
    """Add a line to what happened to the referral, and to which of its children.

    `gives` are codes of what it was sent without and the hub has now.
    """
    which = which_children(numbers_of(referral, about))
    what = f"{what[: 120 - len(which)]}{which}"
    ReferralStep.objects.create(referral=referral, what=what, why=why, at=at, by=by, gives=[*gives])


def set_grade(referral: Referral, grade: Grade, *, why: str, by: User, at: datetime) -> None:
    """Keep how grave a referral looks to the hub, and say so in what happened to it."""
    referral.grade = grade.value
    record(referral, f"Graded {grade.value}", why=why, at=at, by=by)


def numbers_of(referral: Referral, children: Sequence[ReferredChild]) -> list[int]:
    """Return the numbers of children of a referral; none where it has one child alone."""
    is_one_of_several = bool(children) and referral.children.count() > 1
    return [child.number for child in children] if is_one_of_several else []


def run(
    of: Referral | HubDecision, codes: tuple[str, str], *, is_urgent: bool, at: datetime
) -> None:
    """Start the clock of a calm or of an urgent referral, or let it run again."""
    run_clock(of, codes[is_urgent], at=at)


def run_clock(of: Referral | HubDecision, clock: str, *, at: datetime) -> None:
    """Start one clock of a referral or of a decision at a moment, or let it run again."""
    on, policy = day_of(at), our_policy()
    if CLOCKS[clock].unit is Unit.HOURS:
        clocks.start_at(of=of, clock=clock, at=at, policy=policy)
        return
    due_on = clocks.due_on(clock, on, calendar=calendar_for(None), policy=policy)
    due_at = _hour_of(clock, due_on=due_on, at=at)
    deadline, is_new = clocks.start_on(
        of=of, clock=clock, starts_on=on, due_on=due_on, due_at=due_at
    )
    if not is_new:
        clocks.run_again(deadline=deadline)


def _hour_of(clock: str, *, due_on: date, at: datetime) -> datetime | None:
    """Return the hour by which the hub decides what is urgent: that which is told to who refers.

    Nothing where it opens no more on the due day: then its time is over at the end of that day.
    """
    if clock != DECIDE[True]:
        return None
    moment = promised(due_on=due_on, since=at)
    return moment if day_of(moment) == due_on else None


def day_of(moment: datetime) -> date:
    """Return the day in England of a moment: clocks count from it."""
    return moment.astimezone(ENGLAND).date()


def report(
    entry: ReferredChild, *, child: Child | ChildFacts, because: str, by: User, at: datetime
) -> Case:
    """Open a case for a child of a referral, or add it to the open one, as of the day it came."""
    referral = entry.referral
    on = day_of(referral.sent_at)
    decision = HubDecision.objects.standing().filter(entry=entry).first()
    is_known = decision.is_whereabouts_known if decision else None
    case = cases.report_child(
        key=(key := _key_of(entry)),
        child=child,
        reason=_reason_of(entry),
        because=because,
        said_by=f"{_teller(referral)}, referral {referral.ref}",
        last=last_school_of(entry, child),
        by=by,
        on=on,
        at=at,
        is_decided_unknown=is_known is False,
    )
    if day_of(at) - on >= timedelta(days=1):
        cases.update_whereabouts(
            child=case.child, on=day_of(at), at=at, is_decided_unknown=is_known is False
        )
    entry.case = case
    entry.save(update_fields=["case"])
    if referral.is_urgent or referral.grade == Grade.RED:
        cases.note_grave_referral(case=case, at=at)
    put_on_log(referral, entry, case, at=at)
    if entry.number == 1:  # whom the answers of the form are about
        _add_groups(case, referral, key=key)
    if decision is not None and is_known:
        case = cases.note_whereabouts(case=case, why=HUB_KNOWS, at=decision.at, by=decision.by)
    return _doubt(case, decision, referral, key=key, at=at) if decision else case


def _doubt(
    case: Case, decision: HubDecision, referral: Referral, *, key: str, at: datetime
) -> Case:
    """Put before the worker of an open case what the hub found, and the case says otherwise."""
    on = in_words(day_of(decision.at))
    return cases.doubt_case(
        case=case,
        is_unknown=decision.is_whereabouts_known is False,
        may_be_at_risk=decision.risk in _MAY_BE_AT_RISK,
        said=f"The hub found on {on}, of referral {referral.ref}",
        source=Source.objects.get(reference=key),
        at=at,
        by=decision.by,
    )


def _reason_of(entry: ReferredChild) -> str:
    """Return why a child is on the register: what the form says of its first child, if anything."""
    answers = entry.referral.answers if entry.is_first else {}
    return reason_of_referral(str(answers.get("reason") or ""))


def _key_of(entry: ReferredChild) -> str:
    """Return what names the report of a child: another each time that it was taken back.

    Whoever reports holds the lock of the referral, so that one report is never counted twice.
    """
    number = sources_of(entry).count()
    return f"{_first_key(entry)} again {number}" if number else _first_key(entry)


def sources_of(entry: ReferredChild) -> QuerySet[Source]:
    """Return what the reports of a child of a referral stand under, the newest first."""
    key = _first_key(entry)
    is_of_it = Q(reference=key) | Q(reference__startswith=f"{key} again ")
    return Source.objects.filter(is_of_it).order_by("-pk")


def _first_key(entry: ReferredChild) -> str:
    return f"referral {entry.referral.ref} {entry.number}"


def _teller(referral: Referral) -> str:
    """Return who says what a referral says: the school by its name, anybody else by none."""
    return referral.school.name[:90] if referral.school else referral.referrer


_MAY_BE_AT_RISK = (RiskAnswer.YES.value, RiskAnswer.NOT_SURE.value)
HUB_KNOWS = "The hub found that it is known where the child is."


def _add_groups(case: Case, referral: Referral, *, key: str) -> None:
    """Add the groups at risk that a referral names to what is known of the child (P06)."""
    if kinds := [row.group for row in referral.groups.all()]:
        source = Source.objects.get(reference=key)
        children.add_facts(child=case.child, facts=ChildFacts(flags=tuple(kinds)), source=source)
