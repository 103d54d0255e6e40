"""By how many an attempt is read is told as its own rule says it; where that is not at hand, no number is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from longleaf.assessment.queries import my_attempts
from longleaf.assessment.status import AttemptStatus
from longleaf.assessment.telling import where_it_stands
from longleaf.assessment.tests import earner_cast
from longleaf.directory.models import Organisation, Person, State
from tests import cast

pytestmark = pytest.mark.django_db
ONE = {"readers": 1, "when_they_differ": "none"}


@pytest.mark.parametrize(("rule", "told"), [(ONE, "1 assessor reads it"), (None, "2 assessors read it")])
@pytest.mark.parametrize("page", ["attempt", "history"])
def test_a_page_of_the_attempt_tells_its_own_number(
    state: State,
    issuer: Organisation,
    educator: Person,
    client_of: Callable[[Person | None], Client],
    page: str,
    rule: dict[str, object] | None,
    told: str,
) -> None:
    document = cast.make_document(**({"panel_rule": rule} if rule else {}))
    read = earner_cast.put(
        earner_cast.submitted(cast.publish(state, issuer, document), educator), AttemptStatus.IN_REVIEW
    )
    shown = client_of(educator).get(reverse(f"assessment:{page}", kwargs={"ref": read.ref})).content.decode()
    assert f"{told} now, without knowing whose it is." in shown


def test_a_list_makes_no_number_up(state: State, issuer: Organisation, educator: Person) -> None:
    version = cast.publish(state, issuer, cast.make_document(panel_rule=ONE))
    earner_cast.put(earner_cast.submitted(version, educator), AttemptStatus.IN_REVIEW)
    [line] = my_attempts(educator)
    assert where_it_stands(line.attempt, line.submission).now == "Assessors read it now, without knowing whose it is."
