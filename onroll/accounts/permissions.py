"""Permissions that pages and actions ask for, each a row of the access matrix (trust.md 4.2)."""

from enum import StrEnum

from onroll.accounts.matrix import Cell, Scope, matrix
from onroll.accounts.roles import Role


class Permission(StrEnum):
    """Something a person may be allowed to do."""

    REFER = "refer"
    CHILD_FIND_UNIQUE = "child_find_unique"
    CHILD_FIND = "child_find"
    CASE_LIST = "case_list"
    CASE_VIEW = "case_view"
    EXPORT_SHOWN = "export_shown"
    ADDRESS_VIEW = "address_view"
    PROTECTED_ADDRESS_VIEW = "protected_address_view"
    NOTES_VIEW = "notes_view"
    ENQUIRY_LOG_VIEW = "enquiry_log_view"
    ENQUIRY_ADD = "enquiry_add"
    IDENTITY_CHANGE = "identity_change"
    NOTE_ADD = "note_add"
    DOCUMENT_OPEN = "document_open"
    REFERRAL_STATUS = "referral_status"
    CASE_WORK = "case_work"
    CASE_TRIAGE = "case_triage"
    MATCH_DECIDE = "match_decide"
    CASE_ASSIGN = "case_assign"
    CASE_OVERSEE = "case_oversee"
    REFERRAL_ACCEPT = "referral_accept"
    REFERRER_VIEW = "referrer_view"
    HOME_EDUCATION = "home_education"
    SENT_RECEIVE = "sent_receive"
    CASE_CLOSE = "case_close"
    FILE_UPLOAD = "file_upload"
    FILES_VIEW = "files_view"
    SCHOOLS_MANAGE = "schools_manage"
    STATISTICS_EXACT = "statistics_exact"
    OFFER_ALERT = "offer_alert"
    MERGE_PROPOSE = "merge_propose"
    MERGE_AGREE = "merge_agree"
    CASE_ACCESS_SEEN = "case_access_seen"
    AUDIT_SEARCH = "audit_search"
    HEALTH_VIEW = "health_view"
    ROLL_ASK = "roll_ask"
    AGENCIES_MANAGE = "agencies_manage"
    CASE_EXPORT = "case_export"
    CHECK_ASK = "check_ask"
    CHECK_ANSWER = "check_answer"
    AUTHORITY_ANSWER = "authority_answer"
    FAMILIES_VIEW = "families_view"
    CASE_SEAL = "case_seal"
    SEAL_PROPOSE = "seal_propose"
    BREAK_GLASS = "break_glass"
    BREAK_GLASS_REVIEW = "break_glass_review"

    @property
    def row(self) -> int:
        """Return the number of its row in the matrix."""
        return ROWS[self]

    def cell(self, role: Role) -> Cell:
        """Return the cell of the matrix for a role."""
        return matrix()[self.row].cells[role]


ROWS = {
    Permission.REFER: 1,
    Permission.REFERRAL_STATUS: 2,
    Permission.CHILD_FIND_UNIQUE: 3,
    Permission.CHILD_FIND: 4,
    Permission.CASE_LIST: 5,
    # A page of the list as a sheet shows what the page shows, and no more; the whole list is
    # row 29, which needs a second person and is not built.
    Permission.EXPORT_SHOWN: 5,
    Permission.CASE_VIEW: 6,
    Permission.ADDRESS_VIEW: 7,
    Permission.PROTECTED_ADDRESS_VIEW: 8,
    Permission.NOTES_VIEW: 9,
    Permission.ENQUIRY_LOG_VIEW: 11,
    Permission.ENQUIRY_ADD: 12,
    Permission.NOTE_ADD: 12,
    Permission.IDENTITY_CHANGE: 13,
    # To mark what a clock waited for as done, or to settle an alert, is to write in the case's log.
    Permission.CASE_WORK: 12,
    Permission.DOCUMENT_OPEN: 15,
    Permission.CASE_TRIAGE: 16,
    Permission.MATCH_DECIDE: 16,
    Permission.CASE_ASSIGN: 17,
    # To accept a referral is to take it on, or to give it to who will.
    Permission.REFERRAL_ACCEPT: 17,
    Permission.REFERRER_VIEW: 10,
    Permission.HOME_EDUCATION: 22,
    # To say that one has a child whom the hub sent, and what came of it, is to add to its log.
    Permission.SENT_RECEIVE: 12,
    Permission.CASE_CLOSE: 20,
    Permission.FILE_UPLOAD: 26,
    Permission.FILES_VIEW: 27,
    # Schools and term dates come as a file, like the other loads of row 27. Row 41 (closed lists)
    # asks for a proposal and a second person, which are not built: nobody could load a school.
    Permission.SCHOOLS_MANAGE: 27,
    # Who offers places is told to ring the lead officer of a child with an open case.
    Permission.OFFER_ALERT: 24,
    # A case that is printed, as a summary or as a file, leaves Onroll.
    Permission.CASE_EXPORT: 28,
    Permission.STATISTICS_EXACT: 31,
    Permission.MERGE_PROPOSE: 32,
    Permission.MERGE_AGREE: 32,
    Permission.CASE_ACCESS_SEEN: 38,
    Permission.AUDIT_SEARCH: 39,
    # What waits too long in the team, and what its officers ask, are the work alerts of a manager.
    Permission.CASE_OVERSEE: 39,
    Permission.HEALTH_VIEW: 42,
    Permission.ROLL_ASK: 43,
    # To ask for further checks is to add to what is asked about a child; to answer, to take it on.
    Permission.CHECK_ASK: 12,
    Permission.CHECK_ANSWER: 17,
    # To answer an authority that asks after a pupil is the work of who is given the cases.
    Permission.AUTHORITY_ANSWER: 17,
    # A family that asks about places is for who offers them, and for the lead officer.
    Permission.FAMILIES_VIEW: 24,
    # Who decides to whom a referral goes keeps the list of whom one can tell.
    Permission.AGENCIES_MANAGE: 16,
    Permission.CASE_SEAL: 33,
    Permission.SEAL_PROPOSE: 33,
    Permission.BREAK_GLASS: 34,
    # To judge each break-glass is to work the alerts of the audit trail.
    Permission.BREAK_GLASS_REVIEW: 39,
}

# For what two people do together: the letters that let someone do each part. That the two are not
# one is for the action and the database to see to.
TWO_PEOPLE = {
    Permission.MERGE_PROPOSE: frozenset({Scope.PROPOSES, Scope.SECOND_PERSON}),
    Permission.MERGE_AGREE: frozenset({Scope.SECOND_PERSON}),
    Permission.SEAL_PROPOSE: frozenset({Scope.PROPOSES}),
}

# What only one letter of a row stands for, whatever the others of the row let people do.
ONLY = {
    Permission.CASE_OVERSEE: frozenset({Scope.OWN_TEAM}),
    # A manager reviews what a data protection officer opened (`glass.queries.reviewable`).
    Permission.BREAK_GLASS_REVIEW: frozenset({Scope.ALL, Scope.OWN_TEAM}),
}

# Rows that no permission stands for yet, and what is missing.
NOT_BUILT = {
    14: "documents on a case",
    18: "the joint decision to delete from roll",
    19: "advice on the lost-pupil file",
    21: "handing a case to another authority",
    23: "school attendance orders",
    25: "consent where an authority placed a child in a special school",
    29: "export of the whole list, which needs a second person",
    30: "statistics for publication",
    35: "rectification",
    36: "subject access bundles",
    37: "legal hold and disposal",
    40: "pages to invite people; `onroll person` does it on the server",
    41: "templates, closed lists and retention rules as pages",
}

# Rows of which a part is built, and what is missing.
BUILT_IN_PART = {
    22: "the home education record; schools' reports of it are received",
    2: "the page of an officer of another authority, with whom nothing is shared",
    13: "proposing a change, for those whose letter is P",
    15: "documents on a case; those of a referral can be opened",
    24: "recording an offer or a start; who looks up a child with an open case is told to ring",
}

LACKING = {**NOT_BUILT, **BUILT_IN_PART}
"""Every row of which something is missing, and what."""
