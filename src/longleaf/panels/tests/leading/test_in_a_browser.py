"""The pages of whoever leads a pool in a real browser: nothing sticks out at either width, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from longleaf.directory.models import Organisation, Person
from longleaf.panels.leading import paying
from longleaf.panels.leading.fees import Fee, set_fees
from longleaf.panels.leading.workload import Period
from longleaf.panels.tests.factories import KIND, MEETS, NOT_YET, convene
from longleaf.panels.tests.leading.judged import judge
from tests import front_end
from tests.drawn_pages import mistakes_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db, front_end.IS_NEEDED]


@pytest.fixture
def pages(
    issuer: Organisation,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
    lead_assessor: Person,
    client_of: Callable[[Person | None], Client],
) -> dict[str, str]:
    """Each page as the server draws it, by its address."""
    set_fees(pool=issuer, wanted=[Fee(date(2020, 1, 1), Decimal("25.00"), "USD")], acting_person=None)
    panels = [judge(issuer, f"{number:04}", second=NOT_YET if number < 3 else MEETS) for number in range(10)]
    today = Period(timezone.localdate(), timezone.localdate())
    for person in (second_assessor, third_assessor):
        readings = person.assignments.filter(status="submitted").count()
        paying.record_payment(person=person, pool=issuer, period=today, readings=readings, acting_person=lead_assessor)
    convene(issuer, subject="SUB-OPEN")
    kwargs = {"slug": issuer.slug}
    addresses = [
        (lead_assessor, reverse("leading:rubrics", kwargs=kwargs)),
        (lead_assessor, reverse("leading:board", kwargs={**kwargs, "kind": KIND, "digest": panels[0].rubric_id})),
        (lead_assessor, reverse("leading:workload", kwargs=kwargs)),
        (lead_assessor, reverse("leading:assessor", kwargs={**kwargs, "ref": first_assessor.ref})),
        (lead_assessor, reverse("leading:assessor", kwargs={**kwargs, "ref": second_assessor.ref})),
        (lead_assessor, reverse("leading:forecast", kwargs=kwargs)),
        (lead_assessor, reverse("pool:members", kwargs=kwargs)),
        (second_assessor, reverse("leading:my_work")),
    ]
    return {address: client_of(person).get(address).content.decode() for person, address in addresses}


def test_every_page_fits_both_widths_and_is_accessible(pages: dict[str, str], browser: Browser) -> None:
    assert mistakes_on(pages, browser, pictures="lead") == []
