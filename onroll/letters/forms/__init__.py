"""What is asked about letters to families, and what families are asked."""

from onroll.letters.forms.family import FamilyForm, HeardForm
from onroll.letters.forms.letter import FateForm, LetterForm, MailingForm

__all__ = ["FamilyForm", "FateForm", "HeardForm", "LetterForm", "MailingForm"]
