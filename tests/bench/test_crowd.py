"""The made-up crowd that pages are measured on fits the tables there are now."""

import psycopg
import pytest

from bench.crowd import add_cases, add_children, add_enquiries


@pytest.mark.django_db
def test_the_crowd_fits_the_tables(owner_url: str) -> None:
    """Put in as the bench does it, and taken back: foreign keys are not its business."""
    with psycopg.connect(owner_url) as owner, owner.transaction(force_rollback=True):
        add_children(owner, 200)
        add_cases(owner, 1, 20, apart=10, owners=(1, 2))
        add_enquiries(owner, 1, 20, owner=1)
        tables = ("children_child", "cases_case", "enquiries_enquiry")
        counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
        assert owner.execute(f"SELECT {counts}".encode()).fetchall() == [(200, 20, 180)]
