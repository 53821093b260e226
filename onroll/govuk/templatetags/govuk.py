"""The parts pages are made of: `{% load govuk %}`. The README beside shows each in use."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from onroll.govuk import differences as side_by_side
from onroll.govuk.charts import Drawing
from onroll.govuk.fields import in_sentence, in_words
from onroll.govuk.forms import Form
from onroll.govuk.parts import Contact, Link, Meaning, Table
from onroll.govuk.templatetags.govuk_forms import field, first_id
from onroll.rules import hours

register = template.Library()
register.simple_tag(field)

COLOURS: dict[Meaning | str, str] = {
    "late": "red",
    "problem": "red",
    "soon": "orange",
    "done": "green",
    "waiting": "yellow",
    "new": "blue",
    "info": "teal",
    "quiet": "grey",
}


# Telephone numbers


@register.filter
def tel(phone: str) -> SafeString:
    """Return a telephone number as a link that rings it; nothing for none."""
    if not phone:
        return SafeString()
    shape = '<a class="govuk-link onroll-when" dir="ltr" href="tel:{}">{}</a>'
    return format_html(shape, "".join(phone.split()), phone)


@register.filter
def mail(address: str) -> SafeString:
    """Return an e-mail address as a link that writes to it; a narrow page breaks it after @ or a
    dot alone, never within a word."""
    if not address:
        return SafeString()
    words = SafeString(re.sub(r"([@.])", r"\1<wbr>", conditional_escape(address)))
    shape = '<a class="govuk-link" dir="ltr" href="mailto:{}">{}</a>'
    return format_html(shape, address, words)


register.filter("in_sentence", in_sentence)


@register.filter
def with_999(words: str) -> SafeString:
    """Return words in which 999, as each language writes it, is a link that rings it."""
    before, *after = conditional_escape(words).split("999")
    parts = ((tel("999"), SafeString(part)) for part in after)
    return format_html("{}{}", SafeString(before), format_html_join("", "{}{}", parts))


# Words with a meaning


@register.simple_tag
def tag(words: str, meaning: Meaning | str = "info") -> SafeString:
    """Draw a status label. The words carry the meaning; the colour follows it."""
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', COLOURS[meaning], words
    )


@register.simple_tag
def when(day: date | datetime | None, away: str = "", meaning: Meaning | str = "") -> SafeString:
    """Draw a date in full with how far away it is, as the caller counted: "in 3 school days".

    With a `meaning` the distance becomes a label. No date at all reads "Not known".
    """
    if day is None:
        return format_html('<span class="onroll-when__away">{}</span>', "Not known")
    drawn = format_html(
        '<time class="onroll-when" datetime="{}">{}</time>', day.isoformat(), _moment(day)
    )
    if not away:
        return drawn
    if meaning:
        return format_html("{} {}", drawn, tag(away, meaning))
    return format_html('{} <span class="onroll-when__away">({})</span>', drawn, away)


def by_midnight(day: date) -> SafeString:
    """Draw the day that something urgent is due, with the hour at which that day is over."""
    return format_html("{}, by midnight", when(day))


def _moment(day: date | datetime) -> str:
    if not isinstance(day, datetime):
        return in_words(day)
    local = timezone.localtime(day) if timezone.is_aware(day) else day
    if local.time() == time.min:
        return in_words(local.date())  # a day that somebody gave without its hour
    clock = hours.on_the_clock(local.time(), gettext)
    return gettext("{day} at {time}").format(day=in_words(local.date()), time=clock)


# What two people wrote


@register.inclusion_tag("govuk/parts/differences.html")
def differences(form: Any) -> dict[str, Any]:
    """Draw what a form that was overtaken says beside what somebody saved meanwhile."""
    rows = side_by_side.differences(form) if isinstance(form, Form) and form.is_bound else []
    table = side_by_side.side_by_side(rows) if rows else None
    return {"table": table, "is_final": table and form.is_final}


# Getting about


@register.inclusion_tag("govuk/parts/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> dict[str, Any]:
    """Draw where the page stands; the last link, without address, is the page itself."""
    return {"links": links}


@register.simple_tag
def back_link(url: str, words: str = "") -> SafeString:
    """Draw a link to the page before, in a landmark of its own since it stands outside the main."""
    back = gettext("Back")
    link = format_html('<a href="{}" class="govuk-back-link">{}</a>', url, words or back)
    return format_html('<nav aria-label="{}">{}</nav>', back, link)


@register.simple_tag
def link(words: str, url: str, about: str = "", is_printed: bool = True) -> SafeString:
    """Draw a link; `about` tells screen readers what it is about where its words stand often."""
    look = "govuk-link" if is_printed else "govuk-link onroll-no-print"
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', about) if about else ""
    return format_html('<a class="{}" href="{}">{}{}</a>', look, url, words, hidden)


@register.inclusion_tag("govuk/parts/sub_navigation.html")
def sub_navigation(links: Sequence[Link], label: str = "Sections") -> dict[str, Any]:
    """Draw links between the pages of one child, case or task."""
    return {"links": links, "label": label}


@register.inclusion_tag("govuk/parts/pagination.html")
def pagination(page: "Page[Any]", keep: str = "", label: str = "Pages") -> dict[str, Any]:
    """Draw links to the other pages of a list; `keep` is the rest of the query ("sort=name")."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "keep": f"{keep}&" if keep else "", "label": label}


@register.simple_tag
def button(
    words: str,
    url: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    prevent_double_click: bool = True,
    about: str = "",
    key: str = "",
) -> SafeString:
    """Draw a button, or a link that looks like one when `url` is given, with its key if it has one.

    `kind` is "", "secondary", "warning" or "inverse"; `about` tells screen readers what it is about
    where its words stand often.
    """
    look = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    if url:
        shape = (
            '<a href="{}" role="button" draggable="false" class="{}" '
            'data-module="govuk-button"{}>{}</a>'
        )
        by_key = format_html(' accesskey="{}"', key) if key else ""
        return format_html(shape, url, look, by_key, words)
    sends = format_html(' name="{}" value="{}"', name, value) if name else ""
    waits = format_html(' data-prevent-double-click="{}"', "true") if prevent_double_click else ""
    hidden = format_html('<span class="govuk-visually-hidden">: {}</span>', about) if about else ""
    shape = '<button type="submit" class="{}" data-module="govuk-button"{}{}>{}{}</button>'
    return format_html(shape, look, sends, waits, words, hidden)


@register.simple_tag
def print_button(words: str = "") -> SafeString:
    """Draw a button that prints the page; it shows only where scripts run."""
    look = "govuk-button govuk-button--secondary"
    shape = '<button type="button" class="{}" data-module="onroll-print" hidden>{}</button>'
    return format_html(shape, look, words or gettext("Print this page"))


# Forms


@register.inclusion_tag("govuk/parts/error_summary.html")
def error_summary(*forms: BaseForm | str | None) -> dict[str, Any]:
    """Draw what is wrong with one or more forms, each sentence leading to its question.

    They stand in the order of the questions, what is wrong with the whole before them. A form that
    is several of one kind has them as `row_forms`.
    """
    errors = [
        (sentence, f"#{first_id(form[name])}" if name != "__all__" else "")
        for whole in forms
        if isinstance(whole, BaseForm)
        for form in (whole, *getattr(whole, "row_forms", ()))
        for name in sorted(form.errors, key=_place_on_page(form))
        for sentence in form.errors[name]
    ]
    return {"errors": errors}


def _place_on_page(form: BaseForm) -> Callable[[str], tuple[int, int]]:
    """Return what orders the questions of a form as its page does.

    One that is shown under a choice stands with the question of that choice.
    """
    places = {name: place for place, name in enumerate(form.fields)}
    revealed = getattr(form, "revealed", {})

    def place(name: str) -> tuple[int, int]:
        asker = revealed[name][0] if name in revealed else name
        return places.get(asker, -1), places.get(name, -1)

    return place


# Facts


@register.simple_block_tag
def summary(content: str, card: str = "", level: int = 2) -> SafeString:
    """Draw a list of facts out of `{% row %}`s; with `card`, in a box with that title."""
    return render_to_string(
        "govuk/parts/summary.html", {"content": content, "card": card, "level": level}
    )


@register.simple_block_tag
def row(content: str, key: str, url: str = "", action: str = "", about: str = "") -> SafeString:
    """Draw one fact; `url` adds a link, and `about` tells screen readers what it changes."""
    action = action or gettext("Change")
    context = {"content": content, "key": key, "url": url, "action": action, "about": about or key}
    return render_to_string("govuk/parts/row.html", context)


@register.inclusion_tag("govuk/parts/table.html")
def table(table: Table) -> dict[str, Any]:
    """Draw a `parts.Table`, or its sentence when it has no rows."""
    return {"table": table}


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Draw a row of `{% stat %}` tiles."""
    return format_html('<ul class="onroll-stats">{}</ul>', content)


@register.simple_tag
def stat(
    number: int | str, words: str, url: str = "", meaning: Meaning | str = "", note: str = ""
) -> SafeString:
    """Draw a figure with its words; with `url` the whole tile opens what is behind it."""
    context = {"number": number, "words": words, "url": url, "meaning": meaning, "note": note}
    return render_to_string("govuk/parts/stat.html", context)


@register.inclusion_tag("govuk/parts/drawing.html")
def drawing(drawing: Drawing, is_open: bool = False) -> dict[str, Any]:
    """Draw a `charts.Drawing` with its table under it, folded until asked for unless `is_open`."""
    return {"drawing": drawing, "is_open": is_open}


@register.inclusion_tag("govuk/parts/contact.html")
def contact(contact: Contact) -> dict[str, Any]:
    """Draw whom to ring."""
    return {"contact": contact}


# Things to notice


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Set a passage apart."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Draw a warning with its sign. Rare, or nobody reads it."""
    return render_to_string("govuk/parts/warning.html", {"content": content})


@register.simple_block_tag
def notification(content: str, title: str = "Important", kind: str = "") -> SafeString:
    """Draw a banner above a page's heading; `kind` is "" or "success"."""
    return render_to_string(
        "govuk/parts/notification.html", {"content": content, "title": title, "kind": kind}
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """Draw the green panel that confirms something is done."""
    shape = (
        '<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}</div></div>'
    )
    return format_html(shape, title, content)


@register.simple_block_tag
def details(content: str, words: str, is_open: bool = False) -> SafeString:
    """Fold something away under its words. What matters to most readers does not go here."""
    context = {"content": content, "words": words, "is_open": is_open}
    return render_to_string("govuk/parts/details.html", context)


@register.simple_block_tag
def why(content: str, clause: str = "") -> SafeString:
    """Say under a decision why it is so, and which law or policy says so."""
    source = format_html(" <cite>{}</cite>", clause) if clause else ""
    return format_html('<p class="onroll-why">{}{}</p>', content, source)


@register.simple_block_tag
def ticket(content: str, title: str = "", colour: str = "blue", level: int = 2) -> SafeString:
    """Draw a panel with a coloured edge: blue, red, yellow, green, purple or orange."""
    context = {"content": content, "title": title, "colour": colour, "level": level}
    return render_to_string("govuk/parts/ticket.html", context)


# Lists with an order


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Draw what happened, out of `{% event %}`s, the newest first."""
    return format_html('<ol class="moj-timeline onroll-timeline">{}</ol>', content)


@register.simple_block_tag
def event(
    content: str,
    title: str,
    at: date | datetime | None = None,
    by: str = "",
    away: str = "",
    level: int = 3,
) -> SafeString:
    """Draw one thing that happened: what, who did it, when, and the details in the block."""
    context = {"content": content, "title": title, "by": by, "level": level, "when": when(at, away)}
    return render_to_string("govuk/parts/event.html", context)


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """Draw what is to do, out of `{% task %}`s."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@register.simple_tag(takes_context=True)
def task(
    context: Context,
    words: str,
    url: str = "",
    status: str = "",
    meaning: Meaning | str = "",
    hint: str = "",
) -> SafeString:
    """Draw one thing to do. A finished one is "Completed", with no meaning, so that it recedes."""
    number = int(context.render_context.get("govuk_task") or 0) + 1
    context.render_context["govuk_task"] = number
    values = {
        "words": words,
        "url": url,
        "status": status,
        "meaning": meaning,
        "hint": hint,
        "id": f"task-{number}",
    }
    return render_to_string("govuk/parts/task.html", values)


# Tabs


@register.simple_block_tag(takes_context=True)
def tabs(context: Context, content: str, title: str = "Contents") -> SafeString:
    """Draw `{% tab %}`s, one at a time where scripts run. Prefer sub-navigation of pages."""
    names = context.render_context.get("govuk_tabs", [])
    context.render_context["govuk_tabs"] = []
    return render_to_string(
        "govuk/parts/tabs.html", {"content": content, "tabs": names, "title": title}
    )


@register.simple_block_tag(takes_context=True)
def tab(context: Context, content: str, anchor: str, name: str) -> SafeString:
    """Draw one of the `{% tabs %}`."""
    names = [*(context.render_context.get("govuk_tabs") or []), (anchor, name)]
    context.render_context["govuk_tabs"] = names
    hidden = " govuk-tabs__panel--hidden" if len(names) > 1 else ""
    return format_html('<div class="govuk-tabs__panel{}" id="{}">{}</div>', hidden, anchor, content)


# Filters


@register.simple_block_tag
def filters(
    content: str, chosen: Sequence[Link] = (), clear_url: str = "", button: str = "Apply filters"
) -> SafeString:
    """Draw the filters of a list inside the page's `<form>`; links in `chosen` take one off."""
    context = {"content": content, "chosen": chosen, "clear_url": clear_url, "button": button}
    return render_to_string("govuk/parts/filters.html", context)


@register.simple_block_tag
def identity(content: str, name: str, facts: Sequence[str] = ()) -> SafeString:
    """Draw the bar that says whose record the page is about; buttons go in the block."""
    items = format_html_join("", "<li>{}</li>", ((fact,) for fact in facts))
    return render_to_string(
        "govuk/parts/identity.html", {"content": content, "name": name, "facts": items}
    )
