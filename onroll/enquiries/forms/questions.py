"""Questions that several pages of enquiries ask."""

from collections.abc import Iterator
from typing import Any

from django import forms

from onroll.govuk.fields import FILES_TAKEN, GovDateField, lower_first
from onroll.rules.enquiry_log import LEAD_TITLES, RESULT_TITLES, TO_CHOOSE, Result

OFF = {"autocomplete": "off", "spellcheck": "false"}
SMALL = {"is_small": True}


def line(label: str, most: int = 200, *, help_text: str = "", needs: str = "") -> Any:
    """Return a question that is answered in one line; `needs` is said where it must be."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=bool(needs),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": needs} if needs else {},
    )


def text(label: str, *, help_text: str = "", rows: int = 4, needs: str = "") -> Any:
    """Return a question that is answered in words; `needs` is said where they are missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=8000,
        required=bool(needs),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": needs} if needs else {},
    )


def _results() -> Iterator[tuple[str, str]]:
    """Yield the choices of what came of an enquiry; of a lead one for each kind."""
    for result in TO_CHOOSE:
        if result is Result.LEAD:
            for lead, title in LEAD_TITLES.items():
                yield f"{result.value}:{lead.value}", f"A lead: {lower_first(title)}"
        else:
            yield result.value, RESULT_TITLES[result]


def to_chase_on() -> GovDateField:
    """Return the question when an answer is asked for again."""
    return GovDateField(
        label="Day to ask again, if nothing comes",
        help_text="Leave it empty for the council’s own time for an answer.",
        required=False,
    )


def evidence_file() -> Any:
    """Return the question for a file that shows what came of an enquiry."""
    return forms.FileField(
        label="A letter or a picture",
        help_text=FILES_TAKEN,
        required=False,
        allow_empty_file=True,
    )


RESULTS = tuple(_results())
