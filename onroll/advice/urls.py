"""Addresses of what others ask us."""

from django.urls import path

from onroll.accounts.sides import SIGNED_IN, Side, on
from onroll.advice.views import further_checks, pupil_messages, roll_question, s2s_log

app_name = "advice"

of_anyone = [
    path("on-roll/code/", roll_question.roll_question_by_code, name="roll_question_by_code"),
    path("on-roll/answer/<link_key:key>/", roll_question.roll_answer, name="roll_answer"),
]
of_everyone_signed_in = [path("on-roll/", roll_question.roll_question, name="roll_question")]
of_schools = [
    path("school/checks/", further_checks.school_checks, name="school_checks"),
    path("school/checks/ask/", further_checks.ask_for_checks, name="ask_for_checks"),
    path(
        "school/checks/ask/<ref:child>/",
        further_checks.ask_for_checks_of_pupil,
        name="ask_for_checks_of_pupil",
    ),
    path("school/checks/<ref:ref>/read/", further_checks.read_answer, name="read_answer"),
    path("school/checks/<ref:ref>/", further_checks.school_check, name="school_check"),
]
urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
    *on(Side.SCHOOL, routes=of_schools),
    path("checks/", further_checks.checks, name="checks"),
    path("checks/<ref:ref>/", further_checks.check, name="check"),
    path("pupil-messages/", pupil_messages.pupil_messages, name="pupil_messages"),
    path("pupil-messages/log/", s2s_log.s2s_log, name="s2s_log"),
    path("pupil-messages/add/", pupil_messages.add_pupil_message, name="add_pupil_message"),
    path("pupil-messages/<ref:ref>/", pupil_messages.pupil_message, name="pupil_message"),
]
