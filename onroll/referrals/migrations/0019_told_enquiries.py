"""What referrals say was tried goes on the list of the cases that came of them before there was one."""

from typing import Any

from django.db import migrations


def put_on_lists(apps: Any, _editor: Any) -> None:
    """As `referrals.actions.enquiry_log` does since, with the moment at which the referral came."""
    enquiries = apps.get_model("enquiries", "Enquiry")._default_manager
    entries = apps.get_model("enquiries", "EnquiryEntry")._default_manager
    children = apps.get_model("referrals", "ReferredChild")._default_manager
    rows = apps.get_model("referrals", "ReferralEnquiry")._default_manager
    for child in children.filter(case__isnull=False).select_related("referral").order_by("pk"):
        referral, case = child.referral, child.case_id
        if enquiries.filter(case_id=case, referral=referral.ref).exists():
            continue
        for row in rows.filter(referral=referral).order_by("number"):
            enquiry = enquiries.create(
                case_id=case,
                step=row.step,
                step_words=row.step_words,
                stage="answered",
                school_id=referral.school_id,
                is_by_school=referral.school_id is not None,
                referral=referral.ref,
                at=referral.sent_at,
            )
            entries.create(
                enquiry=enquiry,
                case_id=case,
                act="answer",
                done_on=row.made_on,
                done_at=row.made_at,
                done_by=row.made_by if referral.school_id else "",
                asked_name=row.asked_name,
                asked_contact=row.asked_contact,
                method=row.method,
                words=row.outcome,
                result="in_words",
                evidence=row.evidence,
                at=referral.sent_at,
            )


class Migration(migrations.Migration):

    dependencies = [
        ("enquiries", "0001_start"),
        ("referrals", "0018_what_a_desk_tells_the_hub"),
    ]

    operations = [migrations.RunPython(put_on_lists, migrations.RunPython.noop)]
