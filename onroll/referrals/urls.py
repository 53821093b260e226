"""Addresses of referrals: the first pages and the form for anyone, and the hub's queue."""

from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.referrals.views import anyone, decisions, hub, quarantine, sent_on, start, to_hub

app_name = "referrals"

of_anyone = [
    path("start/", start.asker, name="start"),
    path("start/<step:asker>/<step:code>/", start.question, name="question"),
    path("start/<step:asker>/<step:code>/<step:answer>/", start.end, name="end"),
    path("refer/", anyone.refer, name="refer"),
    path("refer/form/<ref:ref>/<slug:page>/", anyone.go_on, name="form"),
    path("refer/received/<link_key:key>/", anyone.received, name="received"),
]
urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    path("referrals/", hub.queue, name="queue"),
    path("referrals/quarantine/", quarantine.senders, name="quarantine"),
    path("referrals/quarantine/<handle:sender>/", quarantine.forms, name="quarantined"),
    path("referrals/leavers/", to_hub.notices, name="notices"),
    path("referrals/leavers/read/", to_hub.read_notices, name="read_notices"),
    path("referrals/of-case/<ref:ref>/", to_hub.to_hub, name="to_hub"),
    path("referrals/<ref:ref>/", hub.referral, name="referral"),
    path("referrals/<ref:ref>/take/", hub.take_on, name="take_on"),
    path("referrals/waiting/<ref:ref>/", hub.waiting, name="waiting"),
    path("referrals/<ref:ref>/grade/", hub.grade, name="grade"),
    path("referrals/<ref:ref>/decide/", decisions.decide, name="decide"),
    path("referrals/<ref:ref>/accept/<record:number>/", decisions.accept, name="accept"),
    path("referrals/<ref:ref>/turn-back/<record:number>/", decisions.turn_back, name="turn_back"),
    path("referrals/<ref:ref>/read/<record:number>/", decisions.read, name="read"),
    path("referrals/<ref:ref>/receipt/<record:number>/", sent_on.receipt, name="receipt"),
    path("referrals/<ref:ref>/outcome/<record:number>/", sent_on.outcome, name="outcome"),
]
