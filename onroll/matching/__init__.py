"""Is this the same child? Records in, explained answers out.

Three answers only: the same child, a new child, or unsure, which a person settles. The exact tier
here never says *same* against a contradiction, and never says *new* about a near miss.
"""

from onroll.matching.answers import Answer, Candidate, Kind, Reason, Verdict
from onroll.matching.exact import decide
from onroll.matching.keys import search_keys
from onroll.matching.people import Person

__all__ = [
    "Answer",
    "Candidate",
    "Kind",
    "Person",
    "Reason",
    "Verdict",
    "decide",
    "search_keys",
]
