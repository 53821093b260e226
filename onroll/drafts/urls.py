"""The addresses of what a person has not finished."""

from django.urls import path

from onroll.accounts.sides import Routes, Side, on
from onroll.drafts import views

app_name = "drafts"

of_anyone: Routes = [path("link/<link_key:key>/", views.link, name="link")]
urlpatterns = [
    path("unfinished/", views.unfinished, name="unfinished"),
    *on(Side.ANYONE, routes=of_anyone),
]
