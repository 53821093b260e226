"""The forms that correct a child's record, one for each part of it."""

from onroll.cases.record_forms.background import BackgroundForm
from onroll.cases.record_forms.birth import BirthForm
from onroll.cases.record_forms.correction import CorrectionForm
from onroll.cases.record_forms.groups import GroupsForm
from onroll.cases.record_forms.home import HomeForm
from onroll.cases.record_forms.names import NameForm
from onroll.cases.record_forms.numbers import NumbersForm
from onroll.children.models import Part

__all__ = ["FORMS", "CorrectionForm"]

FORMS: dict[Part, type[CorrectionForm]] = {
    form.part: form
    for form in (NameForm, BirthForm, NumbersForm, HomeForm, GroupsForm, BackgroundForm)
}
