"""An attempt judged *not yet*, and people who had no part in that."""

from __future__ import annotations

import pytest

from longleaf.assessment.models import Appeal, Attempt
from longleaf.assessment.tests.appeals import factories
from longleaf.catalog.models import Version
from longleaf.directory.models import Organisation, Person


@pytest.fixture
def not_yet(
    version: Version, educator: Person, lead_assessor: Person, first_assessor: Person, second_assessor: Person
) -> Attempt:
    return factories.judged_not_yet(version, educator, lead_assessor)


@pytest.fixture
def appeal(not_yet: Attempt) -> Appeal:
    return factories.lodged(not_yet)


@pytest.fixture
def new_lead(issuer: Organisation) -> Person:
    return factories.new_lead(issuer)


@pytest.fixture
def new_readers(issuer: Organisation, not_yet: Attempt) -> list[Person]:
    """They come after the first reading, so none of them was asked for it."""
    return factories.new_readers(issuer)
