"""Random walks of lawful and unlawful acts: what is refused changes nothing, and each work ends in one decision."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.walks import world
from tests.walks.machine import Walk

pytestmark = pytest.mark.django_db
WALKS, STEPS = 16, 100


def test_what_is_refused_changes_nothing_and_what_is_done_is_right() -> None:
    Walk.world = world.build()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
