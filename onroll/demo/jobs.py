"""What each person of the demo is there to do, and where that begins: words of the sign-in page."""

JOBS = {
    "olive": "The lead officer. Accepts what the hub hands over, and works on her cases. Begins at "
    "Today and at Referrals, under Waiting to be accepted.",
    "lena": "The lead officer’s deputy. What nobody has accepted in time is passed on to her; on "
    "Today it comes after danger alone.",
    "max": "The manager. What the deputies have not done in time is passed on to him. Keeps the "
    "list of agencies and reads the weekly report. Begins at Today.",
    "mo": "At the safeguarding hub. Looks at what people tell the council, and decides where each "
    "child goes. Begins at Referrals.",
    "mia": "The hub’s deputy. What the hub has not decided in time is passed on to her; on "
    "Today it comes after danger alone.",
    "sam": "Secretary of St Ann’s, a primary school. Refers a pupil, follows the school’s "
    "referrals, asks for further checks, and sends files. Begins at the school’s page.",
    "tess": "The same at Tallis Wood, a secondary school.",
    "mat": "At an academy trust of both schools. Refers a pupil of either, and follows what the "
    "trust’s schools referred. Begins at the school’s page.",
    "ada": "At Admissions. Takes note of the families that ask about places, which stand on Today.",
    "hal": "Adviser for home education. Receives what schools report of children taught at home, "
    "and takes what the hub sends. Begins at Today.",
    "cat": "Court attendance officer. Takes what the hub sends to attendance, and says what came "
    "of it; refers a child and types in what reached her some other way. Begins at Today.",
    "sen": "At the team for special educational needs. Refers a child, and asks whether one is on "
    "a roll.",
    "dee": "Reads figures, and no child’s name.",
    "ola": "Officer of another council. Asks whether a child is on a roll.",
    "pat": "Data protection officer. Reads who has seen what, in the audit trail.",
    "ari": "Runs the service. Sees no children.",
}
"""By the first part of the address; in the order in which the page lists them."""
