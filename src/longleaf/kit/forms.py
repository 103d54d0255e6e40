"""Django forms drawn with the kit's fields: label, hint, error and input, tied together for screen readers."""

from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import BaseRenderer
from django.template.backends.jinja2 import Jinja2
from django.utils.functional import cached_property

KIT_TEMPLATES = Path(__file__).resolve().parent / "templates"
DJANGO_WIDGETS = Path(django.forms.__file__).resolve().parent / "jinja2"


class PageFormRenderer(BaseRenderer):
    """Set as FORM_RENDERER: `{{ form }}` and `{{ form.title.as_field_group() }}` then look like our pages."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"

    @cached_property
    def engine(self) -> Jinja2:
        """Give an engine that knows the kit's templates and Django's own widgets, and nothing else."""
        return Jinja2(
            {
                "NAME": "kit-forms",
                "DIRS": [KIT_TEMPLATES, DJANGO_WIDGETS],
                "APP_DIRS": False,
                "OPTIONS": {"environment": "longleaf.kit.jinja.forms_environment"},
            }
        )

    def get_template(self, template_name: str) -> Any:
        """Give the template by that name, the kit's before Django's."""
        return self.engine.get_template(template_name)
