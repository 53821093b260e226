"""`{% csrf_token %}` writes the form's key too, so that no form can be without one.

No form is accepted without the token, ours and other packages' alike. Named in TEMPLATES as a
builtin, this stands in place of Django's tag.
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
    """The token that says a form is ours, and the key that says which sending of it this is."""

    def render(self, context: Context) -> SafeString:
        """Write both as hidden fields; nothing where there is no token."""
        token = super().render(context)
        if not token:
            return SafeString("")
        key = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
        return format_html("{}{}", token, format_html(key, FIELD, new_key()))


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> FormKeys:
    """Stand in place of Django's `{% csrf_token %}`."""
    return FormKeys()
