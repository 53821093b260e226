"""The small world that the crawler walks through: who is in it, and what each may see."""

from collections.abc import Callable
from dataclasses import dataclass, field

from onroll.accounts.models import User
from onroll.cases.models import Case
from tests.people import People

SEES_ALL = {"loc", "mgr", "mash"}

AT_THE_HUB, HANDED_OVER, OF_SCHOOL = "666-777-888", "777-888-999", "888-999-222"
FLOODED, OF_SEALED = "888-999-AAA", "333-444-555"
SENT_ON, RECEIVED, TO_WORKER = "222-999-222", "999-222-333", "999-333-444"


@dataclass(frozen=True)
class Canary:
    """A text that stands once in the world, and who may ever be shown it."""

    text: str
    may_see: Callable[[User | None], bool]


@dataclass(frozen=True)
class World:
    """Two schools, a child on the register from each, and everyone."""

    people: People
    ours: Case
    theirs: Case
    sealed: Case
    """A case that is sealed: of everybody only Olive, who has it, sees it."""
    our_file: str
    their_file: str
    status_key: str = ""
    """The key of a private link to a referral."""
    letter_key: str = ""
    """The key of the private link of a letter to a family."""
    draft_key: str = ""
    """The key of a private link to a form that is not sent."""
    canaries: list[Canary] = field(default_factory=list)
    marks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What tells each child on record from the others, by key: surname, street, notes."""

    @property
    def staff(self) -> set[User]:
        """Return who sees the referral that a school made: its staff, and its trust's."""
        return {self.people.sam, self.people.mat}

    def case_for(self, user: User) -> Case:
        """Return a case in this person's sight: their school's, or one they work on."""
        return self.theirs if user == self.people.tess else self.ours

    def file_for(self, user: User) -> str | None:
        """Return a file this person may open: a school its own, those who load files any."""
        if user == self.people.tess:
            return self.their_file
        return self.our_file if user.role in {"sch", "mat", "loc", "mgr"} else None

    def other_file(self, user: User) -> str | None:
        """Return a file out of this person's sight; nothing for those who see them all."""
        if user.role in {"loc", "mgr"}:
            return None
        return self.our_file if user == self.people.tess else self.their_file

    def other_case(self, user: User) -> Case | None:
        """Return a case out of this person's sight; for Olive, who sees all, there is none."""
        if user.role in SEES_ALL:
            return self.sealed if user != self.people.olive else None
        return self.ours if user == self.people.tess else self.theirs
