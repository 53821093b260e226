"""Which record is which child of the made-up borough: what a caring officer would find out."""

from collections.abc import Iterable

from onroll.children import models as children
from onroll.children.models import Identifier, IdentifierKind
from onroll.demo.families import Child
from onroll.demo.movement import Year


class Identity:
    """Knows the record of each child: by its permanent number, or as an officer made it."""

    def __init__(self, year: Year) -> None:
        self._by_upn = {child.upn: child for child in year.children.values() if child.upn}
        self._made: dict[str, int] = {}

    def note(self, child: Child, record: children.Child) -> None:
        """Remember the record that an officer chose or made for a child."""
        self._made[child.key] = record.pk

    def record_of(self, child: Child) -> children.Child | None:
        """Return the record of a child, the one that stands where two were joined."""
        numbered = Identifier.objects.filter(value=child.upn, kind=IdentifierKind.UPN.value)
        keys = list(numbered.values_list("child", flat=True)[:1]) if child.upn else []
        keys += [self._made[child.key]] if child.key in self._made else []
        record = children.Child.objects.filter(pk__in=keys[:1]).first()
        return record.merged_into or record if record else None

    def child_of(self, record: children.Child) -> Child | None:
        """Return the child whose record it is; None for a number that the truth does not know."""
        upns = record.identifiers.filter(kind=IdentifierKind.UPN.value)
        values: Iterable[str] = upns.values_list("value", flat=True)
        return next((self._by_upn[upn] for upn in values if upn in self._by_upn), None)
