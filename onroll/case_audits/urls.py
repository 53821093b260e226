"""Addresses of audits of casework: their samples, forms, what they ask for, and reports."""

from django.urls import path

from onroll.case_audits.views import audits, forms, papers

app_name = "case_audits"
urlpatterns = [
    path("", audits.audits, name="audits"),
    path("start/", audits.start, name="start"),
    path("<ref:ref>/", audits.audit, name="audit"),
    path("<ref:ref>/end/", audits.end, name="end"),
    path("<ref:ref>/references/", papers.references, name="references"),
    path("<ref:ref>/report/", papers.report, name="report"),
    path("<ref:ref>/cases/<number:pk>/grade/", forms.grade, name="grade"),
    path("<ref:ref>/cases/<number:pk>/leave-out/", forms.leave_out, name="leave_out"),
    path("<ref:ref>/cases/<number:pk>/ask/", forms.ask_more, name="ask"),
]
