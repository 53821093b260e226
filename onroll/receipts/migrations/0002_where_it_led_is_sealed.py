"""Where a form led is sealed from now on. Receipts of before are let go.

They are three days old at most, and without the keys of their forms nobody could seal them.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [('receipts', '0001_start')]
    operations = [
        migrations.RunSQL("DELETE FROM receipts_receipt", migrations.RunSQL.noop),
    ]
