"""Audits of casework: a sample chosen by seed, a graded form for each case, and what follows."""
