"""Frames, refusals and faults, and what may not be in any template or built file."""

import re
from pathlib import Path

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import page_not_found

from onroll.govuk import views
from onroll.govuk.parts import Authority, Contact

ONROLL = Path(views.__file__).parents[1]
TEMPLATES = sorted(ONROLL.glob("*/templates/**/*.html"))
BUILT = ONROLL / "govuk" / "static" / "onroll"
HARROW = Authority("London Borough of Harrow", (Contact("MASH", "020 8901 2690"),))
pytestmark = pytest.mark.urls("tests.govuk.urls")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_what_the_policy_refuses(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)", source)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_title_names_a_person(path):
    titles = re.findall(r"{% block title %}(.*?){% endblock %}", path.read_text(), re.DOTALL)
    assert not any(re.search(r"\b(child|pupil|person|user)\.(?!ref\b)", title) for title in titles)


@pytest.mark.parametrize("name", ["onroll.css", "onroll.js"])
def test_built_files_fetch_nothing_from_others(name):
    built = (BUILT / name).read_text()
    hosts = set(re.findall(r"https?://[^\s\"'`)]+", built))
    assert hosts <= {"http://www.w3.org/2000/svg"}
    assert "node_modules" not in built


def test_a_council_does_not_pose_as_the_government():
    style = (BUILT / "onroll.css").read_text()
    assert "GDS Transport" not in style
    assert "crest" not in style
    assert "crown" not in style


def test_everything_the_style_sheet_names_was_built():
    style = (BUILT / "onroll.css").read_text()
    named = re.findall(r'url\("?([^")]+)"?\)', style)
    assert named
    assert all((BUILT / name).exists() for name in named)


def test_the_colour_may_be_kept_and_asked_for_again():
    ask = RequestFactory().get
    first = views.theme(ask("/theme.css"), colour="#00573f")
    assert first["Content-Type"].startswith("text/css")
    known = {"If-None-Match": first["ETag"]}
    again = views.theme(ask("/theme.css", headers=known), colour="#00573f")
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_a_refusal_says_whom_to_ring_without_any_context(name):
    page = render_to_string(f"{name}.html")
    assert 'href="tel:999"' in page
    assert "children missing education team" in page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_a_refusal_gives_the_authoritys_own_number(name):
    assert "020 8901 2690" in render_to_string(f"{name}.html", {"authority": HARROW})


def test_a_fault_is_told_without_a_database(settings):
    settings.AUTHORITY = HARROW
    answer = Client(raise_request_exception=False).get("/breaks/")
    assert answer.status_code == 500
    assert b"Sorry, something went wrong" in answer.content
    assert b"020 8901 2690" in answer.content


def test_a_missing_page_does_not_repeat_its_address():
    request = RequestFactory().get("/register/amara-made-up/")
    answer = page_not_found(request, Http404())
    assert answer.status_code == 404
    assert b"amara" not in answer.content


def test_the_style_guide_is_not_served_in_production(settings):
    settings.MODE = "production"
    with pytest.raises(Http404):
        views.style_guide(RequestFactory().get("/style/"))


def test_staying_signed_in_answers_nothing():
    assert views.keep_signed_in(RequestFactory().get("/stay/")).status_code == 204
