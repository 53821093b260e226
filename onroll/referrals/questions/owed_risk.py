"""The questions about risk that a referral was sent without, asked of who referred afterwards."""

from collections.abc import Collection
from copy import deepcopy
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from onroll.govuk.forms import Form
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.definition.risk import RISK, RISK_PAGES, answer_of, words_of
from onroll.referrals.questions.forms import form_of
from onroll.referrals.questions.urgency import risk_answers
from onroll.rules.risk import RISK_QUESTIONS, RiskAnswer


class OwedRiskForm(Form):
    """Yes, no or not sure, with room for words: as many as who referred can answer now."""

    def clean(self) -> dict[str, Any]:
        """Ask for one answer at least."""
        cleaned = super().clean()
        if not self.errors and not risk_answers(cleaned):
            self.add_error(next(iter(self.fields)), gettext("Answer at least one question"))
        return cleaned


def owed_risk_form(data: QueryDict | None, depth: str, codes: Collection[str]) -> OwedRiskForm:
    """Return the form that asks some of the 21 questions, as the form at a depth asks them."""
    return _form_of(Depth(depth), frozenset(codes))(data)


@cache
def _form_of(depth: Depth, codes: frozenset[str]) -> type[OwedRiskForm]:
    without = frozenset(q.code for q in RISK) - frozenset(_questions(codes))
    fields: dict[str, Any] = {}
    reveals: dict[str, Any] = {}
    for page in RISK_PAGES:
        of_page = form_of(page.slug, depth, without)
        fields |= deepcopy(of_page.base_fields)
        reveals |= of_page.reveals
    for field in fields.values():
        field.required = False
    return type("OwedRiskQuestions", (OwedRiskForm,), {**fields, "reveals": reveals})


def _questions(codes: Collection[str]) -> list[str]:
    """Return the codes of the questions on the form about some of the 21, with room for words."""
    asked = [question.code for question in RISK_QUESTIONS if question.code in codes]
    room = [words_of(code, answer.value) for code in asked for answer in RiskAnswer]
    return [*(answer_of(code) for code in asked), *room]
