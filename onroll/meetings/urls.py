"""Addresses of meetings of agencies: their agendas, what they decided, and their minutes."""

from django.urls import path

from onroll.meetings.views import agenda, decisions, meetings

app_name = "meetings"
urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("plan/", meetings.plan, name="plan"),
    path("<ref:ref>/", meetings.meeting, name="meeting"),
    path("<ref:ref>/propose/", agenda.propose, name="propose"),
    path("<ref:ref>/add/", agenda.add, name="add"),
    path("<ref:ref>/agenda/", meetings.agenda, name="agenda"),
    path("<ref:ref>/end/", meetings.end, name="end"),
    path("<ref:ref>/minutes/", meetings.minutes, name="minutes"),
    path("<ref:ref>/items/<number:pk>/remove/", agenda.remove, name="remove"),
    path("<ref:ref>/items/<number:pk>/talk/", decisions.talk, name="talk"),
    path("<ref:ref>/items/<number:pk>/decide/", decisions.decide, name="decide"),
]
