"""That somebody thought again of the greater risks of a missing child (policy p.5, P76)."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.rules.dated import in_words
from onroll.rules.risk import RiskAnswer
from onroll.rules.triage import GREATER_RISKS

_BEFORE = {RiskAnswer.YES.value: "yes", RiskAnswer.NOT_SURE.value: "not sure"}


class RiskReview(models.Model):
    """One review of a case. Rows are only added.

    `answers` has by the code of each of the seven risks what was answered, and the words to it; of
    a *no* after another answer, or after what the hub found, also that answer (`before`).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="risk_reviews")
    answers = models.JSONField()
    told = models.TextField(blank=True)
    """Who was told of what was found, apart from illegal employment."""
    told_on = models.DateField(null=True, blank=True)
    told_why_not = models.TextField(blank=True)
    work_told = models.TextField(blank=True)
    """Who in child employment was told, where the child may be working."""
    work_told_on = models.DateField(null=True, blank=True)
    work_told_why_not = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answers__has_keys=[*GREATER_RISKS]),
                name="risk_review_answers_each_risk",
            ),
        )
        indexes = (models.Index(fields=("case", "-at"), name="risk_review_by_case"),)

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield each risk in words with the code of its answer and the words to it."""
        for code, title in GREATER_RISKS.items():
            yield title, self.answers[code]["answer"], self.answers[code]["words"]

    @property
    def found(self) -> list[tuple[str, str, str]]:
        """Return the risks that were not denied."""
        return [line for line in self.lines if line[1] != RiskAnswer.NO]

    @property
    def denied(self) -> list[tuple[str, str, str]]:
        """Return the risks that were taken away: title, the answer before in words, and why."""
        return [
            (title, _BEFORE[self.answers[code]["before"]], self.answers[code]["words"])
            for code, title in GREATER_RISKS.items()
            if "before" in self.answers[code]
        ]

    @property
    def in_words(self) -> str:
        """Return what was found, what was taken away and who was told, in lines, for the log.

        What is known of a risk that was found stands on the case alone.
        """
        denied = (
            f"{title}: no. Before: {before}. Why: {why}" for title, before, why in self.denied
        )
        return "\n".join(
            (
                *(f"{title}: {_BEFORE[answer]}." for title, answer, _ in self.found),
                *(() if self.found else ("None of the seven was found.",)),
                *denied,
                *_told("Told", self.told, self.told_on, self.told_why_not),
                *_told(
                    "Child employment", self.work_told, self.work_told_on, self.work_told_why_not
                ),
            )
        )


def _told(title: str, whom: str, on: date | None, why_not: str) -> Iterator[str]:
    if whom and on:
        yield f"{title}: {whom}, {in_words(on)}."
    elif why_not:
        yield f"{title}: nobody. Why: {why_not}"
