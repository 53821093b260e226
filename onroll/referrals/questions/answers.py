"""A referral out of the answers of its form."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from onroll.govuk.languages import ENGLISH
from onroll.referrals.codes import Relation
from onroll.referrals.definition import QUESTIONS
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.facts import (
    ChildWords,
    EnquiryWords,
    FileWords,
    GroupWords,
    ReferralFacts,
    RiskWords,
    StartWords,
    Typist,
)
from onroll.referrals.queries.pupils import Pupil
from onroll.referrals.questions.ages import number_in
from onroll.referrals.questions.urgency import names_plan, risk_answers, urgent_why
from onroll.rules.enquiries import OTHER
from onroll.rules.school_reports import Concern

Answers = Mapping[str, Any]
OWN_PLACE = {
    *("relation", "gives_name", "referrer_name", "referrer_contact", "worry", "danger"),
    *("danger_why", "forename", "surname", "born", "age", "home", "postcode", "upn"),
    *("school_words", "last_seen", "channel", "came_on", "came_at", "taken_by"),
    *("talk_lead", "talk_lead_contact", "talk_manager", "talk_on", "talk_advice"),
    *("exploitation_with", "exploitation_on", "groups_national", "groups_local", "groups_on"),
}
"""The questions whose answers have a column or a table of their own, beside risk and groups."""


def facts_of(
    answers: Answers,
    depth: Depth,
    *,
    by: str,
    at: datetime,
    school: tuple[int, str] | None = None,
    pupil: Pupil | None = None,
    language: str = ENGLISH,
    files: tuple[FileWords, ...] = (),
    start: StartWords | None = None,
) -> ReferralFacts:
    """Return a whole referral. `by` is who fills the form in; `school` the key and the name."""
    first = _child(answers, pupil, school_words=school[1] if school else "")
    return ReferralFacts(
        depth=depth.value,
        relation=_relation(answers, depth),
        worry=answers["worry"],
        urgent_why=urgent_why(answers),
        children=(first, *_siblings(answers)),
        referrer_name=answers.get("referrer_name") or (by if school else ""),
        referrer_contact=answers.get("referrer_contact") or "",
        school=school[0] if school else None,
        language=language,
        answers=dict(_remaining(answers)),
        enquiries=tuple(_enquiries(answers, by)),
        groups=tuple(_groups(answers, answers.get("referrer_name") or by, at.date())),
        risk=_risk(answers),
        files=files,
        start=start,
        concerns=_concerns(answers) if school else frozenset(),
        missing=tuple(answers.get("missing") or ()),
        missing_why=answers.get("missing_why") or "",
        typist=_typist(answers, at),
    )


def _relation(answers: Answers, depth: Depth) -> str:
    by_form = {Depth.PROFESSIONAL: Relation.PROFESSIONAL, Depth.SCHOOL: Relation.SCHOOL}
    return (
        by_form[depth].value
        if depth in by_form
        else str(answers.get("relation") or Relation.NOT_SAID.value)
    )


def _child(answers: Answers, pupil: Pupil | None, *, school_words: str) -> ChildWords:
    on_record = pupil.words if pupil else {}

    def text(code: str) -> str:
        return str(answers.get(code) or on_record.get(code) or "")

    age = number_in(text("age"))
    return ChildWords(
        forename=text("forename"),
        surname=text("surname"),
        born_on=answers.get("born") or (pupil.born_on if pupil else None),
        age=age,
        age_words="" if age is not None else text("age"),
        home=text("home"),
        postcode=text("postcode").upper(),
        upn=text("upn").upper(),
        school_words=text("school_words") or school_words,
        last_seen=text("last_seen"),
        record=pupil.child_id if pupil else None,
    )


def _siblings(answers: Answers) -> Iterator[ChildWords]:
    """Yield the brothers and sisters who are referred too; they live where the first one does."""
    for row in answers.get("siblings") or ():
        if row["sibling_is_referred"] == "yes":
            words = row.get("sibling_age") or ""
            age = number_in(words)
            yield ChildWords(
                forename=row["sibling_forename"],
                surname=row["sibling_surname"],
                born_on=row["sibling_born"],
                age=age,
                age_words="" if age is not None else words,
                school_words=row["sibling_school"],
                home=answers.get("home") or "",
                postcode=(answers.get("postcode") or "").upper(),
            )


def _enquiries(answers: Answers, by: str) -> Iterator[EnquiryWords]:
    for row in answers.get("enquiries") or ():
        yield EnquiryWords(
            step=row["enquiry_step"],
            step_words=row["enquiry_other"] if row["enquiry_step"] == OTHER else "",
            on=row["enquiry_on"],
            outcome=row["enquiry_outcome"],
            at=row["enquiry_at"],
            by=row["enquiry_by"] or by,
            name=row["enquiry_name"],
            contact=row["enquiry_contact"],
            method=row["enquiry_method"],
            evidence=row["enquiry_evidence"],
        )


def _groups(answers: Answers, by: str, today: date) -> Iterator[GroupWords]:
    on = answers.get("groups_on") or today
    for group in (*(answers.get("groups_national") or ()), *(answers.get("groups_local") or ())):
        said_by = answers.get(f"group_{group}_by") or by or "Who refers"
        yield GroupWords(group=group, said_by=said_by[:120], said_on=on)


def _risk(answers: Answers) -> RiskWords | None:
    if "talk_lead" not in answers and not risk_answers(answers):
        return None
    return RiskWords(
        answers=risk_answers(answers),
        lead=answers.get("talk_lead") or "",
        lead_contact=answers.get("talk_lead_contact") or "",
        manager=answers.get("talk_manager") or "",
        on=answers.get("talk_on"),
        advice=answers.get("talk_advice") or "",
        exploitation_with=answers.get("exploitation_with") or "",
        exploitation_on=answers.get("exploitation_on"),
    )


def _concerns(answers: Answers) -> frozenset[Concern]:
    """Return what a school reports that may go to home education as well (policy p.7, 9)."""
    reported = {
        Concern.HOME_EDUCATION: answers.get("reason") == "home_education",
        Concern.UNKNOWN_DESTINATION: answers.get("reason") in ("no_destination", "moved_unknown"),
        Concern.PROTECTION: names_plan(answers),
    }
    return frozenset(concern for concern, is_so in reported.items() if is_so)


def _typist(answers: Answers, at: datetime) -> Typist | None:
    if not answers.get("channel"):
        return None
    return Typist(
        channel=answers["channel"],
        taken_by=answers["taken_by"],
        at=at,
        has_time=bool(answers.get("came_at")),
    )


def _remaining(answers: Answers) -> Iterator[tuple[str, Any]]:
    """Yield the answers that no column or table of its own holds, as the database keeps them."""
    for code, question in QUESTIONS.items():
        is_apart = code in OWN_PLACE or code.startswith(("risk_", "group_"))
        if not is_apart and answers.get(code) and question.page not in ("adults", "siblings"):
            yield code, _plain(answers[code])
    for name in ("adults", "siblings"):
        if rows := answers.get(name):
            filled = [{code: _plain(value) for code, value in row.items() if value} for row in rows]
            yield name, filled
    if answers.get("record_wrong"):
        yield "record_wrong", answers["record_wrong"]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
