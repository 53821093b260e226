"""Pages of audits of casework."""
