"""Addresses of what is on record of a case, of what is printed of it, and of complaints."""

from django.urls import path

from onroll.record.views import complaints, family, files, history, record

app_name = "record"
urlpatterns = [
    path("complaints/", complaints.complaints, name="complaints"),
    path("cases/<ref:ref>/record/", record.record, name="record"),
    path("cases/<ref:ref>/record/summary/", files.summary, name="summary"),
    path("cases/<ref:ref>/record/hand-over/", files.hand_over, name="hand_over"),
    path("cases/<ref:ref>/record/household/", family.household, name="household"),
    path("cases/<ref:ref>/record/history/", history.of_case, name="history"),
    path("children/<ref:ref>/history/", history.of_child, name="child_history"),
    path("cases/<ref:ref>/record/told/", family.tell, name="tell"),
    path("cases/<ref:ref>/record/complaints/add/", complaints.add, name="complain"),
    path(
        "cases/<ref:ref>/record/complaints/<ref:complaint>/",
        complaints.complaint,
        name="complaint",
    ),
    path(
        "cases/<ref:ref>/record/complaints/<ref:complaint>/answer/",
        complaints.answer,
        name="answer",
    ),
    path("cases/<ref:ref>/record/files/make/", files.make, name="make_file"),
    path("cases/<ref:ref>/record/files/<ref:file>/", files.case_file, name="case_file"),
    path("cases/<ref:ref>/record/files/<ref:file>/whole/", files.whole, name="whole"),
    path("cases/<ref:ref>/record/files/<ref:file>/redacted/", files.redacted, name="redacted"),
]
