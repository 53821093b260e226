"""What two people wrote of the same thing, side by side: nothing is overwritten silently."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from onroll.govuk.fields import in_words
from onroll.govuk.forms import Form
from onroll.govuk.parts import Table

NOTHING = "Nothing"
COLUMNS = ("", "What stands now", "What you typed")
CAPTION = "What somebody else wrote, beside yours"


def differences(form: Form) -> list[tuple[str, str, str]]:
    """Return where the answer to a form differs from what somebody saved meanwhile: the question,
    what stands now, and what was typed. Only of a form that was overtaken, and that shows a record
    or was told what somebody wrote (`Changed.stands`)."""
    if not form.is_overtaken:
        return []
    return [*beside(form, form.stands), *_changed(form)]


def beside(form: Form, stands: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return what stands by the name of a question, or by words of its own, beside the answer to
    the same question."""
    return [
        (str(form[name].label), now, _words(form.fields[name], _answer(form, name)))
        if name in form.fields
        else (name, now, "")
        for name, now in stands.items()
    ]


def _changed(form: Form) -> list[tuple[str, str, str]]:
    """Return what of the record that the form shows is not as it was typed."""
    return [
        (str(bound.label), now, answer)
        for bound in form.visible_fields()
        if bound.name in form.initial and bound.name not in form.stands
        for now in [_words(bound.field, form.initial[bound.name])]
        for answer in [_words(bound.field, _answer(form, bound.name))]
        if now != answer
    ]


def _answer(form: Form, name: str) -> Any:
    """Return what was typed in answer to a question."""
    return form.cleaned_data.get(name, form[name].data)


def answers(form: Form) -> list[tuple[str, str]]:
    """Return what was typed into a form: each question that was answered, with the answer."""
    rows = (
        (str(bound.label), _words(bound.field, _answer(form, bound.name)))
        for bound in form.visible_fields()
    )
    return [(label, words) for label, words in rows if words != NOTHING]


def side_by_side(rows: Iterable[Sequence[object]]) -> Table:
    """Draw what each wrote."""
    return Table(CAPTION, COLUMNS, [tuple(row) for row in rows], is_stacked=True)


def _words(field: Any, value: Any) -> str:
    """Return an answer in words, by the choices of its question where it has any."""
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list | tuple | set):
        return ", ".join(_words(field, each) for each in value)
    choices = dict(getattr(field, "choices", None) or ())
    return str(choices.get(str(value), value)).strip()
