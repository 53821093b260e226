"""Questions that several forms of the hub ask in the same way."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from onroll.rules.grades import GRADE_TITLES

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
YES_OR_NO = [(YES, "Yes"), (NO, "No")]
AREA = {"rows": 3}
SMALL = {"is_small": True}
"""How choices are drawn where a page asks many questions and a telephone shows few lines of it."""
IN_LINE = {**SMALL, "is_inline": True}
"""Those beside each other: of one word each, with no question under any of them."""
NOT_WHO = "Do not write who referred the child."
"""What is said beside each field whose words are read by people who may not know that."""
ON_THE_CASE = f"on the case, where the child’s school may read it. {NOT_WHO}"
"""What is said of a reason beside its field, where it becomes that of a case: who reads it."""


def radios(
    label: str,
    choices: Sequence[tuple[str, str]],
    help_text: str = "",
    *,
    required: str = "",
    attrs: Mapping[str, bool] = SMALL,
) -> Any:
    """Return a question with one answer of a few; `required` says that none was selected."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect(attrs=dict(attrs)),
        help_text=help_text,
        error_messages={"required": required} if required else None,
    )


def grades(help_text: str = "") -> Any:
    """Return the question how grave a referral looks."""
    return forms.ChoiceField(
        label="How grave does it look?",
        choices=[(grade.value, title) for grade, title in GRADE_TITLES.items()],
        widget=forms.RadioSelect(attrs=SMALL),
        help_text=help_text,
        error_messages={"required": "Select how grave it looks"},
    )


def words(label: str, most: int = 120, help_text: str = "") -> Any:
    """Return a question answered in a line."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
