"""Renders every form with the design system's markup. `FORM_RENDERER` names the class."""

from django.forms.renderers import DjangoTemplates


class FormRenderer(DjangoTemplates):
    """Draws fields and forms with our templates; widgets inside them are Django's own."""

    form_template_name = "govuk/forms/form.html"
    field_template_name = "govuk/forms/field.html"
