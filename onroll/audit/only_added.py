"""Tables to which rows are only added: the app's database login cannot change or delete them.

So promises on pages and in models ("a note cannot be changed later", "kept as it came") hold even
if the program has a mistake. `OnlyAdded` in a migration revokes the rights; a test tries to change
and delete in each table, and looks for other models with such a promise.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

APP = "onroll_app"

ONLY_ADDED = {
    "accounts_cover": "who covered for whom, from when until when, and who said so",
    "admissions_family": "a family that asked about places, and who told us",
    "admissions_familychild": "the children for whom it asked",
    "admissions_familyreceipt": "who has taken note of it, and what they do",
    "advice_furthercheck": "what a school asked to be found out; the answer comes once",
    "advice_pupilmessage": "what an authority asked of a missing pupil; the answer comes once",
    "advice_rollquestion": "who asked whether a child is on a roll, for what, and the answer",
    "cases_actionpoint": "what is to be done on a case; its end, and a joined case, may follow",
    "cases_alertword": "who has seen the alerts of a case, or muted them until when and why",
    "cases_step": "what happened to a case, and when",
    "cases_note": "what people wrote on a case",
    "clocks_deadlinechange": "due days that were moved, by whom and why",
    "cases_policereport": "who told the police that a child is missing, or why nobody did",
    "cases_riskreview": "which of the greater risks somebody found, and who was told",
    "cases_casereview": "what the manager found at a review; it comes once",
    "cases_managerquestion": "what was asked of the manager; the answer comes once",
    "cases_riskchoice": "which level of risk somebody set, and why; that it ended may follow",
    "cases_sighting": "who saw the child and whether safe; an answer or a withdrawal may follow",
    "cases_seal": "that a case was sealed, by whom and why; that it was unsealed may follow",
    "cases_sealproposal": "what was proposed of sealing a case; the answer comes once",
    "cases_warningnote": "a warning on a child or an address; its day may move, and it may end",
    "cases_closing": "how a case was closed and the facts that prove it; it may be undone",
    "children_correction": "what was corrected, from what to what; it follows a merged child",
    "children_detail": "each telling of a detail; it follows a merged child",
    "children_source": "who told us what, and when",
    "children_merge": "that two records are one child; the answers to it come once each",
    "children_notsame": "that two records are two children; it may be withdrawn",
    "documents_document": "files as they came, and from whom; what is known of viruses may change",
    "documents_picture": "the copy of a picture that is shown, or why there is none",
    "enquiries_enquiry": "what was tried to find a child; how far it is may change",
    "enquiries_enquiryentry": "what was done about an enquiry; that it was read may follow",
    "glass_breakglass": "who broke the glass, when and why; what the review found comes once",
    "intake_transfer": "which document a file is, and its reference; how far it is may change",
    "intake_arrival": "each further time that a file arrived",
    "intake_row": "what a record of a file said; what became of it may change",
    "intake_decision": "people's answers; they follow a child that is merged or parted",
    "meetings_agendaitem": "why a case was on an agenda; what was said comes once",
    "case_audits_caseaudit": "from which cases a sample was drawn, and by which seed",
    "case_audits_samplecase": "which case a seed drew; its form comes once",
    "record_casefile": "the file of a case as made, and its redacted copy; may go to a joined case",
    "record_complaint": "of what somebody complained; the answer, and a joined case, may follow",
    "record_familytelling": "what a family was told, or why it was not; may go to a joined case",
    "letters_delivery": "what became of a letter to a family, as somebody wrote it down",
    "letters_familyanswer": "what a family told us of where their child is",
    "letters_familyfile": "which documents came with what a family told us",
    "letters_letter": "letters to families as they went out; the link as a hash",
    "letters_mailing": "which letters were made at once",
    "referrals_escalation": "to whom what waits too long was passed on, and when",
    "referrals_hubdecision": "what the hub decided about a child; who has it now may be added",
    "referrals_quarantine": "why a form was kept in quarantine; the answer may change",
    "referrals_referral": "what somebody told us of a child; what was decided may change",
    "referrals_homeeducationreport": "reports that went to home education; who has it may follow",
    "referrals_notification": "who was told of a step of a referral; that it was read may follow",
    "referrals_referralupdate": "what was added to a referral after it was sent",
    "referrals_statuslink": "that a private link to a referral was made, as a hash",
    "referrals_referredchild": "what they said of each child; the case may be added",
    "referrals_referralenquiry": "what was tried to find the child, as who referred says",
    "referrals_referralrisk": "each answer of a risk assessment",
    "referrals_referraltalk": "the talks about the risk, as they were before it was sent",
    "referrals_referralgroup": "groups at risk, by whose word and on which day",
    "referrals_referralfile": "which documents came with a referral",
    "referrals_referralstep": "what happened to a referral, and when",
    "referrals_startrecord": "why a child was not referred, or a call, and who says so",
    "sharing_disclosure": "what was shared of a child, or not, and why; it may be withdrawn",
    "sharing_pack": "requests to an agency as they were made",
    "reports_weeklyreport": "weekly reports as they were issued",
}
"""What each table holds. Rows are never deleted; the migrations say which columns may change."""


def render() -> str:
    """Return the tables and what each holds, as a Markdown table for docs/audit.md."""
    rows = [f"| `{table}` | {words} |" for table, words in ONLY_ADDED.items()]
    return "\n".join(["| table | what it holds |", "|---|---|", *rows])


REFUSE = """
CREATE OR REPLACE FUNCTION public.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'What % keeps is never changed.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
TRIGGER = "only_added"


class OnlyAdded(Operation):
    """Migration operation: let the app add rows to a table, but not delete any.

    It may change only the columns in `may_change`; or, with `keeps`, all columns but those.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self, table: str, *, may_change: Sequence[str] = (), keeps: Sequence[str] = ()
    ) -> None:
        self.table = table
        self.may_change = tuple(may_change)
        self.keeps = tuple(keeps)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: rights are no part of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Revoke the rights."""
        for statement in self.statements():
            schema_editor.execute(statement, None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Grant the rights on the whole table again."""
        schema_editor.execute(f'DROP TRIGGER IF EXISTS {TRIGGER} ON "{self.table}"', None)
        schema_editor.execute(f'GRANT UPDATE, DELETE ON "{self.table}" TO {APP}', None)

    def statements(self) -> list[str]:
        """Return the SQL statements."""
        if self.keeps:
            return [f'REVOKE DELETE, TRUNCATE ON "{self.table}" FROM {APP}', *self._trigger()]
        columns = _listed(self.may_change)
        grants = [f'GRANT UPDATE ({columns}) ON "{self.table}" TO {APP}'] if columns else []
        return [f'REVOKE UPDATE, DELETE, TRUNCATE ON "{self.table}" FROM {APP}', *grants]

    def _trigger(self) -> list[str]:
        differs = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in self.keeps)
        when = f'BEFORE UPDATE OF {_listed(self.keeps)} ON "{self.table}" FOR EACH ROW'
        does = f"WHEN ({differs}) EXECUTE FUNCTION public.refuse_change()"
        return [
            REFUSE,
            f'DROP TRIGGER IF EXISTS {TRIGGER} ON "{self.table}"',
            f"CREATE TRIGGER {TRIGGER} {when} {does}",
            f'ALTER TABLE "{self.table}" ENABLE ALWAYS TRIGGER {TRIGGER}',
        ]

    def describe(self) -> str:
        """Return what the operation does, in words."""
        return f"Let the app only add to {self.table}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return the arguments, for a migration file."""
        arguments = {"may_change": self.may_change, "keeps": self.keeps}
        return type(self).__name__, [self.table], {k: v for k, v in arguments.items() if v}


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
