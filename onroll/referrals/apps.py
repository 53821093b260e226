"""The name under which Django knows this package."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "onroll.referrals"
    label = "referrals"
    messages = dict.fromkeys(
        ("referral_received", "referral_decided", "referral_closed", "referral_link"),
        "onroll.referrals.actions.recipient",
    )
    """Who knows to whom a message of each kind goes (`messages.actions.deliver`)."""
    drafts_about = dict.fromkeys(
        ("referrals:pupil_form",), "onroll.referrals.queries.pupils.named_pupils"
    )
    """Who knows whom the unfinished forms of a route are about (`drafts.views.unfinished`)."""
    case_closed = "onroll.referrals.actions.case_closed"
    """What is done when a case is closed (`cases.actions.close_case`)."""
    case_reopened = "onroll.referrals.actions.case_reopened"
    """What is done when a case is opened again (`cases.actions.reopen_case`)."""

    def ready(self) -> None:
        """Let a review of the greater risks know what the hub found of them."""
        from onroll.cases import slots
        from onroll.referrals.queries.reviewing import risks_found

        slots.RISKS_FOUND.append(risks_found)
