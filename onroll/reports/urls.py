"""Addresses of the front page, the weekly report, and the pages for everyone."""

from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.reports.views import public, weekly

of_anyone = [
    path("", public.home, name="home"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("policy-and-law/", public.law, name="policy_and_law"),
]

urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    path("reports/weekly/", weekly.listing, name="weekly_reports"),
    path("reports/weekly/so-far/", weekly.so_far, name="weekly_so_far"),
    path("reports/weekly/<ref:ref>/", weekly.report, name="weekly_report"),
    path("reports/weekly/<ref:ref>/read/", weekly.read, name="weekly_read"),
    path("reports/weekly/<ref:ref>/sheet/", weekly.as_sheet, name="weekly_sheet"),
    path("reports/weekly/<ref:ref>/pdf/", weekly.as_pdf, name="weekly_pdf"),
]
