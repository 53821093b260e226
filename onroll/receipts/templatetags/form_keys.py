"""`{% csrf_token %}` also writes the form's key, so that no form lacks one.

No form is accepted without the token, in our templates and those of other packages. Registered as a
builtin in TEMPLATES, it replaces Django's tag.
"""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.receipts.keys import FIELD, SENDER, TITLE, new_key
from onroll.receipts.unsent import signature

register = template.Library()
MOST = 200
HIDDEN = '<input type="hidden" name="{}" value="{}" autocomplete="off">'


class FormKeys(CsrfTokenNode):
    """The CSRF token, the key of the form, to whom its page is shown, and what it is called."""

    def render(self, context: Context) -> SafeString:
        """Return them as hidden fields; empty without a token."""
        token = super().render(context)
        if not token:
            return SafeString("")
        key = format_html(HIDDEN, FIELD, new_key())
        sender = signature(context["user"]) if "user" in context else ""
        page_of = format_html(HIDDEN, SENDER, sender) if sender else ""
        title = format_html(HIDDEN, TITLE, _title(context)) if sender else ""
        return format_html("{}{}{}{}", token, key, page_of, title)


def _title(context: Context) -> str:
    """Return what the page says in its block `title`; empty for a page without one."""
    # An included part has a state of its own, without the blocks of the page.
    states: Iterable[Any] = reversed(context.render_context.dicts)
    blocks = (state[BLOCK_CONTEXT_KEY] for state in states if BLOCK_CONTEXT_KEY in state)
    block = next((found for each in blocks if (found := each.get_block("title"))), None)
    words = unescape(block.nodelist.render(context)) if block else ""
    return " ".join(words.split())[:MOST]


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormKeys:
    """Replace Django's `{% csrf_token %}`."""
    return FormKeys()
