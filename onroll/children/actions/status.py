"""Record a child's death, and whether the child's identity is protected or a case sealed."""

from datetime import date

from django.db import transaction

from onroll.children.models import Child


@transaction.atomic
def record_death(*, child: Child, on: date) -> None:
    """Record the day of death that a school states (Regs 2024 reg 9(1)(k)); the first one stays."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    child.died_on = child.died_on or on
    child.save(update_fields=["died_on"])


@transaction.atomic
def withdraw_death(*, child: Child, on: date) -> None:
    """Remove a day of death that was stated in error; another day on record stays."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    if child.died_on == on:
        child.died_on = None
        child.save(update_fields=["died_on"])


def mark_sealed(*, child: Child, is_sealed: bool) -> None:
    """Note on a child that a case of the child is sealed, or no longer (access matrix, row 33)."""
    child.is_sealed = is_sealed
    child.save(update_fields=["is_sealed"])


@transaction.atomic
def protect(*, child: Child, is_protected: bool) -> None:
    """Set whether a child's identity and addresses are protected (access matrix, row 8)."""
    child = Child.objects.select_for_update().get(pk=child.pk)
    child.is_protected = is_protected
    child.save(update_fields=["is_protected"])
