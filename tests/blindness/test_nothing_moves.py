"""A page of somebody who judges stays as it is, to the byte, whatever changes of what they must not know.

The other reader finds this or that; work arrives in another order. What differs between any two answers (tokens of
forms) is left out of the comparison, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from longleaf.assessment.tests.desk.factories import hand_in, read, seats_of, send_to_panel
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from longleaf.panels.models import Assignment
from tests import cast

pytestmark = pytest.mark.django_db
Signed = Callable[[Person | None], Client]
# The token of a form, that of a style or script, and the one under which an editor saves.
TOKENS = re.compile(r"\b[A-Za-z0-9]{64}\b|nonce=\"[^\"]*\"|page=[\w-]+")
SUBMISSION = re.compile(r">\s*(SUB-[\w-]+)\s*<")


def bare(content: bytes) -> str:
    return TOKENS.sub("TOKEN", content.decode("utf-8", "replace"))


def differs(before: str, after: str) -> list[str]:
    """The lines that are others now."""
    return sorted(set(before.splitlines()) ^ set(after.splitlines()))[:4]


def test_no_page_of_a_reader_changes_with_what_the_other_finds(
    version: Version,
    educator: Person,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    third_assessor: Person,
    client_of: Signed,
) -> None:
    first, second = seats_of(send_to_panel(hand_in(version, educator), lead_assessor))
    read(first)
    client = client_of(first.rater)
    names = [reverse("desk:queue"), reverse("desk:finished"), reverse("desk:read", kwargs={"ref": first.ref})]

    def shown() -> list[str]:
        return [bare(client.get(address).content) for address in names]

    before = shown()
    for level in ("demonstrated", "not-yet"):
        with transaction.atomic():
            read(second, level=level)
            assert Assignment.objects.count() == (2 if level == "demonstrated" else 3)
            assert [differs(*both) for both in zip(before, shown(), strict=True)] == [[], [], []]
            transaction.set_rollback(True)


@settings(
    max_examples=3,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(range(5)))
def test_lists_stand_in_an_order_that_does_not_tell_who_came_first(
    order: Sequence[int],
    version: Version,
    district: Organisation,
    lead_assessor: Person,
    first_assessor: Person,
    second_assessor: Person,
    client_of: Signed,
) -> None:
    with transaction.atomic():
        earners = [cast.make_person(f"Earner {number}", (district, Role.EDUCATOR)) for number in range(5)]
        came = [hand_in(version, earners[number]) for number in order]
        waiting = SUBMISSION.findall(client_of(lead_assessor).get(reverse("desk:queue")).content.decode())
        assert waiting == sorted(each.ref for each in came)
        for each in came:
            send_to_panel(each, lead_assessor)
        to_read = SUBMISSION.findall(client_of(first_assessor).get(reverse("desk:queue")).content.decode())
        assert len(to_read) > 2
        own = Assignment.objects.filter(rater=first_assessor).order_by("ref")
        assert to_read == list(own.values_list("panel__subject", flat=True))
        transaction.set_rollback(True)
