"""Answer a question whether a child is on a roll, and write it down."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext

from onroll.accounts.models import User
from onroll.advice.models import RollQuestion
from onroll.advice.queries import Asker, asked_lately, certain_children
from onroll.agencies.models import Code
from onroll.audit import actions as audit
from onroll.cases.queries.typed import Typed
from onroll.rules.refusal import Refused
from onroll.rules.roll_question import Purpose, Reply, asked_too_often, limit_reached, reply

PAGE, GROUND = "is this child on a roll", "all"


@transaction.atomic
def answer_roll_question(
    *, typed: Typed, purpose: Purpose, asker: Asker, at: datetime
) -> RollQuestion:
    """Answer about one child; refused where the asker has asked too often.

    The question keeps no name. Where the answer is yes or no, the read log names the child of whom
    it was said.
    """
    _lock(asker)
    if reached := limit_reached(asked_lately(asker, at=at), at=at):
        limit, until = reached
        words = asked_too_often(
            limit,
            until=until,
            at=at,
            say=gettext,
            say_day=lambda day: format_day(day, "j F Y"),
        )
        raise Refused(words)
    children = certain_children(typed, on=at.date())
    answer = reply(tuple(children.values()))
    question = RollQuestion.objects.create(
        asked_at=at,
        asked_by=asker.user,
        code=asker.code,
        purpose=purpose.value,
        reply=answer.value,
        mark=_mark(typed),
    )
    audit.saw(
        by=asker.user or User(),
        children=[] if answer is Reply.REFER else list(children),
        page=f"{PAGE}, question {question.ref}",
        ground=GROUND,
        at=at,
        fields=("on a roll",),
    )
    return question


def _lock(asker: Asker) -> None:
    """Let one question of a person be counted at a time."""
    if asker.user is not None:
        User.objects.select_for_update(no_key=True).get(pk=asker.user.pk)
    if asker.code is not None:
        Code.objects.select_for_update(no_key=True).get(pk=asker.code.pk)


def _mark(typed: Typed) -> str:
    words = "|".join((typed.forename, typed.surname, str(typed.born))).casefold()
    return salted_hmac("onroll.advice.roll_question", words).hexdigest()[:16]
