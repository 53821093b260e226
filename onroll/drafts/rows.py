"""The same questions asked of each of several things, with a button for one more."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from onroll.drafts.answers import words_of
from onroll.govuk.forms import Form

ADD, REMOVE, COUNT = "add_row", "remove_row", "rows"
"""The buttons, and the hidden question of how many there are."""
MOST = 20

Row = Callable[..., Form]
"""Makes the form of one thing from what was typed and its prefix."""


class RowsForm(Form):
    """Several forms of one kind. What is left empty throughout is no answer.

    `cleaned_data` holds, under `name`, the answers of each. `noun` heads each: "Enquiry".
    """

    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        row: Row,
        name: str,
        noun: str,
        initial: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        count = _count(data) if data is not None else max(1, len(initial))
        super().__init__(data, initial={COUNT: count})
        self.name, self.noun = name, noun
        self.offered: Sequence[int] = ()
        """Children on record whose names it offers."""
        first = [*initial, *({} for _ in range(count))]
        self.row_forms = [
            row(
                data,
                prefix=prefix(number),
                initial=first[number - 1] if data is None else {},
                empty_permitted=True,
            )
            for number in range(1, count + 1)
        ]

    @property
    def is_full(self) -> bool:
        """Return whether there can be no more."""
        return len(self.row_forms) >= MOST

    @property
    def has_wrong_rows(self) -> bool:
        """Return whether something is wrong with one, so that the page's title says so."""
        return any(form.errors for form in self.row_forms)

    def is_valid(self) -> bool:
        """Return whether each that is not empty is right."""
        return all([super().is_valid(), *(form.is_valid() for form in self.row_forms)])

    def clean(self) -> dict[str, Any]:
        """Return the answers of those that are not empty."""
        super().clean()
        answered = [form for form in self.row_forms if form.is_valid() and form.has_changed()]
        return {self.name: [dict(form.cleaned_data) for form in answered]}

    def owns(self, field: str) -> bool:
        """Return whether a field that was sent is a question of this page."""
        return field == COUNT or any(field.startswith(f"{f.prefix}-") for f in self.row_forms)

    def lines(self) -> list[tuple[str, str, str]]:
        """Return of each that is answered its heading, its answers in words, and its anchor."""
        answered = [form for form in self.row_forms if form.has_changed()]
        return [
            (
                f"{gettext(self.noun)} {number}",
                "\n".join(
                    f"{bound.label}: {words}"
                    for bound in form.visible_fields()
                    if (words := words_of(bound, form.cleaned_data.get(bound.name)))
                ),
                f"row-{number}",
            )
            for number, form in enumerate(answered, start=1)
        ]


def prefix(number: int) -> str:
    """Return what stands before the names of the questions of one row."""
    return f"row{number}"


def _count(data: QueryDict) -> int:
    typed = data.get(COUNT) or ""
    return min(max(int(typed), 1), MOST) if typed.isdecimal() and len(typed) < 4 else 1


def changed(typed: Mapping[str, Sequence[str]], pressed: QueryDict) -> dict[str, Any] | None:
    """Return what was typed with a row more or less, as the button says; None for none of these."""
    count = int((typed.get(COUNT) or ["1"])[0] or 1)
    if ADD in pressed:
        return {**typed, COUNT: [str(min(count + 1, MOST))]}
    gone = pressed.get(REMOVE, "")
    if not gone.isdecimal() or not 1 <= int(gone) <= count:
        return None
    return {**_without(typed, int(gone), count), COUNT: [str(max(count - 1, 1))]}


def _without(typed: Mapping[str, Sequence[str]], gone: int, count: int) -> dict[str, Any]:
    left = [number for number in range(1, count + 1) if number != gone]
    return {
        f"{prefix(place)}-{name.partition('-')[2]}": values
        for place, number in enumerate(left, start=1)
        for name, values in typed.items()
        if name.startswith(f"{prefix(number)}-")
    }
