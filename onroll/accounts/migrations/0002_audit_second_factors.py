"""Put the second factors and sign-in addresses, which allauth keeps, under the audit trail."""

from django.db import migrations

from onroll.audit.operations import AuditTable


class Migration(migrations.Migration):
    """The secrets themselves leave a hash in the trail and no more."""

    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        AuditTable("mfa_authenticator", omit=("data",)),
        AuditTable("account_emailaddress"),
    ]
