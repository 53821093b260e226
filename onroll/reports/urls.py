"""Addresses of the front page, the day, the weekly report, and pages for everyone."""

from django.urls import path, re_path

from onroll.reports.views import public, today, weekly

REF = r"(?P<ref>[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})"

urlpatterns = [
    path("", public.home, name="home"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("policy-and-law/", public.law, name="policy_and_law"),
    path("today/", today.today, name="today"),
    path("reports/weekly/", weekly.listing, name="weekly_reports"),
    path("reports/weekly/so-far/", weekly.so_far, name="weekly_so_far"),
    re_path(rf"^reports/weekly/{REF}/$", weekly.report, name="weekly_report"),
    re_path(rf"^reports/weekly/{REF}/read/$", weekly.read, name="weekly_read"),
    re_path(rf"^reports/weekly/{REF}/sheet/$", weekly.as_sheet, name="weekly_sheet"),
    re_path(rf"^reports/weekly/{REF}/pdf/$", weekly.as_pdf, name="weekly_pdf"),
]
