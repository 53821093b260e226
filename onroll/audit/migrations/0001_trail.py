"""The schema `audit`: three tables, the functions that add to them, and nothing else."""

from pathlib import Path

from django.db import migrations

TRAIL = Path(__file__).with_name("0001_trail.sql").read_text(encoding="utf-8")


AWAY = "SET LOCAL ROLE onroll_audit; DROP SCHEMA audit CASCADE; RESET ROLE"


class Migration(migrations.Migration):
    """Run as onroll_owner, who must be a member of onroll_audit."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(TRAIL, AWAY)]
