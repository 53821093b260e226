"""An age as people write it: *8*, *about 8*, *8 years old*; *7 or 8* and the like stay words."""

import re

OLDEST = 19
MOST = 40
ABOUT = re.compile(
    r"(?:(?:about|around|roughly|maybe|perhaps|probably|nearly|approx(?:imately)?|ca?|~"
    r"|cam|aproximativ|circa|około|ok|mniej więcej|حوالي|تقريبا|சுமார்|આશરે)[. ]*)?"
    r"(?P<age>\d+)"
    r"(?: ?(?:years?(?: old)?|yrs?|y|de ani|ani?|lata?|rok|سنوات|سنة|عاما|வயது|વર્ષ))?\.?",
    re.IGNORECASE,
)
"""How people write one age, of which they may not be sure, in any language of the form.

*Year 5* is none, nor are months.
"""


def number_in(words: str) -> int | None:
    """Return the one age in years that words say; None for none, or several."""
    about = ABOUT.fullmatch(words.strip())
    return int(about["age"]) if about else None
