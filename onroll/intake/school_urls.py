"""Addresses of a school's own files, under /school/."""

from django.urls import path

from onroll.intake.views import school

urlpatterns = [
    path("", school.home, name="school_home"),
    path("files/upload/", school.upload, name="school_upload"),
    path("files/uploads/<str:ref>/", school.uploaded, name="school_uploaded"),
    path("files/<str:ref>/", school.transfer, name="school_file"),
    path("files/<str:ref>/progress/", school.progress, name="school_progress"),
    path("files/<str:ref>/columns/", school.columns, name="school_columns"),
]
