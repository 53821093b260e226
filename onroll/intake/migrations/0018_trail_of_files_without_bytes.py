"""The trail of files names no column of bytes: they went to `documents` in 0017."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    dependencies = (("intake", "0017_bytes_to_documents"),)
    operations = (AuditTable("intake_transfer", omitted_before=("content",)),)
