"""Tables of the records that wait for a person, and of those that people have settled."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.children.side_by_side.words import FIELDS, VERDICTS
from onroll.govuk.inline import hint, label, link, moment
from onroll.govuk.parts import Table
from onroll.intake import effects, kinds
from onroll.intake.models import Row
from onroll.intake.pages.parts import born, brought_by, name_of

_ROUTES = {"unsure": "intake:settle", "claims": "intake:confirm", "held": "intake:record"}
_EMPTY = {
    "unsure": "No record waits for you to say who it is about.",
    "claims": "Nothing that schools say waits for you to confirm it.",
    "held": "Every record could be used.",
}


def waiting(rows: Iterable[Row], which: str, *, may_open: bool) -> Table:
    """Return records that wait, with where to settle each; a held one for who may open its file."""
    lines = []
    for row in rows:
        record = row.shown_record
        url = reverse(_ROUTES[which], args=[row.transfer.ref, row.number])
        lines.append(
            [
                link(url, name_of(record)) if may_open or which != "held" else name_of(record),
                _why(row) if which == "unsure" else _claim(row),
                born(record),
                brought_by(row.transfer),
                kinds.title_of(row.transfer.kind, "Not known"),
                moment(row.transfer.received_at),
            ]
        )
    return Table(
        "What waits, longest first",
        ["Child", "Why it waits", "Born", "From", "Kind of file", "Received"],
        lines,
        empty=_EMPTY[which],
        is_caption_hidden=True,
    )


def settled(rows: Iterable[Row]) -> Table:
    """Return records that people have settled, with what was decided."""
    lines = []
    for row in rows:
        record, decision = row.shown_record, row.decision
        if decision is None:
            continue
        url = reverse("intake:settle", args=[row.transfer.ref, row.number])
        is_new = decision.verdict == "different"
        lines.append(
            [
                link(url, name_of(record)),
                "A new child" if is_new or row.child is None else row.child.name,
                decision.why,
                decision.by.name,
                moment(decision.at),
                brought_by(row.transfer),
            ]
        )
    return Table(
        "What people have settled, the last first",
        ["Record", "Settled as", "Why", "By", "When", "From"],
        lines,
        empty="Nobody has settled whose a record is. Answers to claims stand with the records.",
        is_caption_hidden=True,
    )


def _doubt(row: Row) -> str:
    """Return what agrees with the likeliest child and what does not.

    Nothing is said of homes here: one of them may be protected.
    """
    if not row.candidates:
        return row.because
    likeliest, *less_likely = row.candidates
    verdicts = [(name, verdict) for name, verdict, _ in likeliest["reasons"] if name != "postcode"]
    sentences = [
        f"{VERDICTS[wanted][0]}: {', '.join(fields)}."
        for wanted in ("forbids", "differs", "near", "agrees")
        if (fields := [_in_a_sentence(FIELDS[name]) for name, v in verdicts if v == wanted])
    ]
    several = [f"{len(less_likely) + 1} children may fit; of the likeliest:"] if less_likely else []
    return " ".join((*several, *sentences)) or row.because


def _in_a_sentence(title: str) -> str:
    return title[0].lower() + title[1:]


def _why(row: Row) -> str | SafeString:
    """Return why a record waits, and who looked at it and was not sure yet."""
    notes = [
        f"{decision.by.name}, {moment(decision.at)}: {decision.why}"
        for decision in row.decisions.all()
    ]
    return (
        format_html("{}{}", _doubt(row), hint(f"Not sure yet. {notes[0]}"))
        if notes
        else _doubt(row)
    )


def _claim(row: Row) -> SafeString:
    status = label(effects.label_of(row.effect, ("Waits", "waiting")))
    return format_html("{}<br>{}", status, row.result)
