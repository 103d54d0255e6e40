"""Whoever may come to a page of panels, by what they are called in a table of rights."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from longleaf.directory.models import Organisation, Person
from longleaf.directory.status import Role
from tests import cast


@pytest.fixture
def client_as(
    agency: Organisation, client_of: Callable[[Person | None], Client], request: pytest.FixtureRequest
) -> Callable[[str], Client]:
    """A client in which one of the cast is signed in, `nobody`, or somebody who leads `lead_elsewhere`."""

    def signed_in_as(who: str) -> Client:
        if who == "lead_elsewhere":
            return client_of(cast.make_person("Lead Elsewhere", (agency, Role.LEAD_ASSESSOR)))
        return client_of(None if who == "nobody" else request.getfixturevalue(who))

    return signed_in_as
