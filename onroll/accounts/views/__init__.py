"""Pages about people: the own account, a reason, the audit trail."""
