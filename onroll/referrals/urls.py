"""Addresses of referrals: the first pages, the forms of each who refers, and the hub's queue."""

from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.referrals.views import anyone, decisions, files, hub, quarantine, signed_in, start

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
    path("refer/received/<link_key:key>/", anyone.received, name="received"),
]
of_schools = [
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
    *on(Side.SCHOOL, routes=of_schools),
    path("referrals/typed/", signed_in.typed, name="typed"),
    path("referrals/typed/<ref:ref>/<slug:page>/", signed_in.typed_go_on, name="typed_form"),
    path("referrals/", hub.queue, name="queue"),
    path("referrals/quarantine/", quarantine.senders, name="quarantine"),
    path("referrals/quarantine/<handle:sender>/", quarantine.forms, name="quarantined"),
    path("referrals/<ref:ref>/", hub.referral, name="referral"),
    path("referrals/<ref:ref>/files/<record:number>/", files.file, name="file"),
    path("referrals/<ref:ref>/take/", hub.take_on, name="take_on"),
    path("referrals/<ref:ref>/decide/", decisions.decide, name="decide"),
    path("referrals/<ref:ref>/accept/<record:number>/", decisions.accept, name="accept"),
    path("referrals/<ref:ref>/turn-back/", decisions.turn_back, name="turn_back"),
]
