"""Words for what two records have and how they compare."""

from onroll.govuk.parts import Meaning

FIELDS = {
    "upn": "Pupil number (UPN)",
    "uln": "Learner number (ULN)",
    "forename": "Forename",
    "surname": "Surname",
    "born": "Date of birth",
    "sex": "Sex",
    "postcode": "Postcode",
}

VERDICTS: dict[str, tuple[str, Meaning]] = {
    "agrees": ("Agrees", "done"),
    "near": ("Nearly", "soon"),
    "missing": ("Cannot be compared", "quiet"),
    "differs": ("Differs", "soon"),
    "forbids": ("Speaks against it", "problem"),
}

SEXES = {"F": "Female", "M": "Male"}

COMPARED = {
    "before": "Before comparing",
    "forename": "Forename",
    "surname": "Surname",
    "middle": "Middle names",
    "dob": "Date of birth",
    "sex": "Sex",
    "upn": "Pupil number (UPN)",
    "numbers": "Learner or NHS number",
    "home": "Home and family",
    "time": "Times at schools",
    "others": "Other children",
}
"""What the steps of a likelihood are called."""

LIKELIHOODS: tuple[tuple[float, str], ...] = (
    (0.998, "Almost certainly the same child, as far as names, numbers and homes tell"),
    (0.9, "Very likely the same child"),
    (0.6, "More likely than not the same child"),
    (0.4, "As likely as not the same child"),
    (0.1, "Perhaps the same child"),
    (0.0, "Probably another child"),
)
"""A probability in words, by the least it takes."""


def likelihood(probability: float) -> str:
    """Return how likely it is that two records are of one child, in words."""
    return next(words for least, words in LIKELIHOODS if probability >= least)
