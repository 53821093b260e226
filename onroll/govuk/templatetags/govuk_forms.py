"""Tags the form templates use. Pages need only `{{ form }}` or `{% field form.name %}`."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from onroll.govuk.fields import DATE_PARTS, DateInput, is_english, label_of
from onroll.govuk.languages import language_of_page

register = template.Library()

# The first that fits, so the particular stands before the general.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateInput, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.widgets.Input, "text"),
)
CLASSES = {
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "text": "govuk-input",
}


@register.simple_tag
def field(bound: BoundField, heading: str = "", size: str = "s") -> SafeString:
    """Draw a field with its label, hint, errors and input.

    `heading` is "h1" when the question is the page's heading; `size` is "s", "m", "l" or "xl". What
    a field has as `aside` (`words` and `content`) opens on a press below it.
    """
    if bound.is_hidden:
        return bound.as_hidden()
    kind = kind_of(bound)
    context = {
        "field": bound,
        "kind": kind,
        "id": bound.auto_id,
        "heading": heading,
        "size": "l" if heading and size == "s" else size,
        "described_by": described_by(bound, kind),
        "is_optional": is_marked_optional(bound, kind),
    }
    drawn = render_to_string(f"govuk/forms/{kind}.html", context)
    if aside := getattr(bound.field, "aside", None):  # quoted, and so in English on each page
        drawn += render_to_string("govuk/parts/details.html", aside)
    return drawn


def kind_of(bound: BoundField) -> str:
    """Return which template draws a field."""
    return next(name for widget, name in KINDS if isinstance(bound.field.widget, widget))


def described_by(bound: BoundField, kind: str) -> str:
    """Return the ids of what a screen reader reads after the label: hint, errors, count."""
    ids = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    ids += [f"{bound.id_for_label}-info"] if kind == "textarea" and most_characters(bound) else []
    return " ".join(ids)


def is_marked_optional(bound: BoundField, kind: str) -> bool:
    """Say whether the label ends in "(optional)". A single checkbox's never does."""
    form: Any = bound.form
    lists = ("needed_when_shown", "needed_by_answer")
    needed = bound.field.required or any(bound.name in getattr(form, name, ()) for name in lists)
    return not needed and kind != "checkbox" and getattr(form, "marks_optional", True)


@register.filter
def most_characters(bound: BoundField) -> int | None:
    """Return how many characters a field takes, or nothing when it says not."""
    most: int | None = getattr(bound.field, "max_length", None)
    return most


# One number for each plural category of Unicode's CLDR, by which scripts choose the words.
NUMBERS_BY_CATEGORY: dict[str, dict[str, int]] = {
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
    "pl": {"one": 1, "few": 2, "many": 5, "other": 5},
    "ro": {"one": 1, "few": 2, "other": 20},
}
ONE_AND_OTHER = {"one": 1, "other": 2}


@register.simple_tag
def count_words() -> SafeString:
    """Return the attributes in which scripts find the words for characters that are left.

    None on an English page: scripts have those themselves.
    """
    if is_english():
        return SafeString()
    numbers = NUMBERS_BY_CATEGORY.get(language_of_page(), ONE_AND_OTHER)
    words = [("characters-at-limit", gettext("You have 0 characters remaining"))]
    for category, n in numbers.items():
        under = ngettext(
            "You have {number} character remaining", "You have {number} characters remaining", n
        )
        over = ngettext(
            "You have {number} character too many", "You have {number} characters too many", n
        )
        words += [
            (f"characters-under-limit.{category}", under.format(number="%{count}")),
            (f"characters-over-limit.{category}", over.format(number="%{count}")),
        ]
    return _as_attributes(words)


@register.simple_tag
def file_words() -> SafeString:
    """Return the attributes in which scripts find the words of a box for a file."""
    if is_english():
        return SafeString()
    return _as_attributes(
        [
            ("choose-files-button", gettext("Choose file")),
            ("drop-instruction", gettext("or drop file")),
            ("no-file-chosen", gettext("No file chosen")),
            ("entered-drop-zone", gettext("Entered drop zone")),
            ("left-drop-zone", gettext("Left drop zone")),
        ]
    )


def _as_attributes(words: list[tuple[str, str]]) -> SafeString:
    return format_html_join("", ' data-i18n.{}="{}"', words)


@register.simple_tag
def widget(bound: BoundField, kind: str, described_by: str = "") -> SafeString:
    """Draw the input alone, with the design system's classes and its links to hint and errors."""
    attrs: dict[str, Any] = {"class": _classes(bound, kind)}
    if described_by:
        attrs["aria-describedby"] = described_by
    control: Any = bound.field.widget
    if isinstance(control, forms.NumberInput):
        # Number boxes change under a mouse wheel and speak badly; the design system avoids them.
        control.input_type = "text"
        attrs["inputmode"] = "numeric" if isinstance(bound.field, forms.IntegerField) else "decimal"
    if kind == "textarea":
        attrs["rows"] = control.attrs.get("rows") if control.attrs.get("rows") != "10" else "5"
        control.attrs.pop("cols", None)
    bound.form.use_required_attribute = False
    return bound.as_widget(attrs=attrs)


def _classes(bound: BoundField, kind: str) -> str:
    extra = str(bound.field.widget.attrs.get("class", ""))
    names = [CLASSES[kind], extra]
    base = CLASSES[kind].split(" ", 1)[0]
    if bound.errors:
        names.append(f"{base}--error")
    if kind == "textarea" and most_characters(bound):
        names.append("govuk-js-character-count")
    return " ".join(name for name in names if name)


@register.filter
def options(bound: BoundField) -> Iterator[dict[str, Any]]:
    """Return each choice of a group, and the fields shown under it."""
    reveals = getattr(bound.form, "reveals", {}).get(bound.name, {})
    described = bound.field.widget.attrs
    for option in bound.subwidgets:
        data = option.data
        words = data["label"]
        yield {
            "id": data["attrs"].get("id", ""),
            "name": data["name"],
            "value": data["value"],
            "is_chosen": data["selected"],
            "is_disabled": bool(data["attrs"].get("disabled") or described.get("disabled")),
            "words": words,
            "hint": getattr(words, "hint", ""),
            "link": getattr(words, "link", ""),
            "either": getattr(words, "either", ""),
            "is_exclusive": getattr(words, "is_exclusive", False),
            "fields": [bound.form[name] for name in reveals.get(str(data["value"]), ())],
        }


@register.filter
def date_boxes(bound: BoundField) -> Iterator[dict[str, Any]]:
    """Return the three boxes of a date, each knowing whether an error is about it."""
    control: Any = bound.field.widget
    wrong = {
        part
        for error in bound.errors.as_data()
        for part in (error.params or {}).get("parts", DATE_PARTS)
    }
    autocomplete = control.attrs.get("data-autocomplete", "")
    for part, text in zip(DATE_PARTS, control.boxes(bound.value()), strict=True):
        yield {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": label_of(part),
            "is_month": part == "month",
            "value": text,
            "is_wrong": part in wrong,
            "width": 4 if part == "year" else 2,
            # Words are taken for months, so only the other two bring up a keyboard of numbers.
            "inputmode": "" if part == "month" else "numeric",
            "autocomplete": f"{autocomplete}-{part}" if autocomplete else "",
        }


@register.filter
def first_id(bound: BoundField) -> str:
    """Return the id an error leads to: the input, the first choice, a date's wrong box."""
    kind = kind_of(bound)
    if kind == "date":
        return str(
            next(
                (box["id"] for box in date_boxes(bound) if box["is_wrong"]), f"{bound.auto_id}_day"
            )
        )
    if kind in ("radios", "checkboxes"):
        return str(next((option["id"] for option in options(bound)), bound.auto_id))
    return bound.id_for_label


@register.filter
def top_level(form: forms.BaseForm) -> list[BoundField]:
    """Return the visible fields that are not shown under a choice of another."""
    revealed = getattr(form, "revealed", {})
    return [bound for bound in form.visible_fields() if bound.name not in revealed]
