"""The audit trail: who did what, and who saw what. Rows are only ever added."""
