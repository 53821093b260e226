"""The clocks of referrals: each pair is that of one that is not urgent, and of one that is."""

from onroll.rules.clocks import CLOCKS

DECIDE = CLOCKS["referral_decision_1"].code, CLOCKS["referral_decision_urgent"].code
ACCEPT = CLOCKS["referral_acceptance_1"].code, CLOCKS["referral_acceptance_urgent"].code
RECEIPT = CLOCKS["referral_receipt_2"].code
PASSED_ON = (*DECIDE, *ACCEPT, RECEIPT)
"""The clocks of which each that is not met is passed on: to a deputy, then to the manager."""
