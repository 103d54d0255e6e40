from __future__ import annotations

import pytest

from longleaf.quality.tests.reviewing import stage


@pytest.fixture
def instrument(state):
    return stage.publish(state)


@pytest.fixture
def reviewers(agency):
    return stage.make_reviewers(agency)


@pytest.fixture
def review(version, instrument, reviewers, designer):
    return stage.hand_in(version, designer, note="The first design of ours.")
