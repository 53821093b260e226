"""Addresses of files and of the review; the school's own stand under /school/."""

from django.urls import path

from onroll.intake.views import columns, files, review

app_name = "intake"

urlpatterns = [
    path("files/", files.listing, name="files"),
    path("files/upload/", files.upload, name="upload"),
    path("files/compare/", files.upload_list, name="upload_list"),
    path("files/uploads/<ref:ref>/", files.uploaded, name="uploaded"),
    path("files/<ref:ref>/", files.transfer, name="transfer"),
    path("files/<ref:ref>/progress/", files.progress, name="progress"),
    path("files/<ref:ref>/columns/", columns.columns, name="columns"),
    path("files/<ref:ref>/as-it-came/", files.as_it_came, name="as_it_came"),
    path("files/<ref:ref>/records/<record:number>/", files.record, name="record"),
    path("review/", review.waiting, name="review"),
    path("review/<ref:ref>/<record:number>/", review.settle, name="settle"),
    path("review/<ref:ref>/<record:number>/claim/", review.confirm, name="confirm"),
    path("review/<ref:ref>/<record:number>/again/", review.again, name="again"),
]
