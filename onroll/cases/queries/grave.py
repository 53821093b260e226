"""Which cases are grave: the one definition, for what officers have and for what may be muted."""

from django.db.models import Exists, OuterRef, Q, Subquery

from onroll.cases.models import CaseReason, RiskReview, Sighting
from onroll.cases.models.sighting import FOSTERED_CODES, UNSAFE_CODES
from onroll.children.models import Flag
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS
from onroll.rules.workload import GRAVE_GROUPS, GRAVE_REASONS


def is_grave(case: str = "") -> Q:
    """Return the condition that a case is grave: by a reason, by a group that the child is in, or
    because the last review of the greater risks found one."""
    pk = OuterRef(f"{case}pk")
    reasons = CaseReason.objects.standing().filter(case=pk, code__in=GRAVE_REASONS)
    groups = Flag.objects.filter(
        child=OuterRef(f"{case}child"), kind__in=GRAVE_GROUPS, to_on__isnull=True
    )
    newest = RiskReview.objects.filter(case=OuterRef("case")).order_by("-at", "-pk").values("pk")
    last = RiskReview.objects.filter(case=pk, pk=Subquery(newest[:1]))
    risky = Q()
    for code in GREATER_RISKS:
        risky |= Q(**{f"answers__{code}__answer": RiskAnswer.YES.value})
    return Q(Exists(reasons)) | Q(Exists(groups)) | Q(Exists(last.filter(risky)))


def may_be_in_danger(case: str = "") -> Q:
    """Return the condition that the child of a case may be in danger: the case is grave, or
    somebody was not sure that the child is safe and nobody has acted on it yet."""
    open_ones = Sighting.objects.filter(case=OuterRef(f"{case}pk"))
    open_ones = open_ones.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    fostered = Q(fostering__in=FOSTERED_CODES) & ~Q(is_care_told=True)
    worries = open_ones.filter(Q(is_safe__in=UNSAFE_CODES) | fostered)
    return is_grave(case) | Q(Exists(worries))
