"""Bare pages of the framework: a view, a join, a template, no middleware.

Twenty rows of six columns, among them two dates and an address: once in Jinja2, in which the product's own pages are
written, and once in Django's template language.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.template.backends.jinja2 import Jinja2
from django.test.utils import override_settings
from django.urls import path, reverse
from django.utils import timezone

from longleaf.assessment.models import Attempt

ROWS = 20
_WHERE = {"NAME": "floor", "DIRS": [Path(__file__).parent / "templates"], "APP_DIRS": False}


def day(moment: date | datetime | None) -> str:
    """A date as a page shows it, in the reader's zone."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return f"{moment:%b} {moment.day}, {moment.year}" if moment else ""


def _address(ref: str) -> str:
    return reverse("floor-row", kwargs={"ref": ref})


_jinja = Jinja2({**_WHERE, "OPTIONS": {}})
_jinja.env.filters["day"] = day
_jinja.env.globals["address"] = _address
_django = DjangoTemplates({**_WHERE, "OPTIONS": {}})
PAGES = {"jinja": _jinja.get_template("floor.jinja"), "django": _django.get_template("floor.django")}


def page(request: HttpRequest, language: str) -> HttpResponse:
    """One query with a join, one template."""
    attempts = Attempt.objects.select_related("earner").order_by("pk")[:ROWS]
    response = HttpResponse(PAGES[language].render({"rows": attempts}))
    # Without it the server would send the page in chunks, which the product's middleware spares it.
    response["Content-Length"] = str(len(response.content))
    return response


def row(request: HttpRequest, ref: str) -> HttpResponse:
    return HttpResponse(ref)


class Bare(WSGIHandler):
    """Django with nothing around its views."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = "bench.floor"
        return super().get_response(request)


urlpatterns = [path("floor/<str:language>/", page), path("floor/rows/<str:ref>/", row, name="floor-row")]
application = Bare()
