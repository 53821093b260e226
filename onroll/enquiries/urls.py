"""Addresses of enquiries, for council officers: of a case, and of one's own cases."""

from django.urls import path

from onroll.enquiries.views import case, own, record, visit

app_name = "enquiries"
urlpatterns = [
    path("enquiries/", own.own, name="own"),
    path("cases/<ref:ref>/enquiries/", case.enquiries, name="enquiries"),
    path("cases/<ref:ref>/enquiries/plan/", record.plan, name="plan"),
    path("cases/<ref:ref>/enquiries/add/", record.add, name="add"),
    path("cases/<ref:ref>/enquiries/visit/", visit.sheet, name="visit_sheet"),
    path("cases/<ref:ref>/enquiries/visit/record/", visit.record, name="record_visit"),
    path("cases/<ref:ref>/enquiries/<ref:enquiry>/", case.enquiry, name="enquiry"),
    path("cases/<ref:ref>/enquiries/<ref:enquiry>/read/", case.read, name="read"),
    path("cases/<ref:ref>/enquiries/<ref:enquiry>/file/<number:pk>/", case.file, name="file"),
    path("cases/<ref:ref>/enquiries/<ref:enquiry>/<slug:act>/", record.act, name="act"),
]
