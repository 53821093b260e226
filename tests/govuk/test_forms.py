"""The markup of forms is the design system's, and each error leads to its question."""

import copy
import re
from datetime import date
from importlib import import_module
from typing import ClassVar

import lxml.html
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from onroll.govuk import specimens
from onroll.govuk.fields import of
from onroll.govuk.forms import Form, say_what_is_wrong
from onroll.govuk.templatetags.govuk_forms import KINDS, kind_of


def drawn(form):
    page = Template("{% load govuk %}{% error_summary form %}{{ form }}").render(
        Context({"form": form})
    )
    return lxml.html.fromstring(f"<main>{page}</main>")


@pytest.fixture(scope="module")
def empty():
    return drawn(specimens.QuestionsForm({}))


def test_every_kind_of_question_is_in_the_style_guide():
    shown = {kind_of(bound) for bound in specimens.QuestionsForm()}
    assert shown == {kind for _, kind in KINDS}


def test_no_id_is_used_twice(empty):
    ids = empty.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_each_input_is_described_by_what_exists(empty):
    ids = set(empty.xpath("//@id"))
    for described in empty.xpath("//@aria-describedby"):
        assert set(described.split()) <= ids, described


def test_each_label_names_an_input(empty):
    inputs = set(empty.xpath("//input/@id | //select/@id | //textarea/@id"))
    assert set(empty.xpath("//label/@for")) <= inputs


def test_each_sentence_of_the_summary_leads_to_an_input(empty):
    links = empty.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    inputs = set(empty.xpath("//input/@id | //select/@id | //textarea/@id"))
    assert len(links) == 8
    assert {link.removeprefix("#") for link in links} <= inputs


def test_an_error_of_a_date_leads_to_the_wrong_box():
    page = drawn(specimens.QuestionsForm({"born_day": "1", "born_month": "2", "born_year": "15"}))
    assert page.xpath("//a[@href='#id_born_year']")
    wrong = page.xpath("//input[contains(@class, 'govuk-input--error')]/@id")
    assert "id_born_year" in wrong
    assert "id_born_day" not in wrong


def test_what_was_typed_is_shown_again():
    typed = {"name": "<b>Amara", "born_day": "99", "reason": "left"}
    page = drawn(specimens.QuestionsForm(typed))
    assert page.xpath("//input[@id='id_name']/@value") == ["<b>Amara"]
    assert page.xpath("//input[@id='id_born_day']/@value") == ["99"]
    assert page.xpath("//input[@name='reason'][@checked]/@value") == ["left"]


def test_a_first_date_fills_its_boxes():
    page = drawn(specimens.QuestionsForm(initial={"born": date(2015, 3, 7)}))
    boxes = page.xpath("//input[starts-with(@id, 'id_born_')]/@value")
    assert boxes == ["7", "3", "2015"]


def test_a_question_left_empty_says_what_to_do():
    errors = specimens.QuestionsForm({}).errors
    assert errors["name"] == ["Enter the child's full name"]
    assert errors["absences"] == ["Enter the school days missed so far"]
    assert errors["reason"] == ["Select an answer to “Why are you worried?”"]


def test_only_what_may_be_left_out_is_marked_optional(empty):
    marked = empty.xpath("//*[@class='onroll-optional']/preceding-sibling::text()")
    assert [words.strip() for words in marked] == [
        "Unique pupil number (UPN)",
        "Anything else we should know",
        "Reasonable Enquiry Form",
        "Password",
    ]


def test_a_revealed_question_stands_under_its_choice_and_nowhere_else(empty):
    [box] = empty.xpath("//textarea[@name='details']")
    [under] = box.xpath("ancestor::div[@class and starts-with(@id, 'conditional-')]")
    [choice] = empty.xpath("//input[@data-aria-controls]")
    assert choice.get("data-aria-controls") == under.get("id")
    assert choice.get("value") == "other"
    assert "govuk-radios__conditional--hidden" in under.get("class")


def test_a_revealed_question_is_needed_only_where_it_shows():
    assert "details" not in specimens.QuestionsForm({"reason": "left"}).errors
    errors = specimens.QuestionsForm({"reason": "other"}).errors
    assert errors["details"] == ["Enter an answer to “What is it?”"]


def test_what_was_typed_under_another_choice_is_forgotten():
    class WhyForm(Form):
        reason = forms.ChoiceField(choices=[("left", "Left"), ("other", "Other")])
        details = forms.CharField(max_length=5)
        reveals: ClassVar = {"reason": {"other": ("details",)}}

    form = WhyForm({"reason": "left", "details": "much too long"})
    assert form.is_valid()
    assert form.cleaned_data["details"] == ""


def test_a_reveal_may_hang_on_one_of_several_ticks():
    class TicksForm(Form):
        done = forms.MultipleChoiceField(choices=[("rang", "Rang"), ("other", "Other")])
        what = forms.CharField()
        reveals: ClassVar = {"done": {"other": ("what",)}}

    assert TicksForm({"done": ["rang"]}).is_valid()
    assert "what" in TicksForm({"done": ["rang", "other"]}).errors


def test_a_plain_django_form_is_drawn_too():
    class PlainForm(forms.Form):
        email = forms.EmailField()
        secret = forms.CharField(widget=forms.HiddenInput)

    page = drawn(PlainForm())
    [box] = page.xpath("//input[@type='email']")
    assert box.get("class") == "govuk-input"
    assert page.xpath("//input[@type='hidden'][@name='secret']")
    assert not page.xpath("//*[@required]")


def test_a_question_can_be_the_heading_of_its_page():
    source = (
        "{% load govuk %}{% field form.reason heading='h1' %}{% field form.name heading='h1' %}"
    )
    page = Template(source).render(Context({"form": specimens.QuestionsForm()}))
    headings = lxml.html.fromstring(f"<main>{page}</main>").xpath("//h1")
    assert [heading.text_content().strip() for heading in headings] == [
        "Why are you worried?",
        "Child's full name",
    ]


def every_form(kind: type[Form] = Form) -> list[type[Form]]:
    """Return every form of the service, and every form made of it."""
    return [form for below in kind.__subclasses__() for form in (below, *every_form(below))]


def test_every_question_left_empty_is_answered_in_words_that_read_on():
    """It says "the day of the list", not "day of the list"."""
    reads = re.compile(
        r"(Enter|Select|Choose|Say|Tick|Write|Change) "
        r"(the|a|an|at least|your|one|yes|to|who|whom|what|which|where|how|why|whether|when)\b"
    )
    for package in ("accounts", "cases", "duplicates", "intake", "schools"):
        import_module(f"onroll.{package}.forms")
    forms_of_ours = [form for form in every_form() if form.__module__.startswith("onroll.")]
    assert len(forms_of_ours) > 15
    wrong = []
    for form in forms_of_ours:
        for name, field in copy.deepcopy(form.base_fields).items():
            say_what_is_wrong(field)
            label = str(field.label or "date")
            said = str(field.error_messages["required"]).replace("{the_label}", of(label))
            is_asked = field.required and not field.widget.is_hidden
            if is_asked and not reads.match(said):
                wrong.append(f"{form.__name__}.{name}: {said}")
    assert wrong == []


def test_too_long_an_answer_and_one_not_offered_are_said_in_words():
    class Asked(Form):
        name = forms.CharField(label="Name of the school", max_length=3)
        colour = forms.ChoiceField(label="Colour", choices=[("red", "Red")])
        sheet = forms.FileField(label="Sheet")

    form = Asked({"name": "abcd", "colour": "blue"}, {"sheet": SimpleUploadedFile("a.csv", b"")})
    assert form.errors == {
        "name": ["Name of the school must be 3 characters or fewer"],
        "colour": ["Select one of the answers shown"],
        "sheet": ["The file you chose is empty. Export it again and send the whole file"],
    }
