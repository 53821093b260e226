"""What the policy asks a system to do, by the ids that tests and docs cite.

Source: London Borough of Harrow, Children Missing Education (CME) 2025; the page is beside each, or
the law that asks it. `missing` says what a user cannot do of it yet, and is empty only when nothing
is missing. `docs/requirements.md` sets the tests beside each; a test fails when something that is
said to be whole is shown by no test that goes in as a user does.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Requirement:
    """One thing that is asked, the page that asks it, and what is missing of it."""

    words: str
    page: str
    missing: str = ""


_IDENTIFY = {
    "P01": Requirement(
        "Knows for any child and day whether they are missing education",
        "p.3; s.436A",
        "a child’s page tells of today; no other day can be asked about",
    ),
    "P02": Requirement(
        "Keeps absent children on a roll off the register, routed to attendance",
        "p.3, 8",
        "the hub sends a referral on to attendance, whose officer takes it and says what came of "
        "it; no attendance is taken from files",
    ),
    "P03": Requirement("Records why a child fell out of education", "p.3"),
    "P04": Requirement(
        "Finds children who never arrived",
        "p.3, 8",
        "offers are known from a list only; a family that moved in and applied nowhere is not seen",
    ),
    "P05": Requirement("Compares lists to find whom nobody has", "p.18"),
    "P06": Requirement(
        "Holds the at-risk groups as flags, with who said so and when",
        "p.4",
    ),
    "P07": Requirement(
        "Routes abducted, harmed or runaway children to an urgent MASH referral",
        "p.4",
    ),
}
_REFER = {
    "P10": Requirement(
        "Lets anyone refer; a professional gives the enquiry form",
        "p.7",
    ),
    "P11": Requirement("The school pathway as questions ending in what to do", "p.7"),
    "P12": Requirement(
        "The reasonable enquiry form: who, how, when, outcome, evidence",
        "p.9",
    ),
    "P13": Requirement("The risk assessment and the conversations it requires", "p.15"),
    "P14": Requirement(
        "Which circumstances go to the lead officer, and which do not",
        "p.8",
    ),
    "P15": Requirement(
        "MASH receives, triages and passes on; serious concern is phoned first",
        "p.9",
    ),
    "P16": Requirement(
        "A child who lives elsewhere goes to the home authority",
        "p.9, 10",
        "the hub sends it on and enters who has it; nothing of the record is handed over",
    ),
    "P17": Requirement(
        "The referrer can add to a referral and hears when the case closes",
        "p.9",
    ),
    "P18": Requirement("A family asking about places is recorded at once", "p.8, 17"),
    "P19": Requirement("Whom to ring is shown where it is needed, from settings", "p.7, 20"),
}
_TRACK = {
    "P30": Requirement(
        "One register: every case, owner, clock and state; nothing falls off",
        "p.18",
    ),
    "P31": Requirement(
        "The authority's own enquiries, asked, chased, answered, recorded",
        "p.9, 17",
    ),
    "P32": Requirement(
        "Clocks in school days by each school's calendar",
        "p.9, 10",
        "clocks of absence, returns, notices and applications start by nothing yet (reference.md)",
    ),
    "P33": Requirement(
        "Advice at the four-week point, with the checks that make it lawful",
        "p.10",
        "the clock runs; no advice can be given",
    ),
    "P34": Requirement(
        "Not confirmed as missing: back to the school for attendance work",
        "p.7",
        "no case goes back to a school",
    ),
    "P35": Requirement(
        "The off-roll checker: every ground with every condition",
        "p.12-15",
        "the rules are there; no page asks them",
    ),
    "P36": Requirement(
        "No removal on age before the last Friday in June",
        "p.15",
        "the rule is there; no page checks a removal",
    ),
    "P37": Requirement(
        "S2S messages and lost-pupil searches are logged; the last school of a child who is found "
        "is told to make a new CTF",
        "p.9, 17",
    ),
    "P38": Requirement(
        "Complex cases go to the manager; senior officers see progress",
        "p.18",
        "officers ask the manager, who reviews cases by their risk; no page is for senior officers",
    ),
    "P39": Requirement(
        "What was shared, with whom, why, or why not",
        "p.12",
    ),
}
_PLACE = {
    "P40": Requirement(
        "A place offered to a missing child raises the alarm", "p.10, 18", "no offer is recorded"
    ),
    "P41": Requirement(
        "An in-year application with no previous school is followed up",
        "p.10",
        "no application is recorded",
    ),
    "P42": Requirement("A leaver with an unknown destination reaches the lead officer", "p.18"),
    "P43": Requirement(
        "Provision assessed, offered, started, attended, still there later",
        "p.18",
        "start, attendance and one later look are kept; assessment and offers are not",
    ),
    "P44": Requirement(
        "Elective home education: notice, suitability, consent, orders",
        "p.5, 7, 15",
        "a school's word of it is confirmed or doubted; no suitability, consent or orders",
    ),
    "P45": Requirement(
        "School attendance orders and every time limit on them", "p.18", "there are no orders"
    ),
    "P46": Requirement(
        "Other authorities: hand over, acknowledge, chase, receive",
        "p.10",
        "nothing is handed over or received",
    ),
    "P47": Requirement(
        "Section 19 provision considered and recorded", "law 7", "there is no record of it"
    ),
}
_EXCHANGE = {
    "P50": Requirement(
        "Reads CTF, CML and CMJ as schools send them and says what is wrong",
        "p.9",
    ),
    "P51": Requirement(
        "Writes a lost-pupil CTF and a CTF to a known school",
        "p.10, 16",
        "they can be written; no page or command does it",
    ),
    "P52": Requirement("The weekly report of unknown destinations and home education", "p.10, 18"),
    "P53": Requirement("An alert while a destination stays unknown", "p.18"),
    "P54": Requirement(
        "Leavers and starters in time; late schools are visible",
        "p.17",
        "late schools are visible; nothing goes to Admissions",
    ),
    "P55": Requirement(
        "Reports for senior officers; annual review",
        "p.5, 18",
        "there is the weekly report; no longer one, and no review of a year",
    ),
    "P56": Requirement(
        "The policy goes to every school each year", "p.5, 18", "it is sent to nobody"
    ),
    "P57": Requirement(
        "The termly return and answers under freedom of information",
        "p.18",
        "neither can be made",
    ),
    "P58": Requirement("No pupil data in ordinary e-mail, ever", "p.10"),
}
_FORGOTTEN = {
    "P60": Requirement(
        "Answers a professional who asks whether a child is on a roll: yes, no or please refer",
        "p.7, 19",
    ),
    "P61": Requirement(
        "A school can ask for further checks before it decides",
        "p.5",
    ),
    "P62": Requirement(
        "Evidence of the new school and home asked of parents, and what they gave",
        "p.5",
    ),
    "P63": Requirement(
        "A list of agencies with whom to notify and how, sent round and confirmed",
        "p.3, 12, 17",
        "officers keep the list and ask each agency; it is sent round to nobody by itself",
    ),
    "P64": Requirement(
        "Nurseries and children's centres reminded; their leavers with no next place found",
        "p.5",
        "neither is done",
    ),
    "P65": Requirement(
        "Which change of school was missed, kept on the case and counted",
        "p.3",
    ),
    "P66": Requirement(
        "That the child was seen and is safe: by whom, when and where",
        "p.9",
    ),
    "P67": Requirement(
        "SENARS asked for consent or consulted, with the day of its answer",
        "p.7, 10, 16; reg 9(2)",
        "nobody can ask or answer",
    ),
    "P68": Requirement(
        "Home education with a worry: to the hub and to the home education officer, as set",
        "p.7, 9",
    ),
    "P69": Requirement(
        "Missing-pupil messages of other authorities answered, with a clock",
        "p.10",
    ),
    "P70": Requirement(
        "A joiner's file asked of the school before, chased, and late ones seen",
        "p.16-17; SI 2005/1437 reg 9",
        "nothing is asked or chased",
    ),
    "P71": Requirement(
        "A removal without a lawful ground challenged, and what came of it",
        "p.15",
        "nothing can be challenged",
    ),
    "P72": Requirement(
        "A child who moves between boroughs followed until placed",
        "p.10",
        "a case knows no other authority",
    ),
    "P73": Requirement(
        "Children without a place, by year and area, for those who plan places",
        "p.11",
        "no page or report counts them so",
    ),
    "P74": Requirement(
        "The yearly review of the procedures, as a signed record", "p.5", "there is none"
    ),
    "P75": Requirement(
        "The policy, its glossary and contacts readable in the service",
        "whole",
        "only where the law departs from it, and the contacts",
    ),
    "P76": Requirement(
        "The greater risks of a missing child thought of at the decision and each review",
        "p.5",
    ),
    "P77": Requirement(
        "Starters and leavers of a school whose system sends no file, by form",
        "p.16",
        "a spreadsheet can be sent; there is no form",
    ),
}

REQUIREMENTS: dict[str, Requirement] = _IDENTIFY | _REFER | _TRACK | _PLACE | _EXCHANGE | _FORGOTTEN
