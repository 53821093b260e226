"""Addresses of what others ask us."""

from django.urls import path

from onroll.accounts.sides import SIGNED_IN, Side, on
from onroll.advice import views

app_name = "advice"

of_anyone = [
    path("on-roll/code/", views.roll_question_by_code, name="roll_question_by_code"),
    path("on-roll/answer/<link_key:key>/", views.roll_answer, name="roll_answer"),
]
of_everyone_signed_in = [path("on-roll/", views.roll_question, name="roll_question")]
urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    *on(*SIGNED_IN, routes=of_everyone_signed_in),
]
