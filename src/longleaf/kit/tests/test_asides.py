"""A page asks for its asides by the name of a setting; upper floors list theirs there."""

from __future__ import annotations

from django.test import RequestFactory
from django.utils.safestring import SafeString

from longleaf.kit.asides import render_asides

HERE = "longleaf.kit.tests.test_asides"


def greeting(request, subject):
    return f"<p>{request.path} {subject}</p>"


def nothing(request, subject):
    return ""


def farewell(request, subject):
    return "<p>Bye</p>"


def asides(settings, *names):
    settings.SOME_ASIDES = [f"{HERE}.{name}" for name in names]
    return render_asides("SOME_ASIDES", RequestFactory().get("/here/"), subject="it")


def test_they_come_in_the_order_of_the_setting(settings):
    assert asides(settings, "greeting", "farewell") == ["<p>/here/ it</p>", "<p>Bye</p>"]
    assert asides(settings, "farewell", "greeting") == ["<p>Bye</p>", "<p>/here/ it</p>"]


def test_one_with_nothing_to_say_is_left_out(settings):
    assert asides(settings, "nothing", "farewell", "nothing") == ["<p>Bye</p>"]
    assert asides(settings) == []


def test_they_are_html_already(settings):
    [aside] = asides(settings, "farewell")
    assert isinstance(aside, SafeString)
