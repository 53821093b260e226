"""Addresses of letters to families: the officer's, and the page of the private link."""

from django.urls import path

from onroll.accounts.sides import Side, on
from onroll.letters.views import answers, case, family, mailings, write

app_name = "letters"
of_anyone = [
    path("letter/<link_key:key>/", family.answer, name="answer"),
    path("letter/<link_key:key>/sent/<ref:answer>/", family.sent, name="sent"),
]
urlpatterns = [
    *on(Side.ANYONE, routes=of_anyone),
    path("cases/<ref:ref>/letters/", case.letters, name="letters"),
    path("cases/<ref:ref>/letters/write/<step:kind>/", write.write, name="write"),
    path("cases/<ref:ref>/letters/heard/", answers.heard, name="heard"),
    path("cases/<ref:ref>/letters/answers/<ref:enquiry>/", answers.answers, name="answers"),
    path("cases/<ref:ref>/letters/files/<number:pk>/", answers.file, name="file"),
    path("cases/<ref:ref>/letters/<ref:letter>/", case.letter, name="letter"),
    path("cases/<ref:ref>/letters/<ref:letter>/pdf/", case.as_pdf, name="pdf"),
    path("cases/<ref:ref>/letters/<ref:letter>/text/", case.as_text, name="text"),
    path("cases/<ref:ref>/letters/<ref:letter>/became/", case.became, name="became"),
    path("letters/", mailings.mailings, name="mailings"),
    path("letters/new/", mailings.new, name="new"),
    path("letters/<ref:mailing>/", mailings.mailing, name="mailing"),
    path("letters/<ref:mailing>/pdf/", mailings.as_pdf, name="mailing_pdf"),
]
