from __future__ import annotations

import pytest

from longleaf.quality.monitoring import ruling
from longleaf.quality.tests.monitoring import told


@pytest.fixture(autouse=True)
def _told(settings):
    settings.MONITORED_WORK = told.PATH
    told.told.clear()


@pytest.fixture
def watched(state):
    """The state wants an alarm where promises are surely kept less often than 90 of 100, or nearly all succeed."""

    def rules(**changes):
        document = {
            "confidence": 0.95,
            "alarms": [
                {"measure": "turnaround", "of": "issuers", "below": 0.9, "at_least": 30},
                {"measure": "first-time", "of": "versions", "above": 0.95, "below": 0.2, "at_least": 30},
            ],
            **changes,
        }
        return ruling.set_rules(state=state, document=document, acting_person=None)

    rules()
    return rules
