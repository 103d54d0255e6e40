"""Addresses in an application that was never handed in: nobody has looked at them, so none becomes a link unasked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from longleaf.quality.agencies import applying
from longleaf.quality.agencies.criteria import areas_of
from longleaf.quality.models import Instrument

pytestmark = pytest.mark.django_db
TYPED = "javascript:alert(1)\ndata:text/html,x\nhttps://charter.example/board"


def test_what_is_no_address_of_the_web_is_shown_as_words(draft, issuing_officer, client_of) -> None:
    facts = {"application": draft, "criterion": "PROMISE-2", "field": "links", "text": TYPED, "revision": 0}
    applying.save_showing(**facts, acting_person=issuing_officer)
    applying.give_up(application=draft, acting_person=issuing_officer)
    (area,) = [
        area.code
        for area in areas_of(Instrument.objects.get().document)
        if any(criterion.code == "PROMISE-2" for criterion in area.criteria)
    ]
    page = client_of(issuing_officer).get(reverse("applications:area", kwargs={"ref": draft.ref, "code": area}))
    text = unescape(page.content.decode())
    assert re.findall(r'<a href="([^"]*)" rel="noopener nofollow">([^<]*)', text) == [
        ("#", "javascript:alert(1)"),
        ("#", "data:text/html,x"),
        ("https://charter.example/board", "https://charter.example/board"),
    ]
