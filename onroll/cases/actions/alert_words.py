"""What people say of the alerts of one kind on a case: seen, muted until a day, shown again."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from onroll.accounts.models import User
from onroll.cases import words
from onroll.cases.actions.lock import record, refuse_closed, take
from onroll.cases.models import AlertWord, Case
from onroll.cases.queries.grave import may_be_in_danger
from onroll.rules.alerts import Word, why_no_mute, why_not_until
from onroll.rules.dated import in_words
from onroll.rules.refusal import Changed, Refused

ANOTHER_CAME = (
    "Something else was raised on this case after you opened the page. Nothing was saved. Read it, "
    "then decide."
)
ALL_SETTLED = "These alerts were settled meanwhile. Nothing was saved."


@transaction.atomic
def see_alerts(*, case: Case, kind: str, newest: int, by: User, at: datetime) -> None:
    """Write down that somebody has seen the alerts of a kind, of which `newest` was the last.

    They are told of them no more; everybody else is.
    """
    _check(take(case, None), kind, newest)
    _say(case, kind, Word.SEEN, by=by, at=at)


@transaction.atomic
def mute_alerts(
    *, case: Case, kind: str, newest: int, back_on: date, why: str, by: User, at: datetime
) -> None:
    """Tell nobody of the alerts of a kind until a day; refused where a child may be in danger."""
    case = take(case, None)
    refuse_closed(case, "worked on")
    _check(case, kind, newest)
    is_grave = Case.objects.filter(may_be_in_danger(), pk=case.pk).exists()
    if refusal := why_no_mute(kind, is_grave=is_grave):
        raise Refused(refusal)
    _refuse_second_mute(case, kind, on=at.date())
    if refusal := why_not_until(back_on, on=at.date()):
        raise Refused(refusal, field="back_on")
    _say(case, kind, Word.MUTED, by=by, at=at, back_on=back_on, why=why)


@transaction.atomic
def show_alerts_again(*, case: Case, kind: str, newest: int, by: User, at: datetime) -> None:
    """Tell everybody again of the alerts of a kind that were seen or muted."""
    _check(take(case, None), kind, newest)
    last = case.alert_words.filter(kind=kind).first()
    if last is None or last.word == Word.BACK:
        raise Refused("Somebody has had this shown again meanwhile.")
    _say(case, kind, Word.BACK, by=by, at=at)


def _check(case: Case, kind: str, newest: int) -> None:
    """Refuse what was decided on a page that did not show all alerts of the kind."""
    waiting = case.alerts.filter(kind=kind, settled_at__isnull=True)
    last = waiting.aggregate(last=Max("pk"))["last"]
    if last is None:
        raise Refused(ALL_SETTLED)
    if last != newest:
        raise Changed(ANOTHER_CAME)


def _refuse_second_mute(case: Case, kind: str, *, on: date) -> None:
    last = case.alert_words.filter(kind=kind).exclude(word=Word.SEEN.value).first()
    if last is not None and last.back_on is not None and last.back_on > on:
        until = in_words(last.back_on)
        raise Refused(f"{last.by.name} muted this meanwhile, until {until}. Nothing was saved.")


def _say(
    case: Case,
    kind: str,
    word: Word,
    *,
    by: User,
    at: datetime,
    back_on: date | None = None,
    why: str = "",
) -> None:
    AlertWord.objects.create(
        case=case, kind=kind, word=word.value, back_on=back_on, why=why, at=at, by=by
    )
    until = f" until {in_words(back_on)}" if back_on else ""
    entry = f"{_ENTRIES[word]}{until}: {words.ALERT_TITLES[kind]}"
    record(case, entry, why=why, at=at, by=by)


_ENTRIES = {
    Word.SEEN: "Alerts seen",
    Word.MUTED: "Alerts muted",
    Word.BACK: "Alerts shown again",
}
