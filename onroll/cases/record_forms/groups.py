"""The form that corrects risk groups and special educational needs."""

from typing import Any

from django import forms

from onroll.cases.forms import SMALL
from onroll.cases.queries.child import group_words
from onroll.cases.record_forms.correction import CorrectionForm
from onroll.children import actions as children
from onroll.children.models import Child, Part
from onroll.children.queries import state_of
from onroll.rules.groups import NEEDS, RISK_GROUPS


class GroupsForm(CorrectionForm):
    """The risk groups of a child, and special educational needs."""

    part = Part.GROUPS
    groups = forms.MultipleChoiceField(
        label="Which risk groups does the child belong to?",
        required=False,
        choices=[(group.code, group.name) for group in RISK_GROUPS.values()],
        widget=forms.CheckboxSelectMultiple(attrs=SMALL),
    )
    needs = forms.ChoiceField(
        label="Special educational needs",
        required=False,
        choices=[("", "None, or not known"), *((code, group_words(code)) for code in NEEDS)],
        widget=forms.RadioSelect(attrs=SMALL),
    )

    def initial_values(self, child: Child) -> dict[str, Any]:
        """Return the current groups and needs."""
        flags = state_of(child, self.part)["flags"]
        need = next((kind for kind in reversed(list(NEEDS)) if kind in flags), "")
        return {"groups": [kind for kind in flags if kind in RISK_GROUPS], "needs": need}

    @property
    def facts(self) -> children.Groups:
        """Return the corrected groups; groups that the form does not offer stay."""
        data = self.cleaned_data
        current = set(state_of(self.child, self.part)["flags"])
        offered = {*RISK_GROUPS, *NEEDS}
        chosen = {*data["groups"], data["needs"]} - {""}
        return children.Groups(frozenset(chosen | (current - offered)))
