"""Addresses of enquiries for school staff: those that the school made, or is asked."""

from django.urls import path

from onroll.enquiries.views import school

app_name = "school_enquiries"
urlpatterns = [
    path("", school.enquiries, name="enquiries"),
    path("add/<ref:ref>/", school.add, name="add"),
    path("<ref:enquiry>/", school.enquiry, name="enquiry"),
    path("<ref:enquiry>/answer/", school.answer, name="answer"),
]
