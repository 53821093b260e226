"""Addresses of the register, of one case, and of entering a child by hand."""

from django.urls import path, re_path

from onroll.cases.views import case, child, correcting, ending, entry, register, search, work

app_name = "cases"
REF = r"(?P<ref>[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})"
HANDLE = r"(?P<handle>[0-9A-Za-z_-]{6,24})"
CHILD = r"(?P<child>[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})"

urlpatterns = [
    path("", register.register, name="register"),
    path("search/", register.search, name="search"),
    path("views/", register.keep_view, name="keep_view"),
    path("views/<int:pk>/forget/", register.forget_view, name="forget_view"),
    re_path(r"^register\.(?P<kind>csv|xlsx)$", register.download, name="download"),
    path("new/", search.find_first, name="new"),
    re_path(rf"^new/{HANDLE}/add/$", entry.add, name="add"),
    re_path(rf"^new/{HANDLE}/{CHILD}/$", entry.open_for_child, name="open_for_child"),
    re_path(rf"^{REF}/$", case.case, name="case"),
    re_path(rf"^{REF}/child/$", child.child_of_case, name="child"),
    re_path(rf"^{REF}/chronology/$", case.history, name="history"),
    re_path(rf"^{REF}/team/$", case.team, name="team"),
    re_path(rf"^{REF}/team/add/$", work.join, name="join"),
    re_path(rf"^{REF}/note/$", work.note, name="note"),
    re_path(rf"^{REF}/reasons/$", correcting.reasons, name="reasons"),
    re_path(rf"^{REF}/assign/$", work.assign, name="assign"),
    re_path(rf"^{REF}/take/$", work.take, name="take"),
    re_path(rf"^{REF}/close/$", ending.close, name="close"),
    re_path(rf"^{REF}/close/(?P<outcome>[a-z-]+)/$", ending.close_as, name="close_as"),
    re_path(rf"^{REF}/reopen/$", work.reopen, name="reopen"),
    re_path(rf"^{REF}/move/(?P<move>[a-z-]+)/$", work.move, name="move"),
    re_path(rf"^{REF}/clock/(?P<pk>\d+)/$", work.meet_clock, name="meet_clock"),
    re_path(rf"^{REF}/clock/(?P<pk>\d+)/review/$", ending.review, name="review"),
    re_path(rf"^{REF}/clock/(?P<pk>\d+)/move/$", work.move_clock, name="move_clock"),
    re_path(rf"^{REF}/alert/(?P<pk>\d+)/$", work.settle, name="settle"),
]
