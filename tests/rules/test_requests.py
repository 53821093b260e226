"""Requests: what each kind of agency is asked, and the least that it needs (P31)."""

from onroll.rules.enquiries import ENQUIRY_STEPS, OTHER
from onroll.rules.requests import KINDS
from onroll.rules.sharing import BASES, ITEMS


def test_every_request_asks_a_step_of_the_authority_on_a_basis_of_law():
    """Policy p.9, 17; law 2.6."""
    for step, kind in KINDS.items():
        assert ENQUIRY_STEPS[step].by == "authority" or step == OTHER
        assert kind.title == ENQUIRY_STEPS[step].title
        assert kind.question.endswith((".", "?"))
        assert set(kind.bases) <= {basis.code for basis in BASES}
        assert {"find_children", "public_task"} <= set(kind.bases)
        assert "consent" not in kind.bases


def test_every_request_shares_little_and_more_for_a_reason_alone():
    """UK GDPR Article 5(1)(c)."""
    for kind in KINDS.values():
        assert 0 < len(kind.least) <= 4
        assert set(kind.least) | set(kind.further) <= ITEMS.keys()
        assert not set(kind.least) & set(kind.further)
        assert "contacts" not in kind.least


def test_who_pays_council_tax_is_asked_without_the_child_and_a_refuge_without_the_home():
    assert "name" not in KINDS["council_tax"].least
    refuge = KINDS["refuges"]
    assert not {"home", "homes_before", "contacts", "parents"} & {*refuge.least, *refuge.further}
