"""Ethnicity, languages and free meals."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from onroll.cases.record_forms.correction import INLINE, CorrectionForm
from onroll.children import actions as children
from onroll.children.models import Child, DetailKind, Part
from onroll.children.queries import state_of
from onroll.formats.codes import (
    ETHNICITIES,
    LANGUAGES,
    NO_LANGUAGE,
    ethnicity_words,
    language_words,
)


def _codes(table: Mapping[str, str], but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    listed = [(code, words) for code, words in table.items() if code not in but]
    return [("", "Not known"), *sorted(listed, key=lambda pair: pair[1].casefold())]


SPOKEN = _codes(LANGUAGES, NO_LANGUAGE)


class BackgroundForm(CorrectionForm):
    """Ethnicity, languages and free meals, in DfE codes; all optional."""

    part = Part.BACKGROUND
    ethnicity = forms.ChoiceField(label="Ethnicity", required=False, choices=_codes(ETHNICITIES))
    first_language = forms.ChoiceField(
        label="First language", required=False, choices=_codes(LANGUAGES)
    )
    letters_language = forms.ChoiceField(
        label="Language for letters to the family", required=False, choices=SPOKEN
    )
    needs_interpreter = forms.ChoiceField(
        label="Is an interpreter needed for calls?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Not known"), ("no", "No"), ("yes", "Yes")],
    )
    interpreter = forms.ChoiceField(
        label="Language of the interpreter",
        choices=[("", "Choose a language"), *SPOKEN[1:]],
        error_messages={"required": "Select the language of the interpreter"},
    )
    free_meals = forms.ChoiceField(
        label="Free school meals",
        required=False,
        widget=forms.RadioSelect(attrs=INLINE),
        choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")],
    )
    reveals: ClassVar[dict[str, dict[str, Sequence[str]]]] = {
        "needs_interpreter": {"yes": ("interpreter",)}
    }

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current codes."""
        state = state_of(child, self.part)
        language = state[DetailKind.INTERPRETER.value]
        needs = language if language in ("", "no") else "yes"
        return {
            **state,
            "needs_interpreter": needs,
            "interpreter": language if needs == "yes" else "",
        }

    def prepare(self, child: Child) -> None:
        """Add a finer code that a file brought to the choices."""
        for name, words in (
            ("ethnicity", ethnicity_words),
            *((name, language_words) for name in ("first_language", "letters_language")),
            ("interpreter", language_words),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            code, choices = self.initial[name], list(field.choices)  # type: ignore[arg-type]  # a list
            if code and code not in dict(choices):
                field.choices = [*choices, (code, words(code))]

    @property
    def facts(self) -> children.Background:
        """Return the corrected codes."""
        data = self.cleaned_data
        needs = data["needs_interpreter"]
        names = ("ethnicity", "first_language", "letters_language", "free_meals")
        values = {name: data[name] for name in names}
        values["interpreter"] = data["interpreter"] if needs == "yes" else needs
        return children.Background(values)
