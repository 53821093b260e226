"""Addresses of finding a child, of a child with or without a case, and of putting records right."""

from django.urls import path, re_path

from onroll.cases.urls import HANDLE, REF
from onroll.cases.views import child, correcting, search

app_name = "children"
PART = r"(?P<part>name|birth|numbers|home|groups|background)"

urlpatterns = [
    path("find/", search.find, name="find"),
    re_path(rf"^find/{HANDLE}/$", search.found, name="found"),
    re_path(rf"^{REF}/$", child.child, name="child"),
    re_path(rf"^{REF}/open-a-case/$", child.start, name="start"),
    re_path(rf"^{REF}/correct/{PART}/$", correcting.correct, name="correct"),
]
