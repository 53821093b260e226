"""Pages of letters to families: on a case, made at once, and the private link."""

from collections.abc import Callable

from django.utils import timezone

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.letters.models import FamilyAnswer, FamilyFile, Letter, Mailing
from onroll.letters.queries import open_to_all
from tests.routes.route import Arguments, Route, of_case
from tests.routes.world import World

NONE = "222-222-222"


def _letter(case: Case | None) -> Arguments | None:
    """Return the visit notice of our case, on the page of a case."""
    return {"ref": case.ref, "letter": Letter.objects.get(kind="visit").ref} if case else None


def _answers(case: Case | None) -> Arguments | None:
    return {"ref": case.ref, "enquiry": FamilyAnswer.objects.get().enquiry.ref} if case else None


def _file(case: Case | None) -> Arguments | None:
    return {"ref": case.ref, "pk": FamilyFile.objects.get().pk} if case else None


def _on_case(make: Callable[[Case | None], Arguments | None], never: Arguments) -> Route:
    return Route(
        seen=lambda world, user: None if user == world.people.tess else make(world.ours),
        unseen=lambda world, user: make(world.other_case(user)),
        never=never,
    )


def _mailing(world: World, user: User, *, is_seen: bool) -> Arguments | None:
    """Return the letters made at once for who may write to our family, or for who may not."""
    cases = open_to_all(user, on=timezone.localdate())
    may_open = cases.filter(pk=world.ours.pk).exists()
    return {"mailing": Mailing.objects.get().ref} if may_open == is_seen else None


OF_LETTER = _on_case(_letter, {"ref": NONE, "letter": NONE})
OF_MAILING = Route(
    seen=lambda world, user: _mailing(world, user, is_seen=True),
    unseen=lambda world, user: _mailing(world, user, is_seen=False),
    never={"mailing": NONE},
)
OF_LINK = Route(seen=lambda world, _user: {"key": world.letter_key}, never={"key": "x-y"})
ROUTES: dict[str, Route] = {
    **{f"letters:{name}": of_case() for name in ("letters", "heard")},
    "letters:write": of_case(kind="first"),
    "letters:answers": _on_case(_answers, {"ref": NONE, "enquiry": NONE}),
    "letters:file": _on_case(_file, {"ref": NONE, "pk": 0}),
    **{f"letters:{name}": OF_LETTER for name in ("letter", "pdf", "text", "became")},
    **{f"letters:{name}": OF_MAILING for name in ("mailing", "mailing_pdf")},
    "letters:answer": OF_LINK,
    "letters:sent": Route(
        seen=lambda world, _user: {
            "key": world.letter_key,
            "answer": FamilyAnswer.objects.get().ref,
        },
        never={"key": "x-y", "answer": NONE},
    ),
}
