"""Pages about people: one's own account, a reason, the audit trail."""
