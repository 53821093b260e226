"""What of somebody's words may stand in a copy that names no third party.

A complaint's file goes to a family or an ombudsman. Whoever is named in it besides the child has
not agreed to that (UK GDPR Article 15(4); DPA18 Schedule 2 para 16, recalled). The rule denies by
default: besides e-mail addresses, numbers and postcodes, and every name on record, each word with a
capital letter is left out unless it is known to name nobody. It takes out too much rather than too
little. What Onroll itself writes (a line of the chronology, a title, a reference) and the name of a
school stand whole: a school is no third party.
"""

import re
from collections.abc import Collection

LEFT_OUT = "[left out]"

_EMAIL = re.compile(r"\S+@\S+")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_NUMBER = re.compile(r"\+?\d(?:[\s()-]*\d){5,}")
_HOUSE = re.compile(r"\b(\d+[A-Za-z]?\s+)([A-Z][^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’]s$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AGAIN = re.compile(rf"{re.escape(LEFT_OUT)}(?:[\s,.&/-]*{re.escape(LEFT_OUT)})+")
_GAP = "\0"
_REFERENCE = re.compile(
    r"(?<![\w-])(?=[\dA-Z-]*\d)(?=[\dA-Z-]*[A-Z])[\dA-Z]{3}(?:-[\dA-Z]{3}){2}(?![\w-])"
)
"""A reference of Onroll. One of letters alone could be a name; it stands where it is known."""
_MARKS = range(0xE000, 0xF8FF)
"""Letters of nobody's script: each stands for a phrase while the rest is judged."""
_MARK = re.compile("[\ue000-\uf8ff]")

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_FUNCTION = (
    "A An The This That These Those He She It They We You I His Her Its Their Our Your My Him Them "
    "Us Who Which What When Where Why How And Or But If As At By For From In Into Of On To With "
    "Without Within After Before Since Until Because Though While No Not Nobody Nothing None "
    "Somebody Someone Anyone Everyone All Both Each Some Any Is Are Was Were Has Have Had Do Does "
    "Did Be Been Will Would May Might Can Could Should Must There Here Then Than So Yes Still Also "
    "Only Again Already Later Now Never"
)
_CASEWORK = (
    "Agreed Asked Answered Assigned Address Admissions Agency Alert Attendance Birth Board Born "
    "Called Case Cases Chased Child Children Clock Closed Close Confirmed Council Corrected Date "
    "Day Decided Destination Due Education Email Enquiries Enquiry Family Father File Files Found "
    "Grandfather Grandmother Guardian Home Housing Hub Law Left Letter Lives Located Looked MASH "
    "Met Mother Moved Name Neighbour Note Office Officer Onroll Opened Open Parent Parents Place "
    "Police Policy Reason Received Record Referral Referred Register Reported Request Rang Rung "
    "Said School Sent Sex Shared Sighting Stage Start Started Telephone Told Took Traced UPN "
    "Untraced Visit Visited Weekend Whereabouts Withdrawn Wrote Year"
)
COMMON = frozenset(f"{_DAYS} {_MONTHS} {_FUNCTION} {_CASEWORK}".split())
"""Words with a capital letter that name nobody."""


def redact(
    text: str,
    *,
    names: Collection[str] = (),
    keep: Collection[str] = (),
    terms: Collection[str] = (),
    phrases: Collection[str] = (),
) -> str:
    """Return a text without anything that may name somebody.

    `names` are known names of others, which are left out however they are written; `keep` are the
    child's own names; `terms` are titles of rules, which name nobody; `phrases` stand where
    they are written exactly so, and none of their words stands elsewhere for that.
    """
    text, whole = _set_aside(_MARK.sub("", text), phrases)
    kept = _words_of(keep)
    named = _words_of(names) - kept
    plain = COMMON | {word for term in terms for word in _WORD.findall(term)}
    for pattern in (_EMAIL, _POSTCODE, _NUMBER):
        text = pattern.sub(_GAP, text)
    text = _HOUSE.sub(lambda match: match.group() if match[2] in COMMON else _GAP, text)

    def judge(match: re.Match[str]) -> str:
        word = match.group()
        stem = _POSSESSIVE.sub("", word)
        folded = stem.casefold()
        if folded in named:
            return _GAP
        return word if not stem[0].isupper() or stem in plain or folded in kept else _GAP

    judged = _WORD.sub(judge, text).replace(_GAP, LEFT_OUT)
    left = _AGAIN.sub(LEFT_OUT, judged).strip()
    return _MARK.sub(lambda match: whole[match.group()], left)


def _set_aside(text: str, phrases: Collection[str]) -> tuple[str, dict[str, str]]:
    """Return a text with a mark in place of each phrase and reference, and what each stands for."""
    marks, whole = iter(_MARKS), dict[str, str]()

    def hold(match: re.Match[str]) -> str:
        mark = next(marks, None)
        if mark is None:
            return match.group()
        whole[chr(mark)] = match.group()
        return chr(mark)

    text = _REFERENCE.sub(hold, text)
    longest = sorted({phrase for phrase in phrases if phrase in text}, key=len, reverse=True)
    if longest:
        choice = "|".join(map(re.escape, longest))
        text = re.sub(rf"(?<!\w)(?:{choice})(?!\w)", hold, text)
    return text, whole


def _words_of(names: Collection[str]) -> set[str]:
    return {word.casefold() for name in names for word in _WORD.findall(name)}


def names_in(words: str) -> list[str]:
    """Return what of a name and team, as somebody typed it, may name a person."""
    return [word for word in _WORD.findall(words) if word[0].isupper() and word not in COMMON]
