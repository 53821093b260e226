"""Addresses of the sharing log of a case, of requests, and of packs."""

from django.urls import path

from onroll.sharing.views import ask, log, packs, replies

app_name = "sharing"
urlpatterns = [
    path("cases/<ref:ref>/sharing/", log.sharing, name="sharing"),
    path("cases/<ref:ref>/sharing/add/", log.add, name="add"),
    path("cases/<ref:ref>/sharing/ask/", ask.choose, name="choose"),
    path("cases/<ref:ref>/sharing/ask/<slug:step>/", ask.ask_about, name="ask"),
    path("cases/<ref:ref>/sharing/<ref:line>/", log.line, name="line"),
    path("cases/<ref:ref>/sharing/<ref:line>/withdraw/", log.withdraw, name="withdraw"),
    path("sharing/packs/", packs.packs, name="packs"),
    path("sharing/packs/new/<slug:step>/", ask.ask_about_several, name="new"),
    path("sharing/packs/<ref:pack>/", packs.pack, name="pack"),
    path("sharing/packs/<ref:pack>/pdf/", packs.as_pdf, name="pdf"),
    path("sharing/packs/<ref:pack>/text/", packs.as_text, name="text"),
    path("sharing/packs/<ref:pack>/replies/", replies.replies, name="replies"),
]
