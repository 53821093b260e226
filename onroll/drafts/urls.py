"""The address of what a person has not finished."""

from django.urls import path

from onroll.drafts import views

app_name = "drafts"

urlpatterns = [path("unfinished/", views.unfinished, name="unfinished")]
