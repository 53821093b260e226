"""Addresses of a school's own files, under /school/."""

from django.urls import path

from onroll.intake.views import school

urlpatterns = [
    path("", school.home, name="school_home"),
    path("files/upload/", school.upload, name="school_upload"),
    path("files/uploads/<ref:ref>/", school.uploaded, name="school_uploaded"),
    path("files/<ref:ref>/", school.transfer, name="school_file"),
    path("files/<ref:ref>/progress/", school.progress, name="school_progress"),
    path("files/<ref:ref>/columns/", school.columns, name="school_columns"),
]
