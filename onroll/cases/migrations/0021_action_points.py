"""What is to be done on a case stands once, with the case (ADR 0045)."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import onroll.rules.references
from onroll.audit.only_added import OnlyAdded
from onroll.audit.operations import AuditTable


def person(**options: Any) -> Any:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0020_seals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=onroll.rules.references.speakable, max_length=11, unique=True)),
                ("origin", models.CharField(max_length=20)),
                ("origin_ref", models.CharField(max_length=11)),
                ("words", models.TextField()),
                ("whom", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("result", models.TextField(blank=True)),
                ("is_given_up", models.BooleanField(default=False)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("goes_on_with", models.CharField(blank=True, max_length=200)),
                ("goes_on_at", models.DateTimeField(blank=True, null=True)),
                ("by", person()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="action_points", to="cases.case")),
                ("done_by", person(blank=True, null=True)),
                ("goes_on_by", person(blank=True, null=True)),
            ],
            options={
                "ordering": ("due_on", "pk"),
                "indexes": [
                    models.Index(fields=["origin", "origin_ref"], name="action_point_by_origin"),
                    models.Index(condition=Q(done_on__isnull=True), fields=["due_on"], name="open_action_point_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(words="") & ~Q(whom="") & ~Q(origin="") & ~Q(origin_ref=""),
                        name="action_point_says_what_and_who_and_whence",
                    ),
                    models.CheckConstraint(
                        condition=Q(done_on__isnull=True, done_at__isnull=True, done_by__isnull=True, result="", is_given_up=False)
                        | Q(done_on__isnull=False, done_at__isnull=False, done_by__isnull=False) & ~Q(result=""),
                        name="action_point_ends_by_someone_on_a_day_in_words",
                    ),
                    models.CheckConstraint(
                        condition=Q(goes_on_with="", goes_on_at__isnull=True, goes_on_by__isnull=True)
                        | ~Q(goes_on_with="") & Q(goes_on_at__isnull=False, goes_on_by__isnull=False),
                        name="action_point_goes_on_with_somebody",
                    ),
                ],
            },
        ),
        AuditTable("cases_actionpoint", through=("case_id", "cases_case", "child_id")),
        OnlyAdded(
            "cases_actionpoint",
            may_change=(
                "result",
                "is_given_up",
                "done_on",
                "done_at",
                "done_by_id",
                "goes_on_with",
                "goes_on_at",
                "goes_on_by_id",
            ),
        ),
    ]
