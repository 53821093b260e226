"""What the service says of itself on its public pages, in the README and in SECURITY.

A sentence about what the service does stands here once, and is taken from here. The tests that show
it carry `@pytest.mark.shows("page.claim")`; `docs/requirements.md` lists them beside it. A claim
that no test shows fails a test: what nobody can do yet is not said.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """One thing the service says it does.

    `title` heads it where claims are listed. `is_of_users` is false for what shows only inside, so
    that a test of it need not go in as a user does.
    """

    text: str
    title: str = ""
    is_of_users: bool = True


HOME = {
    "finds": Claim(
        "Onroll helps {authority_name} find children who are not in school and not being taught "
        "elsewhere."
    ),
    "register": Claim(
        "A school’s file may say that a child left and nobody knows where to. Then the child is on "
        "our register as soon as the file is read. An officer has a day by which to look at it."
    ),
    "never_arrived": Claim(
        "Each night we look for children who were to start at a school. We ask where nobody says "
        "that they came."
    ),
    "lists": Claim(
        "We compare the lists of schools, health services and others, to find children whom "
        "nobody has."
    ),
}
START = {
    "nothing_kept": Claim("Nothing you answer here is kept, and you need no account."),
    "with_account": Claim(
        "Nothing you answer here is kept. What you write down at the end is kept with your name."
    ),
}
PRIVACY = {
    "what": Claim(
        "Names, date of birth, sex, addresses, and numbers of schools and of the health service "
        "(NHS). Ethnicity, languages and free school meals, where a school or the family has told "
        "them. The adults who care for the child. The schools they went to, and why they left. "
        "What was done to find them. It comes from schools’ files, from lists of other services, "
        "and from what people tell us. "
        "Who refers a child at work adds what they tried, and a risk assessment."
    ),
    "who": Claim("People whose work it is, each only what their work needs."),
    "every_look": Claim(
        "Every time a child’s record is shown to someone, that is written down, and the service "
        "cannot rub it out."
    ),
    "email": Claim("Messages we send by email hold a reference and a link, never a child’s name."),
    "cookies": Claim(
        "Five at most, all needed. One keeps you signed in. One makes sure that forms come from "
        "you. One lets this browser go on with a form that you have not sent. One tells this "
        "browser for an hour that you sent one. One keeps the "
        "language you chose until you close the browser. If you leave a page of a form, your "
        "browser notes which page that was. The next page clears the note, which says nothing "
        "that you typed."
    ),
    "strangers": Claim("Nobody is tracked, and nothing is loaded from other companies."),
    "senders": Claim(
        "If you send a form without an account, we do not store your network address. We count "
        "forms by a mark made from it, and the next night nobody can tell whose it was."
    ),
}
ACCESSIBILITY = {
    "axe": Claim(
        "Pages are checked by program (axe) in a real browser, on a narrow and on a wide screen."
    ),
    "keyboard": Claim(
        "An officer can find a case and settle a match with a keyboard alone, and follow a child "
        "without scripts."
    ),
    "drawings": Claim("Every drawing has a table that says the same."),
    "pdf": Claim(
        "The weekly report’s PDF is tagged (PDF/UA-1), and the same figures are on a page and in a "
        "spreadsheet."
    ),
}
POLICY = {
    "basis": Claim(
        "A time limit on a case says whether the law or the policy set it, with the clause."
    ),
    "sharing": Claim(
        "Writes down on what basis each thing was shared. No request to an agency rests on consent."
    ),
    "leaver_file": Claim(
        "Counts the local days on the case. The weekly report names the schools that told later. "
        "Apart from them it names those to ask why they told after the last day."
    ),
    "home_education": Claim(
        "Has an officer confirm what a school says, and says that a parent must have written so."
    ),
    "home_education_way": Claim(
        "Puts a school’s referral about it before the officer for home education, the hub, or "
        "both, by one setting; who takes it at home education confirms that with their name. On "
        "the hub’s list it stands until it is decided, whatever is set, so that none is lost."
    ),
    "four_weeks": Claim("Counts both on the case."),
    "four_examples": Claim("Takes a case for each of the four."),
    "hub_first": Claim("Brings every referral to the hub first, which decides who takes it on."),
}
README = {
    "files": Claim(
        "Schools' transfer files (CTF), leaver files (CML) and joiner files (CMJ) are checked, "
        "matched to the children already known, and applied. What is unsure waits for a person. A "
        "child of school age with nowhere known to be becomes a case.",
        title="Files tell it.",
    ),
    "people": Claim(
        "Anyone, people who work with children, and schools refer a child by a form. The "
        "safeguarding hub decides about each child, a named person accepts, and who referred sees "
        "how far it is until the work is over.",
        title="People tell it.",
    ),
    "agreed": Claim(
        "Agencies meet over an agenda that the register proposes, and managers audit cases by a "
        "sample that anybody can check. What either asks for stands on the case with its day, "
        "until it is done or given up.",
        title="What is agreed is followed up.",
    ),
    "sealed": Claim(
        "A case can be sealed, so that only those who are named on it see it. In an emergency "
        "somebody opens it for an hour and says why, and that is reviewed.",
        title="Cases can be sealed.",
    ),
    "lists": Claim(
        "Whole lists, of schools, health, housing and others, are held against what is known, to "
        "find whom nobody has.",
        title="Lists are compared.",
    ),
    "clocks": Claim(
        "Each case says what is due next, by which law or policy; school days are counted by the "
        "terms on file.",
        title="Clocks run.",
    ),
    "kept": Claim(
        "Every file is kept as it came, also one that cannot be read, and the same file twice does "
        "nothing twice.",
        title="Files are kept.",
    ),
    "trace": Claim(
        "Who changed a record, and who read it, is kept by the database itself.",
        title="Everything leaves a trace.",
    ),
    "reasons": Claim(
        "Beside each case, claim and match stand the facts it came from; beside a case also the "
        "clause.",
        title="Answers have reasons.",
    ),
    "policy": Claim(
        "The policy it ships with is Harrow's of 2025; another authority's is one file "
        "(`ONROLL_POLICY`)."
    ),
}
SECURITY = {
    "trail": Claim(
        "least-privilege database roles, and an audit trail that the web server cannot change",
        is_of_users=False,
    ),
    "policy": Claim("a strict content security policy, and no page in any cache"),
    "sessions": Claim("sessions that end by themselves"),
    "guessing": Claim("limits on guessing a password"),
    "logs": Claim("logs without the words of errors", is_of_users=False),
    "pins": Claim("dependencies pinned by hash", is_of_users=False),
}

CLAIMS: dict[str, Claim] = {
    f"{page}.{code}": claim
    for page, claims in (
        ("home", HOME),
        ("start", START),
        ("privacy", PRIVACY),
        ("accessibility", ACCESSIBILITY),
        ("policy", POLICY),
        ("readme", README),
        ("security", SECURITY),
    )
    for code, claim in claims.items()
}
"""Every claim by its page and code, as tests name it."""


def sentences(
    claims: dict[str, Claim], *, say: Callable[[str], str] = str, **names: str
) -> dict[str, str]:
    """Return the claims of a page in words, by code; `names` fill the names left open.

    `say` puts a sentence into the reader's language.
    """
    return {code: say(claim.text).format(**names) for code, claim in claims.items()}
