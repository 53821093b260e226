"""Who may be the child, and who only bears a name like theirs."""

import pytest

from onroll.rules.likeness import shares_a_name_alone

BOTH = ("forename", "surname")


@pytest.mark.parametrize(
    ("alike", "is_whole_name", "is_born_known", "is_weak"),
    [
        (BOTH, True, False, False),
        (("name",), True, False, False),
        (("surname",), False, False, False),
        (("surname",), True, False, True),
        (BOTH, True, True, True),
        (("name",), True, True, True),
        ((*BOTH, "born"), True, True, False),
        (("surname", "born"), True, True, False),
        (("number",), True, True, False),
        ((), True, False, True),
    ],
)
def test_a_name_alone_is_weak_where_the_birthday_or_the_other_name_is_another(
    alike: tuple[str, ...], is_whole_name: bool, is_born_known: bool, is_weak: bool
) -> None:
    known = {"is_whole_name": is_whole_name, "is_born_known": is_born_known}
    assert shares_a_name_alone(alike, **known) is is_weak
