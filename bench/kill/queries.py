"""What the count asks the database, after the last kill."""

NOTES = "SELECT text, count(*) FROM cases_note WHERE text LIKE %(mark)s GROUP BY text"
NOTES_IN_TRAIL = """SELECT after->>'text', count(*) FROM audit.change_event
    WHERE table_name = 'cases_note' AND verb = 'insert' AND after->>'text' LIKE %(mark)s
    GROUP BY 1"""
PAGES_IN_TRAIL = """SELECT count(*) FROM audit.access_event
    WHERE page = 'case: add a note' AND actor = 'olive@harrow.example'"""
FILES = "SELECT sha256, count(*) FROM intake_transfer GROUP BY sha256"
FILES_IN_TRAIL = """SELECT after->>'sha256', count(*) FROM audit.change_event
    WHERE table_name = 'intake_transfer' AND verb = 'insert' GROUP BY 1"""
UNFINISHED = """SELECT sha256, applied, others FROM (SELECT t.sha256, t.stage,
    (SELECT count(*) FROM intake_row r WHERE r.transfer_id = t.id AND r.stage = 'applied') applied,
    (SELECT string_agg(DISTINCT r.stage, ' ') FROM intake_row r
        WHERE r.transfer_id = t.id AND r.stage <> 'applied') others
    FROM intake_transfer t) AS files WHERE stage <> 'applied' OR applied <> %s"""
OF_FILES = """SELECT DISTINCT r.child_id FROM intake_row r
    JOIN intake_transfer t ON t.id = r.transfer_id WHERE t.sha256 = ANY(%s)"""
CHILDREN_TWICE = f"""SELECT count(*) FROM (SELECT surname, forename FROM children_child
    WHERE (surname, forename) IN (SELECT surname, forename FROM children_child
    WHERE id IN ({OF_FILES})) GROUP BY 1, 2 HAVING count(*) > 1) AS twice"""
CHILDREN = f"""SELECT count(DISTINCT c.id), count(DISTINCT p.child_id) FROM children_child c
    LEFT JOIN children_place p ON p.child_id = c.id WHERE c.id IN ({OF_FILES})"""
CHILDREN_IN_TRAIL = f"""SELECT count(DISTINCT row_key) FROM audit.change_event
    WHERE table_name = 'children_child' AND verb = 'insert' AND row_key::bigint IN ({OF_FILES})"""
REPORTS = "SELECT week_starts_on::text, count(*) FROM reports_weeklyreport GROUP BY 1"
REPORTS_IN_TRAIL = """SELECT after->>'week_starts_on', count(*) FROM audit.change_event
    WHERE table_name = 'reports_weeklyreport' AND verb = 'insert' GROUP BY 1"""
WITHOUT_NOTICES = """SELECT w.week_starts_on::text FROM reports_weeklyreport w
    WHERE (SELECT count(*) FROM outbox_message m WHERE m.kind = 'weekly_report' AND m.ref = w.ref)
        <> (SELECT count(*) FROM accounts_roleheld WHERE role = 'loc')"""
REFERRALS = """SELECT c.surname, count(*) FROM referrals_referredchild c
    WHERE c.forename = 'Made-up' GROUP BY 1"""
REFERRALS_IN_TRAIL = """SELECT after->>'surname', count(*) FROM audit.change_event
    WHERE table_name = 'referrals_referredchild' AND verb = 'insert'
    AND after->>'forename' = 'Made-up' GROUP BY 1"""
OF_DECISION = """FROM referrals_hubdecision d JOIN referrals_referredchild c ON c.id = d.entry_id
    JOIN referrals_referral r ON r.id = c.referral_id"""
HAND_OVERS = f"SELECT r.ref, count(*) {OF_DECISION} GROUP BY 1"
HAND_OVERS_IN_TRAIL = f"""SELECT r.ref, count(*) {OF_DECISION} JOIN audit.change_event e
    ON e.table_name = 'referrals_hubdecision' AND e.verb = 'insert' AND e.row_key::bigint = d.id
    GROUP BY 1"""
ACCEPTANCES = """SELECT r.ref, count(*) FROM cases_case k JOIN children_child p ON p.id = k.child_id
    JOIN referrals_referredchild c ON (c.surname, c.forename) = (p.surname, p.forename)
    JOIN referrals_referral r ON r.id = c.referral_id WHERE c.forename = 'Made-up' GROUP BY 1"""
ACCEPTANCES_IN_TRAIL = ACCEPTANCES.replace(
    "WHERE",
    """JOIN audit.change_event e
    ON e.table_name = 'cases_case' AND e.verb = 'insert' AND e.row_key::bigint = k.id WHERE""",
)
NOWHERE = """SELECT r.ref FROM referrals_referral r WHERE r.stage IN ('contact', 'screening')
    AND NOT EXISTS (SELECT 1 FROM clocks_deadline d WHERE d.subject = 'referral'
    AND d.subject_id = r.id AND d.met_on IS NULL AND d.ended_on IS NULL)"""
ENQUIRIES = """SELECT step_words, count(*) FROM enquiries_enquiry
    WHERE step_words LIKE 'Killed enquiry%%' GROUP BY 1"""
ENQUIRIES_IN_TRAIL = """SELECT after->>'step_words', count(*) FROM audit.change_event
    WHERE table_name = 'enquiries_enquiry' AND verb = 'insert'
    AND after->>'step_words' LIKE 'Killed enquiry%%' GROUP BY 1"""
ENTRIES = """SELECT words, count(*) FROM enquiries_enquiryentry
    WHERE act = %(act)s AND words LIKE 'Killed enquiry%%' GROUP BY 1"""
ENTRIES_IN_TRAIL = """SELECT after->>'words', count(*) FROM audit.change_event
    WHERE table_name = 'enquiries_enquiryentry' AND verb = 'insert' AND after->>'act' = %(act)s
    AND after->>'words' LIKE 'Killed enquiry%%' GROUP BY 1"""
HALF_DONE = """SELECT q.ref, q.stage FROM enquiries_enquiry q
    WHERE (q.stage IN ('asked', 'chased')) <> EXISTS (SELECT 1 FROM clocks_deadline d
        WHERE d.subject = 'enquiry' AND d.subject_id = q.id
        AND d.met_on IS NULL AND d.ended_on IS NULL)
    AND q.step_words LIKE 'Killed enquiry%%'"""
JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1"
