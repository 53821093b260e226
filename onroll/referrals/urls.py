"""Addresses of referrals: the first pages, the forms of each who refers, and the hub's queue."""

from django.urls import path

from onroll.accounts.sides import SIGNED_IN, Side, on
from onroll.referrals.views import (
    acceptance,
    answered,
    anyone,
    decisions,
    files,
    home_education,
    hub,
    lost_link,
    mistakes,
    notifications,
    owed_risk,
    own,
    quarantine,
    referrer,
    reopening,
    sent_on,
    sent_to,
    signed_in,
    start,
    start_record,
    to_hub,
)

app_name = "referrals"

of_anyone = [
    path("start/", start.asker, name="start"),
    path("start/<step:asker>/<step:code>/", start.question, name="question"),
    path("start/<step:asker>/<step:code>/<step:answer>/", start.end, name="end"),
    path("refer/", anyone.refer, name="refer"),
    path("refer/form/<ref:ref>/<slug:page>/", anyone.go_on, name="form"),
    path("refer/professional/", anyone.professional, name="professional"),
    path(
        "refer/professional/form/<ref:ref>/<slug:page>/",
        anyone.professional_go_on,
        name="professional_form",
    ),
    path("refer/received/<link_key:key>/", referrer.received, name="received"),
    path("refer/status/<link_key:key>/", referrer.status, name="status"),
    path("refer/status/<link_key:key>/add/", referrer.add_update, name="add_update"),
    path("refer/status/<link_key:key>/risk/", owed_risk.answer_risk, name="answer_risk"),
    path("refer/lost-link/", lost_link.lost_link, name="lost_link"),
    path("refer/lost-link/sent/", lost_link.link_sent, name="link_sent"),
]
of_everyone_signed_in = [
    path("our-referrals/", own.listing, name="own"),
    path("our-referrals/<ref:ref>/", own.status, name="own_status"),
    path("our-referrals/<ref:ref>/sent/", own.as_sent, name="own_as_sent"),
    path("our-referrals/<ref:ref>/add/", own.add_update, name="own_add"),
    path("our-referrals/<ref:ref>/risk/", owed_risk.own_risk, name="own_risk"),
    path("start-record/<step:kind>/", start_record.record, name="start_record"),
    path("start-record/kept/<ref:ref>/", start_record.recorded, name="start_recorded"),
]
of_schools = [
    path(
        "school/start-record/<step:kind>/<ref:child>/",
        start_record.record_of_pupil,
        name="start_record_of_pupil",
    ),
    path("school/refer/", signed_in.school, name="school"),
    path("school/refer/pupil/<ref:child>/", signed_in.pupil, name="pupil"),
    path(
        "school/refer/pupil/form/<ref:ref>/<slug:page>/", signed_in.pupil_go_on, name="pupil_form"
    ),
    path("school/refer/new/", signed_in.school_new, name="school_new"),
    path(
        "school/refer/new/form/<ref:ref>/<slug:page>/", signed_in.school_go_on, name="school_form"
    ),
]
urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
    *on(Side.SCHOOL, routes=of_schools),
    path("referrals/typed/", signed_in.typed, name="typed"),
    path("referrals/typed/<ref:ref>/<slug:page>/", signed_in.typed_go_on, name="typed_form"),
    path("referrals/", hub.queue, name="queue"),
    path("referrals/not-referred/", start_record.records, name="start_records"),
    path("referrals/quarantine/", quarantine.senders, name="quarantine"),
    path("referrals/quarantine/<handle:sender>/", quarantine.forms, name="quarantined"),
    path("referrals/leavers/", to_hub.notices, name="notices"),
    path("referrals/leavers/read/", to_hub.read_notices, name="read_notices"),
    path("referrals/of-case/<ref:ref>/", to_hub.to_hub, name="to_hub"),
    path("referrals/<ref:ref>/", hub.referral, name="referral"),
    path("referrals/<ref:ref>/files/<record:number>/", files.file, name="file"),
    path("referrals/<ref:ref>/files/<record:number>/picture/", files.picture, name="picture"),
    path("home-education/reports/", home_education.reports, name="reports"),
    path("home-education/reports/<ref:ref>/", home_education.report, name="report"),
    path(
        "home-education/reports/<ref:ref>/mistake/",
        home_education.report_mistake,
        name="report_mistake",
    ),
    path("sent-to-you/", sent_to.listing, name="sent_to_you"),
    path("sent-to-you/<ref:ref>/", sent_to.one, name="sent"),
    path("sent-to-you/<ref:ref>/outcome/", sent_to.outcome, name="sent_outcome"),
    path("sent-to-you/<ref:ref>/not-taken/", sent_to.not_taken, name="sent_not_taken"),
    path("sent-to-you/<ref:ref>/turn-back/", sent_to.turn_back, name="sent_turn_back"),
    path("referrals/<ref:ref>/information/", notifications.information, name="information"),
    path("referrals/<ref:ref>/answered/", answered.answered, name="answered"),
    path("referrals/<ref:ref>/read/", notifications.read, name="read"),
    path("referrals/<ref:ref>/added/<number:pk>/", files.update_file, name="update_file"),
    path(
        "referrals/<ref:ref>/added/<number:pk>/picture/",
        files.update_picture,
        name="update_picture",
    ),
    path("referrals/<ref:ref>/take/", hub.take_on, name="take_on"),
    path("referrals/<ref:ref>/put-down/", hub.put_down, name="put_down"),
    path("referrals/waiting/<ref:ref>/", hub.waiting, name="waiting"),
    path("referrals/<ref:ref>/grade/", hub.grade, name="grade"),
    path("referrals/<ref:ref>/decide/", decisions.decide, name="decide"),
    path("referrals/<ref:ref>/accept/<record:number>/", acceptance.accept, name="accept"),
    path("referrals/<ref:ref>/turn-back/<record:number>/", acceptance.turn_back, name="turn_back"),
    path(
        "referrals/<ref:ref>/open-again/<record:number>/", reopening.open_again, name="open_again"
    ),
    path("referrals/<ref:ref>/join/<record:number>/", acceptance.join, name="joined"),
    path("referrals/<ref:ref>/receipt/<record:number>/", sent_on.receipt, name="receipt"),
    path("referrals/<ref:ref>/outcome/<record:number>/", sent_on.outcome, name="outcome"),
    path(
        "referrals/<ref:ref>/receipt/<record:number>/mistake/",
        mistakes.receipt,
        name="receipt_mistake",
    ),
    path(
        "referrals/<ref:ref>/accept/<record:number>/mistake/",
        mistakes.acceptance,
        name="acceptance_mistake",
    ),
]
