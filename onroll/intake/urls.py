"""Addresses of files and of the review; the school's own stand under /school/."""

from django.urls import path

from onroll.intake.views import files, merges, review

app_name = "intake"

urlpatterns = [
    path("files/", files.listing, name="files"),
    path("files/upload/", files.upload, name="upload"),
    path("files/compare/", files.upload_list, name="upload_list"),
    path("files/uploads/<str:ref>/", files.uploaded, name="uploaded"),
    path("files/<str:ref>/", files.transfer, name="transfer"),
    path("files/<str:ref>/progress/", files.progress, name="progress"),
    path("files/<str:ref>/columns/", files.columns, name="columns"),
    path("files/<str:ref>/as-it-came/", files.as_it_came, name="as_it_came"),
    path("files/<str:ref>/records/<int:number>/", files.record, name="record"),
    path("review/", review.waiting, name="review"),
    path("review/merges/", merges.listing, name="merges"),
    path("review/merges/<int:pk>/", merges.merge, name="merge"),
    path("review/merges/apart/<int:pk>/", merges.apart, name="apart"),
    path("review/merges/of/<str:ref>/", merges.perhaps_same, name="perhaps_same"),
    path("review/merges/of/<str:ref>/and/<str:other>/", merges.propose, name="propose"),
    path("review/findings/<int:pk>/", review.finding, name="finding"),
    path("review/<str:ref>/<int:number>/", review.settle, name="settle"),
    path("review/<str:ref>/<int:number>/claim/", review.confirm, name="confirm"),
    path("review/<str:ref>/<int:number>/again/", review.again, name="again"),
]
