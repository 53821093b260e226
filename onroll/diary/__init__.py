"""The diary: what comes due on a person's own work, and the calendar they may subscribe to."""
