"""The partner agencies of the policy (P63)."""

from onroll.rules.agencies import PARTNERS


def test_those_the_policy_names_are_on_the_list_each_once() -> None:
    """P63: p.12 and 17."""
    names = [partner.name for partner in PARTNERS]
    assert len(set(names)) == len(names)
    for name in ("Traveller Education", "Prospects", "Missing Person", "Runaway", "Exploitation"):
        assert any(name in known for known in names), name
    assert all(partner.tell_when and partner.source for partner in PARTNERS)
