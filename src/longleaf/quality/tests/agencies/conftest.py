from __future__ import annotations

import pytest

from longleaf.awards.keys import signing_keys
from longleaf.quality.tests.agencies import stage
from longleaf.quality.tests.reviewing import stage as reviewing


@pytest.fixture
def criteria(state):
    return stage.publish(state)


@pytest.fixture
def reviewers(agency):
    signing_keys.create_key(organisation=agency, acting_person=None)
    return reviewing.make_reviewers(agency)


@pytest.fixture
def draft(criteria, issuer, issuing_officer):
    return stage.begin(issuer, issuing_officer)
