"""Give everyone one row of allauth's for their address, confirmed for who has used their link."""

from typing import Any

from django.db import migrations


def confirm(apps: Any, _editor: Any) -> None:
    """A password that can be used was chosen by a link, until now without the address's row."""
    people = apps.get_model("accounts", "User")
    addresses = apps.get_model("account", "EmailAddress")
    for user in people.objects.all():
        addresses.objects.filter(user=user).exclude(email=user.email).delete()
        addresses.objects.update_or_create(
            user=user,
            email=user.email,
            defaults={"primary": True, "verified": not user.password.startswith("!")},
        )


class Migration(migrations.Migration):
    """Nothing is taken back: the rows are right for the version before, too."""

    dependencies = [
        ("accounts", "0002_audit_second_factors"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
