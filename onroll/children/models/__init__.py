"""A child, the facts about them, and the places where they are or should be educated."""

from onroll.children.models.child import Child, Identifier, IdentifierKind, Name, NameKind
from onroll.children.models.commonness import Commonness
from onroll.children.models.correction import Basis, Correction, Part
from onroll.children.models.detail import Detail, DetailKind
from onroll.children.models.home import Address, AddressKind, Adult, Relationship
from onroll.children.models.merge import Merge, NotSame
from onroll.children.models.place import Flag, Place, PlaceKind
from onroll.children.models.source import Source, SourceKind

__all__ = [
    "Address",
    "AddressKind",
    "Adult",
    "Basis",
    "Child",
    "Commonness",
    "Correction",
    "Detail",
    "DetailKind",
    "Flag",
    "Identifier",
    "IdentifierKind",
    "Merge",
    "Name",
    "NameKind",
    "NotSame",
    "Part",
    "Place",
    "PlaceKind",
    "Relationship",
    "Source",
    "SourceKind",
]
