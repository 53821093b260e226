"""Addresses of the register, of work on a case, and of entering a child by hand."""

from django.urls import path

from onroll.cases.views import (
    alerts,
    closing,
    corrections,
    covers,
    entry,
    handing_on,
    new_child,
    officers,
    register,
    reviews,
    sightings,
    work,
)

app_name = "cases"

urlpatterns = [
    path("", register.register, name="register"),
    path("search/", register.search, name="search"),
    path("views/", register.keep_view, name="keep_view"),
    path("views/<number:pk>/forget/", register.forget_view, name="forget_view"),
    path("register.<sheet:kind>", register.download, name="download"),
    path("assign/", handing_on.assign_several, name="assign_several"),
    path("assign/<handle:handle>/", handing_on.assigned, name="assigned"),
    path("alerts/", alerts.quiet_alerts, name="quiet_alerts"),
    path("officers/", officers.officers, name="officers"),
    path("officers/<number:pk>/cover/", covers.cover, name="cover"),
    path("officers/<number:pk>/cover/end/", covers.end_cover, name="end_cover"),
    path("new/<handle:handle>/add/", new_child.add, name="add"),
    path("new/form/<ref:ref>/<slug:page>/", new_child.go_on, name="new_child"),
    path("new/<handle:handle>/<ref:child>/", entry.open_for_child, name="open_for_child"),
    path("<ref:ref>/team/add/", work.join, name="join"),
    path("<ref:ref>/note/", work.note, name="note"),
    path("<ref:ref>/reasons/", corrections.reasons, name="reasons"),
    path("<ref:ref>/assign/", work.assign, name="assign"),
    path("<ref:ref>/take/", work.take, name="take"),
    path("<ref:ref>/close/", closing.close, name="close"),
    path("<ref:ref>/close/<slug:outcome>/", closing.close_as, name="close_as"),
    path("<ref:ref>/risks/", reviews.review_risks, name="review_risks"),
    path("<ref:ref>/seen/", sightings.see, name="see"),
    path("<ref:ref>/seen/<number:pk>/done/", sightings.answer_worry, name="answer_worry"),
    path(
        "<ref:ref>/seen/<number:pk>/withdraw/",
        sightings.withdraw_sighting,
        name="withdraw_sighting",
    ),
    path("<ref:ref>/reopen/", work.reopen, name="reopen"),
    path("<ref:ref>/move/<slug:move>/", work.move, name="move"),
    path("<ref:ref>/clock/<number:pk>/", work.meet_clock, name="meet_clock"),
    path("<ref:ref>/clock/<number:pk>/review/", reviews.review, name="review"),
    path("<ref:ref>/clock/<number:pk>/move/", work.move_clock, name="move_clock"),
    path("<ref:ref>/alert/<number:pk>/", work.settle, name="settle"),
    path("<ref:ref>/alerts/<slug:kind>/seen/", alerts.see_alerts, name="see_alerts"),
    path("<ref:ref>/alerts/<slug:kind>/mute/", alerts.mute_alerts, name="mute_alerts"),
    path("<ref:ref>/alerts/<slug:kind>/back/", alerts.show_alerts_again, name="show_alerts_again"),
]
