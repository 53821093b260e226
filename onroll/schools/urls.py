"""Addresses of schools, by their public numbers."""

from django.urls import path

from onroll.schools import views

app_name = "schools"
urlpatterns = [
    path("", views.schools, name="schools"),
    path("load/", views.load, name="load"),
    path("terms/", views.load_terms, name="terms"),
    path("<school:number>/", views.school, name="school"),
]
