"""`{% csrf_token %}` also writes the form's key, so that no form lacks one.

No form is accepted without the token, in our templates and those of other packages. Registered as a
builtin in TEMPLATES, it replaces Django's tag.
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onroll.receipts.keys import FIELD, new_key

register = template.Library()


class FormKeys(CsrfTokenNode):
    """The CSRF token and the key of the form."""

    def render(self, context: Context) -> SafeString:
        """Return both as hidden fields; empty without a token."""
        token = super().render(context)
        if not token:
            return SafeString("")
        key = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
        return format_html("{}{}", token, format_html(key, FIELD, new_key()))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormKeys:
    """Replace Django's `{% csrf_token %}`."""
    return FormKeys()
