"""What an agency can answer, and what that means for the enquiry (P31)."""

from onroll.rules.enquiry_log import TO_CHOOSE, Lead, Result
from onroll.rules.reply_codes import CODES, replies_of
from onroll.rules.requests import KINDS


def test_an_agency_answers_by_its_own_codes_or_by_the_results_of_the_enquiry_log():
    assert CODES.keys() <= KINDS.keys()
    assert {reply.result for reply in replies_of("housing").values()} == set(TO_CHOOSE)
    assert set(replies_of("hmrc")) == set("ABCDEFG")
    assert replies_of("hmrc") is CODES["hmrc"]


def test_a_lead_says_which_kind_it_is_and_nothing_else_does():
    for step in KINDS:
        for code, reply in replies_of(step).items():
            assert reply.code == code
            assert (reply.lead is not None) == (reply.result is Result.LEAD)


def test_child_benefit_at_another_address_is_a_lead_to_it_that_is_told_in_words():
    other = CODES["hmrc"]["B"]
    assert (other.lead, other.asks_words) == (Lead.ADDRESS, True)
    assert CODES["hmrc"]["E"].result is Result.NOTHING_KNOWN
